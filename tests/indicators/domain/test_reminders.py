"""Who is reminded, and of what; the dates are those of 2015Q2, due on 15 July and closed on 31 July."""

from datetime import date

import pytest

from indicators.choices import ReminderKind, ReturnState
from indicators.domain.reminders import due_date, reminder_kind
from indicators.domain.workflow import Window

DUE = date(2015, 7, 15)
SOON, OVERDUE = ReminderKind.DUE_SOON, ReminderKind.OVERDUE


@pytest.mark.parametrize(
    ("today", "window", "kind"),
    [
        (date(2015, 7, 1), Window.OPEN, None),
        (date(2015, 7, 7), Window.OPEN, None),  # eight days left
        (date(2015, 7, 8), Window.OPEN, SOON),  # seven
        (date(2015, 7, 15), Window.OPEN, SOON),  # the day itself
        (date(2015, 7, 16), Window.LATE, OVERDUE),
        (date(2015, 7, 31), Window.LATE, OVERDUE),
        (date(2015, 8, 1), Window.LOCKED, None),
        (date(2015, 6, 30), Window.NOT_OPEN, None),
    ],
)
def test_a_week_before_and_once_it_is_over(today: date, window: Window, kind: ReminderKind | None) -> None:
    for state in (None, ReturnState.DRAFT, ReturnState.RETURNED):
        assert reminder_kind(state, window, due_on=DUE, today=today, is_published=False) == kind


@pytest.mark.parametrize("state", [ReturnState.SUBMITTED, ReturnState.APPROVED])
def test_what_is_handed_in_is_never_asked_for(state: ReturnState) -> None:
    for today, window in ((DUE, Window.OPEN), (date(2015, 7, 20), Window.LATE)):
        assert reminder_kind(state, window, due_on=DUE, today=today, is_published=False) is None


@pytest.mark.parametrize(
    ("state", "kind"), [(None, None), (ReturnState.DRAFT, None), (ReturnState.RETURNED, OVERDUE)]
)
def test_once_the_books_are_closed_only_a_correction_is_wanted(
    state: ReturnState | None, kind: ReminderKind | None
) -> None:
    today = date(2015, 7, 20)
    assert reminder_kind(state, Window.LATE, due_on=DUE, today=today, is_published=True) == kind


@pytest.mark.parametrize(
    ("reopened_until", "day"),
    [(None, DUE), (date(2015, 8, 5), date(2015, 8, 5)), (date(2015, 7, 10), DUE)],
)
def test_a_unit_let_in_until_a_later_day_hands_in_by_that_day(reopened_until: date | None, day: date) -> None:
    assert due_date(DUE, reopened_until) == day
