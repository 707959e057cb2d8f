"""Figures made of two quarters or more: one alone, year on year, plan to date, average growth (domain.md section 4)."""

from collections.abc import Sequence
from decimal import Decimal

from indicators.choices import Reason
from indicators.domain.measures import Measure, Result


def year_on_year(actual: Decimal | None, last_year: Decimal | None) -> Result:
    """同比 (nominal), a ratio: the actual over the same quarter's last year, less 1.

    NO_BASE when last year's figure is missing or not above zero.

    >>> year_on_year(Decimal(120), Decimal(100))
    Decimal('0.2')
    """
    if actual is None:
        return Reason.NOT_REPORTED
    if last_year is None or last_year <= 0:
        return Reason.NO_BASE
    return actual / last_year - 1


def rise_on_year(actual: Decimal | None, last_year: Decimal | None) -> Result:
    """How far a share has risen since the same quarter last year, in its own unit; below zero when it fell.

    Said of a RATE, whose growth in per cent of itself nobody quotes. NO_BASE without last year's figure.

    >>> rise_on_year(Decimal("17.68"), Decimal("17.1"))
    Decimal('0.58')
    """
    if actual is None:
        return Reason.NOT_REPORTED
    return Reason.NO_BASE if last_year is None else actual - last_year


def single_quarter(
    measure: Measure, quarter: int, cumulative: Decimal | None, before: Decimal | None
) -> Decimal | None:
    """本季数, in the indicator's unit: the cumulative figure less the last quarter's of the same year.

    The first quarter's cumulative figure is its own. None for a level or a rate, which nothing adds up to, and where
    either figure is missing; below zero where a figure was revised downwards.

    >>> from indicators.choices import Direction, Kind
    >>> single_quarter(Measure(Kind.FLOW, Direction.HIGHER, 2), 2, Decimal("647.78"), Decimal(300))
    Decimal('347.78')
    """
    if not measure.is_flow or cumulative is None:
        return None
    if quarter == 1:
        return cumulative
    return None if before is None else cumulative - before


def plan_to_date(
    earlier_year_ends: Sequence[Decimal | None], actual: Decimal | None, total: Decimal | None
) -> Result:
    """The share of the plan's stated total that is done: earlier years' ends and this year's cumulative.

    NOT_REPORTED when this year's figure or an earlier year's end is missing: a partial sum would read as a
    shortfall. NO_TARGET without a total, ZERO_TARGET when it is 0.

    >>> plan_to_date([Decimal(280)], Decimal(210), Decimal(980))
    Decimal('0.5')
    """
    if total is None:
        return Reason.NO_TARGET
    if total == 0:
        return Reason.ZERO_TARGET
    if actual is None:
        return Reason.NOT_REPORTED
    done = actual
    for year_end in earlier_year_ends:
        if year_end is None:
            return Reason.NOT_REPORTED
        done += year_end
    return done / total


def average_growth(value: Decimal | None, baseline: Decimal | None, years: int) -> Result:
    """年均增长, a ratio a year: (value / baseline) ** (1 / years) - 1 over the full years since the baseline.

    NO_BASE when the baseline is missing or not above zero, or the value below zero; NOT_DUE before a full
    year.

    >>> average_growth(Decimal(144), Decimal(100), 2) == Decimal("0.2")
    True
    """
    if value is None:
        return Reason.NOT_REPORTED
    if baseline is None or baseline <= 0 or value < 0:
        return Reason.NO_BASE
    if years < 1:
        return Reason.NOT_DUE
    return Decimal((value / baseline) ** (Decimal(1) / years)) - 1
