"""The benchmark of returns: it runs from end to end, and it would see a save that was acknowledged and lost."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from bench.ledger import Audit, audit
from bench.report import faults_of
from bench.rounds import Round
from bench.scene import Desk, Scene
from bench.writers import Acknowledged, Load, Sent
from indicators.models import Entry, Plan
from tests.indicators.filing_steps import opened, saved
from tests.project.commands import ROOT

GOOD = Round(Load(1.0, [Sent(200, 0.1), Sent(409, 0.1)]), [], Audit((), ()))


@pytest.mark.once
def test_a_short_run_loses_nothing_and_says_what_it_measured(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'db.sqlite3'}"
    run = subprocess.run(
        [sys.executable, "-m", "bench.returns"],
        cwd=ROOT,
        env={**os.environ, "ENVIRONMENT": "local", "DATABASE_URL": database, "WRITERS": "3", "DURATION": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines[0] == "sqlite: 3 writers, 1 returns with two of them, 1 s"
    assert lines[-1].endswith("lost 0, 5xx 0, database trouble 0, unanswered 0, trail whole")


@pytest.fixture
def stored(zhongshan: Plan, office: User, xiaolan: User) -> tuple[Scene, Acknowledged]:
    """小榄镇 has saved two versions; what the second was acknowledged as."""
    period = opened(zhongshan, office)
    saved(period, "xiaolan", xiaolan, {"robot-firms": "3", "industrial-investment": "9"})
    saved(period, "xiaolan", xiaolan, {"robot-firms": "4", "industrial-investment": "9"})
    desk = Desk("xiaolan", "2015Q2", "xiaolan", ())
    figures = (("industrial-investment", "9"), ("robot-firms", "4"))
    return Scene("sqlite", zhongshan.code, (desk,)), Acknowledged("2015Q2/xiaolan", 2, figures)


def test_what_is_stored_as_it_was_acknowledged_is_not_lost(stored: tuple[Scene, Acknowledged]) -> None:
    scene, second = stored
    first = replace(second, version=1, figures=(("robot-firms", "3"), ("industrial-investment", "9")))
    assert audit(scene, [first, second]) == Audit((), ())


def test_an_acknowledged_save_that_is_not_stored_is_lost(stored: tuple[Scene, Acknowledged]) -> None:
    scene, second = stored
    other = replace(second, figures=(("robot-firms", "5"), ("industrial-investment", "9")))
    never = replace(second, version=3)
    assert audit(scene, [other, never]).lost == ("2015Q2/xiaolan version 2", "2015Q2/xiaolan version 3")


def test_a_figure_that_moved_without_a_save_is_lost(stored: tuple[Scene, Acknowledged]) -> None:
    scene, second = stored
    Entry.objects.filter(indicator__code="robot-firms").update(value=7)
    assert audit(scene, [second]).lost == ("2015Q2/xiaolan now",)


def test_conflicts_alone_do_not_fail_a_run() -> None:
    assert faults_of(GOOD) == []


@pytest.mark.parametrize(
    "bad",
    [
        replace(GOOD, audit=Audit(("2015Q2/xiaolan version 2",), ())),
        replace(GOOD, audit=Audit((), ("第 3 条缺失",))),
        replace(GOOD, trouble=["database is locked"]),
        replace(GOOD, load=Load(1.0, [Sent(200, 0.1), Sent(500, 0.1)])),
        replace(GOOD, load=Load(1.0, [Sent(200, 0.1), Sent(403, 0.1)])),
        replace(GOOD, load=Load(1.0, [Sent(200, 0.1)], ["TimeoutError()"])),
        replace(GOOD, load=Load(1.0)),
    ],
    ids=["lost", "trail", "locked", "5xx", "refused", "unanswered", "nothing saved"],
)
def test_whatever_must_be_nought_fails_it(bad: Round) -> None:
    assert faults_of(bad) != []
