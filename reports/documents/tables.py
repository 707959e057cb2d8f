"""Tables in a letter: headed on every page, no row torn in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import Table, _Cell, _Row

from reports.documents import looks
from reports.documents.paper import line


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in millimetres; `style` that of its cells."""

    title: str
    width: float
    style: str = looks.FIGURE


def add_table(document: Document, columns: Sequence[Column]) -> Table:
    """An empty table with its headings."""
    table = document.add_table(rows=0, cols=len(columns), style=looks.TABLE)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for grid, column in zip(table.columns, columns, strict=True):
        grid.width = Mm(column.width)
    _fill(table.add_row(), columns, [column.title for column in columns], style=looks.CELL_HEAD)
    _mark(table.rows[0], "w:tblHeader")
    return table


def add_row(table: Table, columns: Sequence[Column], words: Sequence[str]) -> None:
    _fill(table.add_row(), columns, words)


def add_heading(table: Table, columns: Sequence[Column], words: str) -> None:
    """A heading across the whole table, which stays with the row below it."""
    row = table.add_row()
    _fill(row, columns, [words] + [""] * (len(columns) - 1), style=looks.CELL)
    cells = row.cells
    merged = cells[0].merge(cells[-1])
    for empty in merged.paragraphs[1:]:
        empty._p.getparent().remove(empty._p)
    heading = merged.paragraphs[0]
    heading.paragraph_format.keep_with_next = True
    for run in heading.runs:
        run.style = looks.STRONG


def _fill(row: _Row, columns: Sequence[Column], words: Sequence[str], style: str = "") -> None:
    _mark(row, "w:cantSplit")
    for cell, column, said in zip(row.cells, columns, words, strict=True):
        _put(cell, column, said, style or column.style)


def _put(cell: _Cell, column: Column, words: str, style: str) -> None:
    cell.width = Mm(column.width)
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(line(words))


def _mark(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
