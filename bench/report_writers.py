"""Who writes: the site's own reports, from the database on, and beside each the least that writes the same cells.

The bare ones are handed everything ready: no query, no rule, no word made. A workbook is written in openpyxl's
write-only mode, each look entered once and taken over by all cells that have it, without widths, merged cells or
anything else of a page; a CSV file by the csv module.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from io import BytesIO, TextIOWrapper
from typing import Any, BinaryIO

from django.contrib.auth.models import User
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from bench.report_scene import QUARTER
from indicators.queries.reading import read_plan
from indicators.workbooks.styles import figure_format
from reports.downloads.catalogue import REPORTS, Asked
from reports.pages import details
from reports.workbooks.details import COLUMNS, VALUE

ON = date(2015, 8, 3)
Write = Callable[[BinaryIO], None]
INDICATOR = list(COLUMNS).index("指标代码")
PARTS = ("font", "alignment", "border", "fill", "number_format")


@dataclass(frozen=True, slots=True)
class Job:
    """A file that is written in two ways. `most` times the bare time it may cost; None where that says nothing."""

    name: str
    cells: int
    ours: Write
    bare: Write
    most: float | None = 1.8


def asked_by(username: str) -> Asked:
    user = User.objects.get(username=username)
    return Asked(read_plan(user, period_code=QUARTER), user, ON)


def ours_alone(name: str, extension: str, username: str) -> Write:
    """From the first query to the last byte."""
    asked, write = asked_by(username), REPORTS[name].writers[extension]
    return lambda file: write(asked, file)


def annex(name: str, username: str) -> Job:
    ours, made = ours_alone(name, "xlsx", username), BytesIO()
    ours(made)
    grid = [list(row) for row in load_workbook(made).active.iter_rows()]
    return Job(f"{name}.xlsx", sum(map(len, grid)), ours, lambda file: _write_styled(grid, file))


def long_table(extension: str, username: str) -> Job:
    """The bare CSV has no bound: reading 100,000 rows is all that a CSV file costs, and the bare one is handed them."""
    asked = asked_by(username)
    page = details.build(asked.reading, asked.user)
    rows = [tuple(None if value == "" else value for value in figure) for figure in page.rows]
    bare = {
        "xlsx": lambda file: _write_rows(rows, page.decimals, file),
        "csv": lambda file: _write_csv(rows, file),
    }
    return Job(
        f"details.{extension} of {len(rows):,}",
        sum(value is not None for row in rows for value in row),
        ours_alone("details", extension, username),
        bare[extension],
        most=1.8 if extension == "xlsx" else None,
    )


def _write_styled(grid: list[list[Any]], file: BinaryIO) -> None:
    """Cells that were read back from our own file, each with the look that it has there."""
    book = Workbook(write_only=True)
    sheet, looks = book.create_sheet(), {}
    for row in grid:
        line = []
        for read in row:
            cell = WriteOnlyCell(sheet)
            if read.style_id in looks:
                cell._style = copy(looks[read.style_id])
            else:
                for part in PARTS:
                    setattr(cell, part, copy(getattr(read, part)))
                looks[read.style_id] = copy(cell._style)
            cell.value = read.value
            line.append(cell)
        sheet.append(line)
    book.save(file)


def _write_rows(rows: list[tuple[Any, ...]], decimals: Mapping[str, int], file: BinaryIO) -> None:
    """Ready values as they are, and one cell for all numbers of a format, as ours has it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    numbers = {places: WriteOnlyCell(sheet, value=0) for places in set(decimals.values())}
    for places, cell in numbers.items():
        cell.number_format = figure_format(places)
    sheet.append(list(COLUMNS))
    for row in rows:
        line = list(row)
        if row[VALUE] is not None:
            line[VALUE] = numbers[decimals[row[INDICATOR]]]
            line[VALUE].value = row[VALUE]
        sheet.append(line)
    book.save(file)


def _write_csv(rows: list[tuple[Any, ...]], file: BinaryIO) -> None:
    text = TextIOWrapper(file, encoding="utf-8", newline="")
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    lines.writerows(rows)
    text.detach()
