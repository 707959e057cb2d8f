"""镇区名次变动: the second sheet of the quarterly bulletin's table, what places the towns won and lost."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook

from indicators.domain.ranking import DEFAULT_CAP
from indicators.workbooks import styles
from indicators.workbooks.official import A4, Look, Table, finish
from reports.pages.quarterly import QuarterlyPage
from reports.pages.ranking import RankRow
from reports.pages.standings import FULL_SCORE
from reports.workbooks import live, rank_cells
from reports.workbooks.sheet import head, notes, signature, status_line

HEAD_ROW = 3
TOWN, RANK, EARLIER, MOVED, SCORE, DUE, UNREPORTED, SAID = range(1, 9)
HEADINGS = ("镇区", "本季名次", "上季名次", "名次变动", "得分", "到期项数", "未报项数", "报送")
WIDTHS = (24, 17, 17, 17, 36, 17, 17, 20)
HIGHEST = FULL_SCORE * DEFAULT_CAP
ROW_HEIGHT = 17
LEGEND = (
    "名次变动为本年度内与上季度相比，↑ 上升，↓ 下降；同分同名次，到期未报送的计 0 分。“—”表示没有数，不是零。"
)


def add_towns(book: Workbook, page: QuarterlyPage, on: date) -> None:
    """The towns in the order of their ranks; one line that says so while the quarter is unpublished."""
    table = Table(book.create_sheet("镇区名次变动"), columns=len(HEADINGS))
    status = status_line(
        page.quarter,
        is_published=page.is_published,
        is_demonstration=page.is_demonstration,
        on=on,
        unit=f"得分 0 至 {HIGHEST:.0f} 分",
    )
    title = f"{page.city}{page.quarter.label}镇区名次变动"
    head(table, title, status, is_settled=page.is_published and not page.is_demonstration)
    for at, words in enumerate(HEADINGS, start=1):
        table.heading(HEAD_ROW, at, words)
    table.sheet.row_dimensions[HEAD_ROW].height = 24
    row = _rows(table, page, HEAD_ROW + 1)
    said = [page.headline, LEGEND] if page.towns else [LEGEND]
    if page.stands_in:
        said.append(f"{page.quarter.year}年度镇区目标尚未分解，按演示目标计分。")
    notes(table, row, said, width=sum(WIDTHS))
    signature(table, row + len(said))
    table.widths(*WIDTHS)
    finish(table, paper=A4, heading_rows=(HEAD_ROW, HEAD_ROW), freeze=f"B{HEAD_ROW + 1}")


def _rows(table: Table, page: QuarterlyPage, row: int) -> int:
    """Answers with the row below the last."""
    if not page.towns:
        table.span(row, TOWN, page.headline, Look(), columns=len(HEADINGS))
        table.sheet.row_dimensions[row].height = 30
        return row + 1
    first = row
    for one in page.towns:
        _town(table, one, row)
        row += 1
    live.bars(table, SCORE, first, row - 1, full=HIGHEST)
    live.behind_in_red(table, MOVED, first, row - 1)
    return row


def _town(table: Table, one: RankRow, row: int) -> None:
    table.text(row, TOWN, one.town)
    rank_cells.count(table, row, RANK, one.rank)
    rank_cells.count(table, row, EARLIER, one.earlier)
    rank_cells.moved(table, row, MOVED, one.moved)
    table.figure(row, SCORE, one.score, styles.SCORE)
    rank_cells.count(table, row, DUE, one.due)
    rank_cells.count(table, row, UNREPORTED, one.unreported)
    table.text(row, SAID, one.standing.unreported or ("不计分" if one.score is None else "已报齐"))
    table.sheet.row_dimensions[row].height = ROW_HEIGHT
