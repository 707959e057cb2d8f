"""What every act on a return does: take hold of it, move it on by a conditional update, leave its event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, QuerySet
from django.utils import timezone

from indicators.choices import FilingAct, ObjectKind, PeriodAct, ReturnState
from indicators.domain.numbers import plain_digits
from indicators.domain.workflow import Refusal, require_transition
from indicators.models import Period, Plan, QuarterlyReturn
from indicators.queries.filing.assignments import PERIOD_DATES
from indicators.queries.filing.returns import NOT_BEGUN
from indicators.queries.filing.standing import Standing, standing_of
from indicators.services.audit import Act, record
from indicators.services.filing.refusals import AlreadyDoneError, Conflict, StaleReturnError, refuse
from towns.access import unit_of
from towns.models import Unit

REVIEW_NOT_BEGUN = {"review_begun_at": None, "review_begun_by": None}


def held_returns() -> QuerySet[QuarterlyReturn]:
    """Returns as they are now, held until the transaction ends: nobody else moves them meanwhile."""
    # Without the people: PostgreSQL, having waited for the row, would join those of before the wait.
    return QuarterlyReturn.objects.select_for_update(of=("self",)).select_related(
        "period__plan__city", "unit__area"
    )


def hold(filed: QuarterlyReturn) -> QuarterlyReturn:
    """The return as it is now, held until the transaction ends; its quarter may be that of before a wait for it.

    For acts that the quarter's dates do not bound, or that read them by `assigned_figures`.
    """
    return held_returns().get(pk=filed.pk)


def hold_with_dates(filed: QuarterlyReturn) -> QuarterlyReturn:
    """The same, its quarter's dates read after the wait, during which the office may have closed it."""
    held = hold(filed)
    held.period.refresh_from_db(fields=PERIOD_DATES)
    return held


def begin_and_hold(keys: Iterable[tuple[Period, Unit]]) -> list[QuarterlyReturn]:
    """These units' returns and their quarters as they are now, begun where there are none; held to the end.

    For one return and for many: all are taken hold of in one statement, old ones and new ones in one order whoever
    asks, or two who want the same returns would wait for each other. For the same reason they are held before the
    first event is written: whoever holds a return waits for its plan's row and then for the trail.
    """
    found = {(period.pk, unit.pk): (period, unit) for period, unit in keys}
    rows = [
        QuarterlyReturn(period=period, unit=unit, version=NOT_BEGUN)
        for _, (period, unit) in sorted(found.items())
    ]
    # Writing an old row's unit over itself changes nothing: it holds the row, in its turn.
    QuarterlyReturn.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["period", "unit"], update_fields=["unit"]
    )
    held = held_returns().filter(pk__in=[row.pk for row in rows])
    return list(held.order_by("period_id", "unit_id"))


def hold_period(period: Period) -> Period:
    """The quarter as it is now, held until the transaction ends; others may still refer to it.

    PostgreSQL looks at commit whether a new return's quarter is there. Were its key held too, a first save, which has
    the trail by then, and an act on the quarter, which waits for the trail, would wait for each other.
    """
    rows = Period.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("plan__city").get(pk=period.pk)


def standing_now(held: QuarterlyReturn, *, by: User, at: datetime) -> Standing:
    """Where `by` stands towards a held return, by the dates that were read with it; no query."""
    return standing_of(by, held.period, held.unit, held, today=timezone.localdate(at))


def move(held: QuarterlyReturn, *, version: int, **changes: Any) -> None:
    """Change a return only if it still has this version and its state: one act, one effect.

    Raises StaleReturnError when somebody has changed it since the caller looked, TransitionError for a step that no
    return can take, whatever the act that asks for it has checked.
    """
    if (state := changes.get("state", held.state)) != held.state:
        require_transition(ReturnState(held.state), ReturnState(state))
    same = QuarterlyReturn.objects.filter(pk=held.pk, version=version, state=held.state)
    if same.update(version=F("version") + 1, **changes) != 1:
        raise StaleReturnError(version=held.version)
    held.version = version + 1
    for name, value in changes.items():
        setattr(held, name, value)


def refuse_unless_free(
    refusal: Refusal | None, held: QuarterlyReturn, conflicts: Sequence[Conflict] = ()
) -> None:
    """Raise what stands in the way, and say who was first where the act has been taken before."""
    if refusal is None:
        return
    if refusal.code == "state" and (sentence := _done_before(held)):
        raise AlreadyDoneError(sentence, conflicts)
    refuse(refusal, conflicts)


def _done_before(held: QuarterlyReturn) -> str:
    """Who submitted, returned or approved the return before this act came."""
    who, when = {
        ReturnState.SUBMITTED: (held.submitted_by, held.submitted_at),
        ReturnState.APPROVED: (held.decided_by, held.decided_at),
        ReturnState.RETURNED: (held.decided_by, held.decided_at),
    }.get(ReturnState(held.state), (None, None))
    if who is None or when is None:
        return ""
    name = who.get_full_name() or who.get_username()
    day = timezone.localtime(when)
    act = {"SUBMITTED": "提交", "APPROVED": "审定", "RETURNED": "退回"}[held.state]
    return f"这张季报表已由{name}于{day.month}月{day.day}日{day:%H:%M}{act}，没有重复办理。"


def editors_with(held: QuarterlyReturn, by: User) -> dict[str, int | None]:
    """Those who had a hand in the return, and `by`: they may not approve it."""
    unit = unit_of(by)
    return {**held.editors, str(by.pk): unit.pk if unit else None}


def record_return(
    name: FilingAct,
    held: QuarterlyReturn,
    old: dict[str, Any],
    new: dict[str, Any],
    *,
    by: User,
    at: datetime,
) -> None:
    """Leave the event of an act on a return, in its plan's chain."""
    act = Act(name, ObjectKind.RETURN, return_key(held.period, held.unit), old, new)
    plan = held.period.plan
    record(plan.code, act, by=by, at=at, city_code=plan.city.city_code)


def record_period(
    name: PeriodAct, period: Period, old: dict[str, Any], new: dict[str, Any], *, by: User, at: datetime
) -> None:
    act = Act(name, ObjectKind.PERIOD, period.code, old, new)
    record(period.plan.code, act, by=by, at=at, city_code=period.plan.city.city_code)


def return_key(period: Period, unit: Unit) -> str:
    """The business key by which the trail names a return: "2015Q2/xiaolan"."""
    return f"{period.code}/{unit.code}"


def bump(plan: Plan) -> None:
    """Tell every cached page of the plan that what it shows has changed."""
    Plan.objects.filter(pk=plan.pk).update(revision=F("revision") + 1)


def in_plain_digits(value: Decimal | None) -> str:
    """A figure as the trail keeps it: in the fewest digits, the same on both engines; empty for none."""
    return "" if value is None else plain_digits(value)
