"""附件2 in Excel: the allocation as the plan prints it, and beside it the same columns with actuals and rates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook

from indicators.choices import Reason
from indicators.domain.numbers import format_figure
from indicators.domain.progress import Progress
from indicators.workbooks import styles
from indicators.workbooks.official import A3, DASH, Look, Table, finish, new_table
from reports.figures import corrected_words
from reports.pages.annex2 import Annex2Page, AreaRow, Column, Figure, SumRow
from reports.pages.status import COUNTS_ROUNDED
from reports.workbooks.sheet import HIDDEN, head, signature, status_line

BLOCK_ROW, CAMPAIGN_ROW, NAME_ROW = 3, 4, 5
FIRST_ROW = NAME_ROW + 1
ROW_HEIGHT = 28
NUMERALS = "一二三四五六七八九十"
LEGEND = f"完成率前的 ● 达序时　▲ 略欠　■ 落后；“—”表示没有数，不是零。括号内为其中数。{COUNTS_ROUNDED}。"
NOT_PRINTED = "年度镇区目标尚未分解，表中镇区目标为演示目标。"


def make(page: Annex2Page, on: date) -> Workbook:
    """One sheet: the towns down, three blocks of the plan's columns across: targets, actuals, completion rates."""
    width = len(page.columns)
    book, table = new_table("附件2", columns=1 + 3 * width)
    title = f"{page.plan}{page.quarter.year}年度目标分解及完成情况"
    status = status_line(
        page.quarter, is_published=page.is_published, is_demonstration=page.is_demonstration, on=on
    )
    head(table, title, status, is_settled=page.is_published and not page.is_demonstration)
    _headings(table, page)
    row = FIRST_ROW
    for area in page.rows:
        _area(table, page.columns, area, row)
        row += 1
    for total in page.sums:
        _sum(table, page.columns, total, row)
        table.sheet.row_dimensions[row].height = ROW_HEIGHT
        row += 1
    for note in _notes(page):
        table.line(row, note, Look(styles.SMALL, styles.FLUSH_LEFT))
        row += 1
    signature(table, row)
    table.widths(15, *(12 for _ in page.columns), *(10.5 for _ in range(2 * width)))
    finish(table, paper=A3, heading_rows=(BLOCK_ROW, NAME_ROW), freeze=f"B{FIRST_ROW}")
    return book


def _headings(table: Table, page: Annex2Page) -> None:
    width = len(page.columns)
    table.heading(BLOCK_ROW, 1, "重点攻坚行动", rows=2)
    table.heading(NAME_ROW, 1, "指标")
    blocks = (f"{page.quarter.year}年度目标", f"{page.quarter.span}累计", "完成率")
    for block, name in enumerate(blocks):
        start = 2 + block * width
        table.heading(BLOCK_ROW, start, name, columns=width)
        column = start
        for at, (campaign, columns) in enumerate(page.headings):
            table.heading(CAMPAIGN_ROW, column, f"{_numeral(at)}{campaign}", columns=columns)
            column += columns
        for at, one in enumerate(page.columns):
            table.heading(NAME_ROW, start + at, one.short_name if block else one.name)
    for row, height in ((BLOCK_ROW, 24), (CAMPAIGN_ROW, 56), (NAME_ROW, 104)):
        table.sheet.row_dimensions[row].height = height


def _numeral(at: int) -> str:
    return f"{NUMERALS[at]}、" if at < len(NUMERALS) else ""


def _area(table: Table, columns: Sequence[Column], area: AreaRow, row: int) -> None:
    """A town's row, or the city's 合计."""
    fill = styles.TOTAL_FILL if area.is_city else None
    font = styles.STRONG if area.is_city else styles.BODY
    table.text(row, 1, area.name, Look(font, fill=fill))
    look = Look(font, styles.RIGHT, fill)
    width = len(columns)
    for at, (column, target) in enumerate(zip(columns, area.targets, strict=True)):
        _figure(table, row, 2 + at, column, target, look)
    if area.actuals is None or area.progress is None:
        for at in range(2 * width):
            table.text(row, 2 + width + at, "", Look(fill=styles.HIDDEN_FILL))
    else:
        for at, (column, actual, progress) in enumerate(
            zip(columns, area.actuals, area.progress, strict=True)
        ):
            _figure(table, row, 2 + width + at, column, actual, look)
            _rate(table, row, 2 + 2 * width + at, progress)
    table.sheet.row_dimensions[row].height = ROW_HEIGHT


def _figure(table: Table, row: int, at: int, column: Column, figure: Figure, look: Look) -> None:
    """A number; with its part in brackets behind it, as printed: 350（220）."""
    decimals = column.measure.decimals
    if not column.part_count or figure.whole is None:
        table.figure(row, at, figure.whole, styles.figure_format(decimals), look)
        return
    parts = "、".join(DASH if part is None else format_figure(part, decimals) for part in figure.parts)
    table.text(row, at, f"{format_figure(figure.whole, decimals)}（{parts}）", look)


def _rate(table: Table, row: int, at: int, progress: Progress) -> None:
    """In the colour of its light, which stays when somebody changes the rate: the light is not of the rate alone.

    It is of the progress ratio, which also knows the year's beginning and counts down to whole units.
    """
    completion = None if isinstance(progress.completion, Reason) else progress.completion
    light = progress.light
    look = Look(styles.light_font(light), styles.RIGHT, styles.light_fill(light))
    table.figure(
        row, at, completion, styles.light_rate_format(light), look if completion is not None else None
    )


def _sum(table: Table, columns: Sequence[Column], total: SumRow, row: int) -> None:
    look = Look(styles.SMALL, styles.RIGHT, styles.TOTAL_FILL)
    table.text(row, 1, total.name, Look(styles.SMALL, fill=styles.TOTAL_FILL))
    width = len(columns)
    nothing: tuple[Decimal | None, ...] = (None,) * width
    for block, values in enumerate((total.targets, total.actuals or nothing, nothing)):
        for at, (column, value) in enumerate(zip(columns, values, strict=True)):
            decimals = column.measure.decimals
            shape = styles.signed_format(decimals) if total.is_difference else styles.figure_format(decimals)
            if value is None:
                table.text(
                    row, 2 + block * width + at, "" if block == 2 else DASH, Look(fill=styles.TOTAL_FILL)
                )
            else:
                table.figure(row, 2 + block * width + at, value, shape, look)


def _notes(page: Annex2Page) -> list[str]:
    notes = [LEGEND]
    if not page.shows_every_town:
        notes.append(HIDDEN)
    if corrected := corrected_words(page.corrected):
        notes.append(corrected)
    if page.stands_in:
        notes.append(f"{page.quarter.year}{NOT_PRINTED}")
    return [f"注：{note}" if not at else f"　　{note}" for at, note in enumerate([*notes, *page.notes])]
