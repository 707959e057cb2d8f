"""Loads a plan out of its tables: checks everything first, then all or nothing (domain.md section 7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q

from indicators.domain.periods import quarters_of
from indicators.domain.text_tables import Fault, TextTables
from indicators.models import Period, Plan
from indicators.services.audit import Act, record
from indicators.services.plans.arithmetic import disagreements_of
from indicators.services.plans.checking import check_rows
from indicators.services.plans.outcome import LoadedPlan, contents_of
from indicators.services.plans.rows import BLANK, ParsedPlan, PlanFaults, parse_rows
from indicators.services.plans.standing import check_standing
from indicators.services.plans.storing import Stored, TableChange, store_table
from indicators.services.plans.tables import AREAS, PLAN, TABLES, TARGETS, UNITS
from indicators.services.plans.target_storing import Authority, store_targets
from towns.access import can_run_office, is_in_city, require


def load_plan(
    tables: TextTables,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    document: str = "",
    dry_run: bool = False,
) -> LoadedPlan:
    """Store the plan that the tables hold: words and figures are updated, rows added, none removed.

    `by` is None for the command line alone. A target that people have changed since is left alone unless `by`,
    `reason` and `document` are all given. A dry run does the same and takes it back.
    Raises PlanFaults with every fault there is, PermissionDenied unless `by` runs the city's office.
    """
    require(by is None or can_run_office(by), "只有联席会议办公室可以载入计划。")
    rows, faults = parse_rows(tables)
    faults += check_rows(rows)
    require(by is None or not rows.city or is_in_city(by, rows.city), "只能载入本市的计划。")
    with transaction.atomic():
        plan = _hold(rows.plan["code"], city_code=rows.city)
        faults += check_standing(rows, plan)
        if faults:
            raise PlanFaults(_in_order(faults, tables))
        authority = Authority(by, at, tables.place, reason.strip(), document.strip())
        loaded = _store(rows, plan, authority, dry_run=dry_run)
        if dry_run:
            transaction.set_rollback(True)
    return loaded


def _hold(code: str | None, *, city_code: str) -> Plan | None:
    """The stored plan of this code, held until the transaction ends: nobody changes its targets meanwhile.

    The city's other plans are held with it, since a name of a town is theirs too: two loads, each with its own plan
    and about to tell the other's pages, would wait for each other.
    """
    plans = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("city")
    held = plans.filter(Q(code=code or "") | Q(city__city_code=city_code)).order_by("pk")
    return next((plan for plan in held if plan.code == code), None)


def _store(rows: ParsedPlan, plan: Plan | None, authority: Authority, *, dry_run: bool) -> LoadedPlan:
    stored = Stored(rows.city, plan)
    changes = [store_table(table, rows.of(table.name), stored) for table in (AREAS, PLAN)]
    stored.plan = Plan.objects.select_related("city").get(code=rows.plan["code"])
    kept: list[str] = []
    for table in TABLES.values():
        if table is TARGETS:
            change, kept = store_targets(rows.of(table.name), stored, authority)
            changes.append(change)
        elif table not in (AREAS, PLAN):
            changes.append(store_table(table, rows.of(table.name), stored))
    loaded = LoadedPlan(
        plan_code=stored.plan.code,
        plan_name=stored.plan.name,
        is_new=plan is None,
        dry_run=dry_run,
        contents=contents_of(rows),
        changes=changes,
        periods_added=_add_periods(stored.plan),
        kept=kept,
        disagreements=disagreements_of(rows),
    )
    if loaded.changed_rows:
        _bump_revisions(loaded, stored.plan)
        _leave_event(loaded, stored.plan, authority)
    return loaded


def _add_periods(plan: Plan) -> int:
    """The plan's quarters that are not there yet; those that are keep their dates."""
    existing = set(plan.periods.values_list("year", "number"))
    missing = [
        Period(
            plan=plan,
            year=quarter.year,
            number=quarter.number,
            due_on=quarter.last_day + timedelta(days=plan.filing_due_days),
        )
        for quarter in quarters_of(plan.first_year, plan.last_year)
        if (quarter.year, quarter.number) not in existing
    ]
    return len(Period.objects.bulk_create(missing))


def _bump_revisions(loaded: LoadedPlan, plan: Plan) -> None:
    """What pages show has changed; a name of a town or unit, on the pages of the city's other plans too."""
    of_city = any(
        change.changed or change.added for change in loaded.changes if change.table in (AREAS, UNITS)
    )
    touched = Plan.objects.filter(city=plan.city) if of_city else Plan.objects.filter(pk=plan.pk)
    if loaded.is_new:
        touched = touched.exclude(pk=plan.pk)
    touched.update(revision=F("revision") + 1)


def _leave_event(loaded: LoadedPlan, plan: Plan, authority: Authority) -> None:
    old: dict[str, Any] = {change.table.name: change.old for change in loaded.changes if change.old}
    new: dict[str, Any] = {change.table.name: change.new for change in loaded.changes if change.new}
    new["added"] = _added(loaded.changes, loaded.periods_added)
    new |= {"source": authority.source, "reason": authority.reason, "document": authority.document}
    act = Act("载入计划", "行动计划", plan.code, old, new)
    record(plan.code, act, by=authority.by, at=authority.at, city_code=plan.city.city_code)


def _added(changes: Iterable[TableChange], periods: int) -> dict[str, int]:
    added = {change.table.name: change.added for change in changes if change.added}
    return added | ({"periods": periods} if periods else {})


def _in_order(faults: Sequence[Fault], tables: TextTables) -> list[Fault]:
    """Table by table and row by row; a cell that could not be read is not called blank as well."""
    places = {place: order for order, place in enumerate(table.place for table in tables.tables.values())}
    addresses = {(fault.place, fault.row, fault.column) for fault in faults if fault.sentence != BLANK}
    told = [
        fault
        for fault in dict.fromkeys(faults)
        if fault.sentence != BLANK or (fault.place, fault.row, fault.column) not in addresses
    ]
    return sorted(told, key=lambda fault: (places.get(fault.place, -1), fault.row))
