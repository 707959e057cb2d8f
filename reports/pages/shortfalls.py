"""The slowest indicators in words, computed: which, how far behind, and which towns it lies in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.choices import Kind, Light, Reason
from indicators.domain.measures import Result
from indicators.domain.numbers import format_figure
from indicators.domain.periods import Quarter
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from reports.pages.board import BoardRow
from towns.access import can_read_every_town

if TYPE_CHECKING:
    from towns.access import Person

SHOWN = 5
TOWNS_NAMED = 3
NOT_ALLOCATED = "没有分解到镇区"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """`sentence` follows the indicator's name: "欠序时 8.4 个百分点，比应达数少 40.42 亿元".

    `relation` is what the `towns` have to do with it, or that there are none; both are empty for whom towns' figures
    are not.
    """

    row: BoardRow
    sentence: str
    relation: str
    towns: str

    @property
    def where(self) -> str:
        """ "主要差在 小榄镇、火炬开发区", "没有分解到镇区", or nothing."""
        if self.towns:
            return f"{self.relation} {self.towns}"
        return self.relation if self.relation == NOT_ALLOCATED else ""


def largest_shortfalls(
    rows: Iterable[BoardRow], facts: PlanFacts, user: Person, quarter: Quarter
) -> tuple[Shortfall, ...]:
    """The rows furthest behind, by progress ratio, which serves every kind and unit; the worst first."""
    behind = [
        row
        for row in rows
        if row.light in (Light.RED, Light.YELLOW) and not isinstance(row.progress.ratio, Reason)
    ]
    behind.sort(key=lambda row: row.progress.ratio)
    indicator_of = {indicator.code: indicator for indicator in facts.indicators}
    names_towns = can_read_every_town(user)
    return tuple(
        Shortfall(
            row=row,
            sentence=_sentence(row),
            relation=_relation(indicator_of[row.code]) if names_towns else "",
            towns=_towns_behind(facts, indicator_of[row.code], quarter) if names_towns else "",
        )
        for row in behind[:SHOWN]
    )


def no_shortfall(rows: Iterable[BoardRow]) -> str:
    """What stands in place of shortfalls when there are none: all well, or nothing known yet."""
    if all(row.light == Light.GREY for row in rows):
        return "本季度还没有审定的全市数字。"
    return "已有数字的指标都达到序时进度。"


def gap(expected: Result, actual: Decimal | None, *, is_falling: bool) -> Decimal:
    """How far an actual falls short of what should be there, in the indicator's unit; 0 where it does not."""
    if isinstance(expected, Reason) or actual is None:
        return Decimal(0)
    short = actual - expected if is_falling else expected - actual
    return max(short, Decimal(0))


def _sentence(row: BoardRow) -> str:
    """A level's lead is its gap already; a FLOW's lead is in points, so the amount is told beside it."""
    if not row.measure.is_flow:
        return row.shown.lead_words
    missing = gap(row.progress.expected, row.progress.actual, is_falling=row.measure.is_falling)
    more_or_less = "多" if row.measure.is_falling else "少"
    return f"{row.shown.lead_words}，比应达数{more_or_less} {format_figure(missing, row.measure.decimals)} {row.unit}"


def _relation(indicator: Indicator) -> str:
    """What the towns that are named have to do with it: shares do not add up, so none of them makes the city's gap."""
    if indicator.allocation_order is None:
        return NOT_ALLOCATED
    return "离应达数最远的是" if indicator.kind == Kind.RATE else "主要差在"


def _towns_behind(facts: PlanFacts, indicator: Indicator, quarter: Quarter) -> str:
    """The towns with the largest gaps by name; empty where the towns have no targets or none is behind."""
    if indicator.allocation_order is None:
        return ""
    is_falling = facts.measures[indicator.pk].is_falling
    gaps = []
    for town in facts.towns:
        progress = facts.progress(indicator, town, quarter)
        missing = gap(progress.expected, progress.actual, is_falling=is_falling)
        if missing > 0:
            gaps.append((missing, town))
    gaps.sort(key=lambda pair: (-pair[0], pair[1].order))
    return "、".join(town.name for _, town in gaps[:TOWNS_NAMED])
