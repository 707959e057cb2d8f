"""No page asks the database more often because a city has more towns, or more has been filed."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.choices import ReturnState
from indicators.models import Plan, QuarterlyReturn
from tests.people import account
from tests.reports.views.test_city import add_towns, queries_of, sign_in
from tests.scenes import approved, opened, submitted
from towns.choices import Role

# With session and reader; a return's page is looked at alone, the others show all units.
MOST_QUERIES = {
    "/indicators/": 8,
    "/indicators/industrial-investment/": 13,
    "/returns/": 12,
    "/returns/review/": 10,
    "/returns/2015Q2/xiaolan/": 14,
    "/periods/2015Q2/": 11,
}


@pytest.fixture
def quarter(zhongshan: Plan, office: User, xiaolan: User) -> Plan:
    """2015Q2 open; two towns have filed, one of them is approved."""
    period = opened(zhongshan, "2015Q2", by=office)
    submitted(period, xiaolan, {"industrial-investment": "14.51"})
    approved(
        period, account("guzhen", Role.TOWN, unit_code="guzhen"), {"industrial-investment": "7.2"}, by=office
    )
    return zhongshan


def test_as_many_queries_for_240_towns_as_for_24(client: Client, quarter: Plan, second_office: User) -> None:
    sign_in(client, second_office)
    few = {address: queries_of(client, f"{address}?period=2015Q2") for address in MOST_QUERIES}
    add_towns(quarter, 216)
    waiting = QuarterlyReturn.objects.filter(unit__code__startswith="new-")
    waiting.update(
        state=ReturnState.SUBMITTED, submitted_at="2015-07-08T10:00+08:00", submitted_by=second_office
    )
    assert {address: queries_of(client, f"{address}?period=2015Q2") for address in MOST_QUERIES} == few
    assert [address for address, count in few.items() if count > MOST_QUERIES[address]] == [], few
