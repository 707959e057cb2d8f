"""季度通报表 in Excel: the indicators' quarter and how their lights moved; the towns on the second sheet."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook

from indicators.choices import Light
from indicators.workbooks import styles
from indicators.workbooks.official import A4, DASH, Look, Table, finish, new_table
from reports.figures import corrected_words, known
from reports.pages.quarterly import FALLEN, RISEN, QuarterlyPage, QuarterlyRow
from reports.workbooks import indicator_cells, live
from reports.workbooks.quarterly_towns import add_towns
from reports.workbooks.sheet import head, in_group, notes, signature, status_line

TOP_ROW, HEAD_ROW = 3, 4
(
    CATEGORY, NAME, TARGET, ALONE, ACTUAL, LAST_YEAR, GROWTH, COMPLETION, LEAD, LEAD_UNIT, RATIO, LIGHT, BEFORE, MOVED,
) = range(1, 15)  # fmt: skip
WIDTHS = (16, 46, 12, 11, 12, 12, 10, 11, 11, 10, 9, 12, 12, 8)
ROW_HEIGHT = 21
LEGEND = (
    "本季＝本季累计－上季累计，仅流量指标有；同比为名义数，＝累计÷上年同期累计－1；完成率＝累计÷年度目标。"
    "流量指标的超/欠序时以百分点计，存量和比率以本指标单位计。“—”表示没有数，不是零。"
)
LIGHTS = "● 达序时　▲ 略欠　■ 落后　○ 无数据。"
FIRST_QUARTER = "第一季度的年度目标与上年不同，状态和名次不与上年末比较。"
EARLIER_OPEN = "上季度尚未定稿，上季状态可能变动。"


def make(page: QuarterlyPage, on: date) -> Workbook:
    """Two sheets: every indicator of the annex, and every town."""
    book, table = new_table("指标", columns=len(WIDTHS))
    status = status_line(
        page.quarter, is_published=page.is_published, is_demonstration=page.is_demonstration, on=on
    )
    is_settled = page.is_published and not page.is_demonstration
    title = f"{page.plan}{page.quarter.label}目标完成情况通报"
    head(table, title, status, is_settled=is_settled)
    _headings(table, page)
    first = row = HEAD_ROW + 1
    judged: list[int] = []
    for group in page.groups:
        judged += [row + at for at, one in enumerate(group.rows) if not one.board.shown.unjudged]
        row = in_group(table, row, group.name, group.rows, _indicator)
    live.bars(table, COMPLETION, first, row - 1)
    for column in (ALONE, GROWTH, LEAD):
        live.behind_in_red(table, column, first, row - 1)
    live.live_lights(table, judged, light=LIGHT, by=RATIO, yellow_from=page.yellow_from)
    said = _notes(page)
    notes(table, row, said, width=sum(WIDTHS))
    signature(table, row + len(said))
    table.widths(*WIDTHS)
    finish(table, paper=A4, heading_rows=(TOP_ROW, HEAD_ROW), freeze=f"C{HEAD_ROW + 1}")
    add_towns(book, page, on)
    return book


def _headings(table: Table, page: QuarterlyPage) -> None:
    """What is told of the quarter, of the year so far, and of the light, each under its own heading."""
    for at, words in (
        (CATEGORY, "目标分类"),
        (NAME, "指标名称"),
        (TARGET, f"{page.quarter.year}年\n目标"),
        (ALONE, "本季"),
    ):
        table.heading(TOP_ROW, at, words, rows=2)
    table.heading(TOP_ROW, ACTUAL, f"{page.quarter.span}累计", columns=LEAD_UNIT - ACTUAL + 1)
    names = ("累计", "上年同期", "同比\n（名义）", "完成率", "超/欠序时", "超/欠单位")
    for at, words in enumerate(names, start=ACTUAL):
        table.heading(HEAD_ROW, at, words)
    table.heading(TOP_ROW, RATIO, "状态", columns=MOVED - RATIO + 1)
    for at, words in enumerate(("进度比", "本季", "上季", "变动"), start=RATIO):
        table.heading(HEAD_ROW, at, words)
    table.sheet.row_dimensions[TOP_ROW].height = 20
    table.sheet.row_dimensions[HEAD_ROW].height = 30


def _indicator(table: Table, one: QuarterlyRow, row: int) -> None:
    board, progress = one.board, one.board.progress
    decimals = board.measure.decimals
    plain = styles.figure_format(decimals)
    indicator_cells.name(table, row, NAME, board, width=WIDTHS[NAME - 1], line=ROW_HEIGHT)
    table.figure(row, TARGET, progress.target, plain)
    table.figure(row, ALONE, one.alone, plain)
    table.figure(row, ACTUAL, progress.actual, plain)
    table.figure(row, LAST_YEAR, one.last_year, plain)
    table.figure(row, GROWTH, known(progress.year_on_year), styles.GROWTH)
    table.figure(row, COMPLETION, known(progress.completion), styles.RATE)
    indicator_cells.lead(table, row, LEAD, progress, board.measure)
    indicator_cells.lead_unit(table, row, LEAD_UNIT, progress, board.lead_unit)
    table.figure(row, RATIO, None if board.shown.unjudged else known(progress.ratio), styles.RATIO)
    indicator_cells.status(table, row, LIGHT, progress, board.shown, is_assessed=True)
    if one.before is None or board.shown.unjudged:
        table.text(row, BEFORE, DASH)
    else:
        indicator_cells.status(table, row, BEFORE, one.before, board.shown, is_assessed=True)
    _moved(table, row, one.moved)


def _moved(table: Table, row: int, moved: str) -> None:
    """升 in the colours of green, 降 in those of red."""
    light = {RISEN: Light.GREEN, FALLEN: Light.RED}.get(moved)
    table.text(row, MOVED, moved or DASH, Look(styles.light_font(light)) if light else Look())


def _notes(page: QuarterlyPage) -> list[str]:
    said = [LIGHTS, LEGEND]
    if page.quarter.number == 1:
        said.append(FIRST_QUARTER)
    elif not page.earlier_is_settled:
        said.append(EARLIER_OPEN)
    return [*said, *filter(None, [corrected_words(page.corrected)])]
