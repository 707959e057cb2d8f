"""Who has filed: every unit over the quarters of a year, and in detail for the quarter that is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from indicators.choices import ReturnState
from indicators.domain.workflow import Window
from indicators.models import Actual, Period, QuarterlyReturn
from indicators.models.filing import RETURN_TEXTS
from indicators.queries.filing.assignments import assignments
from indicators.queries.filing.standing import window_of
from indicators.queries.filing.wording import (
    LATE,
    TAGS,
    Tag,
    day,
    days_left,
    last_step,
    reason_of,
    still_to_file,
    tag_of,
    window_words,
)
from towns.access import can_read_every_return, city_of, unit_of
from towns.choices import UnitKind
from towns.models import Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from towns.access import Person

KINDS = (("department", "市直部门", UnitKind.DEPARTMENT), ("town", "镇区", UnitKind.TOWN))
CORRECTING, FILLED_IN = "更正中", "代填"
UNREAD = (*RETURN_TEXTS, "save_keys", "editors")
"""What the board says nothing of, and does not read."""
HAS_ACTUALS = Exists(Actual.objects.filter(filed_in=OuterRef("pk")))
"""Whether figures of a return are approved already."""


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One unit in one of the quarters. `late` says for how long it has been due; `exists` is False before the
    quarter opens, when there is nothing to look at."""

    period: Period
    tag: Tag
    late: str
    marks: tuple[str, ...]
    chosen: bool
    exists: bool


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit in one period. `asked` says how much it files, `detail` who did what last, `reason` why it came back.

    `cells` are the quarters of the year; `may_reopen` whether the office could let it file after closing.
    """

    unit: Unit
    tag: Tag
    late: str
    asked: str
    detail: str
    reason: str
    marks: tuple[str, ...]
    cells: tuple[BoardCell, ...]
    may_reopen: bool


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of a kind. `key` is what the address asks for them by."""

    key: str
    label: str
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A period's units and how far they are.

    `groups` are (heading, rows) of those asked for; `counts` and `units` are of the kind asked for, `kinds` and
    `to_file` of all. `columns` are the quarters of the cells.
    """

    period: Period
    window: str
    dates: str
    stands: Window
    columns: tuple[Period, ...]
    groups: tuple[tuple[str, tuple[BoardRow, ...]], ...]
    counts: tuple[Count, ...]
    kinds: tuple[Count, ...]
    units: int
    to_file: int

    @property
    def is_open(self) -> bool:
        return self.stands != Window.NOT_OPEN

    @property
    def rows(self) -> tuple[BoardRow, ...]:
        return tuple(row for _, rows in self.groups for row in rows)

    @property
    def everybody(self) -> int:
        return sum(kind.number for kind in self.kinds)

    @property
    def listed(self) -> str:
        """How many units are listed, and of how many where not all are."""
        shown = len(self.rows)
        return f"{shown} 个" if shown == self.everybody else f"列出 {shown} 个，全市共 {self.everybody} 个"


def units_read_by(user: Person) -> QuerySet[Unit]:
    """The units whose returns exist for this reader: the city's for the office and the auditor, else their own."""
    city = city_of(user)
    own = unit_of(user)
    if city is None:
        return Unit.objects.none()
    units = Unit.objects.of_city(city).select_related("area")
    if can_read_every_return(user):
        return units
    return units.filter(pk=own.pk) if own else units.none()


def load_board(
    period: Period,
    user: Person,
    *,
    today: date,
    beside: Sequence[Period] = (),
    chosen: str = "",
    kind: str = "",
) -> Board:
    """The units of the reader's city in one period, and how far they are in the quarters `beside` it. Three queries.

    `chosen` keeps the units with one tag, `kind` those of one kind.
    """
    units = list(units_read_by(user).order_by("order"))
    columns = tuple(beside) or (period,)
    returns = _returns(columns, units)
    asked = assignments(period.plan, units, period.quarter)
    rows = [_row(period, columns, unit, returns, len(asked[unit.pk]), today) for unit in units]
    of_kind = [row for row in rows if _is_of_kind(row, kind)]
    number: Counter[str] = Counter(row.tag.key for row in of_kind)
    number[LATE.key] = sum(bool(row.late) for row in of_kind)
    window = window_of(period, None, today)
    return Board(
        period=period,
        window=window_words(period, window, today, None),
        dates=_dates(period, today),
        stands=window,
        columns=columns,
        groups=_groups([row for row in of_kind if _is_chosen(row, chosen)]),
        counts=tuple(
            Count(tag.key, tag.label, number[tag.key], tag.key == chosen) for tag in (*TAGS.values(), LATE)
        ),
        kinds=tuple(
            Count(key, label, sum(_is_of_kind(row, key) for row in rows), key == kind)
            for key, label, _ in KINDS
        ),
        units=len(of_kind),
        to_file=sum(row.may_reopen for row in rows),
    )


def _dates(period: Period, today: date) -> str:
    """The quarter's dates in a line; empty before the office has set them."""
    if period.opens_on is None:
        return ""
    closes = f"{day(period.closes_on, today, period)}关闭" if period.closes_on else "不设关闭日期"
    return f"{day(period.opens_on, today, period)}开放，{day(period.due_on, today, period)}截止，{closes}"


def _returns(periods: Sequence[Period], units: Sequence[Unit]) -> Mapping[tuple[int, int], QuarterlyReturn]:
    """{(period id, unit id): return}, each knowing whether figures of it are approved already; one query."""
    filed = (
        QuarterlyReturn.objects.filter(period__in=periods, unit__in=units)
        .select_related("submitted_by", "decided_by", "review_begun_by")
        .defer(*UNREAD)
        .annotate(has_actuals=HAS_ACTUALS)
        .order_by()
    )
    of = {period.pk: period for period in periods}
    for row in filed:
        row.period = of[row.period_id]
    return {(row.period_id, row.unit_id): row for row in filed}


def _row(
    period: Period,
    columns: Sequence[Period],
    unit: Unit,
    returns: Mapping[tuple[int, int], QuarterlyReturn],
    asked: int,
    today: date,
) -> BoardRow:
    filed = returns.get((period.pk, unit.pk))
    cells = tuple(_cell(column, returns.get((column.pk, unit.pk)), today, period) for column in columns)
    here = next(cell for cell in cells if cell.chosen)
    return BoardRow(
        unit=unit,
        tag=here.tag,
        late=here.late,
        asked=f"{asked} 项" if asked else "仅文字",
        detail=last_step(period, filed, today),
        reason=reason_of(filed),
        marks=here.marks,
        cells=cells,
        may_reopen=still_to_file(filed),
    )


def _cell(column: Period, filed: QuarterlyReturn | None, today: date, period: Period) -> BoardCell:
    window = window_of(column, filed, today)
    late = ""
    if still_to_file(filed) and window in (Window.LATE, Window.LOCKED):
        late = days_left(column.due_on, today).removeprefix("已")
    return BoardCell(
        period=column,
        tag=tag_of(filed),
        late=late,
        marks=marks_of(column, filed, today),
        chosen=column.pk == period.pk,
        exists=filed is not None or window != Window.NOT_OPEN,
    )


def marks_of(period: Period, filed: QuarterlyReturn | None, today: date) -> tuple[str, ...]:
    """What a return's state does not tell of it; it was read with HAS_ACTUALS."""
    if filed is None:
        return ()
    marks = [FILLED_IN] if filed.filled_for_unit else []
    if filed.state != ReturnState.APPROVED and filed.has_actuals:
        marks.append(CORRECTING)
    if filed.reopened_until is not None and filed.reopened_until >= today:
        marks.append(f"重新开放至{day(filed.reopened_until, today, period)}")
    return tuple(marks)


def _is_of_kind(row: BoardRow, kind: str) -> bool:
    return not kind or any(key == kind and row.unit.kind == of for key, _, of in KINDS)


def _is_chosen(row: BoardRow, chosen: str) -> bool:
    return not chosen or row.tag.key == chosen or (chosen == LATE.key and bool(row.late))


def _groups(rows: Sequence[BoardRow]) -> tuple[tuple[str, tuple[BoardRow, ...]], ...]:
    """Departments and towns apart; a heading without rows is left out."""
    groups = ((heading, tuple(row for row in rows if row.unit.kind == kind)) for _, heading, kind in KINDS)
    return tuple(group for group in groups if group[1])
