"""How every report's sheet begins: its title, and what its figures are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from math import ceil
from typing import TypeVar

from indicators.domain.periods import Quarter
from indicators.workbooks import styles
from indicators.workbooks.official import Look, Table
from reports.pages.status import DEMONSTRATION, PROVISIONAL
from reports.pages.town_filings import full_date

Row = TypeVar("Row")
NOTE_LINE = 14
"""The height of a line of small print, in points."""
SIGNATURE = "制表单位（盖章）：　　　　　　　　　审核人：　　　　　　　　制表人：　　　　　　　　联系电话："
HIDDEN = "其他镇区的实绩不在本账号的查看范围内，年度目标对各镇区公开。"
"""For the notes of a table whose reader sees of other towns the targets alone."""
BODY_LINE = 13
"""How much higher a row is for each further line of the body's print."""
_WIDE, _NARROW = 1.8, 0.95
"""How much of a column's width a Chinese character and a Latin one of the small print take."""


def head(table: Table, title: str, status: str, *, is_settled: bool) -> None:
    """The title, and below it what the figures are: quarter, 定稿 or not, 演示数据."""
    table.line(1, title, Look(styles.TITLE, styles.CENTRE), height=34)
    table.line(2, status, Look(styles.BODY if is_settled else styles.WARNING, styles.FLUSH_LEFT))


def status_line(
    quarter: Quarter,
    *,
    is_published: bool,
    is_demonstration: bool,
    on: date,
    unit: str = "计量单位见指标名称",
    covers: str = "",
) -> str:
    """`covers` is what the figures cover where that is not the year up to the quarter: "6月末"."""
    parts = [
        f"{quarter.label}（{covers or f'{quarter.span}累计'}）",
        "已定稿" if is_published else PROVISIONAL,
    ]
    if is_demonstration:
        parts.append(DEMONSTRATION)
    parts.append(unit)
    parts.append(f"制表日期：{full_date(on)}")
    return "　".join(parts)


def caption(table: Table, row: int, words: str) -> None:
    """The heading of one part of a sheet, without borders."""
    table.line(row, words, Look(styles.HEAD, styles.FLUSH_LEFT), height=22)


def in_group(
    table: Table, row: int, name: str, rows: Sequence[Row], write: Callable[[Table, Row, int], None]
) -> int:
    """A heading of the plan in the first column over its rows; answers with the row below them."""
    table.span(row, 1, name, Look(styles.BODY), rows=len(rows))
    for at, one in enumerate(rows, start=row):
        write(table, one, at)
    return row + len(rows)


def signature(table: Table, row: int) -> None:
    """The line to be signed below the notes of an official table."""
    table.line(row, SIGNATURE, Look(styles.BODY, styles.FLUSH_LEFT), height=26)


def notes(table: Table, row: int, said: Sequence[str], *, width: float) -> int:
    """Small print below the table, as many lines as it takes; answers with the row below it.

    `width` is that of all columns, in Excel's units.
    """
    for at, words in enumerate(said):
        written = f"注：{words}" if not at else f"　　{words}"
        height = NOTE_LINE * lines_of(written, width) + 4
        table.line(row + at, written, Look(styles.SMALL, styles.LEFT), height=height)
    return row + len(said)


def row_height(words: str, width: float, *, line: float = 18) -> float:
    """The height of a row whose longest words stand in a cell so wide."""
    return line + (lines_of(words, width) - 1) * BODY_LINE


def lines_of(words: str, width: float) -> int:
    """How many lines words take in a cell so wide, in Excel's units; one for none."""
    return max(ceil(sum(_WIDE if ord(character) > 255 else _NARROW for character in words) / width), 1)
