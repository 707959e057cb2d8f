"""How a town stands among the others, as every reader may know it: rank, score, places won and lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from indicators.choices import Light
from indicators.domain.numbers import format_figure
from indicators.domain.periods import Quarter
from indicators.domain.progress import light
from indicators.domain.ranking import DEFAULT_CAP
from indicators.models import Plan
from indicators.queries.league import League, Standing
from reports.figures import Shown, bar_width
from towns.models import Area

UNSCORED = "没有可计分的指标"
UNREPORTED = "未报送"
FULL_SCORE = 100


@dataclass(frozen=True, slots=True)
class ShownStanding:
    """`change` is "up", "down", "same" or, without an earlier quarter of the year to compare with, empty.

    `band` is the light that the score as a whole would have: 100 is on pace in everything, the plan's threshold of
    the yellow light below it. A town that reported nothing is grey and has moved nowhere: its 0 is no verdict.
    `unreported` says so, or how many due figures are missing ("2 项未报"); empty when all are there. `width` is
    `score_width`.
    """

    rank: Shown
    score: Shown
    change: str
    places: str
    band: Light
    width: str
    unreported: str
    reported_nothing: bool

    @property
    def band_class(self) -> str:
        return self.band.value.lower()

    @property
    def change_html(self) -> SafeString | str:
        """Places won or lost since the quarter before, as an arrow and a number; empty without one."""
        if not self.change:
            return ""
        return format_html('<span class="change change--{}">{}</span>', self.change, self.places or "持平")

    @property
    def score_html(self) -> SafeString | str:
        """The score with its bar; of a town that reported nothing or not all, that too."""
        return self._score("score__track")

    @property
    def marked_score_html(self) -> SafeString | str:
        """The same with a line at 100, where there is room to tell what it means."""
        return self._score("score__track score__track--marked")

    def _score(self, track: str) -> SafeString | str:
        if self.score.is_missing:
            return self.score.html
        if self.reported_nothing:
            shown = format_html(
                '<span class="score__unreported light light--grey">{}</span>', self.unreported
            )
        else:
            shown = format_html(
                '<span class="{}"><span class="score__bar" style="--score:{}"></span></span>',
                track,
                self.width,
            )
            if self.unreported:
                shown += format_html('<span class="score__mark">{}</span>', self.unreported)
        return format_html(
            '<span class="score">{}<span class="score__value">{}</span></span>', shown, self.score.text
        )

    @property
    def verdict(self) -> str:
        """The band in words, or why the town is in none."""
        return UNREPORTED if self.reported_nothing else str(self.band.label)


def show_standing(
    plan: Plan, leagues: Mapping[Quarter, League], quarter: Quarter, town: Area
) -> ShownStanding:
    """The town's standing in a quarter's league, compared with the league of the quarter before."""
    standing, moved = leagues[quarter].of[town.pk], places_won(leagues, quarter, town)
    rank = standing.rank
    return ShownStanding(
        rank=Shown("—", UNSCORED) if rank is None else Shown(str(rank)),
        score=Shown("—", UNSCORED) if standing.score is None else Shown(format_figure(standing.score, 1)),
        change="" if moved is None else ("up" if moved > 0 else "down" if moved < 0 else "same"),
        places=str(abs(moved)) if moved else "",
        band=_band(plan, standing),
        width=score_width(standing.score),
        unreported=unreported_words(standing),
        reported_nothing=standing.reported_nothing,
    )


def places_won(leagues: Mapping[Quarter, League], quarter: Quarter, town: Area) -> int | None:
    """Places won since the quarter before, below zero for lost ones.

    None without an earlier league of the year, without a rank in both, and for a town that reported nothing.
    """
    before = leagues.get(quarter.previous)
    standing, earlier = leagues[quarter].of[town.pk], before.of[town.pk].rank if before else None
    if standing.rank is None or earlier is None or standing.reported_nothing:
        return None
    return earlier - standing.rank


def _band(plan: Plan, standing: Standing) -> Light:
    if standing.score is None or standing.reported_nothing:
        return Light.GREY
    return light(standing.score / FULL_SCORE, plan.yellow_from)


def unreported_words(standing: Standing) -> str:
    """The mark beside a score that counts figures not reported as 0: "未报送", "2 项未报" or nothing."""
    if standing.reported_nothing:
        return UNREPORTED
    return f"{standing.unreported} 项未报" if standing.unreported else ""


def score_width(score: Decimal | None) -> str:
    """A score's length on a bar that ends at the highest possible score."""
    return bar_width(Decimal(0) if score is None else score / FULL_SCORE / DEFAULT_CAP)
