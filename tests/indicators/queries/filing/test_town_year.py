"""A town's returns of a year as each reader may know them, at one query or none."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from indicators.choices import ReturnState
from indicators.models import Plan
from indicators.queries.filing.town_year import TownQuarter, load_town_year
from tests.people import area, unit
from tests.reports.results import filed, period_of, reading


@pytest.fixture
def year(zhongshan: Plan) -> Plan:
    """小榄镇's first quarter is approved, its second submitted; 古镇镇's first is submitted."""
    filed(period_of(zhongshan, "2015Q1"), unit("xiaolan"), ReturnState.APPROVED)
    filed(period_of(zhongshan, "2015Q2"), unit("xiaolan"), ReturnState.SUBMITTED)
    filed(period_of(zhongshan, "2015Q1"), unit("guzhen"), ReturnState.SUBMITTED)
    return zhongshan


def said(quarters: tuple[TownQuarter, ...]) -> list[tuple[str, str, str | None, bool]]:
    """The first three quarters: whose return may be opened, its state, whether it is approved."""
    return [
        (one.period.code, one.unit_code, one.filed.state if one.filed else None, one.is_approved)
        for one in quarters[:3]
    ]


@pytest.mark.parametrize(("reader", "queries"), [("office", 1), ("auditor", 1), ("xiaolan", 0)])
def test_states_for_the_office_the_auditor_and_the_towns_own_people(
    year: Plan,
    request: pytest.FixtureRequest,
    django_assert_num_queries: DjangoAssertNumQueries,
    reader: str,
    queries: int,
) -> None:
    user: User = request.getfixturevalue(reader)
    periods, town = reading(user).periods, area("xiaolan")
    with django_assert_num_queries(queries):
        quarters = load_town_year(periods, town, user)
    assert said(quarters) == [
        ("2015Q1", "xiaolan", ReturnState.APPROVED, True),
        ("2015Q2", "xiaolan", ReturnState.SUBMITTED, False),
        ("2015Q3", "xiaolan", None, False),
    ]


@pytest.mark.parametrize("reader", ["leader", "clerk"])
def test_others_learn_of_approval_alone(
    year: Plan,
    request: pytest.FixtureRequest,
    django_assert_num_queries: DjangoAssertNumQueries,
    reader: str,
) -> None:
    user: User = request.getfixturevalue(reader)
    periods, town = reading(user).periods, area("xiaolan")
    with django_assert_num_queries(1):
        quarters = load_town_year(periods, town, user)
    assert said(quarters) == [
        ("2015Q1", "", None, True),
        ("2015Q2", "", None, False),
        ("2015Q3", "", None, False),
    ]
