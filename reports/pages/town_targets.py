"""A town's allocation against its actuals: each allocated target with what is done and what is still needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from indicators.choices import Kind, Light, Reason
from indicators.domain.measures import Measure, Result
from indicators.domain.progress import Progress
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from indicators.queries.reading import Reading
from reports.figures import DASH, Shown, ShownProgress, lead_unit_of, show_percent, show_progress
from reports.pages.indicator_quarters import QuarterRow, build_quarters
from reports.pages.links import link
from reports.pages.spark import Spark, draw_spark
from reports.pages.town_ranks import PROVISIONAL, indicator_rank
from towns.access import can_read_every_town
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person

NOT_ADDITIVE = "比率不由镇区相加"


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One allocated target. `share` is the town's part of the city's target; `stands_in` marks a demonstration target.

    `needed_label` is empty except for a figure that should fall, where the same amount may still be used up.
    `place` is the rank by this indicator, None for whom ranks by indicator are not.
    """

    code: str
    name: str
    short_name: str
    unit: str
    lead_unit: str
    href: str
    chart_href: str
    is_part: bool
    is_charted: bool
    measure: Measure
    progress: Progress
    shown: ShownProgress
    share: Shown
    place: Shown | None
    needed_label: str
    stands_in: bool
    quarters: tuple[QuarterRow, ...]
    spark: Spark | None

    @property
    def light(self) -> Light:
        return self.shown.light

    @property
    def is_behind(self) -> bool:
        return not self.shown.unjudged and self.light in (Light.RED, Light.YELLOW)

    @property
    def has_target(self) -> bool:
        return self.progress.target is not None


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """A heading of the plan and its allocated targets."""

    name: str
    rows: tuple[TargetRow, ...]


def target_rows(
    reading: Reading, user: Person, facts: PlanFacts, town: Area, charted: str
) -> tuple[TargetRow, ...]:
    """The town's rows in the allocation's order. `charted` is the code of the one whose year is drawn large."""
    return tuple(_row(reading, user, facts, indicator, town, charted) for indicator in facts.allocated())


def target_groups(facts: PlanFacts, rows: Iterable[TargetRow]) -> tuple[TargetGroup, ...]:
    category_of = {indicator.code: indicator.category.name for indicator in facts.indicators}
    return tuple(
        TargetGroup(name, tuple(group))
        for name, group in groupby(rows, key=lambda row: category_of[row.code])
    )


def _row(
    reading: Reading, user: Person, facts: PlanFacts, indicator: Indicator, town: Area, charted: str
) -> TargetRow:
    quarter = reading.quarter
    measure = facts.measures[indicator.pk]
    progress = facts.progress(indicator, town, quarter)
    quarters = build_quarters(facts, indicator, town, quarter)
    corrected = facts.is_in_correction(indicator, town, quarter)
    shown = show_progress(progress, measure, indicator.unit, in_correction=corrected)
    page = link(reading, "town", town.code)
    return TargetRow(
        code=indicator.code,
        name=indicator.name,
        short_name=indicator.short_name,
        unit=indicator.unit,
        lead_unit=lead_unit_of(measure, indicator.unit),
        href=link(reading, "indicator", indicator.code),
        chart_href=f"{page}{'&' if '?' in page else '?'}indicator={indicator.code}#trend",
        is_part=indicator.part_of_id is not None,
        is_charted=indicator.code == charted,
        measure=measure,
        progress=progress,
        shown=shown,
        share=_share(facts, indicator, town, quarter.year),
        place=_place(reading, user, facts, indicator, town),
        needed_label="还可用" if measure.is_flow and measure.is_falling else "",
        stands_in=(indicator.pk, town.pk, quarter.year) in facts.stand_ins,
        quarters=quarters,
        spark=draw_spark(
            [row.progress.actual if row.progress else None for row in quarters],
            [None if isinstance(row.expected, Reason) else row.expected for row in quarters],
            start=facts.base(indicator, town, quarter.year),
            label=f"{indicator.short_name}本年走势：{shown.lead_words}",
        ),
    )


def _share(facts: PlanFacts, indicator: Indicator, town: Area, year: int) -> Shown:
    share = share_of_city(facts, indicator, town, year)
    return Shown(DASH, NOT_ADDITIVE) if share is None else show_percent(share)


def share_of_city(facts: PlanFacts, indicator: Indicator, town: Area, year: int) -> Result | None:
    """The town's part of the city's target of the year, a ratio; None for a rate, which towns do not add up to."""
    if indicator.kind == Kind.RATE:
        return None
    own, city = facts.target(indicator, town, year), facts.target(indicator, facts.city, year)
    if own is None or city is None:
        return Reason.NO_TARGET
    return own / city if city > 0 else Reason.ZERO_TARGET


def _place(
    reading: Reading, user: Person, facts: PlanFacts, indicator: Indicator, town: Area
) -> Shown | None:
    """Ranks are given out for published quarters; by indicator to readers of every town alone."""
    if not can_read_every_town(user):
        return None
    if not reading.period.is_published:
        return Shown(DASH, PROVISIONAL)
    return indicator_rank(facts, indicator, town, reading.quarter)


def worst_first(rows: Iterable[TargetRow]) -> list[TargetRow]:
    """The rows behind, by progress ratio, which serves every kind and unit; the furthest behind first."""
    behind = [
        row for row in rows if row.is_behind and not row.is_part and isinstance(row.progress.ratio, Decimal)
    ]
    return sorted(behind, key=lambda row: row.progress.ratio)
