"""A return by workbook: downloaded, typed into with another program, uploaded, looked at, applied."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from indicators.models import AuditEvent, Entry, Period, Plan, QuarterlyReturn
from indicators.services import filing
from indicators.views import sealed
from tests.indicators.filing_steps import approved, opened, saved, submitted
from tests.people import account
from towns.choices import Role

pytestmark = pytest.mark.once

RETURN = "/returns/2015Q2/xiaolan/"
SEALED = re.compile(r'name="sealed" value="([^"]+)"')


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    """2015Q2, open and due in five days from today, since the pages go by the server's clock."""
    return opened(zhongshan, office, due_on=timezone.localdate() + timedelta(days=5))


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="towns.backends.MembershipBackend")
    return client


def typed(content: bytes, cells: Mapping[str, Any]) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for address, value in cells.items():
        book["季报表"][address] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(client: Client, content: bytes, address: str = RETURN) -> HttpResponse:
    return client.post(f"{address}upload/", {"workbook": SimpleUploadedFile("季报.xlsx", content)})


def filled(client: Client, cells: Mapping[str, Any], address: str = RETURN) -> HttpResponse:
    """The template of the moment, with these cells typed, uploaded."""
    return upload(client, typed(client.get(f"{address}template.xlsx").content, cells), address)


def seal_of(answer: HttpResponse) -> str:
    found = SEALED.search(answer.content.decode())
    assert found, "the preview offers nothing to apply"
    return found[1]


def apply(client: Client, seal: str, address: str = RETURN, **more: Any) -> HttpResponse:
    return client.post(f"{address}apply/", {"sealed": seal}, **more)


def figures() -> dict[str, tuple[Decimal | None, str]]:
    return {
        row.indicator.code: (row.value, row.note) for row in Entry.objects.select_related("indicator").all()
    }


def test_from_download_to_draft(period: Period, xiaolan: User) -> None:
    client = signed_in(xiaolan)
    cells = {
        "F6": 14.51,
        "F7": "9.87",
        "F8": "9（4）",
        "F5": "17.2%",
        "G14": "下半年开工",
        "B17": "走访企业。",
    }
    preview = filled(client, cells)
    assert preview.status_code == 200
    assert not QuarterlyReturn.objects.exists()
    assert AuditEvent.objects.filter(act="保存季报").count() == 0

    answer = apply(client, seal_of(preview), follow=True)
    assert answer.redirect_chain == [(RETURN, 302)]
    assert "已按工作簿保存为草稿" in answer.content.decode()
    assert figures() == {
        "rd-institution-share": (Decimal("17.2"), ""),
        "industrial-investment": (Decimal("14.51"), ""),
        "upgrade-investment": (Decimal("9.87"), ""),
        "upgraded-firms": (Decimal(9), ""),
        "upgraded-firms-large": (Decimal(4), ""),
        "motor-efficiency": (None, "下半年开工"),
    }
    filed = QuarterlyReturn.objects.get()
    assert (filed.state, filed.version, filed.progress_text) == ("DRAFT", 1, "走访企业。")
    event = AuditEvent.objects.get(object_key="2015Q2/xiaolan")
    assert (event.act, event.actor_name) == ("保存季报", "xiaolan")
    assert event.new["figures"]["industrial-investment"] == {"value": "14.51", "note": ""}


def test_the_next_template_holds_what_was_saved_and_only_its_changes_are_applied(
    period: Period, xiaolan: User
) -> None:
    client = signed_in(xiaolan)
    saved(period, "xiaolan", xiaolan, {"industrial-investment": "14.51", "robot-firms": "3"})
    sheet = load_workbook(io.BytesIO(client.get(RETURN + "template.xlsx").content))["季报表"]
    assert (sheet["F6"].value, sheet["G6"].value) == (14.51, "已核对")

    preview = filled(client, {"F6": 15, "F13": None, "G13": "月底统计"})
    page = preview.content.decode()
    assert "新填 0 格" in page
    assert "更改 3 格" in page
    apply(client, seal_of(preview))
    assert figures()["industrial-investment"] == (Decimal(15), "已核对")
    assert figures()["robot-firms"] == (None, "月底统计")
    event = AuditEvent.objects.order_by("-sequence").filter(object_key="2015Q2/xiaolan").first()
    assert event is not None
    assert event.old["figures"] == {
        "industrial-investment": {"value": "14.51", "note": "已核对"},
        "robot-firms": {"value": "3", "note": "已核对"},
    }


def test_a_refused_cell_stays_and_the_rest_is_applied(period: Period, xiaolan: User) -> None:
    client = signed_in(xiaolan)
    saved(period, "xiaolan", xiaolan, {"industrial-investment": "14.51"})
    preview = filled(client, {"F6": "=7+8", "G6": "含在建", "F7": "九", "F13": 4})
    assert "不采用的 2 格保持原样，其余的照常保存。" in preview.content.decode()
    apply(client, seal_of(preview))
    assert figures()["industrial-investment"] == (Decimal("14.51"), "含在建")
    assert figures()["upgrade-investment"] == (None, "本季尚无数据")
    assert figures()["robot-firms"][0] == 4


def test_a_second_application_has_no_second_effect(period: Period, xiaolan: User) -> None:
    client = signed_in(xiaolan)
    seal = seal_of(filled(client, {"F6": 14.51}))
    apply(client, seal)
    saved(period, "xiaolan", xiaolan, {"industrial-investment": "15"})
    before = (QuarterlyReturn.objects.get().version, AuditEvent.objects.count())
    answer = apply(client, seal)
    assert answer.status_code == 302
    assert (QuarterlyReturn.objects.get().version, AuditEvent.objects.count()) == before
    assert figures()["industrial-investment"][0] == 15


def test_what_moved_between_preview_and_application_is_shown_with_both_values(
    period: Period, xiaolan: User
) -> None:
    client = signed_in(xiaolan)
    saved(period, "xiaolan", xiaolan, {"industrial-investment": "14.51"})
    seal = seal_of(filled(client, {"F6": 15}))
    colleague = account("xiaolan_2", Role.TOWN, full_name="同事", unit_code="xiaolan")
    saved(period, "xiaolan", colleague, {"industrial-investment": "14.6"})
    before = AuditEvent.objects.count()
    answer = apply(client, seal)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert '<td data-label="文件里的">15；说明：已核对</td>' in page
    assert '<td data-label="已保存的">14.6；说明：已核对</td>' in page
    assert AuditEvent.objects.count() == before
    assert figures()["industrial-investment"][0] == Decimal("14.6")


def test_an_old_template_is_refused_with_what_differs(period: Period, xiaolan: User) -> None:
    client = signed_in(xiaolan)
    old = typed(client.get(RETURN + "template.xlsx").content, {"F6": 15})
    saved(period, "xiaolan", xiaolan, {"industrial-investment": "14.51"})
    answer = upload(client, old)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "这份模板是旧版" in page
    assert '<td class="number" data-label="已保存的">14.51</td>' in page
    assert 'name="sealed"' not in page


def test_a_seal_holds_for_its_person_and_its_return_alone(
    period: Period, xiaolan: User, guzhen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(xiaolan)
    seal = seal_of(filled(client, {"F6": 14.51}))
    colleague = account("xiaolan_2", Role.TOWN, full_name="同事", unit_code="xiaolan")
    for person, address in ((colleague, RETURN), (guzhen, "/returns/2015Q2/guzhen/")):
        answer = apply(signed_in(person), seal, address)
        assert answer.status_code == 422
        assert "不是给您在这一页看的" in answer.content.decode()
    assert apply(client, seal[:-1]).status_code == 422
    monkeypatch.setattr(sealed, "MAX_AGE_SECONDS", -1)
    answer = apply(client, seal)
    assert answer.status_code == 422
    assert "预览已超过两小时" in answer.content.decode()
    assert not QuarterlyReturn.objects.exists()


def test_what_was_submitted_or_approved_meanwhile_is_not_touched(
    period: Period, xiaolan: User, office: User
) -> None:
    client = signed_in(xiaolan)
    saved(period, "xiaolan", xiaolan)
    template = client.get(RETURN + "template.xlsx").content
    seal = seal_of(filled(client, {"F6": 15}))
    submitted(period, "xiaolan", xiaolan)
    for answer in (client.get(RETURN + "template.xlsx"), upload(client, typed(template, {"F6": 15}))):
        assert answer.status_code == 409
        assert "季报表处于“已提交”，不能修改。" in answer.content.decode()
    answer = apply(client, seal)
    assert answer.status_code == 409
    assert figures()["industrial-investment"][0] is None


def test_the_office_fills_in_by_workbook_until_the_unit_has_written(
    period: Period, xiaolan: User, second_office: User
) -> None:
    client = signed_in(second_office)
    answer = apply(client, seal_of(filled(client, {"F6": 14.51})), follow=True)
    assert "代填的草稿由小榄镇提交" in answer.content.decode()
    filed = QuarterlyReturn.objects.get()
    assert filed.filled_for_unit
    assert AuditEvent.objects.get(object_key="2015Q2/xiaolan").act == "代填季报"
    saved(period, "xiaolan", xiaolan, {"industrial-investment": "15"})
    assert client.get(RETURN + "template.xlsx").status_code == 409
    assert upload(client, b"").status_code == 409


def test_a_correction_by_workbook(period: Period, xiaolan: User, office: User) -> None:
    filed = approved(period, "xiaolan", xiaolan, office, {"industrial-investment": "14.51"})
    client = signed_in(office)
    client.post(RETURN + "send-back/", {"version": filed.version, "reason": "请更正工业投资"})
    mine = signed_in(xiaolan)
    apply(mine, seal_of(filled(mine, {"F6": 15.2})))
    assert figures()["industrial-investment"][0] == Decimal("15.2")


def test_a_unit_without_indicators_sends_its_texts(period: Period) -> None:
    client = signed_in(account("shangwu", Role.DEPARTMENT, unit_code="shangwu"))
    address = "/returns/2015Q2/shangwu/"
    apply(
        client, seal_of(filled(client, {"B5": "完成调研。\n形成报告。", "B7": "报市政府"}, address)), address
    )
    filed = QuarterlyReturn.objects.get()
    assert (filed.progress_text, filed.next_steps_text) == ("完成调研。\n形成报告。", "报市政府")


def test_words_that_look_like_a_formula_come_and_go_as_words(period: Period, xiaolan: User) -> None:
    client = signed_in(xiaolan)
    words = '=HYPERLINK("http://example.com","点这里")'
    filing.save_return(
        period,
        unit=xiaolan.membership.unit,
        version=filing.NOT_BEGUN,
        figures={"industrial-investment": filing.Typed("14.51", words)},
        texts={"progress_text": words},
        by=xiaolan,
        at=timezone.now(),
    )
    content = client.get(RETURN + "template.xlsx").content
    sheet = load_workbook(io.BytesIO(content))["季报表"]
    for address in ("G6", "B17"):
        assert (sheet[address].value, sheet[address].data_type) == (words, "s")
    # The file as it was given out: openpyxl would save these words as formulas.
    page = upload(client, content).content.decode()
    assert "文件与已保存的内容相同" in page


def test_nothing_chosen_and_nothing_sealed_are_said(period: Period, xiaolan: User) -> None:
    client = signed_in(xiaolan)
    answer = client.post(f"{RETURN}upload/")
    assert answer.status_code == 422
    assert "请先选择填好的工作簿" in answer.content.decode()
    assert apply(client, "").status_code == 422
