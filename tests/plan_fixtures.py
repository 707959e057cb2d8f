"""The plans of the tests: Zhongshan's as it was printed, and the small one of an invented city beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from indicators.models import Plan
from indicators.services.plans import load_plan
from indicators.workbooks.plans import read_plan
from tests.plans.tables import LINHAI, ZHONGSHAN

LOADED_AT = datetime(2015, 1, 5, 1, 0, tzinfo=UTC)


read_once = cache(read_plan)


def load(path: Path) -> Plan:
    """The plan of a folder or workbook, loaded as `manage.py load_plan` does it."""
    return Plan.objects.get(code=load_plan(read_once(path), by=None, at=LOADED_AT).plan_code)


@pytest.fixture
def zhongshan(db: None) -> Plan:
    """Zhongshan's plan of 2015-2017, with all its periods unopened."""
    return load(ZHONGSHAN)


@pytest.fixture
def linhai(db: None) -> Plan:
    """临海湾市's plan of 2021-2025: 6 towns, a falling indicator, a curve of its own; shares 东区's code."""
    return load(LINHAI)
