"""Cells that both sheets of an indicator's workbook have: ahead or behind, and the light."""

from __future__ import annotations

from indicators.domain.measures import Measure
from indicators.domain.progress import Progress
from indicators.workbooks import styles
from indicators.workbooks.official import Look, Table
from reports.figures import ShownProgress, known


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
