"""The second sheet of a town's statement: every target's cumulative figure of each quarter, last year's beside it."""

from __future__ import annotations

from openpyxl import Workbook

from indicators.domain.periods import Quarter
from indicators.workbooks import styles
from indicators.workbooks.official import A4, Look, Table, finish
from reports.pages.statement import StatementPage, StatementRow
from reports.workbooks import indicator_cells
from reports.workbooks.sheet import head, notes, signature

TOP_ROW, HEAD_ROW = 3, 4
NAME, TARGET, THIS_YEAR = 1, 2, 3
QUARTERS = 4
LAST_YEAR = THIS_YEAR + QUARTERS
WIDTHS = (44, 13, *(13 for _ in range(2 * QUARTERS)))
ROW_HEIGHT = 22
LEGEND = "流量指标为 1 月至季末的累计，存量和比率为期末数。“—”表示未报送或未到报送期，不是零。"


def add_cumulative(book: Workbook, page: StatementPage, status: str) -> None:
    """This year's quarters up to the one being read, and all of last year's."""
    table = Table(book.create_sheet("分季累计"), columns=len(WIDTHS))
    title = f"{page.plan}{page.town}分季累计"
    head(table, title, status, is_settled=page.is_published and not page.is_demonstration)
    year = page.quarter.year
    table.heading(TOP_ROW, NAME, "指标名称", rows=2)
    table.heading(TOP_ROW, TARGET, f"{year}年\n目标", rows=2)
    for column, of in ((THIS_YEAR, year), (LAST_YEAR, year - 1)):
        table.heading(TOP_ROW, column, f"{of}年", columns=QUARTERS)
        for number in range(1, QUARTERS + 1):
            table.heading(HEAD_ROW, column + number - 1, Quarter(of, number).span)
    for row in (TOP_ROW, HEAD_ROW):
        table.sheet.row_dimensions[row].height = 20
    row = HEAD_ROW + 1
    for one in page.rows:
        _target(table, one, row)
        row += 1
    notes(table, row, [LEGEND], width=sum(WIDTHS))
    signature(table, row + 1)
    table.widths(*WIDTHS)
    finish(table, paper=A4, heading_rows=(TOP_ROW, HEAD_ROW), freeze=f"B{HEAD_ROW + 1}")


def _target(table: Table, one: StatementRow, row: int) -> None:
    target = one.target
    plain = styles.figure_format(target.measure.decimals)
    indicator_cells.name(table, row, NAME, target, width=WIDTHS[0], line=ROW_HEIGHT)
    table.figure(row, TARGET, target.progress.target, plain)
    for at, quarter in enumerate(target.quarters):
        look = Look(styles.STRONG, styles.RIGHT) if quarter.is_now else None
        table.figure(row, THIS_YEAR + at, quarter.progress.actual if quarter.progress else None, plain, look)
        table.figure(row, LAST_YEAR + at, quarter.last_year, plain)
