"""镇区排名 in Excel: the towns by rank with their scores as bars, and the same drawn on a second sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from openpyxl import Workbook

from indicators.domain.numbers import plain_digits
from indicators.domain.ranking import DEFAULT_CAP
from indicators.workbooks import styles
from indicators.workbooks.official import A4, Look, Table, finish, new_table
from reports.pages.ranking import RankingPage, RankRow
from reports.pages.standings import FULL_SCORE
from reports.workbooks import live, rank_cells
from reports.workbooks.score_chart import add_chart
from reports.workbooks.sheet import head, notes, signature, status_line

HEADLINE_ROW, TOP_ROW, HEAD_ROW = 3, 4, 5
RANK, TOWN, SCORE, BAND, EARLIER, MOVED, DUE, UNREPORTED, GREEN, YELLOW, RED, GREY = range(1, 13)
HIGHEST = FULL_SCORE * DEFAULT_CAP
UNIT = f"得分 0 至 {HIGHEST:.0f} 分"
ROW_HEIGHT = 16.5


def make(page: RankingPage, on: date) -> Workbook:
    """A sheet of the towns, and one with their scores drawn where there are any; a line while unpublished."""
    columns = GREY if page.shows_lights else UNREPORTED
    book, table = new_table("镇区排名", columns=columns)
    status = status_line(
        page.quarter, is_published=page.is_published, is_demonstration=page.is_demonstration, on=on, unit=UNIT
    )
    is_settled = page.is_published and not page.is_demonstration
    title = f"{page.city}镇区目标完成情况排名"
    head(table, title, status, is_settled=is_settled)
    table.line(HEADLINE_ROW, page.headline, Look(styles.STRONG, styles.FLUSH_LEFT), height=22)
    _headings(table, page)
    first = HEAD_ROW + 1
    row = _towns(table, page, first)
    lights = tuple(10 for _ in range(columns - UNREPORTED))
    # The same width for everybody, so that the towns fit on one page.
    widths = (9, 18, 100 - sum(lights), *(12 for _ in range(5)), *lights)
    said = _notes(page)
    notes(table, row, said, width=sum(widths))
    signature(table, row + len(said))
    table.widths(*widths)
    finish(table, paper=A4, heading_rows=(TOP_ROW, HEAD_ROW), freeze=f"C{first}")
    add_chart(
        book, table.sheet, title=title, status=status, is_settled=is_settled,
        names=TOWN, scores=SCORE, first=first, count=sum(one.score is not None for one in page.rows),
    )  # fmt: skip
    return book


def _headings(table: Table, page: RankingPage) -> None:
    for at, words in ((RANK, "名次"), (TOWN, "镇区"), (SCORE, "得分"), (BAND, "得分档次")):
        table.heading(TOP_ROW, at, words, rows=2)
    table.heading(TOP_ROW, EARLIER, "与上季度比", columns=2)
    table.heading(HEAD_ROW, EARLIER, "上季名次")
    table.heading(HEAD_ROW, MOVED, "名次变动")
    table.heading(TOP_ROW, DUE, "计分指标", columns=2)
    table.heading(HEAD_ROW, DUE, "到期项数")
    table.heading(HEAD_ROW, UNREPORTED, "未报项数")
    if page.shows_lights:
        table.heading(TOP_ROW, GREEN, "各灯号项数", columns=len(styles.SHAPES))
        for at, (light, shape) in enumerate(styles.SHAPES.items(), start=GREEN):
            table.heading(HEAD_ROW, at, f"{shape} {light.label}")
    for row in (TOP_ROW, HEAD_ROW):
        table.sheet.row_dimensions[row].height = 20


def _towns(table: Table, page: RankingPage, row: int) -> int:
    """Answers with the row below the last town."""
    if not page.rows:
        table.span(row, RANK, page.headline, Look(), columns=table.columns)
        table.sheet.row_dimensions[row].height = 30
        return row + 1
    first, judged = row, []
    for one in page.rows:
        _town(table, one, row)
        if one.score is not None and not one.standing.reported_nothing:
            judged.append(row)
        row += 1
    live.bars(table, SCORE, first, row - 1, full=HIGHEST)
    live.behind_in_red(table, MOVED, first, row - 1)
    live.live_lights(
        table, judged, light=BAND, by=SCORE,
        yellow_from=FULL_SCORE * page.yellow_from, green_from=Decimal(FULL_SCORE),
    )  # fmt: skip
    return row


def _town(table: Table, one: RankRow, row: int) -> None:
    rank_cells.count(table, row, RANK, one.rank)
    table.text(row, TOWN, one.town)
    table.figure(row, SCORE, one.score, styles.SCORE)
    rank_cells.band(table, row, BAND, one)
    rank_cells.count(table, row, EARLIER, one.earlier)
    rank_cells.moved(table, row, MOVED, one.moved)
    rank_cells.count(table, row, DUE, one.due)
    rank_cells.count(table, row, UNREPORTED, one.unreported)
    if one.lights is not None:
        lights = (one.lights.green, one.lights.yellow, one.lights.red, one.lights.grey)
        for at, number in enumerate(lights, start=GREEN):
            rank_cells.count(table, row, at, number)
    table.sheet.row_dimensions[row].height = ROW_HEIGHT


def _notes(page: RankingPage) -> list[str]:
    low = plain_digits(FULL_SCORE * page.yellow_from)
    return [
        f"得分＝100×各项进度的平均数：{'、'.join(page.scored)}，权重相等，其中数不计；每项最高 {HIGHEST:.0f} 分，"
        f"100 分为达序时。流量指标按累计÷序时应达，存量和比率按实绩÷序时应达；目标为零或未到报送期的不计，"
        f"到期未报送的计 0 分。",
        f"得分档次：● 100 分以上　▲ {low} 分以上，不足 100 分　■ 不足 {low} 分　○ 到期各项均未报送或不计分。",
        "同分同名次。名次变动为本年度内与上季度相比，↑ 上升，↓ 下降；“—”表示没有数，不是零。",
        *([f"{page.quarter.year}年度镇区目标尚未分解，按演示目标计分。"] if page.stands_in else []),
    ]
