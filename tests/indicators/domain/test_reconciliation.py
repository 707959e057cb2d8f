"""The towns' sum stands beside the city's figure."""

from decimal import Decimal

import pytest

from indicators.choices import Kind, Reason
from indicators.domain.reconciliation import reconcile


def test_the_difference_is_the_towns_sum_less_the_city() -> None:
    found = reconcile(Kind.FLOW, 2, [Decimal("100.10"), Decimal("20.50")], Decimal("121.00"))

    assert (found.total, found.city, found.difference) == (
        Decimal("120.60"),
        Decimal("121.00"),
        Decimal("-0.40"),
    )
    assert (found.reported, found.towns) == (2, 2)


@pytest.mark.parametrize(
    ("last_town", "is_within"),
    [("1.12", True), ("0.88", True), ("1.13", False), ("0.87", False)],
)
def test_within_rounding_is_up_to_half_a_unit_for_each_town(last_town: str, is_within: bool) -> None:
    # 24 towns with two decimals: 24 x 0.005 = 0.12, the bound included
    towns = [Decimal(1)] * 23 + [Decimal(last_town)]

    found = reconcile(Kind.FLOW, 2, towns, Decimal(24))

    assert found.tolerance == Decimal("0.12")
    assert found.within_rounding is is_within


@pytest.mark.parametrize(("city", "is_within"), [("80", True), ("81", False)])
def test_counts_have_no_rounding(city: str, is_within: bool) -> None:
    found = reconcile(Kind.STOCK, 0, [Decimal(50), Decimal(30)], Decimal(city))

    assert found.tolerance == 0
    assert found.within_rounding is is_within


def test_a_town_that_has_not_reported_is_left_out_and_counted() -> None:
    found = reconcile(Kind.FLOW, 2, [Decimal(3), None], Decimal(5))

    assert (found.total, found.difference, found.within_rounding) == (Decimal(3), Decimal(-2), False)
    assert (found.reported, found.towns) == (1, 2)


def test_no_town_reported_is_no_sum_and_not_zero() -> None:
    found = reconcile(Kind.FLOW, 2, [None, None], Decimal(5))

    assert (found.total, found.difference) == (Reason.NOT_REPORTED, Reason.NOT_REPORTED)
    assert found.within_rounding is None


def test_the_sum_never_replaces_a_city_that_has_not_reported() -> None:
    found = reconcile(Kind.FLOW, 2, [Decimal(3), Decimal(4)], None)

    assert (found.total, found.city) == (Decimal(7), None)
    assert (found.difference, found.within_rounding) == (Reason.NOT_REPORTED, None)


def test_a_rate_has_no_sum() -> None:
    found = reconcile(Kind.RATE, 2, [Decimal(21), Decimal(7)], Decimal(11))

    assert (found.total, found.difference, found.within_rounding) == (Reason.NO_BASE, Reason.NO_BASE, None)
