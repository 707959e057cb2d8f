"""The overview's tile map: the towns by their total score, or by one indicator as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import Light
from indicators.queries.facts import PlanFacts
from indicators.queries.league import League
from indicators.queries.reading import Reading
from reports.pages.board_filter import FIGURES, LIGHT, SORT, UNIT
from reports.pages.heat_rows import ROWS
from reports.pages.heatmap import HeatCell, HeatColumn, HeatMap, HeatRow, build_rows
from reports.pages.standings import show_standing
from reports.pages.tiles import Tile, columns_of, has_place, lights_tile, place, score_tile
from reports.pages.town_lights import count_town_lights
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person

MAP = "map"


@dataclass(frozen=True, slots=True)
class MapChoice:
    """What the map can be coloured by; `code` is empty for the score."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class MapKey:
    """A colour of the map and how many towns have it."""

    light_class: str
    label: str


@dataclass(frozen=True, slots=True)
class TownOnMap:
    town: str
    short_name: str
    href: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class CityMap:
    """`note` says what the squares' figures are. `tells_stories`: a square leads to its cell's story, not to the town.

    `keys` are empty where the reader may see one town's colour alone. `kept` is what the form carries along; `unknown`
    says that the address asks for a map in vain.
    """

    tiles: tuple[Tile, ...]
    columns: int
    choices: tuple[MapChoice, ...]
    keys: tuple[MapKey, ...]
    kept: tuple[tuple[str, str], ...]
    note: str
    tells_stories: bool
    unknown: str


def build_city_map(
    reading: Reading,
    user: Person,
    facts: PlanFacts,
    heatmap: HeatMap,
    league: League | None,
    asked: Mapping[str, str],
) -> CityMap | None:
    """None for a city whose towns have no places on a map. The squares have the heat map's rights in them.

    `asked` is the address's query: ?map= an indicator's code; for one that the heat map does not have, which is named
    as unknown, the score is shown.
    """
    towns = [town for town in facts.towns if has_place(town)]
    if not towns:
        return None
    columns = {column.code: column for column in heatmap.columns}
    code = asked.get(MAP, "").strip()
    chosen = code if code in columns else ""
    coloured_by = [indicator for indicator in facts.indicators if indicator.code == chosen]
    placed = list(zip(build_rows(reading, user, facts, towns, coloured_by), towns, strict=True))
    if chosen:
        tiles = [_indicator_tile(heatmap, columns[chosen], row, town) for row, town in placed]
        note = _indicator_note(heatmap, columns[chosen])
    else:
        tiles = [_overall_tile(reading, facts, heatmap, row, town, league) for row, town in placed]
        note = _overall_note(heatmap, league)
    return CityMap(
        tiles=tuple(tiles),
        columns=columns_of(tiles),
        choices=_choices(heatmap, league, chosen),
        keys=_keys(tiles) if heatmap.shows_every_town or not chosen else (),
        note=note,
        kept=_kept(reading, asked),
        tells_stories=bool(chosen),
        unknown="" if code == chosen else "地址中的示意图指标没有对应的选项，已略过。",
    )


def _kept(reading: Reading, asked: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Plan and quarter, and what the other parts of the page were asked for."""
    others = {name: asked[name] for name in (FIGURES, LIGHT, UNIT, SORT, ROWS) if asked.get(name)}
    return tuple({**reading.query, **others}.items())


def _choices(heatmap: HeatMap, league: League | None, chosen: str) -> tuple[MapChoice, ...]:
    overall = MapChoice("", "总得分" if league else "达序时项数", not chosen)
    return overall, *(
        MapChoice(column.code, column.short_name, column.code == chosen) for column in heatmap.columns
    )


def _overall_tile(
    reading: Reading, facts: PlanFacts, heatmap: HeatMap, row: HeatRow, town: Area, league: League | None
) -> Tile:
    shown = _on_map(heatmap, row, row.href)
    if league:
        return score_tile(
            shown, town, show_standing(reading.plan, {league.quarter: league}, league.quarter, town)
        )
    lights = count_town_lights(facts, town, reading.quarter) if row.is_readable else None
    return lights_tile(shown, town, lights)


def _indicator_tile(heatmap: HeatMap, column: HeatColumn, row: HeatRow, town: Area) -> Tile:
    """A readable town's completion in its light's colour; of any other the public target, without a colour."""
    [cell] = row.cells
    shown = _on_map(heatmap, row, cell.href)
    if not row.is_readable:
        return place(shown, town, value=cell.text.text, words=_target_words(column, cell))
    return place(
        shown,
        town,
        band=cell.light_class,
        value=cell.text.with_unit("%"),
        words=f"{cell.story}，{cell.word}" if cell.story else cell.text.reason,
        is_marked=cell.is_marked,
    )


def _target_words(column: HeatColumn, cell: HeatCell) -> str:
    return cell.text.reason or f"年度目标 {cell.text.with_unit(column.unit)}"


def _on_map(heatmap: HeatMap, row: HeatRow, href: str) -> TownOnMap:
    return TownOnMap(row.town, row.short_name, href, row.is_readable and not heatmap.shows_every_town)


def _overall_note(heatmap: HeatMap, league: League | None) -> str:
    if league:
        return "数字为得分，100 分为总体达到序时"
    if heatmap.shows_every_town:
        return "数字为达序时项数／目标项数；未定稿，不计分、不分档"
    return "本镇区数字为达序时项数／目标项数；未定稿，不计分"


def _indicator_note(heatmap: HeatMap, column: HeatColumn) -> str:
    if heatmap.shows_every_town:
        return f"{column.name}：数字为完成率，颜色按序时进度"
    return f"{column.name}：本镇区为完成率，其他镇区为年度目标（{column.unit}）"


def _keys(tiles: Sequence[Tile]) -> tuple[MapKey, ...]:
    bands = [tile.band for tile in tiles]
    lights = [(light.value.lower(), str(light.label)) for light in Light]
    return tuple(MapKey(band, f"{label} {bands.count(band)}") for band, label in lights if band in bands)
