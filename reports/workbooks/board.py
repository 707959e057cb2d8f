"""晴雨表 in Excel: every indicator with its light, which follows the figures, and in words what is furthest behind."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook

from indicators.workbooks import styles
from indicators.workbooks.official import A4, Look, Table, finish, new_table
from reports.figures import corrected_words, known
from reports.pages.board_sheet import BoardSheet, SheetRow
from reports.pages.shortfalls import Shortfall
from reports.workbooks import indicator_cells, live
from reports.workbooks.sheet import head, in_group, notes, signature, status_line

COUNTS_ROW, HEAD_ROW = 3, 4
CATEGORY, NAME, TARGET, ACTUAL, COMPLETION, EXPECTED, LEAD, LEAD_UNIT, RATIO, LIGHT, PROJECTION, LED_BY = (
    range(1, 13)
)
HEADINGS = (
    "目标分类", "指标名称", "年度目标", "累计", "完成率", "序时应达", "超/欠序时", "超/欠单位", "进度比", "状态",
    "预计全年", "牵头部门",
)  # fmt: skip
WIDTHS = (18, 50, 13, 13, 13, 13, 11, 10, 9, 12, 13, 17)
ROW_HEIGHT = 17.5
LEGEND = (
    "完成率＝累计÷年度目标。进度比是状态的依据：流量指标为累计÷序时应达，存量和比率为本年已变动÷应变动。"
    "流量指标的超/欠序时以百分点计，存量和比率以本指标单位计。“—”表示没有数，不是零。其中数不计入各灯号的项数。"
)


def make(page: BoardSheet, on: date) -> Workbook:
    """One sheet, a row an indicator; parts follow their whole."""
    book, table = new_table("晴雨表", columns=len(HEADINGS))
    status = status_line(
        page.quarter, is_published=page.is_published, is_demonstration=page.is_demonstration, on=on
    )
    head(table, f"{page.plan}晴雨表", status, is_settled=page.is_published and not page.is_demonstration)
    table.line(COUNTS_ROW, _counts(page), Look(styles.STRONG, styles.FLUSH_LEFT), height=22)
    for at, words in enumerate(HEADINGS, start=1):
        table.heading(HEAD_ROW, at, words)
    table.sheet.row_dimensions[HEAD_ROW].height = 24
    first = row = HEAD_ROW + 1
    judged: list[int] = []
    for group in page.groups:
        judged += [row + at for at, one in enumerate(group.rows) if not one.board.shown.unjudged]
        row = in_group(table, row, group.name, group.rows, _indicator)
    live.bars(table, COMPLETION, first, row - 1)
    live.behind_in_red(table, LEAD, first, row - 1)
    live.live_lights(table, judged, light=LIGHT, by=RATIO, yellow_from=page.yellow_from)
    row = _shortfalls(table, page, row)
    said = _notes(page)
    notes(table, row, said, width=sum(WIDTHS))
    signature(table, row + len(said))
    table.widths(*WIDTHS)
    finish(table, paper=A4, heading_rows=(HEAD_ROW, HEAD_ROW), freeze=f"C{HEAD_ROW + 1}")
    return book


def _counts(page: BoardSheet) -> str:
    """ "19 项指标：● 达序时 8 项　▲ 略欠 3 项　■ 落后 6 项　○ 无数据 2 项"."""
    counted = (f"{styles.SHAPES[one.light]} {one.label} {one.count} 项" for one in page.counts)
    return f"有年度目标的指标 {page.total} 项：{'　'.join(counted)}"


def _indicator(table: Table, one: SheetRow, row: int) -> None:
    board, progress = one.board, one.board.progress
    plain = styles.figure_format(board.measure.decimals)
    indicator_cells.name(table, row, NAME, board, width=WIDTHS[NAME - 1], line=ROW_HEIGHT)
    table.figure(row, TARGET, progress.target, plain)
    table.figure(row, ACTUAL, progress.actual, plain)
    table.figure(row, COMPLETION, known(progress.completion), styles.RATE)
    table.figure(row, EXPECTED, known(progress.expected), plain)
    indicator_cells.lead(table, row, LEAD, progress, board.measure)
    indicator_cells.lead_unit(table, row, LEAD_UNIT, progress, board.lead_unit)
    table.figure(row, RATIO, None if board.shown.unjudged else known(progress.ratio), styles.RATIO)
    indicator_cells.status(table, row, LIGHT, progress, board.shown, is_assessed=True)
    table.figure(row, PROJECTION, known(progress.projection), plain)
    table.text(row, LED_BY, one.led_by)


def _shortfalls(table: Table, page: BoardSheet, row: int) -> int:
    """The indicators furthest behind, a row each, or why there is none; answers with the row below."""
    table.span(row, CATEGORY, "落后指标", Look(styles.HEAD), rows=max(len(page.shortfalls), 1))
    if not page.shortfalls:
        columns = len(HEADINGS) - 1
        table.span(row, NAME, page.no_shortfall, Look(alignment=styles.LEFT), columns=columns)
        table.sheet.row_dimensions[row].height = ROW_HEIGHT
        return row + 1
    for one in page.shortfalls:
        table.text(row, NAME, one.row.short_name, Look(alignment=styles.LEFT))
        table.span(row, TARGET, _sentence(one), Look(alignment=styles.LEFT), columns=len(HEADINGS) - 2)
        table.sheet.row_dimensions[row].height = ROW_HEIGHT
        row += 1
    return row


def _sentence(one: Shortfall) -> str:
    return f"{one.sentence}；{one.relation}{one.towns}。" if one.where else f"{one.sentence}。"


def _notes(page: BoardSheet) -> list[str]:
    meaning = "　".join(f"{styles.SHAPES[one.light]} {one.label}：{one.note}" for one in page.counts)
    return [f"{meaning}。", LEGEND, *filter(None, [corrected_words(page.corrected)])]
