"""催报: whose return is asked for, and why (our choice, because 四(三) sets the quarter and no word on reminding)."""

import datetime

from indicators.choices import ReminderKind, ReturnState
from indicators.domain.workflow import EDITABLE, Window

DAYS_BEFORE = 7
"""A week's notice holds a weekend and leaves working days on both sides of it."""


def due_date(due_on: datetime.date, reopened_until: datetime.date | None) -> datetime.date:
    """The day by which this unit hands in: the quarter's, or the later one that it was let in until.

    >>> due_date(datetime.date(2015, 7, 15), datetime.date(2015, 8, 5))
    datetime.date(2015, 8, 5)
    """
    return max(due_on, reopened_until) if reopened_until else due_on


def reminder_kind(
    state: ReturnState | None,
    window: Window,
    *,
    due_on: datetime.date,
    today: datetime.date,
    is_published: bool,
) -> ReminderKind | None:
    """Why a unit is reminded today; None when it is not. `state` is None where nobody has begun.

    Nobody is reminded of what they cannot do: not before opening, and not once the quarter is closed to them, when
    only the office can let them in. Of a quarter whose books are closed, only a return that was sent back is still
    wanted.

    >>> day = datetime.date
    >>> reminder_kind(None, Window.LATE, due_on=day(2015, 7, 15), today=day(2015, 7, 16), is_published=False).name
    'OVERDUE'
    """
    if not window.accepts or (state is not None and state not in EDITABLE):
        return None
    if is_published and state != ReturnState.RETURNED:
        return None
    if today > due_on:
        return ReminderKind.OVERDUE
    return ReminderKind.DUE_SOON if (due_on - today).days <= DAYS_BEFORE else None
