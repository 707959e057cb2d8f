"""A sheet as an official table: title, status line, bordered cells, and how it comes out of the printer."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from indicators.workbooks import styles
from indicators.workbooks.writable import writable

DASH = "—"
TEXT_FORMAT = "@"
A3, A4 = 8, 9
MAKER = "行动计划目标跟踪"


@dataclass(frozen=True, slots=True)
class Look:
    font: Font = field(default=styles.BODY)
    alignment: Alignment = field(default=styles.CENTRE)
    fill: PatternFill | None = None


HEADING = Look(styles.HEAD, styles.CENTRE, styles.HEAD_FILL)
FIGURE = Look(alignment=styles.RIGHT)


@dataclass(slots=True)
class Table:
    """One sheet being filled. Text never becomes a formula, figures stay numbers."""

    sheet: Worksheet
    columns: int
    _styles: dict[tuple[int, int, int, str], tuple[Look, StyleArray]] = field(
        default_factory=dict, repr=False
    )
    """How each look was entered into the workbook, by its parts' identities, which stay theirs while it is kept."""

    def text(self, row: int, column: int, words: str, look: Look = Look()) -> Cell:
        """A bordered cell of text; "=…" in a name stays text."""
        cell = self._cell(row, column, look)
        _put_text(cell, words)
        return cell

    def figure(
        self, row: int, column: int, value: Decimal | None, number_format: str, look: Look | None = None
    ) -> Cell:
        """A bordered cell of a number, a dash where there is none."""
        if value is None:
            return self.text(row, column, DASH, Look(fill=look.fill if look else None))
        cell = self._cell(row, column, look or FIGURE, number_format)
        cell.value = value
        return cell

    def moment(self, row: int, column: int, when: datetime | None) -> Cell:
        """A bordered cell of a time, on the clock that aware times are given in; a dash where there is none."""
        if when is None:
            return self.text(row, column, DASH)
        cell = self._cell(row, column, Look())
        cell.value = when.replace(tzinfo=None, second=0, microsecond=0)
        cell.number_format = styles.MOMENT
        return cell

    def entry(
        self,
        row: int,
        column: int,
        value: Decimal | str | None,
        number_format: str = TEXT_FORMAT,
        *,
        alignment: Alignment = styles.LEFT,
    ) -> Cell:
        """A cell to type into: the only unlocked ones of a protected sheet, and marked by their ground."""
        cell = self._cell(row, column, Look(alignment=alignment, fill=styles.ENTRY_FILL), number_format)
        cell.protection = Protection(locked=False)
        if isinstance(value, str):
            _put_text(cell, value)
        else:
            cell.value = value
        return cell

    def heading(self, row: int, column: int, words: str, *, rows: int = 1, columns: int = 1) -> None:
        """A heading over so many rows and columns, all of them bordered."""
        self.span(row, column, words, HEADING, rows=rows, columns=columns)

    def span(self, row: int, column: int, words: str, look: Look, *, rows: int = 1, columns: int = 1) -> None:
        for line in range(row, row + rows):
            for at in range(column, column + columns):
                self._cell(line, at, look)
        _put_text(self.sheet.cell(row, column), words)
        if rows > 1 or columns > 1:
            self._merge(row, column, row + rows - 1, column + columns - 1)

    def line(self, row: int, words: str, look: Look, *, height: float = 18) -> None:
        """A line across the whole table, without borders."""
        cell = self.sheet.cell(row, 1)
        cell.font, cell.alignment = look.font, look.alignment
        _put_text(cell, words)
        self._merge(row, 1, row, self.columns)
        self.sheet.row_dimensions[row].height = height

    def widths(self, *widths: float) -> None:
        for at, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(at)].width = width

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """The sheet's own merging would put cells with borders worked out anew in place of ours, one by one."""
        first, last = get_column_letter(left), get_column_letter(right)
        self.sheet.merged_cells.add(f"{first}{top}:{last}{bottom}")

    def _cell(self, row: int, column: int, look: Look, number_format: str = "General") -> Cell:
        """A bordered cell. A look is entered once: openpyxl compares it with all others, part by part, each time."""
        cell = self.sheet.cell(row, column)
        key = (id(look.font), id(look.alignment), id(look.fill), number_format)
        if key in self._styles:
            cell._style = copy(self._styles[key][1])
            return cell
        cell.font, cell.alignment, cell.border = look.font, look.alignment, styles.GRID
        cell.number_format = number_format
        if look.fill is not None:
            cell.fill = look.fill
        self._styles[key] = look, copy(cell._style)
        return cell


def _put_text(cell: Cell, words: str) -> None:
    """A string that begins with "=" would become a formula; control characters would not open at all."""
    cell.value = writable(words)
    cell.data_type = "s"


def new_table(name: str, columns: int) -> tuple[Workbook, Table]:
    book = Workbook()
    book.properties.creator = MAKER
    sheet = book.active
    sheet.title = name
    return book, Table(sheet, columns)


def finish(table: Table, *, paper: int, heading_rows: tuple[int, int], freeze: str) -> None:
    """Landscape, one page wide, headings on every page, pages numbered."""
    sheet = table.sheet
    sheet.freeze_panes = freeze
    sheet.print_title_rows = f"{heading_rows[0]}:{heading_rows[1]}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.5, 0.8, 0.4
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.sheet_view.showGridLines = False


def protect(table: Table) -> None:
    """Lock all but the cells to type into, without a password: against slips, not against people."""
    guard = table.sheet.protection
    guard.sheet = True
    guard.formatColumns = guard.formatRows = False


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()
