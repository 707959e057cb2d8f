"""The towns' ranking at a published quarter (domain.md section 4).

Scores, ranks and how many due figures were not reported are public; nothing else leaves this module.

The default scheme (our choice; the plan leaves it to 市经济和信息化局 and 市考评办): the columns of the allocation,
equal weights, parts not scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.domain.periods import Quarter
from indicators.domain.ranking import public_score, score_of, shared_ranks, total_score
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts, with_every_actual
from indicators.queries.reading import Reading
from towns.access import can_read_every_town
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person

EQUAL_WEIGHT = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Part:
    """One scored figure of a town."""

    score: Decimal
    is_reported: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A town's place.

    `score` 0 to 120 as it is given out, None when nothing could be scored; `rank` by the whole score, shared by
    equals, 1 is best.
    `due` is how many figures are scored in the quarter, `unreported` how many of them were not reported: 0 each.
    """

    town: Area
    score: Decimal | None
    rank: int | None
    due: int
    unreported: int

    @property
    def reported_nothing(self) -> bool:
        """Whether the score is 0 for want of figures and says nothing of the town's work."""
        return self.due > 0 and self.unreported == self.due


@dataclass(frozen=True, slots=True)
class League:
    """The standings of a quarter in the order of their ranks, the unranked last; `of` by town id."""

    quarter: Quarter
    standings: tuple[Standing, ...]
    of: Mapping[int, Standing]


def load_league(reading: Reading, user: Person, facts: PlanFacts) -> League | None:
    """The ranking of the quarter being read; None while unpublished, since ranks are given out for published ones.

    `facts` are the reader's own of this year and the last, with all towns asked for. Where other towns' actuals are
    not the reader's to see, they are read here (one query) and only scores and ranks, public to all, are handed on.
    """
    if not reading.period.is_published:
        return None
    return league_of(_with_every_town(reading, user, facts), reading.quarter)


def load_leagues_of_year(
    reading: Reading, user: Person, facts: PlanFacts, *, latest: int = 4
) -> dict[Quarter, League]:
    """The rankings of the year's published quarters up to the one being read, in their order.

    Within one year they are ranks by the same targets, so that places won and lost mean something. `latest` is for
    pages that need only so many of them. `facts` and the one query as for `load_league`.
    """
    quarters = [
        period.quarter
        for period in reading.periods
        if period.is_published and period.year == reading.period.year and period.quarter <= reading.quarter
    ]
    if not quarters:
        return {}
    facts = _with_every_town(reading, user, facts)
    return {quarter: league_of(facts, quarter) for quarter in quarters[-latest:]}


def _with_every_town(reading: Reading, user: Person, facts: PlanFacts) -> PlanFacts:
    if can_read_every_town(user):
        return facts.approved()
    return with_every_actual(facts, years=(reading.period.year - 1, reading.period.year))


def league_of(facts: PlanFacts, quarter: Quarter) -> League:
    """Score and rank every town from facts that hold all towns' actuals."""
    scored = [indicator for indicator in facts.allocated() if indicator.part_of_id is None]
    parts = {town.pk: _parts(facts, town, quarter, scored) for town in facts.towns}
    scores = {
        town_id: total_score((EQUAL_WEIGHT, part.score) for part in of_town)
        for town_id, of_town in parts.items()
    }
    ranks = shared_ranks(scores)
    standings = [
        Standing(
            town=town,
            score=public_score(scores[town.pk]),
            rank=ranks[town.pk],
            due=len(parts[town.pk]),
            unreported=sum(not part.is_reported for part in parts[town.pk]),
        )
        for town in facts.towns
    ]
    standings.sort(key=lambda standing: (standing.rank is None, standing.rank or 0, standing.town.order))
    return League(quarter, tuple(standings), {standing.town.pk: standing for standing in standings})


def _parts(facts: PlanFacts, town: Area, quarter: Quarter, scored: list[Indicator]) -> list[_Part]:
    """A town's scored figures: those due in the quarter that have a target above zero."""
    parts = []
    for indicator in scored:
        known = facts.facts_of(indicator, town, quarter)
        score = score_of(facts.measures[indicator.pk], quarter.number, known)
        if score is not None:
            parts.append(_Part(score, is_reported=known.actual is not None))
    return parts
