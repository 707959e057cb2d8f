"""The second sheet of an indicator's workbook: its towns down, the year's quarters across."""

from __future__ import annotations

from openpyxl import Workbook

from indicators.domain.measures import Measure
from indicators.domain.periods import Quarter
from indicators.workbooks import styles
from indicators.workbooks.official import A4, Look, Table, finish
from reports.figures import known
from reports.pages.indicator_quarters import covered
from reports.pages.indicator_sheets import IndicatorSheets, SumLine, TownLine
from reports.workbooks.indicator_cells import lead, status
from reports.workbooks.sheet import HIDDEN, head, notes, signature

TOP_ROW, HEAD_ROW = 3, 4
QUARTERS = 4
ROW_HEIGHT = 17
STANDS_IN = "镇区目标尚未分解，表中镇区目标为演示目标。"
GAP = "占欠数＝本镇区欠数÷各欠序时镇区欠数之和，超出的镇区不抵减。"


def add_towns(book: Workbook, sheets: IndicatorSheets, status_words: str, *, is_settled: bool) -> None:
    """Nothing where the indicator has no towns to show."""
    towns = sheets.page.towns
    if towns is None or sheets.towns is None:
        return
    names = _names_of_now(sheets)
    first = 4 if towns.adds_up else 3
    # A share of the towns' sum only where there is a sum.
    table = Table(book.create_sheet("各镇区"), columns=first + QUARTERS - 1 + len(names))
    title = f"{sheets.city}各镇区{sheets.page.name}目标完成情况"
    head(table, title, status_words, is_settled=is_settled)
    _headings(table, sheets, names, first)
    row = HEAD_ROW + 1
    for line in sheets.towns:
        _town(table, sheets, line, row, first)
        table.sheet.row_dimensions[row].height = ROW_HEIGHT
        row += 1
    for total in sheets.sums:
        _sum(table, total, sheets.page.measure, row, first)
        table.sheet.row_dimensions[row].height = ROW_HEIGHT
        row += 1
    widths = (15, *(12 for _ in range(table.columns - 1)))
    row = notes(table, row, _notes(sheets), width=sum(widths))
    signature(table, row)
    table.widths(*widths)
    finish(table, paper=A4, heading_rows=(TOP_ROW, HEAD_ROW), freeze=f"B{HEAD_ROW + 1}")


def _names_of_now(sheets: IndicatorSheets) -> tuple[str, ...]:
    """The columns on the quarter being read: of a FLOW the amount ahead or behind too, beside the points."""
    page = sheets.page
    names = ["序时应达", "完成率", f"超/欠序时\n（{page.lead_unit}）"]
    if page.measure.is_flow:
        names.append(f"超/欠数额\n（{page.unit}）")
    if page.towns and page.towns.has_gap:
        names.append("占欠数")
    return (*names, "同比（名义）", "状态")


def _headings(table: Table, sheets: IndicatorSheets, names: tuple[str, ...], first: int) -> None:
    now, measure = sheets.page.quarter, sheets.page.measure
    table.heading(TOP_ROW, 1, "镇区", rows=2)
    table.heading(TOP_ROW, 2, f"{now.year}年目标", rows=2)
    if first > 3:
        table.heading(TOP_ROW, 3, "占镇区合计", rows=2)
    covers = "累计" if measure.is_flow else "期末数"
    table.heading(TOP_ROW, first, f"{now.year}年各季{covers}", columns=QUARTERS)
    for number in range(1, 5):
        quarter = Quarter(now.year, number)
        provisional = "（未定稿）" if quarter <= now and quarter not in sheets.settled else ""
        table.heading(HEAD_ROW, first + number - 1, f"{covered(measure, quarter)}{provisional}")
    table.heading(TOP_ROW, first + QUARTERS, f"{covered(measure, now)}进度", columns=len(names))
    for at, name in enumerate(names):
        table.heading(HEAD_ROW, first + QUARTERS + at, name)
    table.sheet.row_dimensions[TOP_ROW].height = 20
    table.sheet.row_dimensions[HEAD_ROW].height = 34


def _town(table: Table, sheets: IndicatorSheets, line: TownLine, row: int, first: int) -> None:
    town, page = line.row, sheets.page
    plain = styles.figure_format(page.measure.decimals)
    table.text(row, 1, town.name)
    table.figure(row, 2, town.target, plain)
    if first > 3:
        table.figure(row, 3, town.share_of_targets, styles.RATE)
    if line.actuals is None or town.progress is None or town.shown is None:
        for column in range(first, table.columns + 1):
            table.text(row, column, "", Look(fill=styles.HIDDEN_FILL))
        return
    for at, actual in enumerate(line.actuals):
        table.figure(row, first + at, actual, plain)
    column = first + QUARTERS
    table.figure(row, column, known(town.progress.expected), plain)
    table.figure(row, column + 1, known(town.progress.completion), styles.RATE)
    lead(table, row, column + 2, town.progress, page.measure)
    column += 3
    if page.measure.is_flow:
        table.figure(row, column, known(town.balance), styles.signed_format(page.measure.decimals))
        column += 1
    if page.towns and page.towns.has_gap:
        table.figure(row, column, known(town.gap_ratio), styles.RATE)
        column += 1
    table.figure(row, column, known(town.progress.year_on_year), styles.GROWTH)
    status(table, row, column + 1, town.progress, town.shown, is_assessed=page.is_assessed)


def _sum(table: Table, total: SumLine, measure: Measure, row: int, first: int) -> None:
    """The blocks of the quarter being read stay empty: what they would say of a sum stands on the first sheet."""
    shape = (styles.signed_format if total.is_difference else styles.figure_format)(measure.decimals)
    table.text(row, 1, total.name, Look(styles.STRONG, fill=styles.TOTAL_FILL))
    look = Look(styles.STRONG, styles.RIGHT, styles.TOTAL_FILL)
    table.figure(row, 2, total.target, shape, look)
    if first > 3:
        table.text(row, 3, "", look)
    for at in range(QUARTERS):
        actual = total.actuals[at] if total.actuals is not None else None
        table.figure(row, first + at, actual, shape, look)
    for column in range(first + QUARTERS, table.columns + 1):
        table.text(row, column, "", look)


def _notes(sheets: IndicatorSheets) -> list[str]:
    towns = sheets.page.towns
    if towns is None:
        return []
    said = [towns.gap_sentence, GAP if towns.has_gap else ""]
    if towns.sums:
        explained = f"说明：{towns.sums.note}" if towns.sums.note else ""
        said.append(f"{sheets.page.quarter.label}：{towns.sums.verdict}{explained}")
    said.append("比率不能由镇区相加，没有合计。" if not towns.adds_up else "")
    said.append("" if towns.shows_every_town else HIDDEN)
    said.append(f"{sheets.page.quarter.year}年{STANDS_IN}" if towns.stands_in else "")
    return [note for note in said if note]
