"""附件1: the city's targets by year, as the plan tables them, with the quarter's progress beside them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.choices import Listing
from indicators.domain.periods import Quarter
from indicators.models import Indicator, Target
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.reading import Reading
from reports.pages.board import BoardRow, board_groups, board_rows

if TYPE_CHECKING:
    from towns.access import Person

NO_GOAL = "-"


@dataclass(frozen=True, slots=True)
class YearTarget:
    """A year's target in the indicator's unit, None where the plan prints "-"; `qualifier` is 左右, 以上 or empty."""

    value: Decimal | None
    qualifier: str


@dataclass(frozen=True, slots=True)
class Annex1Row:
    """A row of the table: `board` holds the quarter's figures, the same that the overview shows."""

    board: BoardRow
    targets: tuple[YearTarget, ...]
    goal: str


@dataclass(frozen=True, slots=True)
class Annex1Group:
    name: str
    rows: tuple[Annex1Row, ...]


@dataclass(frozen=True, slots=True)
class Annex1Page:
    """`yellow_from` is the plan's threshold of the yellow light, of the progress ratio."""

    plan: str
    city: str
    years: tuple[int, ...]
    quarter: Quarter
    is_published: bool
    is_demonstration: bool
    yellow_from: Decimal
    groups: tuple[Annex1Group, ...]

    @property
    def corrected(self) -> tuple[str, ...]:
        """The indicators whose figure of the quarter is being corrected."""
        rows = [row.board for group in self.groups for row in group.rows]
        return tuple(board.short_name for board in rows if board.shown.actual.in_correction)


def build(reading: Reading, user: Person) -> Annex1Page:
    """Four queries; the city's figures are the same for every reader."""
    facts = load_facts(reading.plan, user, areas=[reading.plan.city])
    qualifiers = printed_qualifiers(reading)
    indicator_of = {indicator.code: indicator for indicator in facts.indicators}
    groups = board_groups(facts, board_rows(reading, facts, Listing.ANNEX))
    return Annex1Page(
        plan=reading.plan.name,
        city=facts.city.name,
        years=tuple(reading.plan.years),
        quarter=reading.quarter,
        is_published=reading.period.is_published,
        is_demonstration=reading.plan.demonstration,
        yellow_from=reading.plan.yellow_from,
        groups=tuple(
            Annex1Group(
                group.name, tuple(_row(facts, row, indicator_of[row.code], qualifiers) for row in group.rows)
            )
            for group in groups
        ),
    )


def printed_qualifiers(reading: Reading) -> dict[tuple[int, int], str]:
    """左右 or 以上 behind the city's targets, {(indicator id, year): word}; one query."""
    targets = Target.objects.filter(indicator__plan=reading.plan, area=reading.plan.city).exclude(
        qualifier=""
    )
    return {(row[0], row[1]): row[2] for row in targets.values_list("indicator_id", "year", "qualifier")}


def _row(
    facts: PlanFacts, board: BoardRow, indicator: Indicator, qualifiers: dict[tuple[int, int], str]
) -> Annex1Row:
    return Annex1Row(
        board=board,
        targets=tuple(
            YearTarget(facts.target(indicator, facts.city, year), qualifiers.get((indicator.pk, year), ""))
            for year in facts.plan.years
        ),
        goal=indicator.goal_text or NO_GOAL,
    )
