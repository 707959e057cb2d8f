"""晴雨表 as the overview shows it: narrowed, put in order, each indicator with its year in a small drawing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.choices import Light
from indicators.domain.pace import mark_at
from indicators.domain.periods import Quarter
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from indicators.queries.reading import Reading
from reports.figures import Shown, show_figure
from reports.pages.board import BoardGroup, BoardRow
from reports.pages.board_filter import (
    FIGURES,
    SORT_VALUES,
    SORT_WORDS,
    BoardFilter,
    Option,
    address,
    read_filter,
    sort_value,
)
from reports.pages.city_map import MAP
from reports.pages.spark import Spark, draw_spark
from towns.models import Unit

NO_PATH = Shown("—", "本年已知数不足两个，不成走势")
ASCENDING, DESCENDING, NONE = "ascending", "descending", "none"


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A row with what it needs away from its heading. `led_by` is the department's short name, empty for none.

    `part_of` is empty but for a part: "其中：" under its whole (`follows`), "开展技改企业其中：" on its own.
    `values` are what columns are put in order by, {"lead": "-10.2"}.
    """

    row: BoardRow
    heading: str
    led_by: str
    part_of: str
    follows: bool
    spark: Spark | None
    values: Mapping[str, str]

    @property
    def no_spark(self) -> str:
        return NO_PATH.html


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Lines under a heading of 附件1; without one when they stand in another order."""

    name: str
    lines: tuple[BoardLine, ...]


@dataclass(frozen=True, slots=True)
class CityBoard:
    """`said` tells what is left of the board, `unknown` what the address asks for in vain; both may be empty.

    `directions` are the columns' aria-sort by key; `kept` what the form must carry along.
    """

    groups: tuple[LineGroup, ...]
    is_narrowed: bool
    said: str
    unknown: str
    all_href: str
    sort: str
    directions: Mapping[str, str]
    lights: tuple[Option, ...]
    units: tuple[Option, ...]
    sorts: tuple[Option, ...]
    kept: tuple[tuple[str, str], ...]


def build_city_board(
    reading: Reading, facts: PlanFacts, groups: tuple[BoardGroup, ...], asked: Mapping[str, str]
) -> tuple[CityBoard, BoardFilter]:
    """The board that an address asks for, and what that was; no query."""
    indicators = {indicator.code: indicator for indicator in facts.indicators}
    units = _leading_units(indicators[row.code] for group in groups for row in group.rows)
    chosen = read_filter(asked, units)
    wholes = {indicator.pk: indicator for indicator in facts.indicators}
    shown = tuple(
        LineGroup(group.name, lines)
        for group in groups
        if (lines := _lines(facts, group, indicators, wholes, reading.quarter, chosen))
    )
    return CityBoard(
        groups=_in_order(shown, chosen.sort),
        is_narrowed=chosen.narrows,
        said=_said(chosen, units, [line for group in shown for line in group.lines]),
        unknown=f"地址中的{'、'.join(chosen.unknown)}没有对应的选项，已略过。" if chosen.unknown else "",
        all_href=address(reading, replace(chosen, light=None, unit="")),
        sort=chosen.sort,
        directions={key: _direction(key, chosen.sort) for key in SORT_VALUES},
        lights=tuple(Option(one.value.lower(), str(one.label), one == chosen.light) for one in Light),
        units=tuple(Option(one.code, one.short_name, one.code == chosen.unit) for one in units),
        sorts=tuple(Option(value, words, value == chosen.sort) for value, words in SORT_WORDS.items()),
        kept=_kept(reading, chosen, mapped if (mapped := asked.get(MAP, "")) in indicators else ""),
    ), chosen


def _kept(reading: Reading, chosen: BoardFilter, mapped: str) -> tuple[tuple[str, str], ...]:
    """What else stands in the address: plan and quarter where chosen, which figures, and what the tile map shows."""
    others = {FIGURES: chosen.figures, MAP: mapped}
    return (*reading.query.items(), *((name, value) for name, value in others.items() if value))


def _leading_units(indicators: Iterable[Indicator]) -> tuple[Unit, ...]:
    units = {one.lead_unit.code: one.lead_unit for one in indicators if one.lead_unit is not None}
    return tuple(sorted(units.values(), key=lambda unit: unit.order))


def _lines(
    facts: PlanFacts,
    group: BoardGroup,
    indicators: Mapping[str, Indicator],
    wholes: Mapping[int, Indicator],
    quarter: Quarter,
    chosen: BoardFilter,
) -> tuple[BoardLine, ...]:
    """A heading's rows that are let through."""
    lines: list[BoardLine] = []
    whole_above: Indicator | None = None
    for row in group.rows:
        indicator = indicators[row.code]
        unit = indicator.lead_unit
        if not chosen.lets_through(row, unit.code if unit else ""):
            continue
        whole = wholes.get(indicator.part_of_id or 0)
        follows = whole is not None and whole is whole_above
        if whole is None:
            whole_above = indicator
        lines.append(
            BoardLine(
                row=row,
                heading=group.name,
                led_by=unit.short_name if unit else "",
                part_of="" if whole is None else "其中：" if follows else f"{whole.short_name}其中：",
                follows=follows,
                spark=_spark(facts, indicator, row, quarter),
                values={key: sort_value(row, key) for key in SORT_VALUES},
            )
        )
    return tuple(lines)


def _spark(facts: PlanFacts, indicator: Indicator, row: BoardRow, now: Quarter) -> Spark | None:
    """The city's quarters up to the one being read, on the year's expected path."""
    target, base = row.progress.target, facts.base(indicator, facts.city, now.year)
    quarters = [Quarter(now.year, number) for number in range(1, 5)]
    actuals = [facts.actual(indicator, facts.city, one) if one <= now else None for one in quarters]
    known = "，".join(
        f"{one.span} {show_figure(actual, row.measure.decimals)}"
        for one, actual in zip(quarters, actuals, strict=True)
        if actual is not None
    )
    return draw_spark(
        actuals,
        [None if target is None else mark_at(row.measure, one.number, target, base) for one in quarters],
        start=base,
        label=f"{row.short_name}本年走势（{row.unit}）：{known}；{row.shown.lead_words}",
    )


def _in_order(groups: tuple[LineGroup, ...], sort: str) -> tuple[LineGroup, ...]:
    """Without headings and by a column's value, the missing last either way; a part stays under its whole."""
    if not sort or not groups:
        return groups
    key = sort.removeprefix("-")
    bundles: list[list[BoardLine]] = []
    for line in (line for group in groups for line in group.lines):
        if line.follows:
            bundles[-1].append(line)
        else:
            bundles.append([line])
    known = [bundle for bundle in bundles if bundle[0].values[key]]
    known.sort(key=lambda bundle: Decimal(bundle[0].values[key]), reverse=sort.startswith("-"))
    unknown = [bundle for bundle in bundles if not bundle[0].values[key]]
    return (LineGroup("", tuple(line for bundle in known + unknown for line in bundle)),)


def _direction(key: str, sort: str) -> str:
    return {key: ASCENDING, f"-{key}": DESCENDING}.get(sort, NONE)


def _said(chosen: BoardFilter, units: Iterable[Unit], lines: list[BoardLine]) -> str:
    """ "科技局牵头、落后的指标 2 项。" with parts apart, as in the counts; empty while nothing is left out."""
    if not chosen.narrows:
        return ""
    led_by = [f"{unit.short_name}牵头" for unit in units if unit.code == chosen.unit]
    words = "、".join([*led_by, *([str(chosen.light.label)] if chosen.light else [])])
    if not lines:
        return f"没有{words}的指标。"
    parts = sum(line.row.is_part for line in lines)
    return f"{words}的指标 {len(lines) - parts} 项" + (f"，另列“其中”项 {parts} 项。" if parts else "。")
