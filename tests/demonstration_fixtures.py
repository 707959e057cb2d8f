"""Zhongshan's demonstration for all who look at it: loaded once a run by `manage.py load_demo`, then copied.

Loading takes a thousand acts of the services; to write its rows back takes a tenth of that. The run's workers, each
with a database of its own, share one loading by way of a file.
"""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Callable, Sequence
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, models, transaction

from indicators.models import Plan
from tests.plan_fixtures import load
from tests.plans.tables import ZHONGSHAN
from tests.written_rows import Statement, statements_of, write

Rows = Sequence[tuple[type[models.Model], Sequence[models.Model]]]


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[], Plan]:
    """Call it to write Zhongshan's plan with its demonstration into empty tables."""
    own = tmp_path_factory.getbasetemp()
    file = (own if worker_id == "master" else own.parent) / "demonstration.pickle"

    @cache
    def statements() -> Sequence[Statement]:
        return [statement for model, rows in _loaded_once(file) for statement in _statements(model, rows)]

    def write_all() -> Plan:
        with transaction.atomic():
            write(statements())
        return Plan.objects.select_related("city").get()

    return write_all


def _loaded_once(file: Path) -> Rows:
    """The rows from the file, which whoever needs them first makes while the others wait."""
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            file.write_bytes(pickle.dumps(_load()))
    return pickle.loads(file.read_bytes())  # noqa: S301 - written a moment ago by another of the run's workers


def _load() -> Rows:
    """All that loading writes into empty tables, taken back again."""
    written = (
        *apps.get_app_config("towns").get_models(),
        User,
        *apps.get_app_config("indicators").get_models(),
    )
    with transaction.atomic():
        load(ZHONGSHAN)
        call_command("load_demo", verbosity=0, stdout=StringIO())
        rows = [(model, list(model._base_manager.order_by("pk"))) for model in written]
        transaction.set_rollback(True)
    return rows


def _statements(model: type[models.Model], rows: Sequence[models.Model]) -> Sequence[Statement]:
    statements = statements_of(model, rows)
    if rows and connection.vendor == "postgresql":
        # What comes next is numbered behind the rows, whose numbers another worker's database gave them.
        counter, last = f"pg_get_serial_sequence('{model._meta.db_table}', 'id')", max(row.pk for row in rows)
        statements.append((f"SELECT setval({counter}, greatest(nextval({counter}), %s))", [last]))
    return statements
