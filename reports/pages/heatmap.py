"""镇区 × 指标: what each town has done of each allocated target, as far as the reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import Reason
from indicators.domain.measures import Measure, Result
from indicators.domain.numbers import format_figure
from indicators.domain.progress import Progress
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from indicators.queries.reading import Reading
from reports.figures import DASH, Shown, lead_words, missing, show_figure, show_target, unjudged
from reports.pages.links import link
from towns.access import can_read_town
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class HeatColumn:
    code: str
    name: str
    short_name: str
    unit: str
    href: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A town's completion of one target, or, where the reader may not see it, the public target alone.

    `text` is in per cent, without the sign, or in the column's unit where it is a target. `progress` is None and
    `light_class` empty exactly where the reader may not see the town's figures; "none" is a town without the target.
    """

    text: Shown
    light_class: str
    story: str
    word: str = ""
    progress: Progress | None = None
    in_correction: bool = False


@dataclass(frozen=True, slots=True)
class HeatRow:
    """`is_readable`: the reader may see this town's figures. `href` is empty where they may not open its page."""

    town: str
    short_name: str
    href: str
    is_readable: bool
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """`shows_every_town` is False for a town's official; `stands_in` when targets of the year only demonstrate."""

    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]
    shows_every_town: bool
    stands_in: bool
    year: int


def build_heatmap(reading: Reading, user: Person, facts: PlanFacts) -> HeatMap:
    """The allocation's columns by the towns in its order; parts are shown on the towns' own pages."""
    indicators = [indicator for indicator in facts.allocated() if indicator.part_of_id is None]
    readable = {town.pk: can_read_town(user, town) for town in facts.towns}
    rows = [_row(reading, facts, town, indicators, readable[town.pk]) for town in facts.towns]
    # A town's official finds their own row first: it is the one with figures.
    if not all(readable.values()):
        rows.sort(key=lambda row: not row.is_readable)
    year = reading.period.year
    return HeatMap(
        columns=tuple(_column(reading, facts, indicator) for indicator in indicators),
        rows=tuple(rows),
        shows_every_town=all(readable.values()),
        stands_in=any(key[2] == year for key in facts.stand_ins),
        year=year,
    )


def _column(reading: Reading, facts: PlanFacts, indicator: Indicator) -> HeatColumn:
    return HeatColumn(
        code=indicator.code,
        name=indicator.name,
        short_name=indicator.short_name,
        unit=indicator.unit,
        href=link(reading, "indicator", indicator.code),
        measure=facts.measures[indicator.pk],
    )


def _row(
    reading: Reading, facts: PlanFacts, town: Area, indicators: list[Indicator], is_readable: bool
) -> HeatRow:
    cell = _progress_cell if is_readable else _target_cell
    return HeatRow(
        town=town.name,
        short_name=town.short_name,
        href=link(reading, "town", town.code) if is_readable else "",
        is_readable=is_readable,
        cells=tuple(cell(facts, indicator, town, reading) for indicator in indicators),
    )


def _progress_cell(facts: PlanFacts, indicator: Indicator, town: Area, reading: Reading) -> HeatCell:
    measure = facts.measures[indicator.pk]
    progress = facts.progress(indicator, town, reading.quarter)
    if reason := unjudged(progress):
        return HeatCell(Shown(DASH, reason), "none", "", reason, progress)
    actual = show_figure(progress.actual, measure.decimals)
    story = (
        f"{town.name} {indicator.short_name}：目标 {show_target(progress.target, measure)}，"
        f"完成 {actual.with_unit(indicator.unit)}，{lead_words(progress.lead, measure, indicator.unit)}"
    )
    corrected = facts.is_in_correction(indicator, town, reading.quarter)
    return HeatCell(
        text=_per_cent(progress.completion),
        light_class=progress.light.value.lower(),
        story=f"{story}，更正中" if corrected else story,
        word=f"{progress.light.label}，更正中" if corrected else str(progress.light.label),
        progress=progress,
        in_correction=corrected,
    )


def _per_cent(completion: Result) -> Shown:
    return (
        missing(completion) if isinstance(completion, Reason) else Shown(format_figure(completion * 100, 1))
    )


def _target_cell(facts: PlanFacts, indicator: Indicator, town: Area, reading: Reading) -> HeatCell:
    target = facts.target(indicator, town, reading.period.year)
    return HeatCell(show_target(target, facts.measures[indicator.pk]), "", "")
