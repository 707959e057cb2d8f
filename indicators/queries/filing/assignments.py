"""Which indicators a unit files in a quarter (domain.md section 5).

A town files the columns of the allocation for its own area, a department the indicators that it leads for the
city; of these, those whose frequency makes them due.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import F, FilteredRelation, Q, Subquery

from indicators.choices import Frequency
from indicators.domain.periods import Quarter, is_due
from indicators.models import Indicator, Period, Plan, QuarterlyReturn
from indicators.queries.filing.comparisons import Figure
from towns.choices import UnitKind
from towns.models import Unit

PERIOD_DATES = ("opens_on", "due_on", "closes_on")


def assigned_indicators(plan: Plan, unit: Unit, quarter: Quarter) -> tuple[Indicator, ...]:
    """What this unit is asked for in this quarter, each part beneath its whole; one query. Empty: text only."""
    return assignments(plan, [unit], quarter)[unit.pk]


def assignments(plan: Plan, units: Iterable[Unit], quarter: Quarter) -> Mapping[int, tuple[Indicator, ...]]:
    """The same for many units, {unit id: indicators}, in one query."""
    due = [
        indicator
        for indicator in Indicator.objects.of(plan).order_by("order")
        if is_due(Frequency(indicator.frequency), quarter.number)
    ]
    return {unit.pk: assigned_among(due, unit) for unit in units}


def assigned_figures(filed: QuarterlyReturn) -> tuple[tuple[Indicator, ...], dict[str, Figure]]:
    """What the return's unit is asked for, and what the return says so far, {indicator code: figure}; one query.

    It reads the dates of the return's quarter along, and sets them: a return that is not stored yet was read with
    none, and its quarter may have been closed since the caller looked.
    """
    period, quarter = filed.period, filed.period.quarter
    now = Period.objects.filter(pk=period.pk)
    rows = list(
        Indicator.objects.of(period.plan)
        .annotate(entry=FilteredRelation("entries", condition=Q(entries__quarterly_return=filed.pk)))
        .annotate(
            filed_pk=F("entry__pk"),
            filed_value=F("entry__value"),
            filed_note=F("entry__note"),
            **{name: Subquery(now.values(name)) for name in PERIOD_DATES},
        )
        .order_by("order")
    )
    for row in rows[:1]:
        for name in PERIOD_DATES:
            setattr(period, name, getattr(row, name))
    due = [row for row in rows if is_due(Frequency(row.frequency), quarter.number)]
    assigned = assigned_among(due, filed.unit)
    return assigned, {
        row.code: Figure(row.filed_value, row.filed_note) for row in assigned if row.filed_pk is not None
    }


def assigned_among(indicators: Iterable[Indicator], unit: Unit) -> tuple[Indicator, ...]:
    """Those of the plan's indicators, in its order, that are this unit's to file."""
    if unit.kind == UnitKind.TOWN:
        columns = [indicator for indicator in indicators if indicator.allocation_order is not None]
        return _parts_beneath(sorted(columns, key=lambda column: column.allocation_order or 0))
    return _parts_beneath([indicator for indicator in indicators if indicator.lead_unit_id == unit.pk])


def _parts_beneath(indicators: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The same indicators, each part moved beneath its whole where the unit files both."""
    here = {indicator.pk for indicator in indicators}
    arranged: list[Indicator] = []
    for indicator in indicators:
        if indicator.part_of_id in here:
            continue
        arranged.append(indicator)
        arranged += [part for part in indicators if part.part_of_id == indicator.pk]
    return tuple(arranged)
