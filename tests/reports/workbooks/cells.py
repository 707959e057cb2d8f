"""Reading our own workbooks back."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
from django.contrib.auth.models import User
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.downloads.catalogue import REPORTS
from reports.downloads.subjects import asked_for
from tests.reports.results import reading

ON = date(2015, 8, 3)


def book_of(name: str, user: User, quarter: str = "2015Q2", *, about: str = "") -> Workbook:
    """A report's workbook as this reader downloads it, read back."""
    report, file = REPORTS[name], BytesIO()
    report.writers["xlsx"](asked_for(report, reading(user, quarter), user, ON, about), file)
    return openpyxl.load_workbook(file)


def sheet_of(name: str, user: User, quarter: str = "2015Q2", *, about: str = "") -> Worksheet:
    return book_of(name, user, quarter, about=about).active


def row_headed(sheet: Worksheet, words: str, *, column: int = 1) -> int:
    """The number of the row whose cell in this column begins with these words."""
    return next(
        row
        for row in range(1, sheet.max_row + 1)
        if str(sheet.cell(row, column).value or "").startswith(words)
    )


def values(sheet: Worksheet, row: int, first: int, last: int) -> list[object]:
    return [sheet.cell(row, column).value for column in range(first, last + 1)]
