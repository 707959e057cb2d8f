"""An indicator's year by quarter: what should be there, what is there, and last year behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from indicators.choices import Reason
from indicators.domain.measures import Measure
from indicators.domain.periods import Quarter
from indicators.domain.progress import Progress
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from reports.figures import Shown, ShownProgress, missing, show_figure, show_progress
from towns.models import Area


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """`progress` and `shown` are None for the quarters after the one being read; `expected` is known for all four."""

    quarter: Quarter
    span: str
    is_now: bool
    expected: Decimal | Reason
    last_year: Decimal | None
    shown_expected: Shown
    shown_last_year: Shown
    progress: Progress | None
    shown: ShownProgress | None
    not_come: Shown


def covered(measure: Measure, quarter: Quarter) -> str:
    """What a figure of the quarter covers: "1-6月", or of a level the end of the last month, "6月末"."""
    return quarter.span if measure.is_flow else f"{quarter.number * 3}月末"


def build_quarters(
    facts: PlanFacts, indicator: Indicator, area: Area, now: Quarter
) -> tuple[QuarterRow, ...]:
    """The four quarters of the year being read; figures up to the quarter being read and none after it."""
    return tuple(_row(facts, indicator, area, Quarter(now.year, number), now) for number in range(1, 5))


def _row(facts: PlanFacts, indicator: Indicator, area: Area, quarter: Quarter, now: Quarter) -> QuarterRow:
    measure = facts.measures[indicator.pk]
    progress = facts.progress(indicator, area, quarter)
    last_year = facts.actual(indicator, area, quarter.same_last_year)
    has_come = quarter <= now
    corrected = facts.is_in_correction(indicator, area, quarter)
    return QuarterRow(
        quarter=quarter,
        span=covered(measure, quarter),
        is_now=quarter == now,
        expected=progress.expected,
        last_year=last_year,
        shown_expected=show_figure(progress.expected, measure.decimals),
        shown_last_year=missing(Reason.NO_BASE)
        if last_year is None
        else show_figure(last_year, measure.decimals),
        progress=progress if has_come else None,
        shown=show_progress(progress, measure, indicator.unit, in_correction=corrected) if has_come else None,
        not_come=missing(Reason.NOT_DUE),
    )
