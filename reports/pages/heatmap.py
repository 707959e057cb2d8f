"""镇区 × 指标: what each town has done of each allocated target, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.choices import Light, Reason
from indicators.domain.measures import Measure, Result
from indicators.domain.numbers import format_figure, format_percent
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


NAMED = 2
RED = Light.RED.value.lower()
TOWN, INDICATOR = "town-code", "indicator-code"


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


@dataclass(frozen=True, slots=True)
class HeatMap:
    """`shows_every_town` is False for a town's official; `stands_in` when targets of the year only demonstrate.

    `sentence` says what the map shows; empty while nothing is reported. `has_marks` when a cell is marked.
    """

    columns: tuple[HeatColumn, ...]
    rows: tuple[HeatRow, ...]
    sentence: str
    has_marks: bool
    shows_every_town: bool
    stands_in: bool
    year: int


def build_heatmap(reading: Reading, user: Person, facts: PlanFacts) -> HeatMap:
    """The allocation's columns by the towns in its order; parts are shown on the towns' own pages."""
    indicators = [indicator for indicator in facts.allocated() if indicator.part_of_id is None]
    readable = {town.pk: can_read_town(user, town) for town in facts.towns}
    address = _addresses(reading, "figures=submitted" if facts.submitted else "")
    rows = [_row(reading, facts, town, indicators, readable[town.pk], address) for town in facts.towns]
    # A town's official finds their own row first: it is the one with figures.
    if not all(readable.values()):
        rows.sort(key=lambda row: not row.is_readable)
    year = reading.period.year
    columns = tuple(
        _column(reading, facts, indicator, [row.cells[place] for row in rows])
        for place, indicator in enumerate(indicators)
    )
    return HeatMap(
        columns=columns,
        rows=tuple(rows),
        sentence=_sentence(columns, rows),
        has_marks=any(cell.is_marked for row in rows for cell in row.cells),
        shows_every_town=all(readable.values()),
        stands_in=any(key[2] == year for key in facts.stand_ins),
        year=year,
    )


def _addresses(reading: Reading, asked: str) -> Callable[[Area, Indicator], str]:
    """Where each cell's story stands: looked up once, since a page has hundreds of cells."""
    before, _, after = link(reading, "cell", TOWN, INDICATOR).partition(f"{TOWN}/{INDICATOR}")
    if asked:
        after += f"{'&' if '?' in after else '?'}{asked}"
    return lambda town, indicator: f"{before}{town.code}/{indicator.code}{after}"


def _column(
    reading: Reading, facts: PlanFacts, indicator: Indicator, cells: Sequence[HeatCell]
) -> HeatColumn:
    return HeatColumn(
        code=indicator.code,
        name=indicator.name,
        short_name=indicator.short_name,
        unit=indicator.unit,
        href=link(reading, "indicator", indicator.code),
        measure=facts.measures[indicator.pk],
        behind=_behind(cells),
    )


def _behind(cells: Sequence[HeatCell]) -> Shown:
    if all(cell.light_class in ("", "none") for cell in cells):
        return missing(Reason.NO_TARGET)
    return Shown(str(_count_red(cells)))


def _count_red(cells: Iterable[HeatCell]) -> int:
    return sum(cell.light_class == RED for cell in cells)


def _row(
    reading: Reading,
    facts: PlanFacts,
    town: Area,
    indicators: list[Indicator],
    is_readable: bool,
    address: Callable[[Area, Indicator], str],
) -> HeatRow:
    return HeatRow(
        code=town.code,
        town=town.name,
        short_name=town.short_name,
        href=link(reading, "town", town.code) if is_readable else "",
        is_readable=is_readable,
        cells=tuple(
            _progress_cell(facts, indicator, town, reading, address(town, indicator))
            if is_readable
            else _target_cell(facts, indicator, town, reading)
            for indicator in indicators
        ),
    )


def _progress_cell(
    facts: PlanFacts, indicator: Indicator, town: Area, reading: Reading, href: str
) -> HeatCell:
    measure = facts.measures[indicator.pk]
    progress = facts.progress(indicator, town, reading.quarter)
    if reason := unjudged(progress):
        return HeatCell(Shown(DASH, reason), "none", "", word=reason, progress=progress)
    actual = show_figure(progress.actual, measure.decimals)
    story = (
        f"{town.name} {indicator.short_name}：目标 {show_target(progress.target, measure)}，"
        f"完成 {actual.with_unit(indicator.unit)}，{lead_words(progress.lead, measure, indicator.unit)}"
    )
    corrected = facts.is_in_correction(indicator, town, reading.quarter)
    submitted = facts.is_submitted(indicator, town, reading.quarter)
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


def _target_cell(facts: PlanFacts, indicator: Indicator, town: Area, reading: Reading) -> HeatCell:
    target = facts.target(indicator, town, reading.period.year)
    return HeatCell(show_target(target, facts.measures[indicator.pk]), "", "")


def judged_ratio(cell: HeatCell) -> Decimal | None:
    """How far a cell is of what is due by now, comparable between kinds as the light is; None without a light."""
    if cell.progress is None or cell.progress.unjudged or isinstance(cell.progress.ratio, Reason):
        return None
    return cell.progress.ratio


def ratio_words(ratio: Decimal, measure: Measure) -> str:
    """A progress ratio as a leader reads it: what is done of what is due, or that there is less than at the start."""
    if ratio >= 0:
        return f"完成序时应达的 {format_percent(ratio)}"
    if measure.is_flow:
        return "累计为负数"
    return "高于年初水平" if measure.is_falling else "低于年初水平"


def _sentence(columns: Sequence[HeatColumn], rows: Sequence[HeatRow]) -> str:
    """How many cells are behind, in which column most of them, and the one furthest from its pace."""
    judged = [
        (ratio, row, column)
        for row in rows
        for column, cell in zip(columns, row.cells, strict=True)
        if (ratio := judged_ratio(cell)) is not None
    ]
    if not judged:
        return ""
    counts = [_count_red(row.cells[place] for row in rows) for place in range(len(columns))]
    if not any(counts):
        return f"有数的 {len(judged)} 项镇区目标没有落后的。"
    most = max(counts)
    worst = [column.short_name for column, count in zip(columns, counts, strict=True) if count == most]
    said = [f"有数的 {len(judged)} 项镇区目标中 {sum(counts)} 项落后"]
    if most > 1 and len(worst) <= NAMED:
        said.append(f"落后镇区最多的是{'、'.join(worst)}（{most} 个）")
    ratio, row, column = min(judged, key=lambda found: found[0])
    equal = sum(found[0] == ratio for found in judged)
    also = f"等 {equal} 项" if equal > 1 else ""
    said.append(f"最慢的是{row.town}的{column.short_name}{also}，{ratio_words(ratio, column.measure)}")
    return "；".join(said) + "。"
