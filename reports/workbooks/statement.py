"""镇区对账单 in Excel: one town's targets, quarters, places and returns, with room for both offices to sign."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook

from indicators.workbooks import styles
from indicators.workbooks.official import A4, Table, finish, new_table
from reports.figures import corrected_words, known
from reports.pages.statement import StatementPage, StatementRow
from reports.workbooks import indicator_cells, live
from reports.workbooks.sheet import caption, head, notes, signature, status_line
from reports.workbooks.statement_cumulative import add_cumulative
from reports.workbooks.statement_opinions import add_opinions
from reports.workbooks.statement_quarters import add_standing

HEAD_ROW = 4
(
    NAME, TARGET, SHARE, ACTUAL, COMPLETION, EXPECTED, LEAD, LEAD_UNIT, RATIO, LIGHT, NEEDED, LAST_YEAR, GROWTH, PLACE,
) = range(1, 15)  # fmt: skip
HEADINGS = (
    "指标名称", "年度目标", "占全市\n目标", "累计", "完成率", "序时应达", "超/欠序时", "超/欠单位", "进度比", "状态",
    "每季\n尚需", "上年同期", "同比\n（名义）", "单项名次",
)  # fmt: skip
WIDTHS = (44, 11, 9, 11, 11, 11, 10, 10, 8, 11, 10, 11, 10, 10)
ROW_HEIGHT = 22
ON_ONE_PAGE = 16
"""So many targets are still read on one page, which is the one that is signed."""
LEGEND = (
    "● 达序时　▲ 略欠　■ 落后　○ 无数据。完成率＝累计÷年度目标。"
    "流量指标的超/欠序时以百分点计，存量和比率以本指标单位计；比率不由镇区相加，没有占比。“—”表示没有数，不是零。"
)
NEEDED_WORDS = "每季尚需＝（年度目标－累计）÷本年余下的季度数，已完成的为零；年末不再计算。"
PLACE_WORDS = "单项名次按超/欠序时排列，写作名次/参加排名的镇区数。"


def make(page: StatementPage, on: date) -> Workbook:
    """The sheet that is signed: targets, places, returns and both offices' opinions; on a second one the quarters."""
    width = PLACE if page.ranks_by_indicator else GROWTH
    widths = WIDTHS[:width]
    book, table = new_table("对账单", columns=width)
    status = status_line(
        page.quarter, is_published=page.is_published, is_demonstration=page.is_demonstration, on=on
    )
    title = f"{page.plan}{page.town}目标完成情况对账单"
    head(table, title, status, is_settled=page.is_published and not page.is_demonstration)
    row = _targets(table, page, HEAD_ROW)
    row = add_standing(table, page, row, widths)
    said = _notes(page)
    notes(table, row, said, width=sum(widths))
    row = add_opinions(table, page, row + len(said))
    signature(table, row)
    table.widths(*widths)
    finish(table, paper=A4, heading_rows=(1, 2), freeze="B3")
    if len(page.rows) <= ON_ONE_PAGE:
        table.sheet.page_setup.fitToHeight = 1
    add_cumulative(book, page, status)
    return book


def _targets(table: Table, page: StatementPage, row: int) -> int:
    """The allocated targets under their own heading; answers with the row below them."""
    caption(table, row - 1, "一、年度目标完成情况")
    for at, words in enumerate(HEADINGS[: table.columns], start=1):
        table.heading(row, at, words)
    table.sheet.row_dimensions[row].height = 32
    first = row = row + 1
    for one in page.rows:
        _target(table, one, row)
        if one.target.place is not None:
            table.text(row, PLACE, one.target.place.text)
        row += 1
    judged = [first + at for at, one in enumerate(page.rows) if not one.target.shown.unjudged]
    live.bars(table, COMPLETION, first, row - 1)
    for column in (LEAD, GROWTH):
        live.behind_in_red(table, column, first, row - 1)
    live.live_lights(table, judged, light=LIGHT, by=RATIO, yellow_from=page.yellow_from)
    return row


def _target(table: Table, one: StatementRow, row: int) -> None:
    target, progress = one.target, one.target.progress
    decimals = target.measure.decimals
    plain = styles.figure_format(decimals)
    indicator_cells.name(table, row, NAME, target, width=WIDTHS[NAME - 1], line=ROW_HEIGHT)
    table.figure(row, TARGET, progress.target, plain)
    table.figure(row, SHARE, None if one.share is None else known(one.share), styles.RATE)
    table.figure(row, ACTUAL, progress.actual, plain)
    table.figure(row, COMPLETION, known(progress.completion), styles.RATE)
    table.figure(row, EXPECTED, known(progress.expected), plain)
    indicator_cells.lead(table, row, LEAD, progress, target.measure)
    indicator_cells.lead_unit(table, row, LEAD_UNIT, progress, target.lead_unit)
    table.figure(row, RATIO, None if target.shown.unjudged else known(progress.ratio), styles.RATIO)
    indicator_cells.status(table, row, LIGHT, progress, target.shown, is_assessed=True)
    needed = styles.figure_format(decimals or 1)
    table.figure(
        row,
        NEEDED,
        known(progress.needed),
        f'"{target.needed_label} "{needed}' if target.needed_label else needed,
    )
    table.figure(row, LAST_YEAR, one.last_year, plain)
    table.figure(row, GROWTH, known(progress.year_on_year), styles.GROWTH)


def _notes(page: StatementPage) -> list[str]:
    said = [LEGEND, NEEDED_WORDS + (PLACE_WORDS if page.ranks_by_indicator else "")]
    said += [f"{note.kind}：{note.text}（{note.clause}）" for note in page.notes]
    if page.stands_in:
        said.append(f"{page.quarter.year}年度镇区目标尚未分解，表中镇区目标为演示目标。")
    return [*said, *filter(None, [corrected_words(page.corrected)])]
