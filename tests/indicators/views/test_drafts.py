"""A return that saves itself: what each sending is answered with, and that it has one effect."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from indicators.models import AuditEvent, Entry, Period, Plan, QuarterlyReturn
from indicators.queries.filing.assignments import assigned_indicators
from tests.indicators.filing_steps import opened
from tests.people import account, unit
from towns.choices import Role

pytestmark = pytest.mark.django_db

DRAFT = "/returns/2015Q2/xiaolan/draft/"


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    """2015Q2, open since July 2015."""
    return opened(zhongshan, office)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="towns.backends.MembershipBackend")
    return client


def send(person: User, version: int = 0, *, key: str = "k1", **fields: str) -> HttpResponse:
    """One sending: rows by `value_<code>` and `note_<code>`, underscores for hyphens, and texts as they are named."""
    cells = {
        re.sub("^(value|note)_", r"\1-", name).replace("_", "-")
        if name.startswith(("value_", "note_"))
        else name: text
        for name, text in fields.items()
    }
    return signed_in(person).post(DRAFT, {"version": str(version), "key": key, **cells})


def answer_of(response: HttpResponse) -> dict[str, str]:
    """What the script reads of an answer."""
    element = re.search(r'<div id="draft-answer"[^>]*>', response.content.decode())
    assert element
    return dict(re.findall(r'data-(\w+)="([^"]*)"', element[0]))


def piece(response: HttpResponse, id: str) -> str:
    """One element of an answer, which takes the place of that of the same id."""
    found = re.search(rf'<div id="{id}".*?</div>', response.content.decode(), re.DOTALL)
    assert found
    assert 'hx-swap-oob="true"' in found[0]
    return found[0]


def figures() -> dict[str, Decimal | None]:
    return dict(Entry.objects.values_list("indicator__code", "value"))


def test_a_row_is_saved_and_judged_by_the_rule_of_the_published_pages(period: Period, xiaolan: User) -> None:
    # 12.8 of 24.60 is 52.03% at half-time.
    response = send(xiaolan, value_industrial_investment="12.8")
    assert response.status_code == 200
    assert answer_of(response)["kind"] == "saved"
    assert answer_of(response)["version"] == "1"
    assert answer_of(response)["filled"] == "已填 1/11 项"
    assert re.fullmatch(r"已自动保存 \d\d:\d\d", answer_of(response)["said"])
    assert "52.0%" in piece(response, "verdict-industrial-investment")
    assert 'class="light light--green">达序时' in piece(response, "verdict-industrial-investment")
    assert 'data-value="12.8"' in piece(response, "said-industrial-investment")
    assert figures() == {"industrial-investment": Decimal("12.8")}


def test_what_cannot_be_read_is_told_beside_its_cell_while_the_rest_is_saved(
    period: Period, xiaolan: User
) -> None:
    response = send(
        xiaolan, value_industrial_investment="十二", value_robot_firms="4", progress_text="长" * 4001
    )
    assert response.status_code == 200
    answer = answer_of(response)
    assert sorted(answer["faults"].split()) == ["industrial-investment", "progress_text"]
    assert answer["said"].endswith("有 2 处没有保存")
    assert answer["open"] == "2 处需要更正"
    assert "不是数字" in piece(response, "said-industrial-investment")
    assert "无法识别" in piece(response, "verdict-industrial-investment")
    assert "最多 4000 字" in piece(response, "said-progress_text")
    assert 'href="#entry-industrial-investment"' in response.content.decode()
    assert figures() == {"robot-firms": Decimal(4)}


def test_a_whole_with_its_part_in_brackets_fills_both_rows(period: Period, xiaolan: User) -> None:
    response = send(xiaolan, value_upgraded_firms="40（25）")
    assert 'data-value="40"' in piece(response, "said-upgraded-firms")
    assert 'data-value="25"' in piece(response, "said-upgraded-firms-large")
    assert figures() == {"upgraded-firms": Decimal(40), "upgraded-firms-large": Decimal(25)}


def test_empty_cells_are_held_against_a_return_once_its_unit_has_tried_to_submit(
    period: Period, xiaolan: User
) -> None:
    before = send(xiaolan, value_robot_firms="4")
    assert "没有填数" not in before.content.decode()
    after = send(xiaolan, 1, key="k2", value_robot_firms="5", attempted="1")
    assert after.content.decode().count("没有填数") == 2 * 10  # at the top and beside each of the ten others


def test_a_repeated_sending_has_one_effect(period: Period, xiaolan: User) -> None:
    for _ in range(2):
        response = send(xiaolan, value_robot_firms="4")
        assert (response.status_code, answer_of(response)["version"]) == (200, "1")
    assert AuditEvent.objects.filter(object_key="2015Q2/xiaolan").count() == 1


def test_the_same_key_with_other_content_is_not_taken_for_what_was_saved(
    period: Period, xiaolan: User
) -> None:
    send(xiaolan, value_robot_firms="4")
    response = send(xiaolan, value_robot_firms="5")
    assert (response.status_code, answer_of(response)["conflicts"].split()) == (409, ["robot-firms"])
    assert figures() == {"robot-firms": Decimal(4)}


def test_each_answer_brings_a_key_for_the_next_sending(period: Period, xiaolan: User) -> None:
    keys = {
        answer_of(send(xiaolan, number, key=f"k{number}", value_robot_firms=str(number)))["key"]
        for number in (0, 1)
    }
    assert len(keys) == 2


def test_a_stale_sending_is_answered_with_what_is_stored_and_saves_nothing(
    period: Period, xiaolan: User
) -> None:
    colleague = account("xiaolan_2", Role.TOWN, full_name="李小榄", unit_code="xiaolan")
    send(xiaolan, value_robot_firms="4", value_industrial_investment="12.8")
    send(colleague, 1, key="k2", value_robot_firms="5")
    response = send(xiaolan, 1, key="k3", value_robot_firms="6", value_upgrade_investment="3")
    assert response.status_code == 409
    answer = answer_of(response)
    assert (answer["kind"], answer["version"]) == ("stale", "2")
    assert answer["conflicts"].split() == ["upgrade-investment", "robot-firms"]
    assert 'data-value="5"' in piece(response, "said-robot-firms")
    assert figures() == {"industrial-investment": Decimal("12.8"), "robot-firms": Decimal(5)}


def test_a_return_handed_in_meanwhile_is_answered_with_a_sentence(period: Period, xiaolan: User) -> None:
    send(xiaolan, progress_text="按计划推进。")
    QuarterlyReturn.objects.update(
        state="SUBMITTED", submitted_at="2015-07-08T10:00+08:00", submitted_by=xiaolan
    )
    response = send(xiaolan, 1, key="k2", value_robot_firms="4")
    assert (response.status_code, answer_of(response)["kind"]) == (409, "refused")
    assert "由何小榄于7月8日10:00提交" in answer_of(response)["said"]
    assert figures() == {}


def test_a_page_that_lost_its_version_is_told_so(period: Period, xiaolan: User) -> None:
    response = signed_in(xiaolan).post(DRAFT, {"value-robot-firms": "4"})
    assert (response.status_code, answer_of(response)["kind"]) == (422, "refused")
    assert not QuarterlyReturn.objects.exists()


def test_what_one_person_typed_is_not_saved_in_the_name_of_another(
    period: Period, xiaolan: User, office: User
) -> None:
    response = send(office, account=str(xiaolan.pk), value_robot_firms="4")
    assert response.status_code == 403
    assert not QuarterlyReturn.objects.exists()


def test_another_towns_return_is_not_there(period: Period, guzhen: User) -> None:
    assert send(guzhen, value_robot_firms="4").status_code == 404


def test_the_whole_form_sent_twice_with_its_key_is_submitted_once(period: Period, xiaolan: User) -> None:
    codes = [
        indicator.code for indicator in assigned_indicators(period.plan, unit("xiaolan"), period.quarter)
    ]
    form = {f"value-{code}": "-" for code in codes} | {f"note-{code}": "尚未统计" for code in codes}
    sent = {"version": "0", "key": "k9", "action": "submit", "progress_text": "", **form}
    client = signed_in(xiaolan)
    first, second = (client.post("/returns/2015Q2/xiaolan/", sent, follow=True) for _ in range(2))
    assert "小榄镇2015年第二季度季报已提交" in first.content.decode()
    assert "没有重复办理" in second.content.decode()
    acts = AuditEvent.objects.filter(object_key="2015Q2/xiaolan").values_list("act", flat=True)
    assert list(acts) == ["保存季报", "提交季报"]
