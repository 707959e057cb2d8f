"""What should be there by a quarter's end, and how far the actual is from it (domain.md section 4).

`expected`, `lead` and `progress_ratio` answer for facts that may be missing; below them stands each rule
once, for figures that are there.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from indicators.choices import Reason
from indicators.domain.measures import Facts, Measure, Result

_ZERO = Decimal(0)
_ONE = Decimal(1)


def expected(measure: Measure, quarter: int, target: Decimal | None, base: Decimal | None) -> Result:
    """What should be there by the quarter's end, in the indicator's unit: base + (target - base) x pace.

    The target itself where the base is unknown or already meets it; FLOW starts from 0. Whole units for a
    count, rounded towards the easier side. NO_TARGET without a target.

    >>> from indicators.choices import Direction, Kind
    >>> expected(Measure(Kind.RATE, Direction.HIGHER, 2), 2, Decimal("17.6"), Decimal("17.1"))
    Decimal('17.35')
    """
    return Reason.NO_TARGET if target is None else mark_at(measure, quarter, target, base)


def lead(measure: Measure, quarter: int, facts: Facts) -> Result:
    """超序时 above zero, 欠序时 below: a ratio for FLOW (0.01 is one point), else in the indicator's unit.

    FLOW: actual / target - pace; STOCK and RATE: actual - expected; both turned round for a figure that
    should fall. NO_TARGET, NOT_DUE and NOT_REPORTED as they say, ZERO_TARGET for a FLOW.

    >>> from indicators.choices import Direction, Kind
    >>> lead(Measure(Kind.FLOW, Direction.HIGHER, 2), 2, Facts(target=Decimal(400), actual=Decimal(180)))
    Decimal('-0.05')
    """
    target, actual = facts.target, facts.actual
    if target is None:
        return Reason.NO_TARGET
    if actual is None:
        return measure.unreported(quarter)
    return lead_over(measure, quarter, target, actual, mark_at(measure, quarter, target, facts.base))


def progress_ratio(measure: Measure, quarter: int, facts: Facts) -> Result:
    """The ratio behind the light: 1 is on pace, whatever the kind, the direction and the unit.

    FLOW: actual / expected. STOCK and RATE: (actual - base) / (expected - base), but actual / target where
    the base is unknown or already meets the target. Quotients of a falling figure are turned round. Where
    the divisor is 0: 1 when the mark is met, else 0. NO_TARGET, NOT_DUE and NOT_REPORTED as they say.

    >>> from indicators.choices import Direction, Kind
    >>> share = Measure(Kind.RATE, Direction.HIGHER, 2)
    >>> progress_ratio(share, 2, Facts(target=Decimal("17.6"), actual=Decimal("17.68"), base=Decimal("17.1")))
    Decimal('2.32')
    """
    target, actual = facts.target, facts.actual
    if target is None:
        return Reason.NO_TARGET
    if actual is None:
        return measure.unreported(quarter)
    return ratio_at(measure, target, actual, facts.base, mark_at(measure, quarter, target, facts.base))


def mark_at(measure: Measure, quarter: int, target: Decimal, base: Decimal | None) -> Decimal:
    """The rule of `expected`, for a target that is there."""
    start = _start_of_way(measure, target, base)
    if start is None:
        return target
    mark = start + (target - start) * measure.pace_at(quarter)
    if measure.decimals == 0:
        return mark.to_integral_value(ROUND_CEILING if measure.is_falling else ROUND_FLOOR)
    return mark


def lead_over(measure: Measure, quarter: int, target: Decimal, actual: Decimal, mark: Decimal) -> Result:
    """The rule of `lead`, for a target and an actual that are there and the mark of `mark_at`."""
    if not measure.is_flow:
        return mark - actual if measure.is_falling else actual - mark
    share = share_of_target(actual, target)
    if isinstance(share, Reason):
        return share
    pace = measure.pace_at(quarter)
    return pace - share if measure.is_falling else share - pace


def ratio_at(
    measure: Measure, target: Decimal, actual: Decimal, base: Decimal | None, mark: Decimal
) -> Decimal:
    """The rule of `progress_ratio`, for a target and an actual that are there and the mark of `mark_at`."""
    if measure.is_flow:
        return ratio_to(measure, actual, mark)
    start = _start_of_way(measure, target, base)
    if start is None:
        return ratio_to(measure, actual, target)
    way = mark - start
    # Rounding a count's mark may leave no way to go or, from a base that is no whole number, a way backwards.
    if way == 0 or (way < 0) != measure.is_falling:
        return _ONE if measure.meets(actual, mark) else _ZERO
    return (actual - start) / way


def ratio_to(measure: Measure, actual: Decimal, mark: Decimal) -> Decimal:
    """The actual over a mark, turned round for a falling figure: at least 1 exactly when the mark is met.

    Where the divisor is not above zero there is no share to take: 1 when the mark is met, else 0.

    >>> from indicators.choices import Direction, Kind
    >>> ratio_to(Measure(Kind.STOCK, Direction.HIGHER, 0), Decimal(3), Decimal(4))
    Decimal('0.75')
    """
    part, whole = (mark, actual) if measure.is_falling else (actual, mark)
    if whole > 0:
        return part / whole
    return _ONE if measure.meets(actual, mark) else _ZERO


def share_of_target(actual: Decimal, target: Decimal) -> Result:
    """Actual / target, a ratio; ZERO_TARGET at 0 and NO_BASE below it, where no share can be taken."""
    if target > 0:
        return actual / target
    return Reason.ZERO_TARGET if target == 0 else Reason.NO_BASE


def _start_of_way(measure: Measure, target: Decimal, base: Decimal | None) -> Decimal | None:
    """Where the year's way to the target starts; None when that is unknown or already meets it."""
    if measure.is_flow:
        return _ZERO
    return None if base is None or measure.meets(base, target) else base
