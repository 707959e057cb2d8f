"""A quarter of all towns in one workbook, for the office: towns down, 附件2's columns across."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import BinaryIO

from openpyxl.utils import get_column_letter

from indicators.choices import Kind
from indicators.models import Indicator
from indicators.queries.filing.comparisons import EMPTY
from indicators.queries.filing.towns import TownReturn, TownsQuarter
from indicators.services.filing import SentReturn
from indicators.workbooks import styles
from indicators.workbooks.official import A3, DASH, Look, Table, finish, new_table, protect, saved
from indicators.workbooks.returns import identity
from indicators.workbooks.returns.grid import Grid, address_of, sheet_named
from indicators.workbooks.returns.identity import (
    Format,
    identity_of,
    read_identity,
    require_same_quarter,
    stamp,
)
from indicators.workbooks.returns.intake import opened_upload
from indicators.workbooks.returns.refusals import RefusedFileError
from indicators.workbooks.returns.validation import Rule, apply_rules, figure_rule

SHEET = "镇区代填表"
TOWN, FIRST_COLUMN = 1, 2
CAMPAIGN_ROW, NAME_ROW, PART_ROW = 4, 5, 6
FIRST_ROW = PART_ROW + 1
ROW_HEIGHT = 26
NUMERALS = "一二三四五六七八九十"
HOW = (
    "浅黄底的格子可以填写，灰底的镇区不能代填（原因见末列）。填年初到本季末的累计数，没有数的留空。"
    "填好后在本报送期的页面上传，只存成各镇区名下的代填草稿。"
)


@dataclass(frozen=True, slots=True)
class SentTowns:
    """What came back: the versions that were downloaded, and the cells, both by unit code."""

    versions: Mapping[str, int]
    towns: Mapping[str, SentReturn]


def write_towns(quarter: TownsQuarter, today: date) -> bytes:
    """The towns' drafts as they stand, ready to be typed over."""
    columns = len(quarter.indicators)
    book, table = new_table(SHEET, columns=columns + 2)
    book.properties.title = f"{quarter.period.quarter.label}镇区代填表"
    _head(table, quarter, today)
    _headings(table, quarter)
    rules = [rule for row, town in _rows(quarter) for rule in _town(table, quarter, town, row)]
    _sums(table, quarter)
    apply_rules(table.sheet, rules)
    table.widths(14, *(13 for _ in range(columns)), 34)
    finish(table, paper=A3, heading_rows=(CAMPAIGN_ROW, PART_ROW), freeze=address_of(FIRST_ROW, FIRST_COLUMN))
    protect(table)
    versions = {town.unit.code: town.version for town in quarter.towns}
    stamp(book, identity_of(quarter.period, Format.TOWNS, versions))
    return saved(book)


def towns_name(quarter: TownsQuarter) -> str:
    """2015年第二季度镇区代填表.xlsx, marked where the figures only demonstrate."""
    mark = "（演示数据）" if quarter.period.plan.demonstration else ""
    return f"{quarter.period.quarter.label}镇区代填表{mark}.xlsx"


def read_towns(file: BinaryIO, quarter: TownsQuarter) -> SentTowns:
    """What was typed. Raises RefusedFileError for a file of which nothing can be taken."""
    with opened_upload(file) as book:
        sheet = sheet_named(book, identity.SHEET)
        if sheet is None:
            raise RefusedFileError(identity.UNSTAMPED)
        found = read_identity(sheet, Format.TOWNS)
        require_same_quarter(found, quarter.period)
        last = FIRST_ROW + len(quarter.towns)
        return SentTowns(
            found.versions, _read(Grid(book, SHEET, rows=last + 1, columns=_width(quarter)), quarter)
        )


def _read(grid: Grid, quarter: TownsQuarter) -> dict[str, SentReturn]:
    grid.require_words(CAMPAIGN_ROW, TOWN, "镇区")
    for heading in _named(quarter):
        grid.require_words(heading.row, heading.column, heading.words)
    for row, town in _rows(quarter):
        grid.require_words(row, TOWN, town.unit.name)
    grid.require_unmerged(
        rows=range(FIRST_ROW, FIRST_ROW + len(quarter.towns)), columns=range(TOWN, _width(quarter) + 1)
    )
    return {
        town.unit.code: SentReturn({one.code: grid.sent(row, column) for column, one in _columns(quarter)})
        for row, town in _rows(quarter)
    }


def _rows(quarter: TownsQuarter) -> list[tuple[int, TownReturn]]:
    return list(enumerate(quarter.towns, start=FIRST_ROW))


def _columns(quarter: TownsQuarter) -> list[tuple[int, Indicator]]:
    return list(enumerate(quarter.indicators, start=FIRST_COLUMN))


def _width(quarter: TownsQuarter) -> int:
    return FIRST_COLUMN + len(quarter.indicators)


@dataclass(frozen=True, slots=True)
class _Heading:
    row: int
    column: int
    words: str
    rows: int = 1
    columns: int = 1


def _named(quarter: TownsQuarter) -> Iterator[_Heading]:
    """The headings of the indicators: two rows each, but a whole stands over itself and its parts."""
    parts = Counter(one.part_of_id for one in quarter.indicators)
    here = {one.pk for one in quarter.indicators}
    for column, one in _columns(quarter):
        if one.part_of_id in here:
            yield _Heading(PART_ROW, column, f"其中：{one.name}")
            continue
        named = f"{one.name}（{one.unit}）"
        if not parts[one.pk]:
            yield _Heading(NAME_ROW, column, named, rows=2)
            continue
        yield _Heading(NAME_ROW, column, named, columns=1 + parts[one.pk])
        yield _Heading(PART_ROW, column, "总数")


def _head(table: Table, quarter: TownsQuarter, today: date) -> None:
    period = quarter.period
    title = f"{period.plan.name}{period.quarter.label}镇区代填表"
    table.line(1, title, Look(styles.TITLE, styles.CENTRE), height=34)
    parts = [
        f"报送期：{period.quarter.label}（{period.quarter.span}累计）",
        "计量单位：见指标名称",
        f"制表日期：{today.year}年{today.month}月{today.day}日",
    ]
    if period.plan.demonstration:
        parts.append("演示数据，不是实际报送的数据")
    table.line(2, "　　".join(parts), Look(styles.STRONG, styles.FLUSH_LEFT), height=22)
    table.line(3, HOW, Look(styles.SMALL, styles.FLUSH_LEFT), height=20)


def _headings(table: Table, quarter: TownsQuarter) -> None:
    """As 附件2 is headed: the campaigns over their indicators, a whole over its part."""
    table.heading(CAMPAIGN_ROW, TOWN, "镇区", rows=3)
    column = FIRST_COLUMN
    grouped = groupby(quarter.indicators, key=lambda one: one.category.name)
    for at, (campaign, group) in enumerate(grouped):
        width = len(list(group))
        numeral = f"{NUMERALS[at]}、" if at < len(NUMERALS) else ""
        table.heading(CAMPAIGN_ROW, column, f"{numeral}{campaign}", columns=width)
        column += width
    table.heading(CAMPAIGN_ROW, column, "不能代填的原因", rows=3)
    for one in _named(quarter):
        table.heading(one.row, one.column, one.words, rows=one.rows, columns=one.columns)
    for row, height in ((CAMPAIGN_ROW, 40), (NAME_ROW, 44), (PART_ROW, 44)):
        table.sheet.row_dimensions[row].height = height


def _town(table: Table, quarter: TownsQuarter, town: TownReturn, row: int) -> Iterator[Rule]:
    """A row to fill in; grey and locked, with the reason, where the office may not."""
    table.text(row, TOWN, town.unit.name)
    reason = town.refusal.sentence if town.refusal else ""
    table.text(row, _width(quarter), reason, Look(styles.SMALL, styles.LEFT))
    table.sheet.row_dimensions[row].height = ROW_HEIGHT
    for column, one in _columns(quarter):
        value = town.figures.get(one.code, EMPTY).value
        shape = styles.figure_format(one.decimals)
        if town.refusal:
            table.figure(row, column, value, shape, Look(alignment=styles.RIGHT, fill=styles.HIDDEN_FILL))
        else:
            typed = table.entry(row, column, value, shape, alignment=styles.RIGHT)
            yield figure_rule(one), typed


def _sums(table: Table, quarter: TownsQuarter) -> None:
    """The towns added up as one types: the sheet's only formulas, in locked cells that are not read back."""
    row = FIRST_ROW + len(quarter.towns)
    look = Look(styles.STRONG, styles.RIGHT, styles.TOTAL_FILL)
    table.text(row, TOWN, "各镇区相加", Look(styles.STRONG, fill=styles.TOTAL_FILL))
    for column, one in _columns(quarter):
        if one.kind == Kind.RATE:
            table.text(row, column, DASH, Look(fill=styles.TOTAL_FILL))
        else:
            letter = get_column_letter(column)
            cell = table.text(row, column, "", look)
            cell.value = f"=SUM({letter}{FIRST_ROW}:{letter}{row - 1})"
            cell.number_format = styles.figure_format(one.decimals)
    table.text(row, _width(quarter), "", Look(fill=styles.TOTAL_FILL))
    table.sheet.row_dimensions[row].height = 24
