"""The register of returns: who handed in what and when, how late, and why it came back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from indicators.models import Period, Plan
from indicators.queries.filing.board import units_read_by
from indicators.queries.filing.register import Registered, load_register
from indicators.services import filing
from indicators.services.filing.imports import Published
from tests.people import unit
from tests.scenes import SHANGHAI, approved, drafted, opened, submitted

TODAY = date(2015, 7, 20)


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2015, 7, day, hour, tzinfo=SHANGHAI)


def register_of(period: Period, user: User) -> Mapping[str, Registered]:
    units = list(units_read_by(user).order_by("order"))
    return {row.unit.code: row for row in load_register([period], units, today=TODAY).values()}


@pytest.fixture
def half_year(zhongshan: Plan, office: User) -> Period:
    """Due by 15 July 2015."""
    return opened(zhongshan, "2015Q2", by=office)


def test_handed_in_and_approved(half_year: Period, office: User, second_office: User, xiaolan: User) -> None:
    approved(half_year, xiaolan, {"industrial-investment": "14.51"}, by=second_office)
    row = register_of(half_year, office)["xiaolan"]
    assert row.tag.label == "已审定"
    assert (row.first.at, row.first.by, row.last) == (at(8), "何小榄", row.first)
    assert (row.decided.at, row.decided.by) == (at(9), "冯志远")
    # The others are blank with a note: they say why they are not there.
    assert (row.asked, row.filled, row.late, row.overdue, row.sent_back, row.reason) == (11, 11, 0, "", 0, "")


def test_sent_back_and_handed_in_again_is_late_by_its_first_day(
    half_year: Period, office: User, second_office: User, xiaolan: User
) -> None:
    first = submitted(half_year, xiaolan)
    back = filing.send_back_return(
        first, version=first.version, reason="请核对投资", by=second_office, at=at(14)
    )
    again = filing.submit_return(back, version=back.version, by=xiaolan, at=at(19))
    row = register_of(half_year, office)["xiaolan"]
    assert (row.first.at, row.last.at, row.late) == (at(8), at(19), 0)
    assert (row.tag.label, row.decided, row.sent_back, row.reason) == ("已提交", None, 1, "请核对投资")
    filing.approve_return(again, version=again.version, by=second_office, at=at(20))
    row = register_of(half_year, office)["xiaolan"]
    # Approval clears the return's own reason; the register keeps what the trail has.
    assert (row.tag.label, row.sent_back, row.reason) == ("已审定", 1, "请核对投资")


def test_taken_back_and_handed_in_late(half_year: Period, office: User, xiaolan: User) -> None:
    first = submitted(half_year, xiaolan)
    draft = filing.withdraw_return(first, version=first.version, by=xiaolan, at=at(9))
    row = register_of(half_year, office)["xiaolan"]
    assert (row.tag.label, row.first, row.late, row.overdue) == ("草稿", None, None, "逾期 5 天")
    filing.submit_return(draft, version=draft.version, by=xiaolan, at=at(18, 23))
    row = register_of(half_year, office)["xiaolan"]
    assert (row.first.at, row.late, row.overdue) == (at(18, 23), 3, "")


def test_never_begun_is_awaited_and_filled_in_by_the_office_says_so(
    half_year: Period, office: User, xiaolan: User
) -> None:
    drafted(half_year, office, unit=xiaolan.membership.unit)
    rows = register_of(half_year, office)
    assert rows["xiaolan"].marks == ("代填",)
    guzhen = rows["guzhen"]
    assert (guzhen.tag.label, guzhen.filled, guzhen.first, guzhen.overdue) == ("未开始", 0, None, "逾期 5 天")


def test_figures_imported_after_the_due_date_are_neither_late_nor_awaited(
    half_year: Period, office: User
) -> None:
    figures = {"hightech-share": Published(Decimal("17.68"), "市统计局")}
    filing.file_published(half_year, unit=unit("tongji"), figures=figures, by=office, at=at(20))
    row = register_of(half_year, office)["tongji"]
    assert (row.tag.label, row.first.at, row.late, row.overdue) == ("已提交", at(20), None, "")


def test_a_unit_that_leads_no_indicator_is_asked_for_none(half_year: Period, office: User) -> None:
    assert register_of(half_year, office)["fagai"].asked == 0


def test_three_queries_however_many_units(
    half_year: Period,
    office: User,
    xiaolan: User,
    guzhen: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    submitted(half_year, xiaolan)
    submitted(half_year, guzhen)
    for reader in (office, guzhen):
        units = list(units_read_by(reader))
        with django_assert_num_queries(3):
            load_register([half_year], units, today=TODAY)
