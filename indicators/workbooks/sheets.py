"""Writes a table as a sheet that reads well: header frozen, columns as wide as their content, text as text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

CellValue = str | int | Decimal | None

HEADER_FONT = Font(bold=True, color="FFFFFF")
HEADER_FILL = PatternFill("solid", fgColor="1F4E79")
TEXT_ALIGNMENT = Alignment(vertical="top", wrap_text=True)
NUMBER_ALIGNMENT = Alignment(vertical="top")
NARROWEST, WIDEST = 8, 60
PADDING = 2


def write_sheet(
    book: Workbook, title: str, columns: Sequence[str], lines: Sequence[Sequence[CellValue]]
) -> None:
    """Append a sheet to a write-only workbook."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(lines) + 1}"
    for index, column in enumerate(columns):
        widest = max(map(_width, [column, *(line[index] for line in lines)]))
        letter = get_column_letter(index + 1)
        sheet.column_dimensions[letter].width = min(max(widest + PADDING, NARROWEST), WIDEST)
    sheet.append([_header_cell(sheet, column) for column in columns])
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])


def _header_cell(sheet: Any, column: str) -> WriteOnlyCell:
    cell = _cell(sheet, column)
    cell.font, cell.fill = HEADER_FONT, HEADER_FILL
    return cell


def _cell(sheet: Any, value: CellValue) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        # Excel would make a formula of a text that begins with "=", and a date of 1/2.
        cell.data_type = "s"
        cell.number_format = "@"
        cell.alignment = TEXT_ALIGNMENT
    else:
        cell.alignment = NUMBER_ALIGNMENT
    return cell


def _width(value: CellValue) -> int:
    """Columns that a cell takes: a Chinese character is twice as wide as a Latin one."""
    longest = max(("" if value is None else str(value)).split("\n"), key=len)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in longest)
