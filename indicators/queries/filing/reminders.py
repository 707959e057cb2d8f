"""Who is to be reminded of a return: what is due within a week or overdue, of whom, and when they last were."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import User

from indicators.choices import ReminderKind, ReturnState
from indicators.domain.reminders import due_date, reminder_kind
from indicators.models import Period, Plan, QuarterlyReturn, Reminder
from indicators.queries.filing.board import units_read_by
from indicators.queries.filing.standing import window_of
from indicators.queries.filing.wording import Tag, day, days_left, moment, name_of, tag_of
from towns.access import FILERS
from towns.models import Unit

if TYPE_CHECKING:
    from towns.access import Person

# (user id, kind, due date): what one person has been reminded of about one return.
Told = tuple[int, str, date]


@dataclass(frozen=True, slots=True)
class DueReturn:
    """A return that its unit is reminded of today. `filed` is None where nobody has begun it.

    `people` are the active accounts that file for the unit; `told` is what they have been sent about it, and when.
    """

    period: Period
    unit: Unit
    filed: QuarterlyReturn | None
    kind: ReminderKind
    due_on: date
    people: tuple[User, ...]
    told: dict[Told, datetime]

    def is_new_to(self, user: User) -> bool:
        """Whether this person has not been sent just this: a moved date is a new thing."""
        return (user.pk, self.kind, self.due_on) not in self.told

    @property
    def reachable(self) -> tuple[User, ...]:
        return tuple(user for user in self.people if user.email)


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """One line of the reminder list, as strings.

    `people` names who files for the unit, `unreachable` says why a mail reaches none of them (empty when it does),
    `reminded` when one was last sent about this return, empty when none was.
    """

    unit: Unit
    period: Period
    tag: Tag
    due: str
    left: str
    is_late: bool
    people: str
    unreachable: str
    reminded: str


def load_due_returns(plan: Plan, units: Iterable[Unit], *, today: date) -> tuple[DueReturn, ...]:
    """What these units are reminded of, overdue first, then the nearest; four queries, however many units."""
    asked = list(units)
    periods = list(
        Period.objects.filter(plan=plan, opens_on__lte=today)
        .select_related("plan__city")
        .order_by("year", "number")
    )
    mine = {"period__in": periods, "unit__in": asked}
    returns = {(filed.period_id, filed.unit_id): filed for filed in QuarterlyReturn.objects.filter(**mine)}
    people: dict[int, list[User]] = {}
    for user in _people_of(asked):
        people.setdefault(user.membership.unit_id or 0, []).append(user)
    told: dict[tuple[int, int], dict[Told, datetime]] = {}
    for sent in Reminder.objects.filter(**mine).order_by("sent_at"):
        about = told.setdefault((sent.period_id, sent.unit_id), {})
        about[sent.user_id, sent.kind, sent.due_on] = sent.sent_at
    due: list[DueReturn] = []
    for period in periods:
        for unit in asked:
            filed = returns.get((period.pk, unit.pk))
            due_on = due_date(period.due_on, filed.reopened_until if filed else None)
            kind = _kind(period, filed, due_on, today)
            if kind is not None:
                there = tuple(people.get(unit.pk, ()))
                due.append(
                    DueReturn(period, unit, filed, kind, due_on, there, told.get((period.pk, unit.pk), {}))
                )
    return tuple(sorted(due, key=lambda row: row.due_on))


def load_reminder_list(plan: Plan, user: Person, *, today: date) -> tuple[ReminderRow, ...]:
    """Who is to be reminded, of the units whose returns this reader sees; five queries, however many units."""
    units = units_read_by(user).filter(city_code=plan.city.city_code).order_by("order")
    return tuple(_row(due, today) for due in load_due_returns(plan, units, today=today))


def _people_of(units: Sequence[Unit]) -> Iterable[User]:
    """Those whose office it is to file for these units, still in service."""
    members = User.objects.filter(is_active=True, membership__unit__in=units, membership__role__in=FILERS)
    return members.select_related("membership").order_by("pk")


def _kind(period: Period, filed: QuarterlyReturn | None, due_on: date, today: date) -> ReminderKind | None:
    return reminder_kind(
        ReturnState(filed.state) if filed else None,
        window_of(period, filed, today),
        due_on=due_on,
        today=today,
        is_published=period.is_published,
    )


def _row(due: DueReturn, today: date) -> ReminderRow:
    period = due.period
    last = max(due.told.values(), default=None)
    return ReminderRow(
        unit=due.unit,
        period=period,
        tag=tag_of(due.filed),
        due=day(due.due_on, today, period),
        left=days_left(due.due_on, today),
        is_late=due.kind == ReminderKind.OVERDUE,
        people="、".join(name_of(user) for user in due.people),
        unreachable=_unreachable(due),
        reminded=moment(last, today, period) if last else "",
    )


def _unreachable(due: DueReturn) -> str:
    if not due.people:
        return "没有填报账号"
    return "" if due.reachable else "账号没有登记电子邮箱"
