"""Who has filed: the period's board for the office, a unit's own returns for its people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from indicators.choices import ReturnState
from indicators.domain.workflow import Window
from indicators.models import Period, QuarterlyReturn
from indicators.queries.filing.assignments import assignments
from indicators.queries.filing.standing import window_of
from indicators.queries.filing.wording import (
    LATE,
    NOT_STARTED,
    TAGS,
    Tag,
    day,
    days_left,
    last_step,
    reason_of,
    standing_words,
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


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit in one period. `asked` says how much it files, `detail` who did what last, or why it came back."""

    unit: Unit
    tag: Tag
    late: str
    asked: str
    detail: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    tag: Tag
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Board:
    """A period's units and how far they are; `groups` are (heading, rows), `counts` are of all units."""

    period: Period
    window: str
    is_open: bool
    groups: tuple[tuple[str, tuple[BoardRow, ...]], ...]
    counts: tuple[Count, ...]
    units: int


@dataclass(frozen=True, slots=True)
class MyReturn:
    """One quarter of a unit's own returns. `action` is the word on its link, empty when nothing can be opened."""

    period: Period
    tag: Tag
    due: str
    is_late: bool
    needs_action: bool
    reason: str
    detail: str
    action: str


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


def load_board(period: Period, user: Person, *, today: date, chosen: str = "") -> Board:
    """The units of the reader's city in one period; `chosen` keeps those with one tag. Three queries."""
    units = list(units_read_by(user).order_by("order"))
    returns = {
        filed.unit_id: filed
        for filed in QuarterlyReturn.objects.filter(period=period, unit__in=units)
        .select_related("submitted_by", "decided_by")
        .order_by()
    }
    asked = assignments(period.plan, units, period.quarter)
    rows = [_row(period, unit, returns.get(unit.pk), len(asked[unit.pk]), today) for unit in units]
    number: Counter[str] = Counter(row.tag.key for row in rows)
    number[LATE.key] = sum(bool(row.late) for row in rows)
    window = window_of(period, None, today)
    return Board(
        period=period,
        window=window_words(period, window, today, None),
        is_open=window != Window.NOT_OPEN,
        groups=_groups([row for row in rows if _is_chosen(row, chosen)]),
        counts=tuple(Count(tag, number[tag.key], tag.key == chosen) for tag in (*TAGS.values(), LATE)),
        units=len(rows),
    )


def load_my_returns(periods: Sequence[Period], unit: Unit, *, today: date) -> tuple[MyReturn, ...]:
    """A unit's quarters that have been opened, and the next; the latest first. One query."""
    returns = {
        filed.period_id: filed
        for filed in QuarterlyReturn.objects.filter(period__in=periods, unit=unit)
        .select_related("submitted_by", "decided_by")
        .order_by()
    }
    shown: list[MyReturn] = []
    for period in periods:
        filed = returns.get(period.pk)
        window = window_of(period, filed, today)
        if window != Window.NOT_OPEN or filed is not None:
            shown.append(_my_return(period, filed, window, today))
        elif period.opens_on is not None:
            shown.append(
                MyReturn(
                    period, NOT_STARTED, window_words(period, window, today, None), False, False, "", "", ""
                )
            )
    return tuple(reversed(shown))


def _row(period: Period, unit: Unit, filed: QuarterlyReturn | None, asked: int, today: date) -> BoardRow:
    late = ""
    if still_to_file(filed) and window_of(period, filed, today) in (Window.LATE, Window.LOCKED):
        late = days_left(period.due_on, today).removeprefix("已")
    marks = []
    if filed is not None and filed.filled_for_unit:
        marks.append("代填")
    if filed is not None and filed.reopened_until is not None and filed.reopened_until >= today:
        marks.append(f"重新开放至{day(filed.reopened_until, today, period)}")
    return BoardRow(
        unit=unit,
        tag=tag_of(filed),
        late=late,
        asked=f"{asked} 项" if asked else "仅文字",
        detail="：".join(filter(None, (last_step(period, filed, today), reason_of(filed)))),
        marks=tuple(marks),
    )


def _my_return(period: Period, filed: QuarterlyReturn | None, window: Window, today: date) -> MyReturn:
    due = still_to_file(filed)
    verbs = {None: "开始填报", ReturnState.DRAFT: "继续填报", ReturnState.RETURNED: "更正"}
    can_file = due and window.accepts
    return MyReturn(
        period=period,
        tag=tag_of(filed),
        due=standing_words(period, filed, window, today),
        is_late=due and window in (Window.LATE, Window.LOCKED),
        needs_action=can_file,
        reason=reason_of(filed),
        detail=last_step(period, filed, today),
        action=verbs[ReturnState(filed.state) if filed else None] if can_file else "查看",
    )


def _is_chosen(row: BoardRow, chosen: str) -> bool:
    return not chosen or row.tag.key == chosen or (chosen == LATE.key and bool(row.late))


def _groups(rows: Sequence[BoardRow]) -> tuple[tuple[str, tuple[BoardRow, ...]], ...]:
    """Departments and towns apart; a heading without rows is left out."""
    headings = (("市直部门", UnitKind.DEPARTMENT), ("镇区", UnitKind.TOWN))
    groups = ((heading, tuple(row for row in rows if row.unit.kind == kind)) for heading, kind in headings)
    return tuple(group for group in groups if group[1])
