"""The office at its queue, through the pages and without a script: begins, decides, approves many at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from indicators.models import Actual, AuditEvent, Period, Plan, QuarterlyReturn
from indicators.services import filing
from indicators.services.filing import Typed
from tests.indicators.filing_steps import opened, submitted
from tests.people import account, unit
from tests.scenes import opened as opened_elsewhere
from tests.scenes import submitted as submitted_elsewhere
from towns.choices import Role

QUEUE, APPROVE_MANY = "/returns/review/", "/returns/review/approve/"
XIAOLAN = "/returns/2015Q2/xiaolan/"


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="towns.backends.MembershipBackend")
    return client


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    """2015Q2, due in five days from today, since the pages go by the server's clock."""
    return opened(zhongshan, office, due_on=timezone.localdate() + timedelta(days=5))


def handed_in(period: Period, code: str, figures: dict[str, str] | None = None) -> QuarterlyReturn:
    clerk = account(code, Role.TOWN, unit_code=code)
    return submitted(period, code, clerk, figures or {"robot-firms": "3"}, when=timezone.now())


def key_of(filed: QuarterlyReturn) -> str:
    return f"{filed.period.code}/{filed.unit.code}/{filed.version}"


def said(page: str) -> list[str]:
    """The messages at the top of a page."""
    return re.findall(r'<p class="notice notice--(\w+)">(.*?)</p>', page)


def test_looking_begins_no_review_and_beginning_does(
    period: Period, office: User, second_office: User, xiaolan: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan, when=timezone.now())
    events = AuditEvent.objects.count()
    at_the_desk = signed_in(office)
    for address in (QUEUE, XIAOLAN):
        assert at_the_desk.get(address).status_code == 200
    filed.refresh_from_db()
    assert (filed.review_begun_at, AuditEvent.objects.count()) == (None, events)

    answer = at_the_desk.post(XIAOLAN + "review/", follow=True)
    assert answer.redirect_chain == [(XIAOLAN, 302)]
    page = answer.content.decode()
    assert said(page) == [("success", "已开始审核，小榄镇不能再撤回。看完请审定或退回。")]
    filed.refresh_from_db()
    assert filed.review_begun_by == office

    begun = r"欧阳敏 [0-9年月日]+ \d\d:\d\d 开始审核"
    of_the_town = signed_in(xiaolan).get(XIAOLAN).content.decode()
    assert re.search(begun + "，不能再撤回。", of_the_town)
    assert "/withdraw/" not in of_the_town
    of_the_other = signed_in(second_office)
    assert re.search(begun + "，请先与对方商量。", of_the_other.get(XIAOLAN).content.decode())
    queue = of_the_other.get(QUEUE).content.decode()
    assert re.search(begun, queue)
    assert "审核中" in queue
    page = of_the_other.post(XIAOLAN + "review/", follow=True).content.decode()
    assert [kind for kind, _ in said(page)] == ["info"]
    filed.refresh_from_db()
    assert filed.review_begun_by == office


def test_the_queue_holds_figures_texts_and_both_decisions(period: Period, office: User) -> None:
    filed = handed_in(period, "guzhen", {"robot-firms": "0", "industrial-investment": "3.15"})
    page = signed_in(office).get(QUEUE).content.decode()
    assert "1 张季报表等待审核，其中 1 张有疑点" in page
    for piece in ("3.15", "按计划推进。", "填的是 0，而年度目标是", "说明：已核对"):
        assert piece in page
    assert f'name="chosen" value="{key_of(filed)}"' in page
    for act in ("approve", "send-back", "review"):
        assert f'action="/returns/2015Q2/guzhen/{act}/' in page


def test_a_decision_in_the_queue_leads_back_to_it_as_it_was_narrowed(period: Period, office: User) -> None:
    handed_in(period, "guzhen")
    filed = handed_in(period, "nantou")
    client = signed_in(office)
    page = client.get(QUEUE + "?units=towns&doubts=without").content.decode()
    action = '/returns/2015Q2/nantou/send-back/?units=towns&amp;doubts=without"'
    assert action in page
    answer = client.post(
        "/returns/2015Q2/nantou/send-back/?units=towns&doubts=without",
        {"version": filed.version, "reason": "请核对"},
    )
    assert answer["Location"] == QUEUE + "?units=towns&doubts=without"
    filed.refresh_from_db()
    assert (filed.state, filed.return_reason) == ("RETURNED", "请核对")


def test_many_are_approved_and_each_refusal_is_told(
    period: Period, office: User, second_office: User, clerk: User, linhai: Plan
) -> None:
    free = [handed_in(period, code) for code in ("xiaolan", "guzhen")]
    own_units = submitted(period, "jingxin", clerk, when=timezone.now())
    decided = handed_in(period, "nantou")
    filing.approve_return(decided, version=decided.version, by=second_office, at=timezone.now())
    half = filing.save_return(
        period,
        unit=unit("huangpu"),
        version=0,
        figures={"robot-firms": Typed("2")},
        by=second_office,
        at=timezone.now(),
    )
    far_office = account("far", Role.OFFICE, unit_code="gongxin", city="linhaiwan")
    far_clerk = account("far_clerk", Role.TOWN, unit_code="dongqu", city="linhaiwan")
    far = submitted_elsewhere(opened_elsewhere(linhai, "2021Q1", by=far_office), far_clerk)
    chosen = [key_of(one) for one in (*free, own_units, decided, half, far)]

    client = signed_in(office)
    answer = client.post(APPROVE_MANY + "?units=towns", {"chosen": chosen}, follow=True)
    assert answer.redirect_chain == [(QUEUE + "?units=towns", 302)]
    messages = said(answer.content.decode())
    assert messages[0] == ("success", "已审定 2 张季报表（小榄镇、古镇镇），数字已采用。")
    by_unit = {sentence.partition("：")[0]: (kind, sentence) for kind, sentence in messages[1:]}
    assert set(by_unit) == {
        "市经济和信息化局2015年第二季度季报",
        "南头镇2015年第二季度季报",
        "黄圃镇2015年第二季度季报",
        "没有“2021Q1/dongqu”这张季报表，或不在您的查看范围内。",
    }
    assert "自己所在单位" in by_unit["市经济和信息化局2015年第二季度季报"][1]
    assert by_unit["南头镇2015年第二季度季报"][0] == "info"
    assert "冯志远" in by_unit["南头镇2015年第二季度季报"][1]
    assert "10 处" in by_unit["黄圃镇2015年第二季度季报"][1]
    far.refresh_from_db()
    assert far.state == "SUBMITTED"
    assert set(Actual.objects.values_list("area__code", flat=True)) == {"xiaolan", "guzhen", "nantou"}

    events = AuditEvent.objects.count()
    again = said(client.post(APPROVE_MANY, {"chosen": chosen}, follow=True).content.decode())
    assert "已审定" not in again[0][1].partition("，")[0]
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ([], "还没有选中季报表，请勾选要审定的。"),
        (["2015Q2/xiaolan"], "页面不完整，请刷新后重试。"),
        (["2015Q2/xiaolan/1; DROP"], "页面不完整，请刷新后重试。"),
        (["2015Q2/xiaolan/９"], "页面不完整，请刷新后重试。"),
        (["9" * 400], "页面不完整，请刷新后重试。"),
    ],
)
def test_nothing_is_decided_by_a_broken_list(
    period: Period, office: User, chosen: list[str], sentence: str
) -> None:
    handed_in(period, "xiaolan")
    page = signed_in(office).post(APPROVE_MANY, {"chosen": chosen}, follow=True).content.decode()
    assert said(page) == [("error", sentence)]
    assert not Actual.objects.exists()


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "9" * 30])
def test_a_page_that_is_not_there_is_the_nearest_one(period: Period, office: User, page: str) -> None:
    handed_in(period, "xiaolan")
    answer = signed_in(office).get(QUEUE, {"page": page})
    assert (answer.status_code, "小榄镇" in answer.content.decode()) == (200, True)


def test_a_draft_that_lacks_cells_lists_them_with_links(
    period: Period, office: User, second_office: User
) -> None:
    half = filing.save_return(
        period,
        unit=unit("huangpu"),
        version=0,
        figures={"robot-firms": Typed("2")},
        by=second_office,
        at=timezone.now(),
    )
    answer = signed_in(office).post("/returns/2015Q2/huangpu/approve/", {"version": half.version})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有 10 处需要更正或说明，没有审定。" in page
    assert '<a href="#entry-industrial-investment">' in page


def test_what_changed_stands_on_the_returns_page_for_the_office_alone(
    period: Period, office: User, xiaolan: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan, {"industrial-investment": "14.51"}, when=timezone.now())
    back = filing.send_back_return(
        filed, version=filed.version, reason="请核对", by=office, at=timezone.now()
    )
    submitted(period, "xiaolan", xiaolan, {"industrial-investment": "14.15"}, when=timezone.now())
    assert back.pk == QuarterlyReturn.objects.get().pk
    page = signed_in(office).get(XIAOLAN).content.decode()
    assert re.search(r"退回时相比，改动 1 处。", page)
    assert '<del class="was">14.51</del>' in page
    assert '<del class="was">' not in signed_in(xiaolan).get(XIAOLAN).content.decode()


@pytest.mark.parametrize("act", ["approve", "send-back"])
def test_a_decision_on_figures_that_changed_meanwhile_is_refused_in_its_own_words(
    period: Period, office: User, xiaolan: User, act: str
) -> None:
    filed = submitted(period, "xiaolan", xiaolan, when=timezone.now())
    seen = filed.version
    back = filing.withdraw_return(filed, version=seen, by=xiaolan, at=timezone.now())
    filing.submit_return(back, version=back.version, by=xiaolan, at=timezone.now())
    sent = {"version": seen, "reason": "请核对工业投资"}
    page = signed_in(office).post(XIAOLAN + f"{act}/", sent, follow=True).content.decode()
    assert "您打开之后，这张季报表又有改动，没有办理。请看过现在的数再决定。" in page
    assert (act == "send-back") == ("请核对工业投资" in page)
    assert QuarterlyReturn.objects.get().state == "SUBMITTED"


def test_nobody_is_offered_to_give_back_a_return_of_their_own_unit(
    period: Period, office: User, second_office: User, clerk: User
) -> None:
    """The office sits in 市经济和信息化局, which files too; the second officer does not."""
    submitted(period, "jingxin", clerk, {}, when=timezone.now())
    address = "/returns/2015Q2/jingxin/"
    own, others = (signed_in(person).get(address).content.decode() for person in (office, second_office))
    assert f'action="{address}send-back/' not in own
    assert "不能审定自己所在单位的季报表" in own
    assert f'action="{address}send-back/' in others


def test_an_approval_after_publication_says_what_it_moves_besides(
    period: Period, office: User, second_office: User
) -> None:
    filed = handed_in(period, "xiaolan")
    filing.publish_period(period, by=office, at=timezone.now())
    other = handed_in(period, "guzhen")
    address = f"{XIAOLAN}approve/"
    answer = signed_in(second_office).post(address, {"version": filed.version}, follow=True)
    (message,) = [words for _, words in said(answer.content.decode())]
    assert message.endswith(
        "已审定，数字已采用。本季已定稿：数字如有变动，列在报送期页面，镇区合计与全市数的差额可能须重新说明。"
    )
    answer = signed_in(second_office).post(APPROVE_MANY, {"chosen": [key_of(other)]}, follow=True)
    assert [words for _, words in said(answer.content.decode())] == [
        "已审定 1 张季报表（古镇镇），数字已采用。"
        "2015年第二季度已定稿：数字如有变动，列在报送期页面，镇区合计与全市数的差额可能须重新说明。"
    ]
