"""What the navigation counts: for a clerk the own unit's open quarters, for the office what waits; without a query."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Period, Plan
from indicators.queries.filing.todo import Todo
from indicators.queries.reading import read_plan
from indicators.services import filing
from tests.indicators.filing_steps import approved, at, opened, submitted
from tests.people import account, unit
from towns.choices import Role

TODAY = date(2015, 7, 12)


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office, closes_on=date(2015, 7, 31))


def todo(person: User, today: date = TODAY) -> Todo:
    return read_plan(person, plan_code="zhongshan-2015-2017").todo(today)


def test_a_unit_is_told_of_the_quarters_that_it_may_fill_in_now(
    zhongshan: Plan, period: Period, office: User, xiaolan: User, clerk: User
) -> None:
    assert (todo(xiaolan), todo(clerk)) == (Todo(to_file=1), Todo(to_file=1))
    opened(zhongshan, office, "2015Q1")
    assert todo(xiaolan) == Todo(to_file=2, overdue=1)
    opened(zhongshan, office, "2015Q3")
    assert todo(xiaolan) == Todo(to_file=2, overdue=1)


def test_what_is_handed_in_is_counted_no_more_and_what_came_back_again(
    period: Period, office: User, xiaolan: User, guzhen: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan)
    assert todo(xiaolan) == Todo()
    filing.send_back_return(filed, version=filed.version, reason="请核对", by=office, at=at(9))
    assert (todo(xiaolan), todo(guzhen)) == (Todo(to_file=1), Todo(to_file=1))
    approved(period, "guzhen", guzhen, office)
    assert todo(guzhen, date(2015, 9, 1)) == Todo()


def test_a_locked_quarter_is_nothing_to_do_until_it_is_opened_again(
    period: Period, office: User, xiaolan: User
) -> None:
    assert todo(xiaolan, date(2015, 7, 16)) == Todo(to_file=1, overdue=1)
    assert todo(xiaolan, date(2015, 8, 1)) == Todo()
    filing.reopen_return(period, unit=unit("xiaolan"), until=date(2015, 8, 5), by=office, at=at(1, 8))
    assert todo(xiaolan, date(2015, 8, 5)) == Todo(to_file=1, overdue=1)
    assert todo(xiaolan, date(2015, 8, 6)) == Todo()


def test_the_office_is_told_how_many_wait_and_nobody_else_is(
    period: Period,
    office: User,
    xiaolan: User,
    guzhen: User,
    leader: User,
    auditor: User,
    linhai: Plan,
) -> None:
    submitted(period, "xiaolan", xiaolan)
    submitted(period, "guzhen", guzhen)
    assert todo(office) == Todo(to_review=2)
    assert (todo(leader), todo(auditor)) == (Todo(), Todo())
    stranger = account("linhai_office", Role.OFFICE, unit_code="gongxin", city="linhaiwan")
    assert read_plan(stranger).todo(TODAY) == Todo()


def test_another_towns_returns_never_count(period: Period, xiaolan: User, guzhen: User) -> None:
    submitted(period, "xiaolan", xiaolan)
    assert (todo(xiaolan), todo(guzhen)) == (Todo(), Todo(to_file=1))


def test_counting_costs_no_query_of_its_own(
    period: Period, office: User, xiaolan: User, leader: User, guzhen: User
) -> None:
    submitted(period, "xiaolan", xiaolan)
    submitted(period, "guzhen", guzhen)
    for person in (office, xiaolan, leader):
        with CaptureQueriesContext(connection) as statements:
            read_plan(person, period_code="2015Q2").todo(TODAY)
        assert len(statements) == 1
