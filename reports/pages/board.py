"""晴雨表: every indicator of the plan in the city at a quarter, under the headings of 附件1."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from indicators.choices import Light, Listing
from indicators.domain.measures import Measure
from indicators.domain.numbers import format_percent
from indicators.domain.periods import Quarter
from indicators.domain.progress import Progress
from indicators.models import Indicator, Plan
from indicators.queries.facts import PlanFacts
from indicators.queries.reading import Reading
from reports.figures import ShownProgress, lead_unit_of, show_progress
from reports.pages.links import link


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One indicator: its figures from the domain, and the same as strings."""

    code: str
    name: str
    short_name: str
    unit: str
    lead_unit: str
    is_part: bool
    href: str
    measure: Measure
    progress: Progress
    shown: ShownProgress

    @property
    def light(self) -> Light:
        return self.shown.light

    @property
    def has_target(self) -> bool:
        return self.progress.target is not None

    @property
    def has_figures(self) -> bool:
        """A target of the year or a figure reported in it: something to show beside the name."""
        return self.has_target or self.progress.actual is not None


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """A heading of 附件1 and its rows; `is_campaign` for the 重点攻坚行动."""

    name: str
    is_campaign: bool
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class LightCount:
    """`note` says what the light means, since its threshold is a setting of the plan.

    `href` leads to the rows that are counted, where there is a page of them; `is_chosen` when it shows just those.
    """

    light: Light
    count: int
    note: str
    href: str = ""
    is_chosen: bool = False

    @property
    def label(self) -> str:
        return str(self.light.label)

    @property
    def light_class(self) -> str:
        return self.light.value.lower()


def board_rows(reading: Reading, facts: PlanFacts, listing: Listing) -> tuple[BoardRow, ...]:
    """The city's row of each indicator of a listing, in the plan's order."""
    chosen = [indicator for indicator in facts.indicators if indicator.listing == listing]
    return tuple(_row(reading, facts, indicator, reading.quarter) for indicator in chosen)


def board_groups(facts: PlanFacts, rows: Iterable[BoardRow]) -> tuple[BoardGroup, ...]:
    """Rows under their headings, both in the plan's order."""
    category_of = {indicator.code: indicator.category for indicator in facts.indicators}
    ordered = sorted(rows, key=lambda row: category_of[row.code].order)
    return tuple(
        BoardGroup(category.name, category.is_campaign, tuple(group))
        for category, group in groupby(ordered, key=lambda row: category_of[row.code])
    )


def assessed(rows: Iterable[BoardRow]) -> tuple[BoardRow, ...]:
    """The rows that are counted: those with a target above zero, parts apart since their wholes count."""
    return tuple(row for row in rows if row.progress.target and not row.is_part)


def count_lights(plan: Plan, rows: Iterable[BoardRow]) -> tuple[LightCount, ...]:
    """How many rows of each light, in the order green, yellow, red, grey."""
    lights = [row.light for row in rows]
    share = format_percent(plan.yellow_from, 0)
    meaning = {
        Light.GREEN: "达到序时应达数",
        Light.YELLOW: f"不足应达数，在其 {share} 以上",
        Light.RED: f"不足应达数的 {share}",
        Light.GREY: "未报送或未到报送期",
    }
    return tuple(LightCount(light, lights.count(light), meaning[light]) for light in Light)


def _row(reading: Reading, facts: PlanFacts, indicator: Indicator, quarter: Quarter) -> BoardRow:
    measure = facts.measures[indicator.pk]
    progress = facts.progress(indicator, facts.city, quarter)
    return BoardRow(
        code=indicator.code,
        name=indicator.name,
        short_name=indicator.short_name,
        unit=indicator.unit,
        lead_unit=lead_unit_of(measure, indicator.unit),
        is_part=indicator.part_of_id is not None,
        href=link(reading, "indicator", indicator.code),
        measure=measure,
        progress=progress,
        shown=show_progress(
            progress,
            measure,
            indicator.unit,
            in_correction=facts.is_in_correction(indicator, facts.city, quarter),
            is_submitted=facts.is_submitted(indicator, facts.city, quarter),
        ),
    )
