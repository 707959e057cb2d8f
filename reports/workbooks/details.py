"""明细数据 in Excel: one row a figure, to be filtered and pivoted, in memory that does not grow with the rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from indicators.workbooks import styles
from indicators.workbooks.official import A4, MAKER
from indicators.workbooks.writable import writable
from reports.pages.details import Detail, DetailsPage
from reports.workbooks.sheet import HIDDEN, status_line

NAME = "明细数据"
COLUMNS = {
    "年": 7,
    "季": 5,
    "季度": 9,
    "地区代码": 14,
    "地区": 13,
    "目标分类": 26,
    "指标代码": 26,
    "指标": 36,
    "单位": 9,
    "口径性质": 10,
    "数据类别": 10,
    "数值": 13,
    "目标修饰": 10,
    "来源": 30,
    "版本": 7,
    "审定日期": 12,
    "状态": 18,
}
"""What each column is called and how wide it is, in the order of a Detail."""
VALUE = list(COLUMNS).index("数值")
LAST = get_column_letter(len(COLUMNS))
HEADING_ROW = 4
ROWS_A_SHEET = 1_000_000
"""Excel holds 1,048,576 rows; what is beyond goes on in another sheet."""
LONGEST = 32_767
"""So many characters fit into a cell of Excel."""
NOTE = "一行一个数，可直接筛选、透视。流量指标的实绩为本年累计数；“数值”为空的是未定目标，不是零。"


def write(page: DetailsPage, file: BinaryIO, on: date) -> None:
    """Write the rows as they are read."""
    book = Workbook(write_only=True)
    book.properties.creator = MAKER
    sheets = [_Sheet(book, page, on)]
    for row in page.rows:
        if sheets[-1].used == ROWS_A_SHEET:
            sheets.append(_Sheet(book, page, on))
        sheets[-1].append(row)
    for sheet in sheets:
        sheet.let_filter()
    book.save(file)


class _Sheet:
    """A sheet being written.

    Only what needs it is a cell of its own, the others are handed on as they are: cells with their looks would take
    twice the time. A row is written as soon as it is appended, so that one cell serves for all numbers of a format.
    """

    def __init__(self, book: Workbook, page: DetailsPage, on: date) -> None:
        self.sheet, self.used = _sheet(book, page, on), 0
        numbers = {decimals: _number(self.sheet, decimals) for decimals in set(page.decimals.values())}
        self.numbers = {code: numbers[decimals] for code, decimals in page.decimals.items()}

    def append(self, row: Detail) -> None:
        self.used += 1
        line = [self._told(value) if isinstance(value, str) else value for value in row]
        if row.value is not None:
            line[VALUE] = self.numbers[row.indicator_code]
            line[VALUE].value = row.value
        self.sheet.append(line)

    def let_filter(self) -> None:
        """By every column, over the rows that have been written."""
        self.sheet.auto_filter.ref = f"A{HEADING_ROW}:{LAST}{HEADING_ROW + self.used}"

    def _told(self, words: str) -> str | WriteOnlyCell | None:
        """Excel would make a formula of a text that begins with "=", an error of one like "#N/A"."""
        text = _clean(words)
        return _text(self.sheet, text) if text[:1] in ("=", "#") else text or None


@lru_cache(maxsize=4096)
def _clean(words: str) -> str:
    return writable(words)[:LONGEST]


def _text(sheet: Any, words: str, font: Font | None = None) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=words)
    cell.data_type = "s"
    if font is not None:
        cell.font, cell.alignment = font, styles.FLUSH_LEFT
    return cell


def _number(sheet: Any, decimals: int) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=Decimal(0))
    cell.number_format = styles.figure_format(decimals)
    return cell


def _sheet(book: Workbook, page: DetailsPage, on: date) -> Any:
    """The next sheet, with title, status and headings, which stay in sight, on every page, and can be filtered by."""
    number = len(book.worksheets) + 1
    sheet = book.create_sheet(NAME if number == 1 else f"{NAME} {number}")
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    for place, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    status = status_line(
        page.quarter,
        is_published=page.is_published,
        is_demonstration=page.is_demonstration,
        on=on,
        unit="计量单位见“单位”列",
        covers="及以前各季",
    )
    is_settled = page.is_published and not page.is_demonstration
    sheet.row_dimensions[1].height, sheet.row_dimensions[HEADING_ROW].height = 34, 20
    sheet.append([_text(sheet, _clean(f"{page.plan}{NAME}"), styles.TITLE)])
    sheet.append([_text(sheet, status, styles.BODY if is_settled else styles.WARNING)])
    sheet.append([_text(sheet, NOTE if page.shows_every_town else NOTE + HIDDEN, styles.SMALL)])
    sheet.append([_heading(sheet, column) for column in COLUMNS])
    return sheet


def _heading(sheet: Any, words: str) -> WriteOnlyCell:
    cell = _text(sheet, words, styles.HEAD)
    cell.fill, cell.alignment, cell.border = styles.HEAD_FILL, styles.CENTRE, styles.GRID
    return cell
