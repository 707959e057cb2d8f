"""Tables in a letter: headed on every page, no row torn in two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docx.document import Document

from reports.documents import looks
from reports.documents.looks import IDENTITIES
from reports.documents.markup import parsed, tag, words_of
from reports.documents.paper import line

TWIPS_A_MM = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in millimetres; `style` that of its cells."""

    title: str
    width: float
    style: str = looks.FIGURE

    @property
    def twips(self) -> int:
        return round(self.width * TWIPS_A_MM)


Row = Sequence[str]
"""The words of a row's cells; one alone is a heading across the table."""


def add_table(document: Document, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    """Behind what the document holds so far."""
    width = sum(column.twips for column in columns)
    properties = tag(
        "tblPr",
        tag("tblStyle", val=looks.TABLE_IDENTITY)
        + tag("tblW", w=width, type="dxa")
        + tag("jc", val="center")
        + tag("tblLayout", type="fixed"),
    )
    grid = tag("tblGrid", "".join(tag("gridCol", w=column.twips) for column in columns))
    head = _row(columns, [column.title for column in columns], style=looks.CELL_HEAD, is_head=True)
    body = "".join(
        _heading(width, row[0], len(columns)) if len(row) == 1 else _row(columns, row) for row in rows
    )
    document.element.body[-1].addprevious(parsed(tag("tbl", properties + grid + head + body)))


def _row(columns: Sequence[Column], words: Row, *, style: str = "", is_head: bool = False) -> str:
    marks = tag("cantSplit") + (tag("tblHeader") if is_head else "")
    cells = (
        _cell(column.twips, said, style or column.style) for column, said in zip(columns, words, strict=True)
    )
    return tag("tr", tag("trPr", marks) + "".join(cells))


def _heading(width: int, words: str, columns: int) -> str:
    """Stays with the row below it."""
    cell = _cell(width, words, looks.CELL, columns=columns, is_heading=True)
    return tag("tr", tag("trPr", tag("cantSplit")) + cell)


def _cell(width: int, words: str, style: str, *, columns: int = 1, is_heading: bool = False) -> str:
    span = tag("gridSpan", val=columns) if columns > 1 else ""
    about = tag("tcPr", tag("tcW", w=width, type="dxa") + span + tag("vAlign", val="center"))
    strong = tag("rPr", tag("rStyle", val=looks.STRONG)) if is_heading else ""
    set_in = tag("pPr", tag("pStyle", val=IDENTITIES[style]) + (tag("keepNext") if is_heading else ""))
    return tag("tc", about + tag("p", set_in + tag("r", strong + words_of(line(words)))))
