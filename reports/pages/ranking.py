"""镇区排名: the towns of a published quarter in the order of their ranks, as numbers for the files that list them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.domain.periods import Quarter
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.league import League, load_leagues_of_year
from indicators.queries.reading import Reading
from reports.pages.standings import ShownStanding, places_won, show_standing
from reports.pages.town_lights import TownLights, count_town_lights
from reports.pages.towns import league_headline
from towns.access import can_read_every_town

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class RankRow:
    """One town. `earlier` is its rank the quarter before, `moved` the places won since, below zero for lost ones.

    None is no such figure. `due` figures are scored, `unreported` of them as 0 for want of a figure. `lights` are
    None for a reader who may not read every town's figures.
    """

    town: str
    rank: int | None
    earlier: int | None
    moved: int | None
    score: Decimal | None
    due: int
    unreported: int
    standing: ShownStanding
    lights: TownLights | None


@dataclass(frozen=True, slots=True)
class RankingPage:
    """`rows` are empty while the quarter is unpublished. `scored` names the indicators that the score is made of."""

    city: str
    quarter: Quarter
    is_published: bool
    is_demonstration: bool
    yellow_from: Decimal
    headline: str
    rows: tuple[RankRow, ...]
    shows_lights: bool
    scored: tuple[str, ...]
    stands_in: bool


def build(reading: Reading, user: Person) -> RankingPage:
    """Three queries, whoever reads."""
    facts = load_facts(reading.plan, user, at=reading.quarter, for_ranks=True)
    leagues = load_leagues_of_year(reading, user, facts)
    return RankingPage(
        city=facts.city.name,
        quarter=reading.quarter,
        is_published=reading.period.is_published,
        is_demonstration=reading.plan.demonstration,
        yellow_from=reading.plan.yellow_from,
        headline=league_headline(leagues.get(reading.quarter)),
        rows=rank_rows(reading, user, facts, leagues),
        shows_lights=can_read_every_town(user),
        scored=tuple(one.short_name for one in facts.allocated() if one.part_of_id is None),
        stands_in=any(year == reading.quarter.year for _, _, year in facts.stand_ins),
    )


def rank_rows(
    reading: Reading, user: Person, facts: PlanFacts, leagues: Mapping[Quarter, League]
) -> tuple[RankRow, ...]:
    """The towns as they rank in the quarter being read; none while it is unpublished."""
    quarter, every = reading.quarter, can_read_every_town(user)
    if quarter not in leagues:
        return ()
    before = leagues.get(quarter.previous)
    return tuple(
        RankRow(
            town=one.town.name,
            rank=one.rank,
            earlier=before.of[one.town.pk].rank if before else None,
            moved=places_won(leagues, quarter, one.town),
            score=one.score,
            due=one.due,
            unreported=one.unreported,
            standing=show_standing(reading.plan, leagues, quarter, one.town),
            lights=count_town_lights(facts, one.town, quarter) if every else None,
        )
        for one in leagues[quarter].standings
    )
