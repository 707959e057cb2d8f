"""A unit's own page: what to do first, what came back and why, and that what is handed in never looks due."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Period, Plan
from indicators.queries.filing.my_returns import MyReturn, MyReturns, load_my_returns
from indicators.services import filing
from tests.indicators.filing_steps import approved, at, opened, period_of, saved, submitted
from tests.people import unit

TODAY = date(2015, 7, 12)


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office, closes_on=date(2015, 7, 31))


def page_of(unit_code: str, *periods: Period, today: date = TODAY, year: int = 2015) -> MyReturns:
    return load_my_returns(periods, unit(unit_code), year=year, today=today)


def only(unit_code: str, period: Period, today: date = TODAY) -> MyReturn:
    (row,) = page_of(unit_code, period, today=today).quarters
    return row


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2015, 7, 14), "7月15日截止，还有 1 天。"),
        (date(2015, 7, 15), "今天（7月15日）截止。"),
        (date(2015, 7, 16), "7月15日截止，已逾期 1 天，7月31日关闭前仍可补报。"),
        (date(2015, 8, 1), "填报已关闭（最后一天是7月31日），如需补报请联系联席会议办公室重新开放。"),
        (date(2016, 1, 1), "填报已关闭（最后一天是2015年7月31日），如需补报请联系联席会议办公室重新开放。"),
    ],
)
def test_a_unit_reads_what_is_due_by_when_and_why_it_is_locked(
    period: Period, today: date, words: str
) -> None:
    assert only("xiaolan", period, today).due == words


def test_a_quarter_that_is_not_open_cannot_be_opened_and_one_announced_says_when(
    zhongshan: Plan, period: Period, office: User
) -> None:
    later = opened(zhongshan, office, "2015Q3")
    page = page_of("xiaolan", period, later, period_of(zhongshan, "2015Q4"))
    assert [(row.period.code, row.action, row.due) for row in page.quarters] == [
        ("2015Q4", "", "联席会议办公室尚未开放填报。"),
        ("2015Q3", "", "10月1日开放填报。"),
        ("2015Q2", "开始填报", "7月15日截止，还有 3 天。"),
    ]
    assert page.first is not None
    assert (page.first.period, page.others) == (period, ())


def test_what_came_back_says_why_and_what_is_approved_never_looks_due(
    period: Period, office: User, xiaolan: User, guzhen: User
) -> None:
    back = submitted(period, "xiaolan", xiaolan)
    filing.send_back_return(back, version=back.version, reason="与统计局数不符", by=office, at=at(9))
    mine = only("xiaolan", period)
    assert (mine.action, mine.reason, mine.needs_action) == ("更正", "与统计局数不符", True)
    approved(period, "guzhen", guzhen, office)
    theirs = only("guzhen", period, date(2015, 9, 1))
    assert (theirs.due, theirs.is_late, theirs.needs_action) == ("已审定，数字已采用。", False, False)
    assert (theirs.left, theirs.until) == ("", "")


def test_past_due_comes_first_then_what_came_back_then_the_nearest_date(
    zhongshan: Plan, office: User, xiaolan: User
) -> None:
    """On 12 October 2015: the first quarter is overdue, the second came back and is due in November, the third is
    due on the 15th."""
    late = opened(zhongshan, office, "2015Q1")
    back = opened(zhongshan, office, "2015Q2", due_on=date(2015, 11, 30))
    near = opened(zhongshan, office, "2015Q3")
    filed = submitted(back, "xiaolan", xiaolan)
    filing.send_back_return(filed, version=filed.version, reason="请核对", by=office, at=at(9))
    page = page_of("xiaolan", late, back, near, today=date(2015, 10, 12))
    assert page.first is not None
    assert [row.period.code for row in (page.first, *page.others)] == ["2015Q1", "2015Q2", "2015Q3"]


def test_what_is_to_be_done_counts_in_every_year_and_the_table_shows_one(
    zhongshan: Plan, period: Period
) -> None:
    page = page_of("xiaolan", period, period_of(zhongshan, "2016Q1"), year=2016)
    assert page.first is not None
    assert (page.first.period, [row.period.code for row in page.quarters]) == (period, ["2016Q1"])


def test_a_unit_let_in_again_has_until_that_day(period: Period, office: User) -> None:
    filing.reopen_return(period, unit=unit("xiaolan"), until=date(2015, 8, 20), by=office, at=at(10, 8))
    mine = only("xiaolan", period, date(2015, 8, 18))
    assert (mine.until, mine.left, mine.is_late) == ("8月20日截止", "还有 2 天", True)
    assert mine.due == "已为本单位重新开放到8月20日。"
    after = only("xiaolan", period, date(2015, 8, 21))
    assert (after.needs_action, after.due[:5]) == (False, "填报已关闭")


def test_it_says_how_much_is_filled_in(period: Period, xiaolan: User) -> None:
    """11 columns for a town, each with a figure or why there is none; a unit that leads nothing writes text."""
    assert only("xiaolan", period).filled == "共 11 项"
    saved(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    assert only("xiaolan", period).filled == "已填 11/11 项"
    assert only("fazhi", period).filled == "只填文字"


def test_with_nothing_to_do_it_says_what_comes_next(
    zhongshan: Plan, period: Period, office: User, xiaolan: User, guzhen: User
) -> None:
    submitted(period, "xiaolan", xiaolan)
    waiting = page_of("xiaolan", period)
    assert waiting.first is None
    assert waiting.calm == "2015年第二季度的季报已经提交，等待联席会议办公室审核。"
    approved(period, "guzhen", guzhen, office)
    later = opened(zhongshan, office, "2015Q3")
    assert page_of("guzhen", period, later).calm == "2015年第三季度的季报10月1日开放填报。"
    locked = page_of("shiqi", period, today=date(2015, 8, 1))
    assert locked.first is None
    assert locked.calm == "有的季度没有报送，已经关闭；如需补报请联系联席会议办公室重新开放。"


def test_the_page_costs_two_queries_however_many_quarters(
    zhongshan: Plan, period: Period, xiaolan: User, office: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan)
    filing.begin_review(filed, by=office, at=at(9))
    town = unit("xiaolan")
    for periods in ([period], list(zhongshan.periods.select_related("plan__city"))):
        with CaptureQueriesContext(connection) as statements:
            load_my_returns(periods, town, year=2015, today=TODAY)
        assert len(statements) == 2
