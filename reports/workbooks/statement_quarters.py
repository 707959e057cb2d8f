"""The year by quarter on a town's statement: the town's rank and score, and what became of its return."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from indicators.queries.filing.register import Moment
from indicators.workbooks import styles
from indicators.workbooks.official import DASH, Look, Table
from reports.pages.statement import StatementPage, StatementQuarter
from reports.workbooks import rank_cells
from reports.workbooks.sheet import caption, row_height

NAME, FIRST = 1, 2
ROW_HEIGHT = 18
STATE = 5
KNOWN = (
    ("名次", 1), ("得分", 1), ("名次变动", 1), ("未报项数", 1), ("截止日期", 2), ("季报状态", 2), ("提交时间", 2),
    ("审定时间", 2),
)  # fmt: skip
PUBLIC = (("名次", 2), ("得分", 2), ("名次变动", 2), ("未报项数", 2), ("截止日期", 2), ("季报状态", 2))
"""For those who read no returns: whether one is approved, and nothing of when it came."""


def add_standing(table: Table, page: StatementPage, row: int, widths: Sequence[float]) -> int:
    """What became of each quarter: the town's place, once published, and its return; answers with the row below."""
    caption(table, row, "二、各季名次、得分和季报")
    row += 1
    headings = KNOWN if page.knows_returns else PUBLIC
    runs = _runs(FIRST, table.columns, [columns for _, columns in headings])
    table.heading(row, NAME, "季度")
    for (words, _), (column, columns) in zip(headings, runs, strict=True):
        table.heading(row, column, words, columns=columns)
    table.sheet.row_dimensions[row].height = ROW_HEIGHT
    for one in page.quarters:
        row += 1
        table.text(row, NAME, f"{one.filing.label}{'' if one.filing.is_published else '（未定稿，不排名）'}")
        for column, columns in runs:
            table.span(row, column, "", Look(), columns=columns)
        _place(table, row, one, [column for column, _ in runs])
        words = _filing(table, row, one, [column for column, _ in runs[4:]])
        column, columns = runs[STATE]
        table.sheet.row_dimensions[row].height = row_height(words, sum(widths[column - 1 :][:columns]))
    return row + 1


def _place(table: Table, row: int, one: StatementQuarter, columns: list[int]) -> None:
    place = one.place
    rank, score, moved, unreported = columns[:4]
    if place is not None and place.rank is not None:
        table.text(row, rank, f"{place.rank}/{place.ranked}")
    else:
        table.text(row, rank, DASH)
    table.figure(row, score, place.score if place else None, styles.SCORE, Look())
    rank_cells.moved(table, row, moved, place.moved if place else None)
    rank_cells.count(table, row, unreported, place.unreported if place else None)


def _filing(table: Table, row: int, one: StatementQuarter, columns: list[int]) -> str:
    """Answers with the words on its state, which may take more than a line."""
    filing, registered = one.filing, one.registered
    due, state, *moments = columns
    table.text(row, due, filing.due)
    words = f"{filing.tag.label}{f'（{filing.words}）' if filing.words else ''}"
    table.text(row, state, words)
    if registered is not None and moments:
        decided = registered.decided if filing.tag.key == "approved" else None
        for column, moment in zip(moments, (registered.last, decided), strict=True):
            _moment(table, row, column, moment)
    return words


def _moment(table: Table, row: int, column: int, moment: Moment | None) -> None:
    table.moment(row, column, timezone.localtime(moment.at) if moment else None)


def _runs(first: int, last: int, parts: list[int]) -> list[tuple[int, int]]:
    """The columns from first to last dealt out as (column, how many): at least so many parts, the rest from behind."""
    left = last - first + 1 - sum(parts)
    sizes = list(parts)
    for at in range(left):
        sizes[-1 - at % len(sizes)] += 1
    runs, column = [], first
    for size in sizes:
        runs.append((column, size))
        column += size
    return runs
