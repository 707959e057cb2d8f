"""One quarter alone, year on year, plan to date, average growth."""

from decimal import Decimal

import pytest

from indicators.choices import Direction, Frequency, Kind, Reason
from indicators.domain.progress import (
    Facts,
    Measure,
    average_growth,
    measure_progress,
    plan_to_date,
    rise_on_year,
    single_quarter,
    year_on_year,
)


def test_year_on_year_is_the_change_against_the_same_quarter() -> None:
    # 647.78/600 - 1 = 0.0796333…
    change = year_on_year(Decimal("647.78"), Decimal(600))

    assert isinstance(change, Decimal)
    assert round(change, 7) == Decimal("0.0796333")


@pytest.mark.parametrize("last_year", [None, Decimal(0), Decimal(-2)])
def test_year_on_year_without_a_last_year_has_no_base(last_year: Decimal | None) -> None:
    assert year_on_year(Decimal(5), last_year) == Reason.NO_BASE


def test_a_share_rises_or_falls_in_its_own_unit() -> None:
    assert rise_on_year(Decimal("17.68"), Decimal("17.1")) == Decimal("0.58")
    assert rise_on_year(Decimal("17.1"), Decimal("17.68")) == Decimal("-0.58")
    assert rise_on_year(Decimal("0.4"), Decimal(0)) == Decimal("0.4")
    assert rise_on_year(Decimal("17.68"), None) == Reason.NO_BASE
    assert rise_on_year(None, Decimal("17.1")) == Reason.NOT_REPORTED


def test_year_on_year_of_a_missing_figure_says_why_it_is_missing() -> None:
    annual = Measure(Kind.RATE, Direction.HIGHER, 2, Frequency.YEAR)

    assert year_on_year(None, Decimal(5)) == Reason.NOT_REPORTED
    assert measure_progress(annual, 2, Facts(last_year=Decimal(5))).year_on_year == Reason.NOT_DUE


@pytest.mark.parametrize(
    ("kind", "quarter", "cumulative", "before", "alone"),
    [
        (Kind.FLOW, 1, "300", None, "300"),
        (Kind.FLOW, 2, "647.78", "300", "347.78"),
        (Kind.FLOW, 3, "640", "647.78", "-7.78"),  # revised downwards
        (Kind.FLOW, 2, "647.78", None, None),
        (Kind.FLOW, 2, None, "300", None),
        (Kind.STOCK, 2, "4", "3", None),
        (Kind.RATE, 1, "17.30", None, None),
    ],
)
def test_a_quarter_alone_is_what_was_added_since_the_last(
    kind: Kind, quarter: int, cumulative: str | None, before: str | None, alone: str | None
) -> None:
    given = [None if value is None else Decimal(value) for value in (cumulative, before, alone)]
    measure = Measure(kind, Direction.HIGHER, 2)

    assert single_quarter(measure, quarter, given[0], given[1]) == given[2]


def test_plan_to_date_adds_the_years_before_to_this_years_cumulative() -> None:
    # Industrial investment: (280 + 320 + 200)/980 = 0.816327
    done = plan_to_date([Decimal(280), Decimal(320)], Decimal(200), Decimal(980))

    assert isinstance(done, Decimal)
    assert round(done, 6) == Decimal("0.816327")


def test_plan_to_date_in_the_first_year_has_no_years_before() -> None:
    assert plan_to_date([], Decimal(245), Decimal(980)) == Decimal("0.25")


@pytest.mark.parametrize(
    ("earlier", "actual", "total", "reason"),
    [
        ([Decimal(280), None], Decimal(200), Decimal(980), Reason.NOT_REPORTED),
        ([Decimal(280)], None, Decimal(980), Reason.NOT_REPORTED),
        ([Decimal(280)], Decimal(200), None, Reason.NO_TARGET),
        ([Decimal(280)], Decimal(200), Decimal(0), Reason.ZERO_TARGET),
    ],
)
def test_plan_to_date_with_a_gap_is_none_and_says_why(
    earlier: list[Decimal | None], actual: Decimal | None, total: Decimal | None, reason: Reason
) -> None:
    assert plan_to_date(earlier, actual, total) == reason


@pytest.mark.parametrize(
    ("value", "baseline", "years", "growth"),
    [
        ("1653", "1312", 3, "0.0801"),  # 1.259909 ** (1/3) = 1.0801
        ("620", "377", 3, "0.1804"),  # 1.644562 ** (1/3) = 1.1804
        ("0.38", "0.28", 3, "0.1072"),  # 1.357143 ** (1/3) = 1.1072
        ("20", "10", 3, "0.2599"),  # 2 ** (1/3) = 1.2599
        ("92", "70", 2, "0.1464"),  # 1.314286 ** (1/2) = 1.1464
        ("110", "100", 1, "0.1000"),
        ("0", "100", 1, "-1.0000"),
    ],
)
def test_average_growth_of_the_plans_own_goals(value: str, baseline: str, years: int, growth: str) -> None:
    rate = average_growth(Decimal(value), Decimal(baseline), years)

    assert isinstance(rate, Decimal)
    assert round(rate, 4) == Decimal(growth)


@pytest.mark.parametrize(
    ("value", "baseline", "years", "reason"),
    [
        (None, Decimal(1), 3, Reason.NOT_REPORTED),
        (Decimal(1), None, 3, Reason.NO_BASE),
        (Decimal(1), Decimal(0), 3, Reason.NO_BASE),
        (Decimal(-1), Decimal(1), 3, Reason.NO_BASE),
        (Decimal(1), Decimal(1), 0, Reason.NOT_DUE),
    ],
)
def test_average_growth_that_cannot_be_told_says_why(
    value: Decimal | None, baseline: Decimal | None, years: int, reason: Reason
) -> None:
    assert average_growth(value, baseline, years) == reason
