"""Cells that tables of indicators have in common: the name, ahead or behind, the light."""

from __future__ import annotations

from indicators.domain.measures import Measure
from indicators.domain.progress import Progress
from indicators.workbooks import styles
from indicators.workbooks.official import DASH, Look, Table
from reports.figures import ShownProgress, known
from reports.pages.board import BoardRow
from reports.pages.town_targets import TargetRow
from reports.workbooks.sheet import row_height

INDENT = 3
"""How much of a column's width a part stands in."""


def name(table: Table, row: int, column: int, of: BoardRow | TargetRow, *, width: float, line: float) -> None:
    """With its unit, in a row high enough for it; a part stands in from its whole: 其中：…"""
    words = f"{'其中：' if of.is_part else ''}{of.name}（{of.unit}）"
    table.text(row, column, words, Look(alignment=styles.INDENTED if of.is_part else styles.LEFT))
    table.sheet.row_dimensions[row].height = row_height(words, width - INDENT * of.is_part, line=line)


def lead_unit(table: Table, row: int, column: int, progress: Progress, unit: str) -> None:
    """The unit of a lead that is there; nothing has none."""
    table.text(row, column, unit if known(progress.lead) is not None else DASH)


def lead(table: Table, row: int, column: int, progress: Progress, measure: Measure) -> None:
    """In percentage points for a FLOW, as on the page, else in the indicator's unit."""
    value = known(progress.lead)
    if value is not None and measure.is_flow:
        value *= 100
    table.figure(row, column, value, styles.signed_format(1 if measure.is_flow else measure.decimals))


def status(
    table: Table, row: int, column: int, progress: Progress, shown: ShownProgress, *, is_assessed: bool
) -> None:
    """The light as colour, shape and word; in words why there is none."""
    if shown.unjudged or not is_assessed:
        table.text(row, column, shown.unjudged or "只跟踪", Look(styles.SMALL))
        return
    light = progress.light
    words = styles.light_words(light)
    table.text(row, column, words, Look(styles.light_font(light), fill=styles.light_fill(light)))
