"""Writes a plan folder as one workbook, as an office would type it: `python -m tests.plans.workbook`."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.plans.tables import COLUMNS, LINHAI, LINHAI_WORKBOOK, NUMBERS, columns_of, rows_of


def number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def write_cell(cell: Cell, column: str, text: str) -> None:
    """Numbers as numbers; everything else as text, so that Excel makes no date or formula of it."""
    if not text:
        return
    if column in NUMBERS:
        cell.value = number(text)
        return
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"


def write_sheet(sheet: Worksheet, folder: Path, table: str) -> None:
    columns = columns_of(table)
    sheet.append(columns)
    sheet.freeze_panes = "A2"
    for line, row in enumerate(rows_of(folder, table), start=2):
        for place, column in enumerate(columns, start=1):
            write_cell(sheet.cell(line, place), column, row[column])


def write_workbook(folder: Path, path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in COLUMNS:
        write_sheet(book.create_sheet(table), folder, table)
    book.save(path)


if __name__ == "__main__":
    write_workbook(LINHAI, LINHAI_WORKBOOK)
