"""Where the year will end and what is still needed for its target (domain.md section 4)."""

from decimal import Decimal

from indicators.choices import ProjectionMethod, Reason
from indicators.domain.measures import Facts, Measure, Result

_WHOLE = Decimal(1)


def projection(measure: Measure, quarter: int, facts: Facts) -> tuple[Result, ProjectionMethod]:
    """预计全年 in the indicator's unit, and its method, which is always named beside it.

    FLOW: the actual over the share of the year that has gone, by last year's quarters where they are known
    and by the pace otherwise; NO_PACE when that share is 0. STOCK and RATE: the present level. Needs no
    target.

    >>> from indicators.choices import Direction, Kind
    >>> value_added = Measure(Kind.FLOW, Direction.HIGHER, 2)
    >>> projection(value_added, 2, Facts(actual=Decimal("647.78")))[0]
    Decimal('1295.56')
    """
    gone, whole, method = _part_of_year_gone(measure, quarter, facts)
    if facts.actual is None:
        return measure.unreported(quarter), method
    if method == ProjectionMethod.PRESENT:
        return facts.actual, method
    if gone <= 0:
        return Reason.NO_PACE, method
    return facts.actual * whole / gone, method


def _part_of_year_gone(
    measure: Measure, quarter: int, facts: Facts
) -> tuple[Decimal, Decimal, ProjectionMethod]:
    """How much of a year counts as gone, out of what whole, and by which method that was told."""
    if not measure.is_flow:
        return _WHOLE, _WHOLE, ProjectionMethod.PRESENT
    if facts.last_year is not None and facts.last_year_total is not None and facts.last_year_total > 0:
        return facts.last_year, facts.last_year_total, ProjectionMethod.LAST_YEAR
    return measure.pace_at(quarter), _WHOLE, ProjectionMethod.LINEAR


def needed_per_quarter(measure: Measure, quarter: int, facts: Facts) -> Result:
    """What each remaining quarter must bring to reach the target, in the indicator's unit; never below 0.

    For a falling FLOW it is what each quarter may still use up; for a falling level, how far it must still
    fall. YEAR_OVER at the fourth quarter.

    >>> from indicators.choices import Direction, Kind
    >>> value_added = Measure(Kind.FLOW, Direction.HIGHER, 2)
    >>> needed_per_quarter(value_added, 2, Facts(target=Decimal(1417), actual=Decimal("647.78")))
    Decimal('384.61')
    """
    target, actual = facts.target, facts.actual
    if target is None:
        return Reason.NO_TARGET
    if quarter == 4:
        return Reason.YEAR_OVER
    if actual is None:
        return measure.unreported(quarter)
    level_must_fall = measure.is_falling and not measure.is_flow
    gap = actual - target if level_must_fall else target - actual
    return max(Decimal(0), gap) / (4 - quarter)
