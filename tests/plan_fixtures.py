"""The plans of the tests: Zhongshan's as it was printed, and the small one of an invented city beside it.

Both are loaded once a process, as `manage.py load_plan` does it; each test then gets the same rows back, which is
several times faster than loading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
from tests.written_rows import Statement, statements_of, write
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


@dataclass(frozen=True, slots=True)
class Written:
    """A plan's rows as they were written into empty tables."""

    plan: Plan
    city_code: str
    statements: Sequence[Statement]


@cache
def written_plans() -> Mapping[Path, Written]:
    """Both plans, written one after the other into empty tables and taken back."""
    plans: dict[Path, Written] = {}
    with transaction.atomic():
        known: set[models.Model] = set()
        for path in (ZHONGSHAN, LINHAI):
            plan = load(path)
            leave_room()
            rows = {
                model: [row for row in model._base_manager.order_by("pk") if row not in known]
                for model in WRITTEN
            }
            known.update(*rows.values())
            statements = [
                statement for model, of_model in rows.items() for statement in statements_of(model, of_model)
            ]
            plans[path] = Written(plan, plan.city.city_code, statements)
        transaction.set_rollback(True)
    return plans


def leave_room() -> None:
    """Number what comes next from far above: SQLite would give a test's own rows the numbers of the other plan."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE sqlite_sequence SET seq = seq + 100000")


def stored(path: Path) -> Plan:
    """The plan, written as it was when it was loaded."""
    written = written_plans()[path]
    if Area.objects.filter(city_code=written.city_code).exists():
        # Somebody of the city is there already, with a town of their own: the loader finds it.
        return load(path)
    write(written.statements)
    return written.plan


@pytest.fixture
def zhongshan(db: None) -> Plan:
    """Zhongshan's plan of 2015-2017, with all its periods unopened."""
    return Plan.objects.get(pk=stored(ZHONGSHAN).pk)


@pytest.fixture
def linhai(db: None) -> Plan:
    """临海湾市's plan of 2021-2025: 6 towns, a falling indicator, a curve of its own; shares 东区's code."""
    return Plan.objects.get(pk=stored(LINHAI).pk)
