"""How a town stands among the others, as every reader may know it: rank, score, places won and lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.choices import Light
from indicators.domain.numbers import format_figure
from indicators.domain.periods import Quarter
from indicators.domain.progress import light
from indicators.domain.ranking import DEFAULT_CAP
from indicators.models import Plan
from indicators.queries.league import League
from reports.figures import Shown, bar_width
from towns.models import Area

UNSCORED = "没有可计分的指标"
FULL_SCORE = 100


@dataclass(frozen=True, slots=True)
class ShownStanding:
    """`change` is "up", "down", "same" or, without an earlier quarter of the year to compare with, empty.

    `band` is the light that the score as a whole would have: 100 is on pace in everything, the plan's threshold of
    the yellow light below it. `width` is `score_width`.
    """

    rank: Shown
    score: Shown
    change: str
    places: str
    band: Light
    width: str

    @property
    def band_class(self) -> str:
        return self.band.value.lower()


def show_standing(
    plan: Plan, leagues: Mapping[Quarter, League], quarter: Quarter, town: Area
) -> ShownStanding:
    """The town's standing in a quarter's league, compared with the league of the quarter before."""
    standing = leagues[quarter].of[town.pk]
    before = leagues.get(quarter.previous)
    rank, earlier = standing.rank, before.of[town.pk].rank if before else None
    moved = earlier - rank if rank is not None and earlier is not None else None
    share = None if standing.score is None else standing.score / FULL_SCORE
    return ShownStanding(
        rank=Shown("—", UNSCORED) if rank is None else Shown(str(rank)),
        score=Shown("—", UNSCORED) if standing.score is None else Shown(format_figure(standing.score, 1)),
        change="" if moved is None else ("up" if moved > 0 else "down" if moved < 0 else "same"),
        places=str(abs(moved)) if moved else "",
        band=Light.GREY if share is None else light(share, plan.yellow_from),
        width=score_width(standing.score),
    )


def score_width(score: Decimal | None) -> str:
    """A score's length on a bar that ends at the highest possible score."""
    return bar_width(Decimal(0) if score is None else score / FULL_SCORE / DEFAULT_CAP)
