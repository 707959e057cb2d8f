"""A town's returns and deadlines of the year, in each reader's words; a reader of figures learns of approval alone."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from indicators.choices import ReturnState
from indicators.models import Period, Plan, QuarterlyReturn
from reports.pages import town
from reports.pages.town_filings import FilingRow
from tests.people import unit
from tests.reports.results import filed, period_of, reading, record
from tests.scenes import opened


def rows_of(user: User, today: date, quarter: str = "2015Q2") -> tuple[FilingRow, ...]:
    return town.build(reading(user, quarter), user, "xiaolan", today=today).filings


def said(rows: tuple[FilingRow, ...]) -> list[tuple[str, str, str]]:
    return [(row.tag.label, row.words, row.href) for row in rows]


@pytest.fixture
def year(zhongshan: Plan, office: User) -> Plan:
    """小榄镇's first quarter is approved, its second open and submitted, its third open and not begun."""
    for code in ("2015Q1", "2015Q2", "2015Q3"):
        opened(zhongshan, code, by=office)
    record(zhongshan, "2015Q1", {("industrial-investment", "xiaolan"): "7.01"})
    filed(period_of(zhongshan, "2015Q2"), unit("xiaolan"), ReturnState.SUBMITTED)
    return zhongshan


def test_the_towns_own_people_see_states_and_deadlines_and_reach_their_returns(
    year: Plan, xiaolan: User
) -> None:
    due = period_of(year, "2015Q3").due_on
    rows = rows_of(xiaolan, due.replace(day=due.day - 3))
    assert said(rows) == [
        ("已审定", "", "/returns/2015Q1/xiaolan/?period=2015Q2"),
        ("已提交", "等待审核", "/returns/2015Q2/xiaolan/?period=2015Q2"),
        ("未报送", "还有 3 天", "/returns/2015Q3/xiaolan/?period=2015Q2"),
        ("未报送", "尚未开放填报", ""),
    ]
    assert [row.is_now for row in rows] == [False, True, False, False]
    assert rows[2].due == f"2015年{due.month}月{due.day}日"
    assert rows_of(xiaolan, due.replace(day=due.day + 2))[2].words == "已逾期 2 天"


def test_a_draft_is_not_told_from_a_return_that_nobody_has_begun(year: Plan, xiaolan: User) -> None:
    today = period_of(year, "2015Q3").due_on
    before = rows_of(xiaolan, today)
    filed(period_of(year, "2015Q3"), unit("xiaolan"), ReturnState.DRAFT)
    assert rows_of(xiaolan, today) == before


def test_a_closed_quarter_says_so(year: Plan, xiaolan: User) -> None:
    period = period_of(year, "2015Q3")
    Period.objects.filter(pk=period.pk).update(closes_on=period.due_on)
    assert said(rows_of(xiaolan, date(2015, 12, 1)))[2][:2] == ("未报送", "填报已关闭")


def test_a_returned_one_is_due_by_the_day_that_it_was_let_in_until(year: Plan, xiaolan: User) -> None:
    QuarterlyReturn.objects.filter(state=ReturnState.SUBMITTED).update(
        state=ReturnState.RETURNED, return_reason="请核对", reopened_until=date(2015, 12, 20)
    )
    row = rows_of(xiaolan, date(2015, 12, 18))[1]
    assert (row.tag.label, row.due, row.words) == ("已退回", "2015年12月20日", "还有 2 天")


def test_office_and_auditor_see_the_same(year: Plan, office: User, auditor: User, xiaolan: User) -> None:
    today = period_of(year, "2015Q3").due_on
    assert rows_of(office, today) == rows_of(auditor, today) == rows_of(xiaolan, today)


def test_a_reader_of_figures_learns_only_whether_they_are_approved(
    year: Plan, leader: User, clerk: User
) -> None:
    today = period_of(year, "2015Q3").due_on
    assert said(rows_of(leader, today)) == [("已审定", "", ""), *[("尚未审定", "", "")] * 3]
    assert rows_of(clerk, today) == rows_of(leader, today)
    QuarterlyReturn.objects.filter(state=ReturnState.APPROVED).update(
        state=ReturnState.RETURNED, return_reason="请核对"
    )
    assert said(rows_of(leader, today))[0] == ("更正中", "", "")
