"""What has moved in a published quarter: late approvals and corrections, read from the trail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import F, Max, Q, QuerySet, Subquery

from indicators.choices import FilingAct, ObjectKind, PeriodAct
from indicators.domain.numbers import format_figure
from indicators.models import AuditEvent, Indicator, Period
from indicators.queries.filing.wording import Cell, moment, name_of
from towns.models import Unit

WRITES_ACTUALS = (FilingAct.APPROVE, FilingAct.BOOTSTRAP)


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """One published figure that is another one now; "—" where there was or is none."""

    code: str
    indicator: str
    unit: str
    old: Cell
    new: Cell


@dataclass(frozen=True, slots=True)
class LateApproval:
    """One approval since the quarter was published: whose return, when and by whom, and the figures it moved."""

    code: str
    name: str
    kind: str
    when: str
    by: str
    figures: tuple[MovedFigure, ...]


def load_late_approvals(period: Period, units: Iterable[Unit], *, today: date) -> tuple[LateApproval, ...]:
    """The approvals that followed the quarter's publication, the latest first; one query more where there are any.

    `units` are those that the reader may read. Empty for a quarter that is not published.
    """
    if period.published_at is None:
        return ()
    names = {f"{period.code}/{unit.code}": unit for unit in units}
    events = [event for event in _since_published(period) if event.object_key in names]
    if not events:
        return ()
    indicators = {row.code: row for row in Indicator.objects.of(period.plan).order_by("order")}
    return tuple(
        _late_approval(event, names[event.object_key], indicators, period, today) for event in events
    )


def _since_published(period: Period) -> QuerySet[AuditEvent]:
    """The acts that wrote figures of this quarter and stand after its publication in the plan's chain.

    By their place, not their time: an approval that began before and ended after came after.
    """
    trail = AuditEvent.objects.filter(chain__name=period.plan.code)
    published = trail.filter(
        act=PeriodAct.PUBLISH, object_kind=ObjectKind.PERIOD, object_key=period.code
    ).order_by()
    place = published.values("chain").annotate(last=Max("sequence")).values("last")
    return (
        trail.filter(
            object_kind=ObjectKind.RETURN, object_key__startswith=f"{period.code}/", act__in=WRITES_ACTUALS
        )
        .annotate(published_as=Subquery(place))
        .filter(Q(sequence__gt=F("published_as")) | Q(published_as__isnull=True, at__gt=period.published_at))
        .select_related("actor")
        .order_by("-sequence")
    )


def _late_approval(
    event: AuditEvent, unit: Unit, indicators: Mapping[str, Indicator], period: Period, today: date
) -> LateApproval:
    old, new = _actuals(event.old), _actuals(event.new)
    moved = [code for code in indicators if _number(old.get(code)) != _number(new.get(code))]
    figures = tuple(
        MovedFigure(
            code=code,
            indicator=indicators[code].name,
            unit=indicators[code].unit,
            old=_cell(old.get(code), indicators[code].decimals),
            new=_cell(new.get(code), indicators[code].decimals),
        )
        for code in moved
    )
    return LateApproval(
        code=unit.code,
        name=unit.name,
        kind="更正" if any(old.values()) else "补报",
        when=moment(event.at, today, period),
        by=name_of(event.actor) or event.actor_name,
        figures=figures,
    )


def _actuals(told: Mapping[str, Any]) -> Mapping[str, str]:
    actuals = told.get("actuals")
    return actuals if isinstance(actuals, dict) else {}


def _number(text: str | None) -> Decimal | None:
    """A figure of the trail; None for none, and for what an older program wrote another way."""
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def _cell(text: str | None, decimals: int) -> Cell:
    number = _number(text)
    return Cell("—", "没有审定数") if number is None else Cell(format_figure(number, decimals))
