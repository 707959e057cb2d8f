"""镇区 `/towns/`: the league table of a published quarter and the towns on their tile map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.choices import Light
from indicators.domain.numbers import format_figure, format_percent
from indicators.domain.periods import Quarter
from indicators.models import Plan
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.league import League, Standing, load_leagues_of_year
from indicators.queries.reading import Reading
from reports.pages.links import link
from reports.pages.standings import FULL_SCORE, UNREPORTED, UNSCORED, ShownStanding, show_standing
from reports.pages.town_lights import TownLights, count_town_lights
from towns.access import can_read_every_town, can_read_town
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person

NAMED = 3


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
    """How many towns' scores lie in a band, or in none; `note` says where the band begins and ends, or why."""

    light: Light
    label: str
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
    """The first, the last of those that reported, and how many did not: every reader's to know."""
    if league is None:
        return "本季度尚未定稿，不计分、不排名。"
    ranked = [(one, one.score) for one in league.standings if one.score is not None]
    if not ranked:
        return "本季度没有可计分的分解目标。"
    reported = [one for one, _ in ranked if not one.reported_nothing]
    if not reported:
        return f"{len(ranked)} 个镇区均未报送，得分计 0。"
    on_pace = sum(score >= FULL_SCORE for _, score in ranked)
    said = [f"{len(ranked)} 个镇区中 {on_pace} 个得分在 100 分以上"]
    first, last = reported[0].rank, reported[-1].rank
    said.append(_placed([one for one in reported if one.rank == first]))
    if last != first:
        said.append(_placed([one for one in reported if one.rank == last]))
    if unreported := len(ranked) - len(reported):
        said[-1] = f"已报的镇区中{said[-1]}" if last != first else said[-1]
        said.append(f"{unreported} 个镇区未报送，得分计 0")
    return "；".join(said) + "。"


def _placed(equals: Sequence[Standing]) -> str:
    """Towns that share a place, all of them or how many: "古镇镇第 1，46.8 分", "东区、西区并列第 3，88.0 分"."""
    names = "、".join(one.town.name for one in equals[:NAMED])
    if len(equals) > NAMED:
        names += f"等 {len(equals)} 个镇区"
    shared = "并列" if len(equals) > 1 else ""
    return f"{names}{shared}第 {equals[0].rank}，{format_figure(equals[0].score or Decimal(0), 1)} 分"


def _bands(plan: Plan, rows: list[TownRow]) -> tuple[BandCount, ...]:
    """The towns that reported by their scores' bands, those that did not, and those with nothing to score."""
    standings = [row.standing for row in rows if row.standing]
    bands = [one.band for one in standings if not one.reported_nothing]
    low = format_percent(plan.yellow_from, 0).rstrip("%")
    notes = {
        Light.GREEN: "100 分以上",
        Light.YELLOW: f"{low} 分以上，不足 100 分",
        Light.RED: f"不足 {low} 分",
    }
    counts = [
        BandCount(light, f"得分{light.label}", bands.count(light), note) for light, note in notes.items()
    ]
    unreported = sum(one.reported_nothing for one in standings)
    counts.append(BandCount(Light.GREY, UNREPORTED, unreported, "到期各项均未报送"))
    if unscored := bands.count(Light.GREY):
        counts.append(BandCount(Light.GREY, "不计分", unscored, UNSCORED))
    return tuple(counts)


def _tile(row: TownRow, town: Area) -> Tile:
    """While unpublished the squares carry no colour, and a figure only where the reader may see the town's lights."""
    column, line = town.tile_column or 0, town.tile_row or 0
    if row.standing:
        standing = row.standing
        value = UNREPORTED if standing.reported_nothing else standing.score.text
        return Tile(row, column, line, standing.band_class, value, _tile_words(standing))
    if row.lights:
        value = f"{row.lights.green}/{row.lights.total}"
        return Tile(row, column, line, "", value, "达序时项数／目标项数")
    return Tile(row, column, line, "", "", "")


def _tile_words(standing: ShownStanding) -> str:
    if standing.rank.is_missing:
        return standing.rank.reason
    words = [f"得分 {standing.score}", f"第 {standing.rank} 名", standing.verdict]
    if standing.unreported and not standing.reported_nothing:
        words.append(standing.unreported)
    return "，".join(words)
