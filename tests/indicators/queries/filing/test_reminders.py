"""The reminder list: whose return is due or overdue, who files it, and when they were last told."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.choices import ReminderKind, ReturnState
from indicators.models import Period, Plan, QuarterlyReturn, Reminder
from indicators.queries.filing.reminders import ReminderRow, load_reminder_list
from indicators.services import filing
from tests.indicators.filing_steps import approved, at, opened, saved, submitted
from tests.people import account, unit
from tests.reports.views.test_city import add_towns
from towns.choices import Role
from towns.models import Unit

WEEK_BEFORE, DAY_AFTER = date(2015, 7, 8), date(2015, 7, 16)


@pytest.fixture
def quarter(zhongshan: Plan, office: User) -> Period:
    """2015Q2, due on 15 July, closed on the 31st."""
    return opened(zhongshan, office, closes_on=date(2015, 7, 31))


def rows_of(plan: Plan, reader: User, today: date) -> dict[str, ReminderRow]:
    return {row.unit.code: row for row in load_reminder_list(plan, reader, today=today)}


def test_units_that_have_handed_in_are_not_on_it(
    quarter: Period, office: User, xiaolan: User, guzhen: User, science_clerk: User
) -> None:
    submitted(quarter, "xiaolan", xiaolan)
    approved(quarter, "guzhen", guzhen, office)
    draft = saved(quarter, "keji", science_clerk)
    listed = rows_of(quarter.plan, office, WEEK_BEFORE)
    assert {"xiaolan", "guzhen"} & set(listed) == set()
    assert len(listed) == Unit.objects.filter(city_code="zhongshan").count() - 2
    row = listed["keji"]
    assert (row.tag.label, row.due, row.left, row.is_late) == ("草稿", "7月15日", "还有 7 天", False)
    assert (row.people, row.unreachable, row.reminded) == ("林科", "账号没有登记电子邮箱", "")
    assert draft.period.code == row.period.code == "2015Q2"
    assert listed["huangpu"].unreachable == "没有填报账号"
    assert listed["huangpu"].tag.label == "未开始"


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2015, 7, 7), None),
        (date(2015, 7, 15), "今天截止"),
        (DAY_AFTER, "已逾期 1 天"),
        (date(2015, 8, 1), None),  # closed: nobody can file any more
    ],
)
def test_from_a_week_before_until_it_is_closed(
    quarter: Period, office: User, today: date, left: str | None
) -> None:
    row = rows_of(quarter.plan, office, today).get("xiaolan")
    assert (row and row.left) == left


def test_a_unit_let_in_after_closing_is_on_it_until_its_own_day(quarter: Period, office: User) -> None:
    filing.reopen_return(quarter, unit=unit("xiaolan"), until=date(2015, 8, 10), by=office, at=at(5, month=8))
    listed = rows_of(quarter.plan, office, date(2015, 8, 6))
    assert list(listed) == ["xiaolan"]
    assert (listed["xiaolan"].due, listed["xiaolan"].left) == ("8月10日", "还有 4 天")
    assert rows_of(quarter.plan, office, date(2015, 8, 11)) == {}


def test_it_says_when_somebody_was_last_told(quarter: Period, office: User, xiaolan: User) -> None:
    for kind, day in ((ReminderKind.OVERDUE, 16), (ReminderKind.DUE_SOON, 8)):
        Reminder.objects.create(
            period=quarter,
            unit=unit("xiaolan"),
            user=xiaolan,
            kind=kind,
            due_on=quarter.due_on,
            sent_at=at(day),
        )
    row = rows_of(quarter.plan, office, date(2015, 7, 17))["xiaolan"]
    assert (row.reminded, row.is_late) == ("7月16日 10:00", True)


def test_who_files_is_who_is_in_service_in_the_unit(quarter: Period, office: User, clerk: User) -> None:
    """Not the officer who sits in the same department, nor who has left."""
    left = account("left", Role.DEPARTMENT, full_name="已调离", unit_code="jingxin")
    left.is_active = False
    left.save()
    clerk.email = "chenxiao@zhongshan.example"
    clerk.save()
    row = rows_of(quarter.plan, office, WEEK_BEFORE)["jingxin"]
    assert (row.people, row.unreachable) == ("陈晓", "")


def test_a_towns_official_sees_only_the_own_town_on_it(
    quarter: Period, xiaolan: User, leader: User, auditor: User, outsider: User
) -> None:
    assert list(rows_of(quarter.plan, xiaolan, WEEK_BEFORE)) == ["xiaolan"]
    assert rows_of(quarter.plan, leader, WEEK_BEFORE) == {}
    assert rows_of(quarter.plan, outsider, WEEK_BEFORE) == {}
    assert len(rows_of(quarter.plan, auditor, WEEK_BEFORE)) > 24


def test_the_most_overdue_stand_first(zhongshan: Plan, office: User) -> None:
    for code in ("2015Q2", "2015Q1"):
        opened(zhongshan, office, code)
    rows = load_reminder_list(zhongshan, office, today=date(2015, 7, 14))
    assert [row.period.code for row in rows] == ["2015Q1"] * (len(rows) // 2) + ["2015Q2"] * (len(rows) // 2)


def test_as_many_queries_for_240_towns_as_for_24(quarter: Period, office: User) -> None:
    def counted() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            listed = load_reminder_list(quarter.plan, office, today=WEEK_BEFORE)
        return len(listed), len(queries)

    rows, few = counted()
    add_towns(quarter.plan, 216)
    QuarterlyReturn.objects.update(state=ReturnState.DRAFT)
    assert counted() == (rows + 216, few)
    assert few == 5
