"""What the database holds of one quarter's filing, in the words of the tests' own model."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from indicators.models import Period
from tests.indicators.services.filing.filing_model import Cell, Filing

EMPTY: Cell = (None, "")
# In SQL: it is asked after each of many thousand acts, and should not go through the code that it checks.
PERIOD = """
    SELECT p.opens_on, p.due_on, p.closes_on, u.username, plan.revision,
           (SELECT count(*) FROM indicators_reconciliationnote n WHERE n.period_id = p.id)
    FROM indicators_period p JOIN indicators_plan plan ON plan.id = p.plan_id
    LEFT JOIN auth_user u ON u.id = p.published_by_id WHERE p.id = %s"""
RETURNS = """
    SELECT unit.code, r.id, r.state, r.version, r.progress_text, r.editors, r.filled_for_unit, s.username,
           b.username, r.reopened_until, d.username, r.return_reason
    FROM indicators_quarterlyreturn r JOIN towns_unit unit ON unit.id = r.unit_id
    LEFT JOIN auth_user s ON s.id = r.submitted_by_id LEFT JOIN auth_user b ON b.id = r.review_begun_by_id
    LEFT JOIN auth_user d ON d.id = r.decided_by_id WHERE r.period_id = %s"""
CELLS = """
    SELECT unit.code, i.code, e.value, e.note FROM indicators_entry e
    JOIN indicators_quarterlyreturn r ON r.id = e.quarterly_return_id JOIN towns_unit unit ON unit.id = r.unit_id
    JOIN indicators_indicator i ON i.id = e.indicator_id
    WHERE r.period_id = %s AND (e.value IS NOT NULL OR e.note <> '')"""
ACTUALS = """
    SELECT unit.code, i.code, a.value FROM indicators_actual a
    JOIN indicators_quarterlyreturn r ON r.id = a.filed_in_id JOIN towns_unit unit ON unit.id = r.unit_id
    JOIN indicators_indicator i ON i.id = a.indicator_id WHERE r.period_id = %s"""
FILES = """
    SELECT unit.code, e.name, e.id FROM indicators_evidence e
    JOIN indicators_quarterlyreturn r ON r.id = e.quarterly_return_id JOIN towns_unit unit ON unit.id = r.unit_id
    WHERE r.period_id = %s"""
EVENTS = """
    SELECT e.sequence, e.act, e.actor_name, e.object_key FROM indicators_auditevent e
    JOIN indicators_auditchain c ON c.id = e.chain_id WHERE c.name = %s AND e.sequence > %s ORDER BY e.sequence"""


@dataclass(frozen=True)
class Stored:
    """Plain values, so that two of them are equal exactly when nothing has changed between."""

    period: tuple[Any, ...]
    returns: dict[str, tuple[Any, ...]]
    cells: dict[str, dict[str, Cell]]
    actuals: dict[str, dict[str, Decimal]]
    files: dict[str, dict[str, int]]
    events: tuple[tuple[Any, ...], ...]


def read_stored(period: Period, after: int) -> Stored:
    """The quarter as it is, with the trail's events behind the sequence number `after`."""
    cells: defaultdict[str, dict[str, Cell]] = defaultdict(dict)
    for unit, code, value, note in _rows(CELLS, period.pk):
        cells[unit][code] = (_figure(value), note)
    actuals: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for unit, code, value in _rows(ACTUALS, period.pk):
        actuals[unit][code] = _figure(value)
    files: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for unit, name, pk in _rows(FILES, period.pk):
        files[unit][name] = pk
    (dates,) = _rows(PERIOD, period.pk)
    return Stored(
        period=dates,
        returns={unit: rest for unit, *rest in _rows(RETURNS, period.pk)},
        cells=cells,
        actuals=actuals,
        files=files,
        events=tuple(_rows(EVENTS, period.plan.code, after)),
    )


def _rows(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _figure(value: Any) -> Any:
    """A figure as both engines give it, whose decimal places differ; none for none."""
    return None if value is None else Decimal(str(value)).normalize()


def as_stored(stored: Stored, names: dict[int, str]) -> dict[str, Any]:
    """The part of it that the model speaks of; `names` are the people's by the ids under which returns keep them."""
    returns = {
        unit: (state, version, text, {names[int(pk)] for pk in json.loads(editors)}, bool(filled), *rest[:3])
        for unit, (_, state, version, text, editors, filled, *rest) in stored.returns.items()
    }
    opens_on, _, closes_on, published_by, *_ = stored.period
    return {
        "returns": returns,
        "cells": stored.cells,
        "actuals": stored.actuals,
        "files": {unit: set(names) for unit, names in stored.files.items()},
        "period": (opens_on, closes_on, published_by),
    }


def as_believed(filing: Filing) -> dict[str, Any]:
    """The same of the model."""
    returns = {
        unit: (
            filed.state,
            filed.version,
            filed.text,
            filed.hands,
            filed.is_filled_in,
            filed.submitted_by,
            filed.review_begun_by,
            filed.reopened_until,
        )
        for unit, filed in filing.returns.items()
    }
    written = {
        unit: {code: cell for code, cell in filed.cells.items() if cell != EMPTY}
        for unit, filed in filing.returns.items()
    }
    return {
        "returns": returns,
        "cells": {unit: cells for unit, cells in written.items() if cells},
        "actuals": {unit: figures for unit, figures in filing.actuals.items() if figures},
        "files": {unit: filed.files for unit, filed in filing.returns.items() if filed.files},
        "period": (filing.opens_on, filing.closes_on, filing.published_by),
    }
