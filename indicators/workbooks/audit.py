"""The audit trail as a workbook of any length: one row a thing that was told, in memory that does not grow with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from indicators.queries.trail.rows import TrailRow
from indicators.workbooks.writable import writable

TITLE = "审计记录"
COLUMNS = {
    "链上位置": 24,
    "时间": 19,
    "经办人": 18,
    "账号": 12,
    "行为": 13,
    "对象": 26,
    "项目": 34,
    "原值": 20,
    "新值": 38,
}
"""What each column is called and how wide it is: so many Latin characters."""
WIDTHS = tuple(round(width * 1.12) for width in COLUMNS.values())
"""So much of our font goes into a column: Excel measures its width in a font that is a point larger."""
LINE_HEIGHT, HIGHEST = 13.5, 400
"""In points; Excel knows no row higher than 409."""
HEADING_ROW = 3
ROWS_A_SHEET = 1_000_000
"""Excel holds 1,048,576 rows; what is beyond goes on in another sheet."""
LONGEST = 32_767
"""So many characters fit into a cell of Excel."""
A4 = 9
MOMENT = "yyyy-mm-dd hh:mm:ss"

TITLE_FONT = Font(name="黑体", size=16)
NOTE_FONT = Font(name="宋体", size=10)
HEADING_FONT = Font(name="黑体", size=10, color="FFFFFFFF")
HEADING_FILL = PatternFill("solid", fgColor="FF1F4E79")
BODY_FONT = Font(name="宋体", size=10)
WRAPPED = Alignment(horizontal="left", vertical="top", wrap_text=True)
FLUSH = Alignment(horizontal="left", vertical="center")
RULE = Border(bottom=Side(style="hair", color="FF8793A3"))


def write_trail(file: BinaryIO, rows: Iterable[TrailRow], *, told: str) -> None:
    """Write the rows as they come. `told` says what they are: which city's, under which conditions, made when."""
    book = Workbook(write_only=True)
    sheet = _Sheet(book, told)
    for line in _lines(rows):
        if sheet.used == ROWS_A_SHEET:
            sheet = _Sheet(book, told)
        sheet.append(line)
    book.save(file)


class _Sheet:
    """A sheet being written.

    A row is written as soon as it is appended, so that one row of cells serves for all: cells of their own, each with
    its looks, would take twice the time.
    """

    def __init__(self, book: Workbook, told: str) -> None:
        self.sheet, self.used = _sheet(book, told), 0
        self.cells = [_cell(self.sheet, "", BODY_FONT, border=RULE) for _ in COLUMNS]
        self.cells[list(COLUMNS).index("时间")].number_format = MOMENT

    def append(self, line: tuple[str | datetime, ...]) -> None:
        """One row, as high as its longest text needs: Excel finds that by itself, other programs do not."""
        self.used += 1
        number, lines = HEADING_ROW + self.used, _lines_needed(line)
        for cell, value in zip(self.cells, line, strict=True):
            _tell(cell, value)
        if lines > 1:
            self.sheet.row_dimensions[number].height = min(lines * LINE_HEIGHT + 2, HIGHEST)
        self.sheet.append(self.cells)
        # Kept, the heights of a million rows would fill the memory.
        self.sheet.row_dimensions.pop(number, None)


def _cell(
    sheet: Any, words: str, font: Font, *, fill: PatternFill | None = None, border: Border | None = None
) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    cell.font, cell.alignment, cell.number_format = font, WRAPPED, "@"
    if fill:
        cell.fill = fill
    if border:
        cell.border = border
    _tell(cell, words)
    return cell


def _tell(cell: WriteOnlyCell, value: str | datetime) -> None:
    if isinstance(value, datetime):
        cell.value = value
        return
    cell.value = writable(value)[:LONGEST]
    # Excel would make a formula of a text that begins with "=".
    cell.data_type = "s"


def _lines_needed(line: tuple[str | datetime, ...]) -> int:
    return max(
        sum(max(1, -(-_width(part) // width)) for part in value.split("\n"))
        for value, width in zip(line, WIDTHS, strict=True)
        if isinstance(value, str)
    )


def _width(text: str) -> int:
    """So many Latin characters wide; nearly every other character here is Chinese, and twice as wide."""
    return len(text) if text.isascii() else sum(1 if char < "\u0300" else 2 for char in text)


def _lines(rows: Iterable[TrailRow]) -> Iterator[tuple[str | datetime, ...]]:
    """A line for each thing that an event tells, one for an event that tells nothing but itself."""
    for row in rows:
        event = (row.place, row.at.replace(tzinfo=None), row.person, row.account, row.act, row.about)
        for line in row.lines:
            yield (*event, line.label, line.old, line.new)
        if not row.lines:
            yield (*event, "", "", "")


def _sheet(book: Workbook, told: str) -> Any:
    """The next sheet, with title, conditions and headings; the headings stay in sight and on every page."""
    number = len(book.worksheets) + 1
    sheet = book.create_sheet(TITLE if number == 1 else f"{TITLE} {number}")
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    for place, width in enumerate(COLUMNS.values()):
        sheet.column_dimensions["ABCDEFGHI"[place]].width = width
    title, note = _cell(sheet, TITLE, TITLE_FONT), _cell(sheet, told, NOTE_FONT)
    title.alignment = note.alignment = FLUSH
    sheet.append([title])
    sheet.append([note])
    sheet.append([_cell(sheet, column, HEADING_FONT, fill=HEADING_FILL) for column in COLUMNS])
    return sheet
