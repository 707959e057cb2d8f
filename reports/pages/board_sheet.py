"""晴雨表 for its file: every row of the annex under its heading, who leads it, and what is furthest behind in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.choices import Listing
from indicators.domain.periods import Quarter
from indicators.queries.facts import load_facts
from indicators.queries.reading import Reading
from reports.pages.board import BoardRow, LightCount, assessed, board_groups, board_rows, count_lights
from reports.pages.shortfalls import Shortfall, largest_shortfalls, no_shortfall

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`led_by` is the leading department's short name, empty where the plan names none."""

    board: BoardRow
    led_by: str


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """A heading of 附件1 and its rows."""

    name: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class BoardSheet:
    """`counts` are of the `total` assessed rows. `shortfalls` name towns for readers of every town alone."""

    plan: str
    quarter: Quarter
    is_published: bool
    is_demonstration: bool
    yellow_from: Decimal
    counts: tuple[LightCount, ...]
    total: int
    groups: tuple[SheetGroup, ...]
    shortfalls: tuple[Shortfall, ...]
    no_shortfall: str

    @property
    def corrected(self) -> tuple[str, ...]:
        """The indicators whose figure of the quarter is being corrected."""
        boards = [row.board for group in self.groups for row in group.rows]
        return tuple(board.short_name for board in boards if board.shown.actual.in_correction)


def build(reading: Reading, user: Person) -> BoardSheet:
    """Three queries; all but the towns named is the same for every reader."""
    facts = load_facts(reading.plan, user, at=reading.quarter)
    units = {indicator.code: indicator.lead_unit for indicator in facts.indicators}
    rows = board_rows(reading, facts, Listing.ANNEX)
    counted = assessed(rows)
    return BoardSheet(
        plan=reading.plan.name,
        quarter=reading.quarter,
        is_published=reading.period.is_published,
        is_demonstration=reading.plan.demonstration,
        yellow_from=reading.plan.yellow_from,
        counts=count_lights(reading.plan, counted),
        total=len(counted),
        groups=tuple(
            SheetGroup(
                group.name,
                tuple(
                    SheetRow(row, unit.short_name if (unit := units[row.code]) else "") for row in group.rows
                ),
            )
            for group in board_groups(facts, rows)
        ),
        shortfalls=largest_shortfalls(counted, facts, user, reading.quarter),
        no_shortfall=no_shortfall(counted),
    )
