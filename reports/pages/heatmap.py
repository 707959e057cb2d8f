"""镇区 × 指标: what each town has done of each allocated target, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from django.utils.safestring import SafeString

from indicators.choices import Reason
from indicators.domain.measures import Measure, Result
from indicators.domain.numbers import format_figure
from indicators.domain.periods import Quarter
from indicators.domain.progress import Progress
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from indicators.queries.reading import Reading
from reports.figures import DASH, Shown, lead_words, missing, show_figure, show_target, unjudged
from reports.pages.heat_html import cells_html
from reports.pages.heat_rows import MOST_ROWS, ChosenRows, choose_rows
from reports.pages.heat_words import JudgedColumn, behind_of, count_behind, heat_sentence, judge
from reports.pages.links import link, links
from reports.pages.status import COUNTS_ROUNDED
from towns.access import readable_towns
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person

NOTHING_KEPT: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """`behind` is how many of the towns that the reader may see are red here: a dash where none has a target."""

    code: str
    name: str
    short_name: str
    unit: str
    href: str
    measure: Measure
    behind: Shown


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A town's completion of one target, or, where the reader may not see it, the public target alone.

    `text` is in per cent, without the sign, or in the column's unit where it is a target. `progress` is None and
    `light_class` empty exactly where the reader may not see the town's figures; "none" is a town without the target.
    `href` leads to the cell's story; empty where there is none to tell. `is_marked`: the figure is being corrected or
    not approved yet, as `word` says.
    """

    text: Shown
    light_class: str
    story: str
    word: str = ""
    href: str = ""
    progress: Progress | None = None
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class HeatRow:
    """`is_readable`: the reader may see this town's figures. `href` is empty where they may not open its page."""

    code: str
    town: str
    short_name: str
    href: str
    is_readable: bool
    cells: tuple[HeatCell, ...]

    @property
    def html(self) -> SafeString:
        return cells_html(self.cells)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """`shows_every_town` is False for a town's official; `stands_in` when targets of the year only demonstrate.

    `rows` are those that were chosen, of all towns where these are few; columns and `sentence` speak of every town
    that the reader may see. `sentence` says what the map shows; empty while nothing is reported. `has_marks` when a
    cell is marked. `kept` is what the form that chooses rows carries along.
    """

    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]
    chosen: ChosenRows
    kept: tuple[tuple[str, str], ...]
    sentence: str
    has_marks: bool
    counts_rounded: ClassVar[str] = COUNTS_ROUNDED
    shows_every_town: bool
    stands_in: bool
    year: int


def build_heatmap(
    reading: Reading, user: Person, facts: PlanFacts, asked: str = "", kept: Mapping[str, str] = NOTHING_KEPT
) -> HeatMap:
    """The allocation's columns by the towns in its order; parts are shown on the towns' own pages.

    `asked` are the rows that the address asks for, see heat_rows.py.
    """
    indicators = [indicator for indicator in facts.allocated() if indicator.part_of_id is None]
    readable = readable_towns(user, facts.towns)
    shows_every_town = len(readable) == len(facts.towns)
    quarter, in_full = reading.quarter, len(facts.towns) <= MOST_ROWS
    by_indicator = {
        indicator.pk: [judge(facts, indicator, town, quarter, in_full=in_full) for town in readable]
        for indicator in indicators
    }
    chosen = choose_rows(
        facts.towns,
        asked,
        first=None if shows_every_town else next(iter(readable), None),
        behind=count_behind(by_indicator.values()) if shows_every_town else None,
    )
    rows = build_rows(reading, user, facts, chosen.towns, indicators)
    columns = tuple(
        HeatColumn(
            code=indicator.code,
            name=indicator.name,
            short_name=indicator.short_name,
            unit=indicator.unit,
            href=link(reading, "indicator", indicator.code),
            measure=facts.measures[indicator.pk],
            behind=behind_of(by_indicator[indicator.pk]),
        )
        for indicator in indicators
    )
    return HeatMap(
        columns=columns,
        rows=rows,
        chosen=chosen,
        kept=tuple({**reading.query, **kept}.items()),
        sentence=heat_sentence(
            [
                JudgedColumn(column.short_name, column.measure, by_indicator[indicator.pk])
                for column, indicator in zip(columns, indicators, strict=True)
            ]
        ),
        has_marks=any(cell.is_marked for row in rows for cell in row.cells),
        shows_every_town=shows_every_town,
        stands_in=any(key[2] == reading.period.year for key in facts.stand_ins),
        year=reading.period.year,
    )


def build_rows(
    reading: Reading,
    user: Person,
    facts: PlanFacts,
    towns: Sequence[Area],
    indicators: Sequence[Indicator],
) -> tuple[HeatRow, ...]:
    """These towns' rows with a cell for each of the indicators, as far as the reader may see them."""
    at_town = links(reading, "town")
    at_cell = links(reading, "cell", codes=2, asked="figures=submitted" if facts.submitted else "")
    readable, quarter = {town.pk for town in readable_towns(user, towns)}, reading.quarter
    return tuple(
        _readable_row(quarter, facts, town, indicators, at_town(town.code), at_cell)
        if town.pk in readable
        else _target_row(quarter, facts, town, indicators)
        for town in towns
    )


def _readable_row(
    quarter: Quarter,
    facts: PlanFacts,
    town: Area,
    indicators: Iterable[Indicator],
    href: str,
    at_cell: Callable[[str, str], str],
) -> HeatRow:
    cells = tuple(
        _progress_cell(facts, indicator, town, quarter, at_cell(town.code, indicator.code))
        for indicator in indicators
    )
    return HeatRow(town.code, town.name, town.short_name, href, is_readable=True, cells=cells)


def _target_row(quarter: Quarter, facts: PlanFacts, town: Area, indicators: Iterable[Indicator]) -> HeatRow:
    cells = tuple(_target_cell(facts, indicator, town, quarter.year) for indicator in indicators)
    return HeatRow(town.code, town.name, town.short_name, href="", is_readable=False, cells=cells)


def _progress_cell(
    facts: PlanFacts, indicator: Indicator, town: Area, quarter: Quarter, href: str
) -> HeatCell:
    measure = facts.measures[indicator.pk]
    progress = facts.progress(indicator, town, quarter)
    if reason := unjudged(progress):
        return HeatCell(Shown(DASH, reason), "none", "", word=reason, progress=progress)
    actual = show_figure(progress.actual, measure.decimals)
    story = (
        f"{town.name} {indicator.short_name}：目标 {show_target(progress.target, measure)}，"
        f"完成 {actual.with_unit(indicator.unit)}，{lead_words(progress.lead, measure, indicator.unit)}"
    )
    corrected = facts.is_in_correction(indicator, town, quarter)
    submitted = facts.is_submitted(indicator, town, quarter)
    mark = "，更正中" if corrected else "，待审定" if submitted else ""
    return HeatCell(
        text=_per_cent(progress.completion),
        light_class=progress.light.value.lower(),
        story=f"{story}{mark}",
        word=f"{progress.light.label}{mark}",
        href=href,
        progress=progress,
        is_marked=bool(mark),
    )


def _per_cent(completion: Result) -> Shown:
    return (
        missing(completion) if isinstance(completion, Reason) else Shown(format_figure(completion * 100, 1))
    )


def _target_cell(facts: PlanFacts, indicator: Indicator, town: Area, year: int) -> HeatCell:
    target = facts.target(indicator, town, year)
    return HeatCell(show_target(target, facts.measures[indicator.pk]), "", "")
