"""Closing a quarter at once, and letting several units in again: for the office alone, each act on the trail."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from indicators.models import AuditEvent, Period, Plan, QuarterlyReturn
from indicators.services import filing
from indicators.services.filing import AlreadyDoneError, DatesError, FilingError
from tests.indicators.filing_steps import approved, at, opened, period_of, saved, submitted
from tests.people import account, unit
from towns.choices import Role


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    """2015Q2, due on 15 July."""
    return opened(zhongshan, office)


def test_a_closed_quarter_locks_who_has_not_filed_and_a_reopened_unit_files_again(
    period: Period, office: User, xiaolan: User, guzhen: User
) -> None:
    filing.close_period(period, by=office, at=at(20))
    period.refresh_from_db()
    assert period.closes_on == date(2015, 7, 19)
    for person in (xiaolan, guzhen):
        with pytest.raises(FilingError, match="填报已关闭"):
            saved(period, person.username, person, when=at(20, hour=11))
    answer = filing.reopen_units(
        period, units=[unit("xiaolan")], until=date(2015, 7, 22), by=office, at=at(20, hour=12)
    )
    assert [row.code for row in answer.units] == ["xiaolan"]
    assert submitted(period, "xiaolan", xiaolan, when=at(22)).state == "SUBMITTED"
    with pytest.raises(FilingError, match="填报已关闭"):
        saved(period, "guzhen", guzhen, when=at(22))


def test_closing_leaves_its_event_and_a_second_one_has_no_effect(period: Period, office: User) -> None:
    filing.close_period(period, by=office, at=at(20))
    event = AuditEvent.objects.get(act="关闭报送期")
    assert (event.object_key, event.old, event.new) == (
        "2015Q2",
        {"closes_on": None},
        {"closes_on": "2015-07-19"},
    )
    with pytest.raises(AlreadyDoneError):
        filing.close_period(period, by=office, at=at(20, hour=11))
    assert AuditEvent.objects.filter(act="关闭报送期").count() == 1


def test_the_due_day_counts_whole(period: Period, office: User) -> None:
    """Due on 15 July: closed on the 16th at the earliest, and the 15th is then the last day."""
    with pytest.raises(DatesError, match="7月15日"):
        filing.close_period(period, by=office, at=at(15, hour=23))
    period.refresh_from_db()
    assert period.closes_on is None
    assert filing.close_period(period, by=office, at=at(16)).closes_on == date(2015, 7, 15)


def test_a_quarter_that_is_not_open_is_not_closed(zhongshan: Plan, office: User) -> None:
    with pytest.raises(DatesError, match="尚未开始"):
        filing.close_period(period_of(zhongshan, "2015Q3"), by=office, at=at(20))


def test_a_planned_closing_is_brought_forward(zhongshan: Plan, office: User) -> None:
    period = opened(zhongshan, office, closes_on=date(2015, 7, 31))
    assert filing.close_period(period, by=office, at=at(20)).closes_on == date(2015, 7, 19)


def test_only_the_office_of_this_city_closes_and_reopens(
    period: Period, clerk: User, xiaolan: User, leader: User, auditor: User
) -> None:
    far = account("linhai_office", Role.OFFICE, unit_code="gongxin", city="linhaiwan")
    for person in (clerk, xiaolan, leader, auditor, far):
        with pytest.raises(PermissionDenied):
            filing.close_period(period, by=person, at=at(20))
        with pytest.raises(PermissionDenied):
            filing.reopen_units(
                period, units=[unit("xiaolan")], until=date(2015, 7, 30), by=person, at=at(20)
            )
    assert not QuarterlyReturn.objects.exists()


def test_of_several_units_each_is_let_in_by_its_own_rules(
    period: Period, office: User, xiaolan: User, guzhen: User
) -> None:
    submitted(period, "xiaolan", xiaolan)
    approved(period, "guzhen", guzhen, office)
    filing.close_period(period, by=office, at=at(20))
    codes = ("xiaolan", "guzhen", "shiqi", "fazhi")
    answer = filing.reopen_units(
        period, units=[unit(code) for code in codes], until=date(2015, 7, 25), by=office, at=at(20)
    )
    assert [row.code for row in answer.units] == ["shiqi", "fazhi"]
    assert answer.refused == dict.fromkeys(
        ("小榄镇", "古镇镇"), "这张季报表已经提交或审定，如需更改请先退回。"
    )
    assert AuditEvent.objects.filter(act="重新开放").count() == 2


def test_a_past_day_lets_nobody_in(period: Period, office: User) -> None:
    answer = filing.reopen_units(period, units=[unit("shiqi")], until=date(2015, 7, 19), by=office, at=at(20))
    assert (answer.units, list(answer.refused)) == ((), ["石岐区"])
    assert not QuarterlyReturn.objects.exists()
