"""附件1 in Excel: targets by year and 我市目标 as the plan tables them, the quarter's progress beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook

from indicators.domain.numbers import plain_digits
from indicators.workbooks import styles
from indicators.workbooks.official import A4, Look, Table, finish, new_table
from reports.figures import corrected_words, known
from reports.pages.annex1 import Annex1Page, Annex1Row
from reports.pages.status import COUNTS_ROUNDED
from reports.workbooks import indicator_cells, live
from reports.workbooks.sheet import head, in_group, signature, status_line

HEAD_ROWS = (3, 4)
PROGRESS = (
    "累计",
    "完成率",
    "序时应达",
    "超/欠序时",
    "超/欠单位",
    "预计全年",
    "同比（名义）",
    "进度比",
    "状态",
)
NAME_WIDTH, ROW_HEIGHT = 38, 20
WIDTHS = (11, 9, 11, 10, 11, 11, 12, 9, 11)


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
    judged: list[int] = []
    for group in page.groups:
        judged += [row + at for at, one in enumerate(group.rows) if not one.board.shown.unjudged]
        row = in_group(table, row, group.name, group.rows, _indicator)
    _come_alive(table, page, judged, row - 1)
    for note in _notes(page):
        table.line(row, note, Look(styles.SMALL, styles.FLUSH_LEFT))
        row += 1
    signature(table, row)
    table.widths(15, NAME_WIDTH, *(10 for _ in page.years), 20, *WIDTHS)
    finish(table, paper=A4, heading_rows=HEAD_ROWS, freeze=f"C{HEAD_ROWS[1] + 1}")
    return book


def _come_alive(table: Table, page: Annex1Page, judged: Sequence[int], last: int) -> None:
    """What is coloured follows the figure when somebody changes it in Excel."""
    first, before = HEAD_ROWS[1] + 1, 3 + len(page.years)
    column = {name: before + at for at, name in enumerate(PROGRESS, start=1)}
    live.bars(table, column["完成率"], first, last)
    live.live_lights(table, judged, light=column["状态"], by=column["进度比"], yellow_from=page.yellow_from)


def _notes(page: Annex1Page) -> list[str]:
    notes = [
        "完成率＝累计÷年度目标；流量指标的超/欠序时以百分点计，存量和比率以本指标单位计。",
        "进度比：流量指标＝累计÷序时应达，存量和比率＝（累计－年初数）÷（序时应达－年初数），没有年初数或年初已达目标的＝累计÷年度目标，"
        f"应下降的倒过来算；1 以上为达序时，{plain_digits(page.yellow_from)} 以上为略欠。",
        f"● 达序时　▲ 略欠　■ 落后　○ 无数据。“—”表示没有数，不是零。{COUNTS_ROUNDED}。比率的同比按相对增幅计。",
        corrected_words(page.corrected),
    ]
    return [f"注：{note}" if not at else f"　　{note}" for at, note in enumerate(notes) if note]


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


def _indicator(table: Table, one: Annex1Row, row: int) -> None:
    board = one.board
    decimals = board.measure.decimals
    indicator_cells.name(table, row, 2, board, width=NAME_WIDTH, line=ROW_HEIGHT)
    for at, target in enumerate(one.targets, start=3):
        table.figure(row, at, target.value, styles.figure_format(decimals, target.qualifier))
    column = 3 + len(one.targets)
    table.text(row, column, one.goal)
    _progress(table, one, row, column + 1)


def _progress(table: Table, one: Annex1Row, row: int, column: int) -> None:
    board, progress = one.board, one.board.progress
    plain = styles.figure_format(board.measure.decimals)
    table.figure(row, column, progress.actual, plain)
    table.figure(row, column + 1, known(progress.completion), styles.RATE)
    table.figure(row, column + 2, known(progress.expected), plain)
    indicator_cells.lead(table, row, column + 3, progress, board.measure)
    indicator_cells.lead_unit(table, row, column + 4, progress, board.lead_unit)
    table.figure(row, column + 5, known(progress.projection), plain)
    table.figure(row, column + 6, known(progress.year_on_year), styles.GROWTH)
    table.figure(row, column + 7, None if board.shown.unjudged else known(progress.ratio), styles.RATIO)
    indicator_cells.status(table, row, column + 8, progress, board.shown, is_assessed=True)
