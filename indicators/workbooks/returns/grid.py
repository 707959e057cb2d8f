"""The cells of an uploaded sheet by row and column, as text that a person meant, and the cells that were merged."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from defusedxml.ElementTree import iterparse
from openpyxl import Workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.xml.constants import SHEET_MAIN_NS

from indicators.services.filing import SentCell
from indicators.workbooks.cells import CellError, cell_text
from indicators.workbooks.returns.refusals import AGAIN, RefusedFileError

_MERGED = f"{{{SHEET_MAIN_NS}}}mergeCell"
_SPACE = re.compile(r"\s+")
_CARRIAGE_RETURN = "_x000D_"


class Grid:
    """The part of a sheet that a layout knows; what lies beyond it is not looked at."""

    def __init__(self, book: Workbook, name: str, *, rows: int, columns: int) -> None:
        sheet: Any = next((one for one in book.worksheets if one.title == name), None)
        if sheet is None:
            raise RefusedFileError(f"缺少“{name}”工作表，可能被改名或删去了。{AGAIN}")
        self.name = name
        self._cells = list(sheet.iter_rows(max_row=rows, max_col=columns))
        self._merged = list(_merged_ranges(sheet))

    def words(self, row: int, column: int) -> str:
        """What stands in a cell of the layout itself, without its spaces and line breaks."""
        value = getattr(self._cell(row, column), "value", None)
        return _SPACE.sub("", "" if value is None else str(value))

    def sent(self, row: int, column: int) -> SentCell:
        """What somebody typed, or why it cannot be taken."""
        address, cell = address_of(row, column), self._cell(row, column)
        if cell is None or cell.value is None:
            return SentCell(address)
        if isinstance(cell.value, bool):
            return SentCell(address, str(cell.value), "是逻辑值（TRUE 或 FALSE），请改填数字或文字。")
        try:
            text = cell_text(cell.value, data_type=cell.data_type, number_format=cell.number_format)
        except CellError as fault:
            return SentCell(address, str(cell.value), str(fault))
        return SentCell(address, text.replace(_CARRIAGE_RETURN, "").replace("\r\n", "\n"))

    def require_words(self, row: int, column: int, expected: str) -> None:
        """Raises RefusedFileError, with the address, where the layout itself was changed."""
        found = self.words(row, column)
        if found != _SPACE.sub("", expected):
            address = address_of(row, column)
            held = f"现在是“{found[:30]}”" if found else "现在是空的"
            raise RefusedFileError(
                f"{address} 应是“{expected}”，{held}：模板的行、列和标题不能移动、改名或删除。{AGAIN}"
            )

    def require_unmerged(self, *, rows: range, columns: range, besides: Collection[str] = ()) -> None:
        """Raises RefusedFileError for cells merged where one types: all but the first have lost what they held."""
        for reference in self._merged:
            if reference in besides:
                continue
            left, top, right, bottom = range_boundaries(reference)
            if top <= rows[-1] and bottom >= rows[0] and left <= columns[-1] and right >= columns[0]:
                raise RefusedFileError(
                    f"{reference} 被合并成了一格，其中的数会丢失。请取消合并，逐格填写后再上传。"
                )

    def _cell(self, row: int, column: int) -> Any:
        cells = self._cells[row - 1] if row <= len(self._cells) else ()
        return cells[column - 1] if column <= len(cells) else None


def sheet_named(book: Workbook, name: str) -> Any:
    return next((sheet for sheet in book.worksheets if sheet.title == name), None)


def address_of(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"


def _merged_ranges(sheet: Any) -> Iterator[str]:
    # Read-only sheets do not say; the file, whose parts have been looked at, does.
    with sheet._get_source() as part:
        for _, element in iterparse(part):
            if element.tag == _MERGED:
                yield element.get("ref", "")
            element.clear()
