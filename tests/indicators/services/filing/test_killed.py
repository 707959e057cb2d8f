"""A process killed in the midst of an act leaves whole returns or none, and the trail whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import User
from django.db import connection

from indicators.models import Actual, AuditEvent, Entry, Period, Plan, QuarterlyReturn
from indicators.services import filing
from indicators.services.audit import verify_chains
from tests.indicators.filing_steps import at, opened, saved, submitted
from tests.project.commands import ROOT

pytestmark = pytest.mark.django_db(transaction=True)

SAVES = 25


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office)


@contextmanager
def process(act: str, filed: QuarterlyReturn, by: User, *statement: str) -> Iterator[subprocess.Popen[str]]:
    """Somebody acting in another process on the tests' database; killed at the end of the block."""
    name = connection.settings_dict["NAME"]
    scheme = "sqlite:///" if connection.vendor == "sqlite" else "postgresql:///"
    given = [act, str(filed.pk), str(filed.version), by.get_username(), *statement]
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.indicators.services.filing.killed", *given],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"{scheme}{name}", "DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield running
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait(timeout=30)
        assert running.stdout is not None
        running.stdout.close()


def told_by(running: subprocess.Popen[str]) -> str:
    assert running.stdout is not None
    return running.stdout.readline().strip()


def stored(filed: QuarterlyReturn) -> tuple[object, ...]:
    """All that an act on the return could have left half done."""
    now = QuarterlyReturn.objects.get(pk=filed.pk)
    entries = sorted(now.entries.values_list("indicator__code", "value", "note"))
    actuals = sorted(Actual.objects.values_list("indicator__code", "value"))
    revision = Plan.objects.values_list("revision", flat=True).get(pk=filed.period.plan_id)
    return now.state, now.version, now.editors, entries, actuals, revision, AuditEvent.objects.count()


@pytest.mark.parametrize(
    "statement", ['INSERT INTO "indicators_entry"', 'INSERT INTO "indicators_auditevent"']
)
def test_a_save_that_is_killed_half_way_has_saved_nothing(
    period: Period, xiaolan: User, statement: str
) -> None:
    draft = saved(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    before = stored(draft)
    with process("save", draft, xiaolan, statement) as running:
        assert told_by(running) == "stopped"
    assert stored(draft) == before
    assert list(verify_chains()) == []
    # Nothing stands in the way of the next.
    assert saved(period, "xiaolan", xiaolan, {"robot-firms": "4"}).version == draft.version + 1


@pytest.mark.parametrize(
    "statement", ['INSERT INTO "indicators_actual"', 'INSERT INTO "indicators_auditevent"']
)
def test_an_approval_that_is_killed_half_way_has_approved_nothing(
    period: Period, xiaolan: User, office: User, statement: str
) -> None:
    filed = submitted(period, "xiaolan", xiaolan, {"robot-firms": "3", "industrial-investment": "9.1"})
    before = stored(filed)
    with process("approve", filed, office, statement) as running:
        assert told_by(running) == "stopped"
    assert stored(filed) == before
    filing.approve_return(filed, version=filed.version, by=office, at=at(9))
    assert Actual.objects.count() == 2
    assert list(verify_chains()) == []


def test_of_a_process_killed_at_work_everything_acknowledged_is_there(period: Period, xiaolan: User) -> None:
    """It is killed wherever it is, some saves on: the last one it told of is stored whole, or the one after it."""
    draft = saved(period, "xiaolan", xiaolan)
    with process("save", draft, xiaolan) as running:
        told = [int(told_by(running)) for _ in range(SAVES)]
    version = QuarterlyReturn.objects.get().version
    assert told == list(range(draft.version + 1, draft.version + 1 + SAVES))
    assert version >= told[-1]
    rows = Entry.objects.filter(value__isnull=False).values_list("indicator__code", "value")
    # The save that made a version wrote the number of the one before it.
    assert {code: f"{value.normalize():f}" for code, value in rows} == {
        "robot-firms": str(version - 1),
        "industrial-investment": f"{version - 1}.5",
    }
    assert AuditEvent.objects.filter(act="保存季报").count() == version
    assert list(verify_chains()) == []
