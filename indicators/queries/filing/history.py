"""The history of returns, out of the trail of their plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from indicators.choices import ObjectKind
from indicators.domain.history import Event
from indicators.models import AuditEvent, QuarterlyReturn

if TYPE_CHECKING:
    from django.db.models import QuerySet


def load_histories(returns: Collection[QuarterlyReturn]) -> dict[int, tuple[Event, ...]]:
    """The events of many returns of one plan, {return's id: its events, oldest first}; one query.

    `returns` carry their period, its plan and city, and their unit; whoever may see a return may see its events.
    """
    keys = {f"{filed.period.code}/{filed.unit.code}": filed.pk for filed in returns}
    if not keys:
        return {}
    plan = next(iter(returns)).period.plan
    found: dict[int, list[Event]] = {pk: [] for pk in keys.values()}
    about = Q(object_kind=ObjectKind.RETURN, object_key__in=keys)
    for row in _rows(plan.code, plan.city.city_code, about):
        found[keys[row.object_key]].append(event_of(row))
    return {pk: tuple(events) for pk, events in found.items()}


def _rows(chain: str, city_code: str, about: Q) -> Iterable[AuditEvent]:
    """Events of a plan's chain in their order; another plan or city may have objects of the same name."""
    rows: QuerySet[AuditEvent] = AuditEvent.objects.filter(about, chain__name=chain, city_code=city_code)
    return rows.select_related("actor").order_by("sequence")


def event_of(row: AuditEvent) -> Event:
    return Event(
        act=row.act,
        at=row.at,
        account=row.actor_name,
        name=row.actor.get_full_name() if row.actor else "",
        old=row.old,
        new=row.new,
    )
