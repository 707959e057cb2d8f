"""The towns' sum beside the city's own figure, never in its place (domain.md section 4, reconciliation)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.choices import Kind, Reason
from indicators.domain.measures import Result


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The towns' sum and the city's figure, in the indicator's unit; difference = sum of the towns - city.

    `reported` of `towns` towns are in the sum. `within_rounding` is None where there is no difference to
    judge; False asks for an explanation before the quarter is published.
    """

    total: Result
    city: Decimal | None
    difference: Result
    tolerance: Decimal
    within_rounding: bool | None
    reported: int
    towns: int


def reconcile(
    kind: Kind, decimals: int, towns: Sequence[Decimal | None], city: Decimal | None
) -> Reconciliation:
    """Compare the towns' figures (None: not reported) with the city's.

    The total is NOT_REPORTED while no town has reported, and NO_BASE for a RATE, which is not additive. The
    tolerance is half a unit of the last reporting decimal for each town; for counts nothing.

    >>> reconcile(Kind.FLOW, 2, [Decimal("1.27"), Decimal("2.74")], Decimal(4)).within_rounding
    True
    """
    reported = [figure for figure in towns if figure is not None]
    tolerance = Decimal(0) if decimals == 0 else Decimal("0.5").scaleb(-decimals) * len(towns)
    total: Result = sum(reported, Decimal(0))
    if kind == Kind.RATE:
        total = Reason.NO_BASE
    elif not reported:
        total = Reason.NOT_REPORTED
    difference = _difference(total, city)
    within = None if isinstance(difference, Reason) else abs(difference) <= tolerance
    return Reconciliation(total, city, difference, tolerance, within, len(reported), len(towns))


def _difference(total: Result, city: Decimal | None) -> Result:
    if isinstance(total, Reason):
        return total
    return Reason.NOT_REPORTED if city is None else total - city
