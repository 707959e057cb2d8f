"""明细数据 as CSV, written as the rows are read: what Excel opens with a double click, and any other program reads."""

from __future__ import annotations

import csv
from io import TextIOWrapper
from typing import BinaryIO

from indicators.domain.numbers import plain_digits
from reports.pages.details import Detail, DetailsPage
from reports.workbooks.details import COLUMNS, VALUE

BEGINS_A_FORMULA = frozenset("=+-@\t\r\n")


def write(page: DetailsPage, file: BinaryIO) -> None:
    """The headings and one line a figure; the file stays open. Without its mark Excel would not read UTF-8."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    lines.writerows(map(_line, page.rows))
    text.detach()


def _line(row: Detail) -> list[object]:
    line: list[object] = [_escaped(value) if isinstance(value, str) else value for value in row]
    if row.value is not None:
        line[VALUE] = plain_digits(row.value)
    return line


def _escaped(words: str) -> str:
    """A spreadsheet takes what begins like this for a formula; the apostrophe says that it is text."""
    return f"'{words}" if words[:1] in BEGINS_A_FORMULA else words
