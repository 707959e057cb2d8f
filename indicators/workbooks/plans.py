"""A plan as a folder or a workbook: in as text tables, out as the workbook that loads back to the same plan."""

from __future__ import annotations

import os
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from indicators.domain.text_tables import TextTables
from indicators.models import Plan
from indicators.services.plans import TABLES, Table, rows_of
from indicators.services.plans.cells import YES
from indicators.workbooks.sheets import CellValue, write_sheet
from indicators.workbooks.tables import read_tables


def read_plan(path: Path) -> TextTables:
    """The twelve tables of a plan; what is missing, unknown or damaged is among their faults."""
    return read_tables(path, TABLES)


def write_plan(plan: Plan, path: Path) -> int:
    """Write the plan's tables as they stand in the database; returns the number of rows.

    Demonstration targets are left out: loaded elsewhere, they would pass for the plan's own.
    Raises OSError where the path cannot be written.
    """
    tables = {table: stored_lines(table, plan) for table in TABLES.values()}
    # Beside its target and then in its place: a write that fails leaves what was there before.
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            book = Workbook(write_only=True)
            book.properties.title = plan.name
            for table, lines in tables.items():
                write_sheet(book, table.name, table.column_names, lines)
            book.save(file)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return sum(map(len, tables.values()))


def stored_lines(table: Table, plan: Plan) -> list[list[CellValue]]:
    """One table's rows in the words of the plan's tables: codes for references, yes or nothing for a flag."""
    found = rows_of(table, city_code=plan.city.city_code, plan=plan)
    if table.name == "targets":
        found = found.filter(demonstration=False)
    found = found.select_related(*(column.name for column in table.references))
    return [_line(table, row) for row in found]


def _line(table: Table, row: Any) -> list[CellValue]:
    references = {column.name for column in table.references}
    values: Sequence[Any] = [getattr(row, name) for name in table.column_names]
    return [
        value and value.code if name in references else _cell(value)
        for name, value in zip(table.column_names, values, strict=True)
    ]


def _cell(value: Any) -> CellValue:
    if isinstance(value, bool):
        return YES if value else None
    if isinstance(value, Decimal):
        return value.normalize()
    return None if value == "" else value
