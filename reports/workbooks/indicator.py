"""One indicator in Excel: the city by year and by quarter on the first sheet, the towns by quarter on the second."""

from __future__ import annotations

from datetime import date

from openpyxl import Workbook

from indicators.domain.measures import Measure
from indicators.workbooks import styles
from indicators.workbooks.official import A4, DASH, Look, Table, finish, new_table
from reports.figures import ShownProgress, corrected_words, known
from reports.pages.indicator_quarters import QuarterRow
from reports.pages.indicator_sheets import IndicatorSheets
from reports.pages.indicator_years import YearRow
from reports.workbooks.indicator_cells import lead, status
from reports.workbooks.indicator_towns import add_towns
from reports.workbooks.sheet import head, notes, row_height, signature, status_line

HEAD_ROW = 4
YEARS = ("年度", "年度目标", "计划原文", "出处", "实绩", "统计时间", "完成率", "与目标差额", "结果")
QUARTERS = (
    "季度", "序时应达", "累计", "完成率", "超/欠序时", "上年同期", "同比（名义）", "预计全年", "推算方法", "状态",
    "数字性质",
)  # fmt: skip
WIDTHS = (15, 12, 13, 15, 13, 12, 12, 13, 29, 12, 10)
ROW_HEIGHT = 18
LEGEND = "● 达序时　▲ 略欠　■ 落后　○ 无数据。“—”表示没有数，不是零。完成率＝累计÷年度目标。"


def make(sheets: IndicatorSheets, on: date) -> Workbook:
    """The second sheet only where the indicator has towns to show."""
    book, table = new_table("全市", columns=len(QUARTERS))
    page = sheets.page
    status_words = status_line(
        page.quarter,
        is_published=page.is_published,
        is_demonstration=sheets.is_demonstration,
        on=on,
        unit=f"计量单位：{page.unit}",
        covers=page.actual_label,
    )
    is_settled = page.is_published and not sheets.is_demonstration
    head(table, f"{sheets.city}{page.name}目标完成情况", status_words, is_settled=is_settled)
    row = _years(table, sheets, HEAD_ROW)
    row = _quarters(table, sheets, row + 1)
    row = notes(table, row, _notes(sheets), width=sum(WIDTHS))
    signature(table, row)
    table.widths(*WIDTHS)
    finish(table, paper=A4, heading_rows=(1, 2), freeze="B3")
    add_towns(book, sheets, status_words, is_settled=is_settled)
    return book


def _years(table: Table, sheets: IndicatorSheets, row: int) -> int:
    """The path through the plan's years under its own heading; answers with the row below it."""
    _caption(table, row - 1, "一、分年度目标与完成")
    for at, name in enumerate(YEARS, start=1):
        table.heading(row, at, name)
    table.sheet.row_dimensions[row].height = 20
    for one in sheets.page.years:
        row += 1
        _year(table, one, sheets.page.measure, row)
    return row + 1


def _year(table: Table, one: YearRow, measure: Measure, row: int) -> None:
    look = Look(styles.STRONG) if one.is_now else Look()
    plain = styles.figure_format(measure.decimals)
    table.text(row, 1, f"{one.year}年", look)
    if one.is_base:
        table.text(row, 2, "")
    else:
        table.figure(row, 2, one.target, styles.figure_format(measure.decimals, one.qualifier))
    table.text(row, 3, one.printed)
    table.text(row, 4, one.source)
    table.figure(row, 5, one.actual, plain)
    table.text(row, 6, one.span if one.actual is not None else one.shown_actual.reason)
    if one.is_base:
        table.text(row, 7, "")
        table.text(row, 8, "")
    else:
        table.figure(row, 7, known(one.completion), styles.RATE)
        table.figure(row, 8, one.distance, styles.signed_format(measure.decimals))
    table.text(row, 9, one.outcome)
    height = row_height(one.source, WIDTHS[YEARS.index("出处")], line=ROW_HEIGHT)
    table.sheet.row_dimensions[row].height = height


def _quarters(table: Table, sheets: IndicatorSheets, row: int) -> int:
    page = sheets.page
    _caption(table, row, "二、分季度累计与序时进度" if page.measure.is_flow else "二、分季度期末数与序时进度")
    row += 1
    headings = {"超/欠序时": f"超/欠序时\n（{page.lead_unit}）", "累计": page.held_label}
    for at, name in enumerate(QUARTERS, start=1):
        table.heading(row, at, headings.get(name, name))
    table.sheet.row_dimensions[row].height = 34
    for one in sheets.quarters:
        row += 1
        _quarter(table, sheets, one, row)
    return row + 1


def _quarter(table: Table, sheets: IndicatorSheets, one: QuarterRow, row: int) -> None:
    page = sheets.page
    measure = page.measure
    plain = styles.figure_format(measure.decimals)
    table.sheet.row_dimensions[row].height = ROW_HEIGHT
    table.text(
        row,
        1,
        one.quarter.label,
        Look(styles.STRONG) if one.is_now and one.quarter == page.quarter else Look(),
    )
    table.figure(row, 2, known(one.expected), plain)
    table.figure(row, 6, one.last_year, plain)
    if one.progress is None or one.shown is None:
        for at in (3, 4, 5, 7, 8, 9, 10):
            table.text(row, at, DASH)
        table.text(row, 11, "未到")
        return
    table.figure(row, 3, one.progress.actual, plain)
    table.figure(row, 4, known(one.progress.completion), styles.RATE)
    lead(table, row, 5, one.progress, measure)
    table.figure(row, 7, known(one.progress.year_on_year), styles.GROWTH)
    table.figure(row, 8, known(one.progress.projection), plain)
    table.text(row, 9, _method(one, one.shown))
    status(table, row, 10, one.progress, one.shown, is_assessed=page.is_assessed)
    table.text(row, 11, "已定稿" if one.quarter in sheets.settled else "未定稿")


def _method(one: QuarterRow, shown: ShownProgress) -> str:
    """How the year's end was projected; the fourth quarter is the year, and the first says little of it."""
    if shown.projection.is_missing:
        return DASH
    if one.quarter.is_last:
        return "全年数"
    return f"{shown.projection_method}{'，仅供参考' if one.quarter.number == 1 else ''}"


def _caption(table: Table, row: int, words: str) -> None:
    table.line(row, words, Look(styles.HEAD, styles.FLUSH_LEFT), height=22)


def _notes(sheets: IndicatorSheets) -> list[str]:
    page = sheets.page
    said = [LEGEND, page.no_baseline]
    if page.goal:
        value = DASH if page.goal.value.is_missing else f"{page.goal.value}{page.goal.unit}"
        why = f"（{page.goal.value.reason}）" if page.goal.value.is_missing else ""
        said.append(f"我市目标：{page.goal.stated}；{page.goal.label} {value}{why}。")
    said.append(f"口径：{page.words.scope}" if page.words.scope else "")
    said += [f"{note.kind}：{note.text}（{note.clause}）" for note in page.words.notes]
    said.append(corrected_words(sheets.corrected))
    return [note for note in said if note]
