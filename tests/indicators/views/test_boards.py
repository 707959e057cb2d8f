"""`/returns/`, and the counts in the frame: each reader finds what is theirs to do, and no more."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from indicators.models import AuditEvent, Period, Plan, QuarterlyReturn
from indicators.services import filing
from tests.indicators.filing_steps import approved, filled, opened, period_of, saved, submitted
from tests.people import unit

pytestmark = pytest.mark.once

TODAY = timezone.localdate()


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="towns.backends.MembershipBackend")
    return client


def page_of(person: User, address: str = "/returns/") -> str:
    answer = signed_in(person).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def nav_of(person: User, address: str = "/") -> dict[str, str]:
    """{place: what stands beside it} of the places with a number, as a screen reader says it."""
    nav = page_of(person, address).split('aria-label="主导航">')[1].split("</nav>")[0]
    places = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", link)).strip() for link in nav.split("</a>")]
    return dict(place.split(" ", 1) for place in places if " " in place)


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    """2015Q2, due in five days from today and closed in ten, since the pages go by the server's clock."""
    return opened(zhongshan, office, due_on=TODAY + timedelta(days=5), closes_on=TODAY + timedelta(days=10))


@pytest.fixture
def late(zhongshan: Plan, office: User) -> Period:
    """2015Q1, due yesterday, without a closing date."""
    return opened(zhongshan, office, "2015Q1", due_on=TODAY - timedelta(days=1))


def test_the_frame_counts_what_waits_for_each_reader(
    period: Period,
    late: Period,
    xiaolan: User,
    guzhen: User,
    clerk: User,
    office: User,
    leader: User,
    auditor: User,
) -> None:
    submitted(period, "xiaolan", xiaolan)
    assert nav_of(xiaolan) == {"季报": "1 份待填报 逾期 1"}
    assert nav_of(guzhen) == {"季报": "2 份待填报 逾期 1"}
    assert nav_of(clerk) == {"季报": "2 份待填报 逾期 1"}
    assert nav_of(office) == {"审核": "1 份待审核"}
    assert (nav_of(leader), nav_of(auditor)) == ({}, {})


def test_the_counts_stand_on_every_page_of_the_reader(period: Period, xiaolan: User) -> None:
    for address in ("/", "/returns/", "/returns/2015Q2/xiaolan/", "/plan/", "/towns/xiaolan/"):
        assert nav_of(xiaolan, address) == {"季报": "1 份待填报"}, address


def test_another_towns_returns_never_count(period: Period, xiaolan: User, guzhen: User, office: User) -> None:
    approved(period, "guzhen", guzhen, office)
    before = nav_of(guzhen)
    back = submitted(period, "xiaolan", xiaolan)
    filing.send_back_return(back, version=back.version, reason="请核对", by=office, at=timezone.now())
    assert (before, nav_of(guzhen)) == ({}, {})


def test_a_clerk_is_told_the_one_thing_to_do_next(
    period: Period, late: Period, xiaolan: User, office: User
) -> None:
    page = page_of(xiaolan)
    first = page.split('class="card next-step"')[1].split("</section>")[0]
    assert "开始填报2015年第一季度季报" in first
    assert 'href="/returns/2015Q1/xiaolan/"' in first
    assert "已逾期 1 天" in first
    assert '<h2 id="others">还要办的（1）</h2>' in page
    for quarter in (period, late):
        approved(quarter, "xiaolan", xiaolan, office)
    done = page_of(xiaolan)
    assert "没有待办的季报" in done
    assert "逾期" not in done


def test_why_a_return_came_back_stands_on_top(period: Period, xiaolan: User, office: User) -> None:
    back = submitted(period, "xiaolan", xiaolan)
    filing.send_back_return(
        back, version=back.version, reason="投资与月报不一致", by=office, at=timezone.now()
    )
    first = page_of(xiaolan).split('class="card next-step"')[1].split("</section>")[0]
    assert "更正2015年第二季度季报" in first
    assert "投资与月报不一致" in first


def test_the_years_of_the_plan_are_a_click_away(period: Period, xiaolan: User) -> None:
    page = page_of(xiaolan, "/returns/?period=2016Q4")
    # By the latest quarter that was opened, else by the first.
    assert 'href="?period=2015Q2">2015年</a>' in page
    assert 'href="?period=2017Q1">2017年</a>' in page
    assert "2016年第一季度" in page.split('id="quarters"')[1]
    assert "2015年第二季度" not in page.split('id="quarters"')[1]


def test_the_board_is_narrowed_by_state_and_kind_in_its_address(
    period: Period, xiaolan: User, office: User
) -> None:
    submitted(period, "xiaolan", xiaolan)
    page = page_of(office, "/returns/?period=2015Q2&state=submitted&kind=town")
    board = page.split('id="units"')[1]
    assert "列出 1 个，全市共 41 个" in board
    assert "/returns/2015Q2/xiaolan/" in board
    assert "/returns/2015Q2/guzhen/" not in board
    # Another state keeps the kind, another kind the state.
    assert 'href="?period=2015Q2&amp;kind=town&amp;state=draft"' in board
    assert 'href="?period=2015Q2&amp;state=submitted&amp;kind=department"' in board


def test_the_auditor_sees_the_board_without_acts(period: Period, late: Period, auditor: User) -> None:
    page = page_of(auditor, "/returns/?period=2015Q2")
    content = page.split("<main")[1]
    assert "/returns/2015Q2/xiaolan/" in content
    assert 'method="post"' not in content
    assert 'type="checkbox"' not in content
    assert "催报名单" in content


def test_who_to_remind_can_be_copied_as_text(
    period: Period, late: Period, office: User, xiaolan: User
) -> None:
    submitted(late, "xiaolan", xiaolan)
    text = page_of(office).split('id="reminder-text"')[1].split("</textarea>")[0]
    (mine,) = [line for line in text.splitlines() if "小榄镇" in line]
    assert mine.startswith("小榄镇：2015年第二季度季报未开始，")
    assert mine.endswith("还有 5 天。填报人：何小榄。")
    assert "古镇镇：2015年第一季度季报未开始，" in text


def test_a_quarter_is_closed_a_unit_let_in_again_and_it_files(
    late: Period, office: User, xiaolan: User
) -> None:
    desk, town = signed_in(office), signed_in(xiaolan)
    board = desk.get("/returns/?period=2015Q1").content.decode()
    assert 'data-confirm="还有 41 个单位没有报送，' in board
    assert "选定小榄镇" not in board

    closed = desk.post("/periods/2015Q1/close/", follow=True).content.decode()
    assert "2015年第一季度的填报已关闭" in closed
    assert "选定小榄镇" in closed
    locked = town.get("/returns/").content.decode()
    assert "没有待办的季报" in locked
    assert "如需补报请联系联席会议办公室重新开放" in locked
    assert nav_of(xiaolan) == {}

    until = TODAY + timedelta(days=3)
    sent = {"unit": ["xiaolan", "shiqi"], "until": until.isoformat()}
    answer = desk.post("/periods/2015Q1/reopen/", sent, follow=True).content.decode()
    assert f"已为石岐区、小榄镇重新开放到{until.year}年{until.month}月{until.day}日" in answer or (
        f"已为小榄镇、石岐区重新开放到{until.year}年{until.month}月{until.day}日" in answer
    )
    assert nav_of(xiaolan) == {"季报": "1 份待填报 逾期 1"}
    begun = QuarterlyReturn.objects.get(unit__code="xiaolan")
    cells = {f"value-{code}": row.value for code, row in filled(late, "xiaolan").items()}
    notes = {f"note-{code}": row.note for code, row in filled(late, "xiaolan").items()}
    typed = {"version": begun.version, "action": "submit", "progress_text": "", **cells, **notes}
    town.post("/returns/2015Q1/xiaolan/", typed)
    begun.refresh_from_db()
    assert begun.state == "SUBMITTED"
    refused = signed_in(office).post(
        "/periods/2015Q1/reopen/", {"unit": ["xiaolan"], "until": until.isoformat()}, follow=True
    )
    assert "小榄镇没有重新开放：这张季报表已经提交或审定" in refused.content.decode()


def test_a_second_closing_has_no_second_effect(late: Period, office: User) -> None:
    desk = signed_in(office)
    desk.post("/periods/2015Q1/close/")
    again = desk.post("/periods/2015Q1/close/", follow=True).content.decode()
    assert "已经关闭，没有重复办理" in again
    assert AuditEvent.objects.filter(act="关闭报送期").count() == 1


def test_a_quarter_before_its_due_date_is_not_closed(period: Period, office: User) -> None:
    desk = signed_in(office)
    assert "立即关闭填报" not in desk.get("/returns/?period=2015Q2").content.decode()
    answer = desk.post("/periods/2015Q2/close/", follow=True).content.decode()
    assert "要提前关闭，请先调整截止日期。" in answer
    assert period_of(period.plan).closes_on == TODAY + timedelta(days=10)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"until": "2099-01-01"}, "请先选定要重新开放的单位。"),
        ({"unit": "xiaolan"}, "请指定重新开放到哪一天。"),
        ({"unit": "baisha", "until": "2099-01-01"}, "所选的单位中有的不在本市"),
        ({"unit": "shiqi", "until": "2015-01-01"}, "石岐区没有重新开放：重新开放的截止日期不能早于今天。"),
    ],
)
def test_what_cannot_be_reopened_is_said_and_nothing_is_written(
    period: Period, linhai: Plan, office: User, sent: dict[str, str], sentence: str
) -> None:
    answer = signed_in(office).post("/periods/2015Q2/reopen/", sent, follow=True)
    assert sentence in answer.content.decode()
    assert not QuarterlyReturn.objects.exists()


def test_a_published_quarter_asks_for_a_new_word_after_a_late_approval(
    period: Period, xiaolan: User, guzhen: User, clerk: User, office: User, second_office: User
) -> None:
    """机器换人: 小榄镇 5 of the city's 6 is published with a word; 古镇镇's 2 make it 7, one too many."""
    approved(period, "xiaolan", xiaolan, office, {"robot-firms": "5"})
    approved(period, "jingxin", clerk, second_office, {"robot-firms": "6"})
    desk = signed_in(office)
    word = {"explanation-robot-firms": "一家由市直管"}
    saved_only = desk.post("/periods/2015Q2/explain/", word, follow=True).content.decode()
    assert "已保存 1 项差额的说明。" in saved_only
    assert not period_of(period.plan).is_published
    for _ in range(2):
        desk.post("/periods/2015Q2/", word)
    assert AuditEvent.objects.filter(act="定稿").count() == 1
    quiet = desk.get("/periods/2015Q2/").content.decode()
    assert "定稿以来，本季的数字没有变动。" in quiet
    assert "保存说明" not in quiet

    filed = submitted(period, "guzhen", guzhen, {"robot-firms": "2"})
    filing.approve_return(filed, version=filed.version, by=office, at=timezone.now())
    page = desk.get("/periods/2015Q2/").content.decode()
    moved = page.split('id="late"')[1].split("</section>")[0]
    assert "定稿后的变动（1）" in moved
    assert "古镇镇" in moved
    assert "1 项差额须说明" in page
    assert "原说明（针对差额 -1）：一家由市直管" in page

    refused = desk.post("/periods/2015Q2/explain/", {"explanation-robot-firms": ""})
    assert refused.status_code == 422
    assert "没有收到说明" in refused.content.decode()
    desk.post("/periods/2015Q2/explain/", {"explanation-robot-firms": "一家重复统计"})
    settled = desk.get("/periods/2015Q2/").content.decode()
    assert "一家重复统计" in settled
    assert "1 项差额须说明" not in settled


def test_a_draft_of_ones_own_is_not_lost_sight_of(period: Period, xiaolan: User) -> None:
    saved(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    first = page_of(xiaolan).split('class="card next-step"')[1].split("</section>")[0]
    assert "继续填报2015年第二季度季报" in first
    assert "已填 11/11 项" in first
    assert unit("xiaolan").name in page_of(xiaolan)
