"""The register of returns: who handed in what, when and how late, who decided on it and why it came back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from indicators.choices import FilingAct, Frequency, ObjectKind, ReturnState
from indicators.domain.history import Event
from indicators.domain.lateness import HANDED_IN, days_late, is_from_outside, standing_hand_ins
from indicators.domain.periods import is_due
from indicators.domain.workflow import Window
from indicators.models import AuditEvent, Indicator, Period, QuarterlyReturn
from indicators.queries.filing.assignments import assigned_among
from indicators.queries.filing.board import HAS_ACTUALS, UNREAD, marks_of
from indicators.queries.filing.history import event_of
from indicators.queries.filing.my_returns import FILLED
from indicators.queries.filing.standing import window_of
from indicators.queries.filing.wording import Tag, days_left, name_of, still_to_file, tag_of
from towns.models import Unit

SENT_BACK = frozenset({FilingAct.SEND_BACK, FilingAct.CORRECT})
READ = HANDED_IN | SENT_BACK | {FilingAct.WITHDRAW}


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was done, and by whom."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Registered:
    """One unit in one quarter.

    `asked` figures are the unit's to file, `filled` are there or say why they are not. `first` and `last` are the
    handings in that stood, `decided` the last decision if nothing was handed in since. `late` is how many days after
    the due date it came in, None where it has not or came from outside; `overdue` says since when it is awaited, empty
    where it is not.
    `sent_back` is how often it came back, `reason` why the last time.
    """

    unit: Unit
    period: Period
    tag: Tag
    asked: int
    filled: int
    first: Moment | None
    last: Moment | None
    decided: Moment | None
    late: int | None
    overdue: str
    sent_back: int
    reason: str
    marks: tuple[str, ...]


def load_register(
    periods: Sequence[Period], units: Sequence[Unit], *, today: date
) -> Mapping[tuple[int, int], Registered]:
    """{(period id, unit id): entry} of the quarters of one plan; three queries. The caller has asked who may read."""
    if not periods or not units:
        return {}
    returns = _returns(periods, units)
    events = _events(periods, units)
    indicators = list(Indicator.objects.of(periods[0].plan).order_by("order"))
    register = {}
    for period in periods:
        due = [row for row in indicators if is_due(Frequency(row.frequency), period.number)]
        for unit in units:
            filed = returns.get((period.pk, unit.pk))
            told = events.get(_key(period, unit), [])
            asked = len(assigned_among(due, unit))
            register[period.pk, unit.pk] = _registered(period, unit, filed, told, asked, today)
    return register


def _returns(periods: Sequence[Period], units: Sequence[Unit]) -> Mapping[tuple[int, int], QuarterlyReturn]:
    filed = (
        QuarterlyReturn.objects.filter(period__in=periods, unit__in=units)
        .select_related("submitted_by", "decided_by")
        .defer(*UNREAD)
        .annotate(filled=FILLED, has_actuals=HAS_ACTUALS)
        .order_by()
    )
    return {(row.period_id, row.unit_id): row for row in filed}


def _events(periods: Sequence[Period], units: Sequence[Unit]) -> Mapping[str, list[Event]]:
    """{"2015Q2/xiaolan": the events that the register tells of, oldest first}; one query."""
    plan = periods[0].plan
    rows = AuditEvent.objects.filter(
        chain__name=plan.code,
        city_code=plan.city.city_code,
        object_kind=ObjectKind.RETURN,
        object_key__in=[_key(period, unit) for period in periods for unit in units],
        act__in=READ,
    )
    told: dict[str, list[Event]] = {}
    for row in rows.select_related("actor").order_by("sequence"):
        told.setdefault(row.object_key, []).append(event_of(row))
    return told


def _key(period: Period, unit: Unit) -> str:
    return f"{period.code}/{unit.code}"


def _registered(
    period: Period,
    unit: Unit,
    filed: QuarterlyReturn | None,
    events: Sequence[Event],
    asked: int,
    today: date,
) -> Registered:
    first, last = _handed_in(filed, events)
    decided = _decided(filed)
    # What the office filled in may be approved without ever being handed in.
    came = first or (decided if filed is not None and filed.state == ReturnState.APPROVED else None)
    is_own = not is_from_outside(events)
    back = [event for event in events if event.act in SENT_BACK]
    return Registered(
        unit=unit,
        period=period,
        tag=tag_of(filed),
        asked=asked,
        filled=filed.filled if filed is not None else 0,
        first=first,
        last=last,
        decided=decided,
        late=days_late(period.due_on, timezone.localdate(came.at)) if came and is_own else None,
        overdue="" if came else _overdue(period, filed, today),
        sent_back=len(back),
        reason=(filed.return_reason if filed is not None else "") or _reason(back),
        marks=marks_of(period, filed, today),
    )


def _handed_in(filed: QuarterlyReturn | None, events: Iterable[Event]) -> tuple[Moment | None, Moment | None]:
    stood = [Moment(event.at, event.name or event.account) for event in standing_hand_ins(events)]
    if not stood and filed is not None and filed.submitted_at is not None:
        stood = [Moment(filed.submitted_at, name_of(filed.submitted_by))]
    return (stood[0], stood[-1]) if stood else (None, None)


def _decided(filed: QuarterlyReturn | None) -> Moment | None:
    if filed is None or filed.decided_at is None:
        return None
    return Moment(filed.decided_at, name_of(filed.decided_by))


def _overdue(period: Period, filed: QuarterlyReturn | None, today: date) -> str:
    """ "逾期 3 天" for a return that is awaited and past due; empty otherwise."""
    is_past = window_of(period, filed, today) in (Window.LATE, Window.LOCKED)
    return days_left(period.due_on, today).removeprefix("已") if still_to_file(filed) and is_past else ""


def _reason(back: Sequence[Event]) -> str:
    return str(back[-1].new.get("reason", "")) if back else ""
