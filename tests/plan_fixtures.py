"""The plans of the tests: Zhongshan's as it was printed, and the small one of an invented city beside it.

Both are loaded once a process, as `manage.py load_plan` does it; each test then gets the same rows back, which is
several times faster than loading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from django.db import connection, models, transaction

from indicators.models import (
    Alias,
    AuditChain,
    AuditEvent,
    Baseline,
    Category,
    Indicator,
    KeyTask,
    KeyTaskUnit,
    Milestone,
    Period,
    Plan,
    PlanNote,
    Target,
)
from indicators.services.plans import load_plan
from indicators.workbooks.plans import read_plan
from tests.plans.tables import LINHAI, ZHONGSHAN
from towns.models import Area, Unit

LOADED_AT = datetime(2015, 1, 5, 1, 0, tzinfo=UTC)
# What loading a plan writes, each after what it refers to.
WRITTEN: tuple[type[models.Model], ...] = (
    Area,
    Unit,
    Plan,
    Category,
    Indicator,
    Alias,
    Baseline,
    PlanNote,
    Target,
    KeyTask,
    KeyTaskUnit,
    Milestone,
    Period,
    AuditChain,
    AuditEvent,
)

read_once = cache(read_plan)


def load(path: Path) -> Plan:
    """The plan of a folder or workbook, loaded as `manage.py load_plan` does it."""
    return Plan.objects.get(code=load_plan(read_once(path), by=None, at=LOADED_AT).plan_code)


@cache
def rows_of_both() -> Mapping[Path, Sequence[models.Model]]:
    """The rows of each plan, as they were written one after the other into empty tables and taken back."""
    rows: dict[Path, Sequence[models.Model]] = {}
    with transaction.atomic():
        known: set[models.Model] = set()
        for path in (ZHONGSHAN, LINHAI):
            load(path)
            leave_room()
            rows[path] = [
                row for model in WRITTEN for row in model._base_manager.order_by("pk") if row not in known
            ]
            known.update(rows[path])
        transaction.set_rollback(True)
    return rows


def leave_room() -> None:
    """Number what comes next from far above: SQLite would give a test's own rows the numbers of the other plan."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE sqlite_sequence SET seq = seq + 100000")


def stored(path: Path) -> Plan:
    """The plan, written as it was when it was loaded."""
    rows = rows_of_both()[path]
    if Area.objects.filter(city_code__in={row.city_code for row in rows if isinstance(row, Area)}).exists():
        # Somebody of the city is there already, with a town of their own: the loader finds it.
        return load(path)
    for model in WRITTEN:
        mine = [row for row in rows if type(row) is model]
        if model is AuditChain:
            # The database moves a chain's head when it takes the events.
            mine = [
                AuditChain(pk=chain.pk, name=chain.name) for chain in mine if isinstance(chain, AuditChain)
            ]
        model._base_manager.bulk_create(mine)
    return next(row for row in rows if isinstance(row, Plan))


@pytest.fixture
def zhongshan(db: None) -> Plan:
    """Zhongshan's plan of 2015-2017, with all its periods unopened."""
    return Plan.objects.get(pk=stored(ZHONGSHAN).pk)


@pytest.fixture
def linhai(db: None) -> Plan:
    """临海湾市's plan of 2021-2025: 6 towns, a falling indicator, a curve of its own; shares 东区's code."""
    return Plan.objects.get(pk=stored(LINHAI).pk)
