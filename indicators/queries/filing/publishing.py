"""What the office looks at before it closes a quarter's books: who is missing, and what does not reconcile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from indicators.choices import Reason
from indicators.domain.numbers import format_figure, format_signed
from indicators.domain.workflow import Window
from indicators.models import Period
from indicators.queries.filing.board import BoardRow, load_board
from indicators.queries.filing.reconciliations import Reconciled, reconcile_period
from indicators.queries.filing.standing import window_of
from indicators.queries.filing.wording import Cell, moment, name_of, show
from towns.choices import UnitKind

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class ReconciliationRow:
    """One indicator's towns and city side by side, as strings; `text` is the explanation as typed or kept."""

    code: str
    name: str
    unit: str
    total: Cell
    reported: str
    city: Cell
    difference: Cell
    verdict: str
    needs_explanation: bool
    text: str
    explained_by: str
    error: str


@dataclass(frozen=True, slots=True)
class PublishingPage:
    """`unfinished` are the units without an approved return; `published` says by whom and when, empty before."""

    period: Period
    published: str
    refusal: str
    approved: int
    units: int
    unfinished: tuple[BoardRow, ...]
    rows: tuple[ReconciliationRow, ...]
    differing: int

    @property
    def confirmation(self) -> str:
        """What is asked before the books are closed: who is left out, and what that costs them."""
        asked = "定稿后本季数字成为各页的默认，并开始排名。确定定稿？"
        if not self.unfinished:
            return asked
        towns = sum(row.unit.kind == UnitKind.TOWN for row in self.unfinished)
        cost = f"，其中 {towns} 个镇区；没有审定数的镇区本季计 0 分" if towns else ""
        return f"{len(self.unfinished)} 个单位尚未审定{cost}。{asked}"


def load_publishing_page(
    period: Period,
    user: Person,
    *,
    today: date,
    typed: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> PublishingPage:
    """Eight queries at most. `typed` are explanations just written, `faults` what is wrong, both by indicator code."""
    board = load_board(period, user, today=today)
    everybody = [row for _, rows in board.groups for row in rows]
    unfinished = tuple(row for row in everybody if row.tag.key != "approved")
    rows = tuple(
        _row(period, reconciled, today, typed or {}, faults or {}) for reconciled in reconcile_period(period)
    )
    is_open = window_of(period, None, today) != Window.NOT_OPEN
    published = ""
    if period.published_at is not None:
        published = f"{name_of(period.published_by)}于{moment(period.published_at, today, period)}定稿"
    return PublishingPage(
        period=period,
        published=published,
        refusal="" if is_open else "本季填报尚未开始，不能定稿。",
        approved=len(everybody) - len(unfinished),
        units=len(everybody),
        unfinished=unfinished,
        rows=rows,
        differing=sum(row.needs_explanation for row in rows),
    )


def _row(
    period: Period, reconciled: Reconciled, today: date, typed: Mapping[str, str], faults: Mapping[str, str]
) -> ReconciliationRow:
    indicator, result, note = reconciled.indicator, reconciled.result, reconciled.note
    decimals, code = indicator.decimals, indicator.code
    total = result.total
    kept = note.text if note else ""
    return ReconciliationRow(
        code=code,
        name=indicator.name,
        unit=indicator.unit,
        total=Cell("—", str(total.label))
        if isinstance(total, Reason)
        else Cell(format_figure(total, decimals)),
        reported=f"{result.reported}/{result.towns}",
        city=show(result.city, decimals, if_none=str(Reason.NOT_REPORTED.label)),
        difference=_difference(reconciled),
        verdict=_verdict(reconciled),
        needs_explanation=reconciled.needs_explanation,
        text=typed.get(code, kept),
        explained_by=f"{name_of(note.by)} {moment(note.at, today, period)}" if note else "",
        error=faults.get(code, ""),
    )


def _difference(reconciled: Reconciled) -> Cell:
    difference = reconciled.result.difference
    if isinstance(difference, Reason):
        return Cell("—", str(difference.label))
    return Cell(format_signed(difference, reconciled.indicator.decimals))


def _verdict(reconciled: Reconciled) -> str:
    within = reconciled.result.within_rounding
    if within is None:
        return "不能比较"
    if within:
        return "一致" if reconciled.difference == 0 else "在进位误差内"
    if reconciled.is_explained:
        return "已说明"
    return "差额有变，须重新说明" if reconciled.note else "须说明"
