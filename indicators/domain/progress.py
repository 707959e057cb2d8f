"""How an indicator stands against its target at a quarter, in one figure after another (domain.md section 4).

The front of these rules: pages, workbooks and commands read `measure_progress` and import every figure from
here.
"""

from dataclasses import dataclass
from decimal import Decimal

from indicators.choices import Light, ProjectionMethod, Reason
from indicators.domain.growth import (
    average_growth,
    plan_to_date,
    rise_on_year,
    single_quarter,
    year_on_year,
)
from indicators.domain.measures import (
    DEFAULT_PACE,
    DEFAULT_YELLOW_FROM,
    Facts,
    Measure,
    Result,
    base_value,
)
from indicators.domain.outlook import needed_per_quarter, projection
from indicators.domain.pace import (
    expected,
    lead,
    lead_over,
    mark_at,
    progress_ratio,
    ratio_at,
    share_of_target,
)

__all__ = [
    "DEFAULT_PACE",
    "DEFAULT_YELLOW_FROM",
    "Facts",
    "Measure",
    "Progress",
    "Result",
    "average_growth",
    "base_value",
    "completion_rate",
    "expected",
    "is_met",
    "lead",
    "light",
    "measure_progress",
    "needed_per_quarter",
    "plan_to_date",
    "progress_ratio",
    "projection",
    "rise_on_year",
    "single_quarter",
    "year_on_year",
]


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything a page says of one indicator in one area at one quarter.

    Ratios are unrounded (1 = 100%); `expected`, `projection` and `needed` are in the indicator's unit;
    `lead` is a ratio for FLOW and in the indicator's unit for STOCK and RATE. A figure that cannot be
    computed is its Reason.
    """

    target: Decimal | None
    actual: Decimal | None
    completion: Result
    pace: Decimal
    expected: Result
    lead: Result
    ratio: Result
    light: Light
    projection: Result
    projection_method: ProjectionMethod
    needed: Result
    year_on_year: Result
    met: bool | None

    @property
    def reason(self) -> Reason | None:
        """Why there is no progress ratio, else why there is no completion rate; None when both are there."""
        if isinstance(self.ratio, Reason):
            return self.ratio
        return self.completion if isinstance(self.completion, Reason) else None

    @property
    def unjudged(self) -> Reason | None:
        """Why no light is given, beyond a figure that is missing: there is no target, or one of zero; else None."""
        if self.target:
            return None
        return Reason.NO_TARGET if self.target is None else Reason.ZERO_TARGET


def completion_rate(measure: Measure, target: Decimal | None, actual: Decimal | None) -> Result:
    """完成率, a ratio: actual / target; target / actual for a figure that should fall.

    NO_TARGET, NOT_REPORTED and ZERO_TARGET as they say; NO_BASE for a falling figure at 0, and below zero.

    >>> from indicators.choices import Direction, Kind
    >>> completion_rate(Measure(Kind.FLOW, Direction.HIGHER, 2), Decimal(480), Decimal(240))
    Decimal('0.5')
    """
    if target is None:
        return Reason.NO_TARGET
    if actual is None:
        return Reason.NOT_REPORTED
    share = share_of_target(actual, target)
    if isinstance(share, Reason) or not measure.is_falling:
        return share
    return target / actual if actual > 0 else Reason.NO_BASE


def light(ratio: Result, yellow_from: Decimal) -> Light:
    """GREEN on pace or ahead, YELLOW from the plan's threshold (a ratio), RED below it, GREY without a ratio.

    >>> light(Decimal("0.914"), DEFAULT_YELLOW_FROM).label
    '略欠'
    """
    if isinstance(ratio, Reason):
        return Light.GREY
    if ratio >= 1:
        return Light.GREEN
    return Light.YELLOW if ratio >= yellow_from else Light.RED


def is_met(measure: Measure, quarter: int, target: Decimal | None, actual: Decimal | None) -> bool | None:
    """完成, judged on the actual against the target at the fourth quarter; not reported then is not met.

    None before the fourth quarter, and without a target.

    >>> from indicators.choices import Direction, Kind
    >>> is_met(Measure(Kind.FLOW, Direction.HIGHER, 0), 4, Decimal(80), Decimal(80))
    True
    """
    if quarter != 4 or target is None:
        return None
    return actual is not None and measure.meets(actual, target)


def measure_progress(
    measure: Measure, quarter: int, facts: Facts, *, yellow_from: Decimal = DEFAULT_YELLOW_FROM
) -> Progress:
    """All figures of one indicator in one area at one quarter (1 to 4), each by the one rule that it has.

    >>> from indicators.choices import Direction, Kind
    >>> facts = Facts(target=Decimal(1417), actual=Decimal("647.78"))
    >>> measure_progress(Measure(Kind.FLOW, Direction.HIGHER, 2), 2, facts).light.value
    'YELLOW'
    """
    target, actual = facts.target, facts.actual
    mark, completion, ahead, ratio = _against_target(measure, quarter, facts)
    year_end, method = projection(measure, quarter, facts)
    return Progress(
        target=target,
        actual=actual,
        completion=completion,
        pace=measure.pace_at(quarter),
        expected=mark,
        lead=ahead,
        ratio=ratio,
        light=light(ratio, yellow_from),
        projection=year_end,
        projection_method=method,
        needed=needed_per_quarter(measure, quarter, facts),
        year_on_year=measure.unreported(quarter) if actual is None else year_on_year(actual, facts.last_year),
        met=is_met(measure, quarter, target, actual),
    )


def _against_target(measure: Measure, quarter: int, facts: Facts) -> tuple[Result, Result, Result, Result]:
    """Expected, completion, lead and ratio: a page asks some 300 times, so the mark is worked out once."""
    target, actual = facts.target, facts.actual
    if target is None:
        return Reason.NO_TARGET, Reason.NO_TARGET, Reason.NO_TARGET, Reason.NO_TARGET
    mark = mark_at(measure, quarter, target, facts.base)
    if actual is None:
        missing = measure.unreported(quarter)
        return mark, missing, missing, missing
    return (
        mark,
        completion_rate(measure, target, actual),
        lead_over(measure, quarter, target, actual, mark),
        ratio_at(measure, target, actual, facts.base, mark),
    )
