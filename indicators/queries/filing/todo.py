"""What waits for the reader, counted beside the navigation; read along with the periods that every page reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from indicators.domain.workflow import Window
from indicators.models import Period, QuarterlyReturn
from indicators.queries.filing.standing import window_of
from indicators.queries.filing.wording import still_to_file
from towns.access import can_read_every_return, can_read_returns, can_run_office, unit_of

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class Todo:
    """For those who file: the quarters their unit may fill in and has not handed in, and those of them past due.

    For the office: the returns that wait for a decision. Others have nothing to do here.
    """

    to_file: int = 0
    overdue: int = 0
    to_review: int = 0


def with_todo(periods: QuerySet[Period], user: Person) -> QuerySet[Period]:
    """The same periods in the same one query, each with what `todo_of` counts; nothing of another unit's."""
    returns = QuarterlyReturn.objects.visible_to(user).filter(period=OuterRef("pk")).order_by()
    if can_run_office(user):
        waiting = returns.waiting().values("period").annotate(number=Count("pk")).values("number")
        return periods.annotate(to_review=Coalesce(Subquery(waiting), 0))
    if can_read_returns(user) and not can_read_every_return(user):
        own = returns.filter(unit=unit_of(user))
        return periods.annotate(
            own_state=Subquery(own.values("state")), own_reopened_until=Subquery(own.values("reopened_until"))
        )
    return periods


def todo_of(periods: Iterable[Period], *, today: date) -> Todo:
    """Count what `with_todo` read along; no query. Periods read without it count for nothing."""
    to_file = overdue = to_review = 0
    for period in periods:
        to_review += getattr(period, "to_review", 0)
        if not hasattr(period, "own_state"):
            continue
        filed = None
        if period.own_state is not None:
            filed = QuarterlyReturn(state=period.own_state, reopened_until=period.own_reopened_until)
        window = window_of(period, filed, today)
        if still_to_file(filed) and window.accepts:
            to_file += 1
            overdue += window == Window.LATE
    return Todo(to_file, overdue, to_review)
