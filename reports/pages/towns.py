"""镇区 `/towns/`: the league table of a published quarter and the towns on their tile map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.domain.numbers import format_figure
from indicators.domain.periods import Quarter
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.league import League, Standing, load_leagues_of_year
from indicators.queries.reading import Reading
from reports.pages.comparison import Comparison, build_comparison
from reports.pages.league_pages import LeaguePage, cut_league
from reports.pages.links import links
from reports.pages.standings import FULL_SCORE, ShownStanding, show_standing
from reports.pages.tiles import Tile, columns_of, has_place, lights_tile, score_tile
from reports.pages.town_bands import BandCount, band_key, count_bands
from reports.pages.town_lights import TownLights, count_town_lights
from reports.pages.towns_asked import TownsAsked, towns_href
from towns.access import can_read_every_town, readable_towns
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person

NAMED = 3
EVERYTHING = TownsAsked()


@dataclass(frozen=True, slots=True)
class TownRow:
    """`standing` is None while unpublished. `lights` is None and `href` empty for towns that are not the reader's."""

    code: str
    town: str
    short_name: str
    href: str
    standing: ShownStanding | None
    lights: TownLights | None
    is_own: bool
    is_compared: bool


@dataclass(frozen=True, slots=True)
class TownsPage:
    """`own` is the row of a town's official. `has_changes` when an earlier quarter of the year is published.

    `shows_lights`: the rows' lights are all the reader's to see; while unpublished a town's official has their own
    row alone, since there is nothing public to show of the others. `rows` are those of the band asked for, in
    `filter_words`, on the `page` of a long league; `held` are the codes compared that have no row here, `kept` what
    else the form of the comparison must carry; `may_compare` when there is more than one town to choose from.
    """

    city: str
    quarter: Quarter
    is_published: bool
    headline: str
    rows: tuple[TownRow, ...]
    shows_every_town: bool
    own: TownRow | None
    bands: tuple[BandCount, ...]
    filter_words: str
    all_href: str
    page: LeaguePage
    comparison: Comparison | None
    may_compare: bool
    held: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]
    tiles: tuple[Tile, ...]
    tile_columns: int
    has_changes: bool
    shows_lights: bool
    stands_in: bool

    @property
    def is_sortable(self) -> bool:
        """The browser orders what it has, which would mislead on one page of many."""
        return self.shows_every_town and not self.page.words


def build(reading: Reading, user: Person, asked: TownsAsked = EVERYTHING) -> TownsPage:
    """Rank the towns from facts of this year and the last: one query more for a town's official.

    Raises Http404 with a Chinese sentence for a band or a town that is not there.
    """
    quarter, every = reading.quarter, can_read_every_town(user)
    facts = load_facts(reading.plan, user, at=quarter, for_ranks=True)
    leagues = load_leagues_of_year(reading, user, facts)
    league = leagues.get(quarter)
    towns = [standing.town for standing in league.standings] if league else list(facts.towns)
    readable = {town.pk for town in readable_towns(user, towns)}
    standings = {
        town.pk: show_standing(reading.plan, leagues, quarter, town) for town in towns if league is not None
    }
    bands = count_bands(reading, asked, list(standings.values())) if league else ()
    may_see_others = every or league is not None
    page = cut_league(
        reading,
        asked,
        [
            town
            for town in towns
            if (may_see_others or town.pk in readable) and _is_asked(standings.get(town.pk), asked)
        ],
    )
    placed = [town for town in towns if may_see_others and has_place(town)]
    own = [town for town in towns if town.pk in readable and not every]
    rows = _rows(reading, facts, {*page.towns, *placed, *own}, standings, readable, asked)
    listed = [rows[town.pk] for town in page.towns]
    tiles = [_tile(rows[town.pk], town) for town in placed]
    return TownsPage(
        city=facts.city.name,
        quarter=quarter,
        is_published=reading.period.is_published,
        headline=league_headline(league),
        rows=tuple(listed),
        shows_every_town=every,
        own=next((rows[town.pk] for town in own), None),
        bands=bands,
        filter_words=_filter_words(bands),
        all_href=towns_href(reading, replace(asked, band="", page=1)),
        page=page,
        comparison=build_comparison(reading, user, facts, leagues, asked),
        may_compare=may_see_others,
        held=_held(asked, listed),
        kept=_kept(reading, asked),
        tiles=tuple(tiles),
        tile_columns=columns_of(tiles),
        has_changes=league is not None and quarter.previous in leagues,
        shows_lights=every or league is None,
        stands_in=any(year == quarter.year for _, _, year in facts.stand_ins),
    )


def _is_asked(standing: ShownStanding | None, asked: TownsAsked) -> bool:
    """Before a quarter is published its towns lie in no band, and all are listed."""
    return not asked.band or standing is None or band_key(standing) == asked.band


def _filter_words(bands: tuple[BandCount, ...]) -> str:
    """What the list has been narrowed to; empty for all."""
    return next((f"只列{band.label}的 {band.count} 个镇区" for band in bands if band.is_asked), "")


def _held(asked: TownsAsked, listed: list[TownRow]) -> tuple[str, ...]:
    codes = {row.code for row in listed}
    return tuple(code for code in asked.compared if code not in codes)


def _kept(reading: Reading, asked: TownsAsked) -> tuple[tuple[str, str], ...]:
    """Plan, quarter, band and page, which choosing towns must not lose."""
    others = {"band": asked.band, "page": str(asked.page) if asked.page > 1 else ""}
    return tuple((reading.query | {name: value for name, value in others.items() if value}).items())


def _rows(
    reading: Reading,
    facts: PlanFacts,
    towns: Iterable[Area],
    standings: Mapping[int, ShownStanding],
    readable: Set[int],
    asked: TownsAsked,
) -> dict[int, TownRow]:
    """By town id, for those towns alone that stand on the page: lights are a figure for each allocated target."""
    at = links(reading, "town")
    is_every = len(readable) == len(facts.towns)
    return {
        town.pk: TownRow(
            code=town.code,
            town=town.name,
            short_name=town.short_name,
            href=at(town.code) if town.pk in readable else "",
            standing=standings.get(town.pk),
            lights=count_town_lights(facts, town, reading.quarter) if town.pk in readable else None,
            is_own=town.pk in readable and not is_every,
            is_compared=town.code in asked.compared,
        )
        for town in towns
    }


def league_headline(league: League | None) -> str:
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


def _tile(row: TownRow, town: Area) -> Tile:
    return score_tile(row, town, row.standing) if row.standing else lights_tile(row, town, row.lights)
