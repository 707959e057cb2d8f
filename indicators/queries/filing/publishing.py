"""What the office looks at before it closes a quarter's books: who is missing, and what does not reconcile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from indicators.choices import Reason
from indicators.domain.numbers import format_figure, format_signed
from indicators.domain.workflow import Window
from indicators.models import Period, ReconciliationNote
from indicators.queries.filing.board import CORRECTING, BoardRow, load_board
from indicators.queries.filing.moved import LateApproval, load_late_approvals
from indicators.queries.filing.reconciliations import Reconciled, reconcile_period
from indicators.queries.filing.standing import window_of
from indicators.queries.filing.wording import Cell, moment, name_of, show
from towns.choices import UnitKind

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class ReconciliationRow:
    """One indicator's towns and city side by side, as strings.

    `is_open` where the difference asks for an explanation that nobody has given; `may_write` where one can be written,
    which after publication is where it is open; `sent` is the difference that it is then about. `explained` is the one
    that holds, `text` what its field shows: that one, or what was just typed. `outdated` says what was written on a
    difference that has moved since, `moved_by` whose approvals after publication moved it.
    """

    code: str
    name: str
    unit: str
    total: Cell
    reported: str
    city: Cell
    difference: Cell
    verdict: str
    is_open: bool
    needs_explanation: bool
    may_write: bool
    sent: str
    text: str
    explained: str
    explained_by: str
    outdated: str
    moved_by: str
    error: str


@dataclass(frozen=True, slots=True)
class PublishingPage:
    """`unfinished` are the units without an approved return; `published` says by whom and when, empty before.

    `correcting` are those of them whose approved figures stand until the corrected ones are approved. `late` is what
    was approved after publication.
    """

    period: Period
    published: str
    refusal: str
    approved: int
    units: int
    unfinished: tuple[BoardRow, ...]
    correcting: tuple[BoardRow, ...]
    late: tuple[LateApproval, ...]
    rows: tuple[ReconciliationRow, ...]
    differing: int
    unexplained: int

    @property
    def listed(self) -> tuple[BoardRow, ...]:
        """The unfinished units; of a published quarter without those being corrected, which stand with what moved."""
        if not self.published:
            return self.unfinished
        return tuple(row for row in self.unfinished if row not in self.correcting)

    @property
    def groups(self) -> tuple[tuple[str, tuple[BoardRow, ...]], ...]:
        """Those listed, by what they wait for: the unit, or the office; a heading without rows is left out."""
        waiting = tuple(row for row in self.listed if row.tag.key == "submitted")
        missing = tuple(row for row in self.listed if row.tag.key != "submitted")
        groups = (("还没有报送", missing), ("已提交，等待审核", waiting))
        return tuple(group for group in groups if group[1])

    @property
    def still_open(self) -> tuple[str, ...]:
        """What the quarter still asks for, plainly; empty when its books are in order."""
        waiting = len(self.unfinished) - len(self.correcting)
        points = (
            (self.unexplained, "项差额须说明"),
            (waiting, "个单位没有审定数"),
            (len(self.correcting), "个单位正在更正，更正审定前仍用原数"),
        )
        return tuple(f"{number} {words}" for number, words in points if number)

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
    """Nine queries at most. `typed` are explanations just written, `faults` what is wrong, both by indicator code."""
    board = load_board(period, user, today=today)
    everybody = [row for _, rows in board.groups for row in rows]
    unfinished = tuple(row for row in everybody if row.tag.key != "approved")
    late = load_late_approvals(period, [row.unit for row in everybody], today=today)
    rows = tuple(
        _row(period, reconciled, today, typed or {}, faults or {}, _movers(late, reconciled.indicator.code))
        for reconciled in reconcile_period(period)
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
        correcting=tuple(row for row in unfinished if CORRECTING in row.marks),
        late=late,
        rows=rows,
        differing=sum(row.needs_explanation for row in rows),
        unexplained=sum(row.is_open for row in rows),
    )


def _row(
    period: Period,
    reconciled: Reconciled,
    today: date,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
    movers: str,
) -> ReconciliationRow:
    indicator, result, note = reconciled.indicator, reconciled.result, reconciled.note
    decimals, code = indicator.decimals, indicator.code
    total = result.total
    needs = reconciled.needs_explanation
    signed = f"{name_of(note.by)} {moment(note.at, today, period)}" if note else ""
    holds = needs and reconciled.is_explained
    kept = note.text if note is not None and holds else ""
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
        is_open=needs and not holds,
        needs_explanation=needs,
        may_write=needs and not (holds and period.is_published),
        sent=reconciled.difference_as_sent if needs else "",
        text=typed.get(code, kept),
        explained=kept,
        explained_by=signed if holds else "",
        outdated=_outdated(note, decimals, signed) if note is not None and not holds else "",
        moved_by=movers if needs and not holds else "",
        error=faults.get(code, ""),
    )


def _movers(late: Sequence[LateApproval], code: str) -> str:
    """Whose approvals moved this indicator's figures, each once; the earliest first."""
    names = [event.name for event in reversed(late) if any(moved.code == code for moved in event.figures)]
    return "、".join(dict.fromkeys(names))


def _outdated(note: ReconciliationNote, decimals: int, signed: str) -> str:
    """What was written on a difference that is another one by now, or none."""
    return f"原说明（针对差额 {format_signed(note.difference, decimals)}）：{note.text}（{signed}）"


def _difference(reconciled: Reconciled) -> Cell:
    difference = reconciled.result.difference
    if isinstance(difference, Reason):
        return Cell("—", str(difference.label))
    return Cell(format_signed(difference, reconciled.indicator.decimals))


def _verdict(reconciled: Reconciled) -> str:
    within = reconciled.result.within_rounding
    if within is None:
        return "不能比较"
    if within and reconciled.note:
        return "差额已消除"
    if within:
        return "一致" if reconciled.difference == 0 else "在进位误差内"
    if reconciled.is_explained:
        return "已说明"
    return "差额有变，须重新说明" if reconciled.note else "须说明"
