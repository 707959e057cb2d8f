"""镇区 `/towns/`: the league table of a published quarter and the towns on their tile map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import Light
from indicators.domain.numbers import format_figure, format_percent
from indicators.domain.periods import Quarter
from indicators.models import Plan
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.league import League, load_leagues_of_year
from indicators.queries.reading import Reading
from reports.pages.links import link
from reports.pages.standings import FULL_SCORE, ShownStanding, show_standing
from reports.pages.town_lights import TownLights, count_town_lights
from towns.access import can_read_every_town, can_read_town
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class TownRow:
    """`standing` is None while unpublished. `lights` is None and `href` empty for towns that are not the reader's."""

    town: str
    short_name: str
    href: str
    standing: ShownStanding | None
    lights: TownLights | None
    is_own: bool


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the map, coloured by what all readers may know: the score's band."""

    row: TownRow
    column: int
    line: int
    band: str
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many towns' scores lie in a band; `note` says where the band begins and ends."""

    light: Light
    count: int
    note: str

    @property
    def light_class(self) -> str:
        return self.light.value.lower()


@dataclass(frozen=True, slots=True)
class TownsPage:
    """`own` is the row of a town's official. `has_changes` when an earlier quarter of the year is published.

    `shows_lights`: the rows' lights are all the reader's to see; while unpublished a town's official has their own
    row alone, since there is nothing public to show of the others.
    """

    city: str
    quarter: Quarter
    is_published: bool
    headline: str
    rows: tuple[TownRow, ...]
    shows_every_town: bool
    own: TownRow | None
    bands: tuple[BandCount, ...]
    tiles: tuple[Tile, ...]
    tile_columns: int
    has_changes: bool
    shows_lights: bool
    stands_in: bool


def build(reading: Reading, user: Person) -> TownsPage:
    """Rank the towns from facts of this year and the last: one query more for a town's official."""
    quarter, every = reading.quarter, can_read_every_town(user)
    facts = load_facts(reading.plan, user, years=(quarter.year - 1, quarter.year))
    leagues = load_leagues_of_year(reading, user, facts)
    league = leagues.get(quarter)
    towns = [standing.town for standing in league.standings] if league else list(facts.towns)
    rows = [_row(reading, user, facts, leagues, town) for town in towns]
    mapped = [(row, town) for row, town in zip(rows, towns, strict=True) if town.tile_column is not None]
    if not every and league is None:
        mapped = []
    return TownsPage(
        city=facts.city.name,
        quarter=quarter,
        is_published=reading.period.is_published,
        headline=_headline(league),
        rows=tuple(row for row in rows if every or league or row.is_own),
        shows_every_town=every,
        own=next((row for row in rows if row.is_own), None),
        bands=_bands(reading.plan, rows) if league else (),
        tiles=tuple(_tile(row, town) for row, town in mapped),
        tile_columns=max((town.tile_column + 1 for _, town in mapped), default=0),
        has_changes=league is not None and quarter.previous in leagues,
        shows_lights=every or league is None,
        stands_in=any(year == quarter.year for _, _, year in facts.stand_ins),
    )


def _row(
    reading: Reading, user: Person, facts: PlanFacts, leagues: Mapping[Quarter, League], town: Area
) -> TownRow:
    is_readable = can_read_town(user, town)
    return TownRow(
        town=town.name,
        short_name=town.short_name,
        href=link(reading, "town", town.code) if is_readable else "",
        standing=show_standing(reading.plan, leagues, reading.quarter, town)
        if reading.quarter in leagues
        else None,
        lights=count_town_lights(facts, town, reading.quarter) if is_readable else None,
        is_own=is_readable and not can_read_every_town(user),
    )


def _headline(league: League | None) -> str:
    """The first and the last in words; ranks and scores are every reader's to know."""
    if league is None:
        return "本季度尚未定稿，不计分、不排名。"
    ranked = [(one, one.score) for one in league.standings if one.score is not None]
    if not ranked:
        return "本季度没有可计分的分解目标。"
    (first, best), (last, least) = ranked[0], ranked[-1]
    on_pace = sum(score >= FULL_SCORE for _, score in ranked)
    return (
        f"{len(ranked)} 个镇区中 {on_pace} 个得分在 100 分以上；"
        f"{first.town.name}第 1，{format_figure(best, 1)} 分，"
        f"{last.town.name}第 {last.rank}，{format_figure(least, 1)} 分。"
    )


def _bands(plan: Plan, rows: list[TownRow]) -> tuple[BandCount, ...]:
    bands = [row.standing.band for row in rows if row.standing]
    low = format_percent(plan.yellow_from, 0).rstrip("%")
    notes = {
        Light.GREEN: "100 分以上",
        Light.YELLOW: f"{low} 分以上，不足 100 分",
        Light.RED: f"不足 {low} 分",
        Light.GREY: "没有可计分的指标",
    }
    counts = [BandCount(light, bands.count(light), note) for light, note in notes.items()]
    return tuple(count for count in counts if count.count or count.light != Light.GREY)


def _tile(row: TownRow, town: Area) -> Tile:
    """While unpublished the squares carry no colour, and a figure only where the reader may see the town's lights."""
    column, line = town.tile_column or 0, town.tile_row or 0
    if row.standing:
        standing = row.standing
        return Tile(row, column, line, standing.band_class, standing.score.text, _tile_words(standing))
    if row.lights:
        value = f"{row.lights.green}/{row.lights.total}"
        return Tile(row, column, line, "", value, "达序时项数／目标项数")
    return Tile(row, column, line, "", "", "")


def _tile_words(standing: ShownStanding) -> str:
    if standing.rank.is_missing:
        return standing.rank.reason
    return f"得分 {standing.score}，第 {standing.rank} 名，{standing.band.label}"
