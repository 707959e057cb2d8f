"""Files checked results as submitted returns; the bootstrap of a new system approves them in the same act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from indicators.choices import ReturnState
from indicators.models import Entry, Period, Plan, QuarterlyReturn
from indicators.services.filing import (
    FilingError,
    OpenFindingsError,
    Published,
    bootstrap_published,
    file_published,
)
from indicators.services.filing.acts import begin_and_hold
from indicators.services.results.check import Result, ResultRow, check_results
from towns.access import can_run_office, is_in_city, require
from towns.models import Unit

SUBMITTED, APPROVED = ReturnState.SUBMITTED, ReturnState.APPROVED
Groups = dict[tuple[Period, Unit], list[Result]]


class ImportRefusedError(ValueError):
    """Nothing was imported; `faults` are Chinese sentences, one for each place."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__(f"有 {len(faults)} 处问题，没有导入任何数据。")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do: figures filed, returns they went into, figures that were there already."""

    figures: int
    returns: int
    unchanged: int


def import_results(
    plan: Plan, *, rows: Iterable[ResultRow], by: User, at: datetime, dry_run: bool = False
) -> Imported:
    """File published figures as submitted returns that wait for a second person; all of them or none.

    Raises ImportRefusedError with every fault at once, PermissionDenied unless `by` is the office of the plan's city.
    """
    return _import(plan, rows, by=by, at=at, dry_run=dry_run, file=file_published, done=(SUBMITTED, APPROVED))


def bootstrap_results(
    plan: Plan, *, rows: Iterable[ResultRow], by: User, at: datetime, dry_run: bool = False
) -> Imported:
    """File and approve in one audited act, which only a system that holds no published quarter allows."""
    return _import(plan, rows, by=by, at=at, dry_run=dry_run, file=bootstrap_published, done=(APPROVED,))


def _import(
    plan: Plan,
    rows: Iterable[ResultRow],
    *,
    by: User,
    at: datetime,
    dry_run: bool,
    file: Callable[..., QuarterlyReturn],
    done: Sequence[ReturnState],
) -> Imported:
    require(can_run_office(by) and is_in_city(by, plan.city.city_code), "只有联席会议办公室可以导入数据。")
    results, faults = check_results(plan, rows)
    groups: Groups = defaultdict(list)
    for result in results:
        groups[result.period, result.unit].append(result)
    with transaction.atomic():
        fresh = {key: group for key, group in groups.items() if not _is_there(*key, group, done)}
        begin_and_hold(fresh)
        for (period, unit), group in fresh.items():
            figures = {result.indicator.code: Published(result.value, result.source) for result in group}
            try:
                # Each in a savepoint, so that every fault is found; the whole is undone below if there is one.
                with transaction.atomic():
                    file(period, unit=unit, figures=figures, by=by, at=at)
            except OpenFindingsError as refusal:
                faults += [finding.message for found in refusal.findings.values() for finding in found]
            except FilingError as refusal:
                faults.append(str(refusal))
        if faults or dry_run:
            transaction.set_rollback(True)
    if faults:
        # What holds of the whole system is said once, not for each return.
        raise ImportRefusedError(list(dict.fromkeys(faults)))
    filed = sum(len(group) for group in fresh.values())
    return Imported(figures=filed, returns=len(fresh), unchanged=len(results) - filed)


def _is_there(period: Period, unit: Unit, group: Sequence[Result], done: Sequence[ReturnState]) -> bool:
    """Whether the unit's return holds these figures from these sources already, and has come as far as `done`."""
    entries = Entry.objects.filter(
        quarterly_return__period=period,
        quarterly_return__unit=unit,
        quarterly_return__state__in=done,
    )
    stored = set(entries.values_list("indicator_id", "value", "source"))
    return {(result.indicator.pk, result.value, result.source) for result in group} <= stored
