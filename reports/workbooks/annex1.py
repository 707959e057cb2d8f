"""附件1 in Excel: targets by year and 我市目标 as the plan tables them, the quarter's progress beside them."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook

from indicators.workbooks import styles
from indicators.workbooks.official import A4, Look, Table, finish, new_table
from reports.figures import corrected_words, known
from reports.pages.annex1 import Annex1Group, Annex1Page, Annex1Row
from reports.workbooks.sheet import head, status_line

HEAD_ROWS = (3, 4)
PROGRESS = ("累计", "完成率", "序时应达", "超/欠序时", "超/欠单位", "预计全年", "同比（名义）", "状态")
NOTES = (
    "注：完成率＝累计÷年度目标；流量指标的超/欠序时以百分点计，存量和比率以本指标单位计。",
    "　　● 达序时　▲ 略欠　■ 落后　○ 无数据。“—”表示没有数，不是零。",
)


def make(page: Annex1Page, on: date) -> Workbook:
    """One sheet, a row an indicator; parts follow their whole."""
    book, table = new_table("附件1", columns=3 + len(page.years) + len(PROGRESS))
    title = f"{page.plan}目标总表及完成情况"
    status = status_line(
        page.quarter, is_published=page.is_published, is_demonstration=page.is_demonstration, on=on
    )
    head(table, title, status, is_settled=page.is_published and not page.is_demonstration)
    _headings(table, page)
    row = HEAD_ROWS[1] + 1
    for group in page.groups:
        row = _group(table, group, row)
    corrected = corrected_words(page.corrected)
    for note in (*NOTES, corrected) if corrected else NOTES:
        table.line(row, note, Look(styles.SMALL, styles.FLUSH_LEFT))
        row += 1
    table.widths(15, 38, *(10 for _ in page.years), 20, 11, 9, 11, 10, 11, 11, 12, 11)
    finish(table, paper=A4, heading_rows=HEAD_ROWS, freeze=f"C{HEAD_ROWS[1] + 1}")
    return book


def _headings(table: Table, page: Annex1Page) -> None:
    top, below = HEAD_ROWS
    years = len(page.years)
    table.heading(top, 1, "目标分类", rows=2)
    table.heading(top, 2, "指标名称", rows=2)
    table.heading(top, 3, "年度目标", columns=years)
    for at, year in enumerate(page.years):
        table.heading(below, 3 + at, f"{year}年")
    table.heading(top, 3 + years, "我市目标", rows=2)
    table.heading(top, 4 + years, f"{page.quarter.year}年{page.quarter.span}完成情况", columns=len(PROGRESS))
    for at, name in enumerate(PROGRESS):
        table.heading(below, 4 + years + at, name)
    table.sheet.row_dimensions[top].height = 20
    table.sheet.row_dimensions[below].height = 20


def _group(table: Table, group: Annex1Group, row: int) -> int:
    """A heading of the plan over its rows; answers with the row below them."""
    table.span(row, 1, group.name, Look(styles.BODY), rows=len(group.rows))
    for one in group.rows:
        _indicator(table, one, row)
        table.sheet.row_dimensions[row].height = 30
        row += 1
    return row


def _indicator(table: Table, one: Annex1Row, row: int) -> None:
    board = one.board
    decimals = board.measure.decimals
    name = f"其中：{board.name}（{board.unit}）" if board.is_part else f"{board.name}（{board.unit}）"
    table.text(row, 2, name, Look(alignment=styles.INDENTED if board.is_part else styles.LEFT))
    for at, target in enumerate(one.targets, start=3):
        table.figure(row, at, target.value, styles.figure_format(decimals, target.qualifier))
    column = 3 + len(one.targets)
    table.text(row, column, one.goal)
    _progress(table, one, row, column + 1)


def _progress(table: Table, one: Annex1Row, row: int, column: int) -> None:
    board, progress = one.board, one.board.progress
    decimals = board.measure.decimals
    plain = styles.figure_format(decimals)
    lead = known(progress.lead)
    if lead is not None and board.measure.is_flow:
        lead *= 100
    table.figure(row, column, progress.actual, plain)
    table.figure(row, column + 1, known(progress.completion), styles.RATE)
    table.figure(row, column + 2, known(progress.expected), plain)
    table.figure(row, column + 3, lead, styles.signed_format(1 if board.measure.is_flow else decimals))
    table.text(row, column + 4, board.lead_unit)
    table.figure(row, column + 5, known(progress.projection), plain)
    table.figure(row, column + 6, known(progress.year_on_year), styles.GROWTH)
    if board.shown.unjudged:
        table.text(row, column + 7, board.shown.unjudged, Look(styles.SMALL))
        return
    light = progress.light
    words = f"{styles.SHAPES[light]} {light.label}"
    table.text(row, column + 7, words, Look(styles.light_font(light), fill=styles.light_fill(light)))
