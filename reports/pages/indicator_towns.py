"""The towns' shares of an indicator, as far as the reader may see them, and their sum beside the city's figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.choices import Kind, Light, Reason
from indicators.domain.measures import Result
from indicators.domain.numbers import format_figure, format_signed
from indicators.domain.progress import Progress
from indicators.domain.reconciliation import Reconciliation, reconcile
from indicators.models import Indicator, ReconciliationNote
from indicators.queries.facts import PlanFacts
from indicators.queries.filing.reconciliations import Reconciled
from indicators.queries.reading import Reading
from reports.figures import (
    Shown,
    ShownProgress,
    missing,
    show_figure,
    show_percent,
    show_progress,
    show_signed,
    show_target,
)
from reports.pages.indicator_gap import balance_of, gap_sentence
from reports.pages.links import link
from towns.access import can_read_every_town, can_read_town
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class TownRow:
    """`progress` and `shown` are None where the reader may see no more than the public target.

    `balance` is what there is beyond what is due by now (below 0: short), `gap_ratio` the town's part of what
    all towns that are short are short of together; neither is there for a town whose figures the reader may not see.
    """

    name: str
    short_name: str
    href: str
    target: Decimal | None
    shown_target: Shown
    progress: Progress | None
    shown: ShownProgress | None
    balance: Result
    shown_balance: Shown
    gap_ratio: Result
    gap_share: Shown
    share_of_targets: Decimal | None
    share: Shown
    stands_in: bool

    @property
    def is_readable(self) -> bool:
        return self.progress is not None

    @property
    def gap(self) -> Decimal:
        """How much the town is short of; 0 where it is not, or nothing is known."""
        return max(-self.balance, Decimal(0)) if isinstance(self.balance, Decimal) else Decimal(0)


@dataclass(frozen=True, slots=True)
class Sums:
    """The towns' sum and the city's figure side by side. `note` is the office's explanation of the difference."""

    result: Reconciliation
    total: Shown
    city: Shown
    difference: Shown
    verdict: str
    note: str


@dataclass(frozen=True, slots=True)
class TownShares:
    """`target_total` is the towns' targets added up, public to all; `sums` only for readers of every town.

    Of the towns that the reader sees, `reported` have a figure, `judged` a target to hold it against as well, and
    `behind` of these are behind.

    `adds_up` is False for a RATE, which has no sum. `gap_sentence` is where the city's shortfall lies, and `has_gap`
    whether any town is short; both for readers of every town, and of figures that add up.
    Rows stand by how far they are behind, the furthest first; for a town's official their own first, then as in the
    plan.
    """

    rows: tuple[TownRow, ...]
    shows_every_town: bool
    adds_up: bool
    target_total: Shown
    behind: int
    reported: int
    judged: int
    sums: Sums | None
    stands_in: bool
    gap_sentence: str
    has_gap: bool
    balance_total: Shown

    @property
    def own(self) -> TownRow | None:
        """The reader's own town, where that is the only one with figures."""
        return None if self.shows_every_town else next((row for row in self.rows if row.is_readable), None)


def build_town_shares(
    reading: Reading, user: Person, facts: PlanFacts, indicator: Indicator, note: ReconciliationNote | None
) -> TownShares | None:
    """None where no town has a target or a figure that the reader may see."""
    if indicator.allocation_order is None:
        return None
    measure = facts.measures[indicator.pk]
    every = can_read_every_town(user)
    adds_up = indicator.kind != Kind.RATE
    targets = [facts.target(indicator, town, reading.period.year) for town in facts.towns]
    given = [target for target in targets if target is not None]
    total = sum(given, Decimal(0)) if given and adds_up else None
    rows = [_row(reading, user, facts, indicator, town, total) for town in facts.towns]
    if not given and not any(row.progress and row.progress.actual is not None for row in rows):
        return None
    # Whoever reads one town alone gets no order that the others' figures have made.
    rows = sorted(rows, key=_by_balance) if every else sorted(rows, key=lambda row: not row.is_readable)
    known = [row.progress for row in rows if row.progress is not None and row.progress.actual is not None]
    tells_gap = every and adds_up
    balances = [row.balance for row in rows if isinstance(row.balance, Decimal)]
    city = facts.progress(indicator, facts.city, reading.quarter)
    return TownShares(
        rows=_with_gap_shares(rows) if tells_gap else tuple(rows),
        shows_every_town=every,
        adds_up=adds_up,
        target_total=show_target(total, measure),
        behind=sum(progress.light in (Light.RED, Light.YELLOW) for progress in known if progress.target),
        reported=len(known),
        judged=sum(bool(progress.target) for progress in known),
        sums=_sums(reading, facts, indicator, note) if tells_gap else None,
        stands_in=any(row.stands_in for row in rows),
        gap_sentence=gap_sentence(city, rows, measure, indicator.unit) if tells_gap else "",
        has_gap=tells_gap and any(row.gap for row in rows),
        balance_total=show_signed(
            sum(balances, Decimal(0)) if balances and tells_gap else Reason.NOT_REPORTED, measure.decimals
        ),
    )


def _row(
    reading: Reading, user: Person, facts: PlanFacts, indicator: Indicator, town: Area, total: Decimal | None
) -> TownRow:
    measure = facts.measures[indicator.pk]
    target = facts.target(indicator, town, reading.period.year)
    progress = facts.progress(indicator, town, reading.quarter) if can_read_town(user, town) else None
    corrected = facts.is_in_correction(indicator, town, reading.quarter)
    balance = balance_of(progress, measure) if progress else Reason.NOT_REPORTED
    share = target / total if total and target is not None else None
    return TownRow(
        name=town.name,
        short_name=town.short_name,
        href=link(reading, "town", town.code) if progress else "",
        target=target,
        shown_target=show_target(target, measure),
        progress=progress,
        shown=show_progress(progress, measure, indicator.unit, in_correction=corrected) if progress else None,
        balance=balance,
        shown_balance=show_signed(balance, measure.decimals) if progress else Shown(""),
        gap_ratio=Reason.NOT_REPORTED,
        gap_share=Shown(""),
        share_of_targets=share,
        share=missing(Reason.NO_TARGET) if share is None else show_percent(share),
        stands_in=(indicator.pk, town.pk, reading.period.year) in facts.stand_ins,
    )


def _by_balance(row: TownRow) -> tuple[bool, bool, Decimal]:
    """The furthest behind first, then who has nothing to reach, then who has no figure; else the plan's order."""
    if isinstance(row.balance, Reason):
        return True, True, Decimal(0)
    return False, not row.target and row.balance >= 0, row.balance


def _with_gap_shares(rows: list[TownRow]) -> tuple[TownRow, ...]:
    """Each town's share of what the towns that are short are short of together; nothing is netted with the others."""
    total = sum((row.gap for row in rows), Decimal(0))
    if not total:
        return tuple(rows)
    ratios = [row.balance if isinstance(row.balance, Reason) else row.gap / total for row in rows]
    return tuple(
        replace(row, gap_ratio=ratio, gap_share=show_percent(ratio))
        for row, ratio in zip(rows, ratios, strict=True)
    )


def _sums(reading: Reading, facts: PlanFacts, indicator: Indicator, note: ReconciliationNote | None) -> Sums:
    measure = facts.measures[indicator.pk]
    towns = [facts.actual(indicator, town, reading.quarter) for town in facts.towns]
    result = reconcile(
        measure.kind, measure.decimals, towns, facts.actual(indicator, facts.city, reading.quarter)
    )
    return Sums(
        result=result,
        total=show_figure(result.total, measure.decimals),
        city=show_figure(result.city, measure.decimals),
        difference=show_signed(result.difference, measure.decimals),
        verdict=_verdict(result, measure.decimals, indicator.unit),
        note=_explained(Reconciled(indicator, result, note), measure.decimals),
    )


def _explained(row: Reconciled, decimals: int) -> str:
    """The office's words on a difference that asks for them; where it has moved they say which one they are about."""
    note = row.note
    if note is None or not row.needs_explanation:
        return ""
    if row.is_explained:
        return note.text
    return f"差额有变，须重新说明；原说明针对差额 {format_signed(note.difference, decimals)}：{note.text}"


def _verdict(result: Reconciliation, decimals: int, unit: str) -> str:
    """What the difference means, in a sentence."""
    reported = f"{result.reported}/{result.towns} 个镇区已有审定数"
    if isinstance(result.difference, Reason):
        return f"{reported}；全市数或镇区数未报送，暂不能核对。"
    if result.within_rounding:
        return f"{reported}；镇区合计与全市数相符（差额在四舍五入范围内）。"
    side = "多" if result.difference > 0 else "少"
    return f"{reported}；镇区合计比全市数{side} {format_figure(abs(result.difference), decimals)} {unit}。"
