"""季度通报表: what each indicator did in the quarter and how its light moved, what places the towns won and lost."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.choices import Light, Listing
from indicators.domain.periods import Quarter
from indicators.domain.progress import Progress, single_quarter
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.league import load_leagues_of_year
from indicators.queries.reading import Reading
from reports.pages.board import BoardRow, board_groups, board_rows
from reports.pages.ranking import RankRow, rank_rows
from reports.pages.towns import league_headline

if TYPE_CHECKING:
    from towns.access import Person

BEST_LAST = (Light.RED, Light.YELLOW, Light.GREEN)
RISEN, FALLEN, SAME = "升", "降", "平"


@dataclass(frozen=True, slots=True)
class QuarterlyRow:
    """`board` holds the quarter's figures, the same that the overview shows.

    `alone` is this quarter by itself, None for a level; `before` the progress at the quarter before, None at the
    year's first, since last year's was by another target. `moved` is 升, 降, 平, or empty without two lights.
    """

    board: BoardRow
    alone: Decimal | None
    last_year: Decimal | None
    before: Progress | None
    moved: str


@dataclass(frozen=True, slots=True)
class QuarterlyGroup:
    name: str
    rows: tuple[QuarterlyRow, ...]


@dataclass(frozen=True, slots=True)
class QuarterlyPage:
    """`towns` are empty while the quarter is unpublished, which `headline` says.

    `earlier_is_settled` when the lights of the quarter before are final; `stands_in` when towns are ranked by
    demonstration targets.
    """

    plan: str
    city: str
    quarter: Quarter
    is_published: bool
    is_demonstration: bool
    yellow_from: Decimal
    groups: tuple[QuarterlyGroup, ...]
    headline: str
    towns: tuple[RankRow, ...]
    earlier_is_settled: bool
    stands_in: bool

    @property
    def corrected(self) -> tuple[str, ...]:
        """The indicators whose figure of the quarter is being corrected."""
        boards = [row.board for group in self.groups for row in group.rows]
        return tuple(board.short_name for board in boards if board.shown.actual.in_correction)


def build(reading: Reading, user: Person) -> QuarterlyPage:
    """Three queries, whoever reads."""
    quarter = reading.quarter
    facts = load_facts(reading.plan, user, at=quarter, for_ranks=True)
    leagues = load_leagues_of_year(reading, user, facts, latest=2)
    indicator_of = {indicator.code: indicator for indicator in facts.indicators}
    settled = {period.quarter for period in reading.periods if period.is_published}
    return QuarterlyPage(
        plan=reading.plan.name,
        city=facts.city.name,
        quarter=quarter,
        is_published=reading.period.is_published,
        is_demonstration=reading.plan.demonstration,
        yellow_from=reading.plan.yellow_from,
        groups=tuple(
            QuarterlyGroup(
                group.name, tuple(_row(facts, row, indicator_of[row.code], quarter) for row in group.rows)
            )
            for group in board_groups(facts, board_rows(reading, facts, Listing.ANNEX))
        ),
        headline=league_headline(leagues.get(quarter)),
        towns=rank_rows(reading, user, facts, leagues),
        earlier_is_settled=quarter.previous in settled,
        stands_in=any(year == quarter.year for _, _, year in facts.stand_ins),
    )


def _row(facts: PlanFacts, board: BoardRow, indicator: Indicator, quarter: Quarter) -> QuarterlyRow:
    city, is_first = facts.city, quarter.number == 1
    before = None if is_first else facts.progress(indicator, city, quarter.previous)
    return QuarterlyRow(
        board=board,
        alone=single_quarter(
            board.measure, quarter.number, board.progress.actual, before.actual if before else None
        ),
        last_year=facts.actual(indicator, city, quarter.same_last_year),
        before=before,
        moved=_moved(board.progress, before),
    )


def _moved(now: Progress, before: Progress | None) -> str:
    if before is None or now.unjudged or Light.GREY in (now.light, before.light):
        return ""
    steps = BEST_LAST.index(now.light) - BEST_LAST.index(before.light)
    return SAME if not steps else RISEN if steps > 0 else FALLEN
