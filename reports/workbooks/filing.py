"""报送情况 in Excel: a unit a row, who handed in what and when, how late, and what became of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils import timezone
from openpyxl import Workbook

from indicators.choices import Light
from indicators.queries.filing.register import Moment, Registered
from indicators.workbooks import styles
from indicators.workbooks.official import A3, DASH, Look, Table, finish, new_table
from reports.pages.filing import FilingGroup, FilingPage
from reports.workbooks import rank_cells
from reports.workbooks.sheet import head, notes, row_height, signature, status_line

SUMMARY_ROW, TOP_ROW, HEAD_ROW = 3, 4, 5
(
    KIND, UNIT, ASKED, FILLED, STATE, FIRST, FIRST_BY, LAST, LAST_BY, LATE, DECIDED, DECIDED_BY, BACK, REASON, MARKS,
) = range(1, 16)  # fmt: skip
WIDTHS = (11, 22, 8, 8, 10, 17, 20, 17, 20, 13, 17, 24, 8, 40, 23)
ROW_HEIGHT = 15.5
DAYS = '"逾期 "0" 天";;"按期"'
COLOURS = {"approved": Light.GREEN, "returned": Light.RED, "draft": Light.GREY, "not-started": Light.GREY}
NOTES = (
    "应填为本单位本季应报的指标项数，“仅文字”的单位只报文字；已填含写明原因的空项。",
    "逾期按首次提交日（未被本单位撤回的）与截止日期计算，退回后重新提交不算逾期；代填后直接审定的按审定日计算。",
    "代填＝由联席会议办公室代为填写；更正中＝已审定的数退回更正，新数审定前仍采用原数。退回理由为最近一次。",
)


def make(page: FilingPage, on: date) -> Workbook:
    """Departments and towns under their own headings."""
    book, table = new_table("报送情况", columns=len(WIDTHS))
    status = status_line(
        page.quarter,
        is_published=page.is_published,
        is_demonstration=page.is_demonstration,
        on=on,
        unit=page.dates,
        covers="季报",
    )
    title = f"{page.unit or page.city}{page.quarter.label}季报报送情况表"
    head(table, title, status, is_settled=page.is_published and not page.is_demonstration)
    table.line(SUMMARY_ROW, page.summary, Look(styles.STRONG, styles.FLUSH_LEFT), height=22)
    _headings(table)
    row = HEAD_ROW + 1
    for group in page.groups:
        row = _group(table, group, row)
    notes(table, row, NOTES, width=sum(WIDTHS))
    signature(table, row + len(NOTES))
    table.widths(*WIDTHS)
    finish(table, paper=A3, heading_rows=(TOP_ROW, HEAD_ROW), freeze=f"C{HEAD_ROW + 1}")
    return book


def _headings(table: Table) -> None:
    for at, words in (
        (KIND, "类别"),
        (UNIT, "填报单位"),
        (STATE, "状态"),
        (LATE, "是否逾期"),
        (MARKS, "备注"),
    ):
        table.heading(TOP_ROW, at, words, rows=2)
    pairs = (
        (ASKED, "指标项数", ("应填", "已填")),
        (FIRST, "首次提交", ("时间", "经办人")),
        (LAST, "最近提交", ("时间", "经办人")),
        (DECIDED, "审定或退回", ("时间", "经办人")),
        (BACK, "退回", ("次数", "理由")),
    )
    for column, words, below in pairs:
        table.heading(TOP_ROW, column, words, columns=2)
        for at, name in enumerate(below, start=column):
            table.heading(HEAD_ROW, at, name)
    for row in (TOP_ROW, HEAD_ROW):
        table.sheet.row_dimensions[row].height = 20


def _group(table: Table, group: FilingGroup, row: int) -> int:
    """Answers with the row below the last unit."""
    many = f"\n（{len(group.rows)} 个）" if len(group.rows) > 1 else ""
    table.span(row, KIND, f"{group.name}{many}", Look(), rows=len(group.rows))
    for one in group.rows:
        _unit(table, one, row)
        row += 1
    return row


def _unit(table: Table, one: Registered, row: int) -> None:
    table.text(row, UNIT, one.unit.name, Look(alignment=styles.LEFT))
    if one.asked:
        rank_cells.count(table, row, ASKED, one.asked)
        rank_cells.count(table, row, FILLED, one.filled)
    else:
        table.span(row, ASKED, "仅文字", Look(), columns=2)
    light = COLOURS.get(one.tag.key)
    table.text(
        row,
        STATE,
        one.tag.label,
        Look(styles.light_font(light), fill=styles.light_fill(light)) if light else Look(),
    )
    for column, moment in ((FIRST, one.first), (LAST, one.last), (DECIDED, one.decided)):
        _moment(table, row, column, moment)
    _late(table, one, row)
    rank_cells.count(table, row, BACK, one.sent_back)
    table.text(row, REASON, one.reason, Look(alignment=styles.LEFT))
    marks = "、".join(one.marks)
    table.text(row, MARKS, marks, Look(alignment=styles.LEFT))
    words = ((one.reason, REASON), (marks, MARKS), *_people(one))
    table.sheet.row_dimensions[row].height = max(
        row_height(said, WIDTHS[column - 1], line=ROW_HEIGHT) for said, column in words
    )


def _people(one: Registered) -> list[tuple[str, int]]:
    columns = ((one.first, FIRST_BY), (one.last, LAST_BY), (one.decided, DECIDED_BY))
    return [(moment.by, column) for moment, column in columns if moment]


def _moment(table: Table, row: int, column: int, moment: Moment | None) -> None:
    table.moment(row, column, timezone.localtime(moment.at) if moment else None)
    table.text(row, column + 1, moment.by if moment else DASH)


def _late(table: Table, one: Registered, row: int) -> None:
    """How many days late it came in, or since when it is awaited."""
    if one.late is None:
        look = Look(styles.light_font(Light.RED)) if one.overdue else Look()
        table.text(row, LATE, f"未报，{one.overdue}" if one.overdue else DASH, look)
        return
    look = Look(styles.light_font(Light.RED)) if one.late else Look()
    table.figure(row, LATE, Decimal(one.late), DAYS, look)
