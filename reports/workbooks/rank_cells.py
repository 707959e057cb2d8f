"""Cells that tables of towns have in common: ranks and counts as whole numbers, places won and lost, the band."""

from __future__ import annotations

from decimal import Decimal

from indicators.choices import Light
from indicators.workbooks import styles
from indicators.workbooks.official import Look, Table
from reports.pages.ranking import RankRow

WHOLE = "0"
MOVED = "↑0;↓0;持平"


def count(table: Table, row: int, column: int, number: int | None) -> None:
    """A rank or a number of things; a dash where there is none."""
    value = None if number is None else Decimal(number)
    table.figure(row, column, value, WHOLE, Look(alignment=styles.CENTRE))


def moved(table: Table, row: int, column: int, places: int | None) -> None:
    """Places won above zero, lost below: ↑2, ↓1, 持平."""
    value = None if places is None else Decimal(places)
    table.figure(row, column, value, MOVED, Look(alignment=styles.CENTRE))


def band(table: Table, row: int, column: int, one: RankRow) -> None:
    """The light that the score as a whole would have; in words why it has none."""
    if one.score is None or one.standing.reported_nothing:
        words = one.standing.unreported or "不计分"
        table.text(
            row,
            column,
            f"{styles.SHAPES[Light.GREY]} {words}",
            Look(styles.light_font(Light.GREY), fill=styles.light_fill(Light.GREY)),
        )
        return
    light = one.standing.band
    look = Look(styles.light_font(light), fill=styles.light_fill(light))
    table.text(row, column, f"{styles.SHAPES[light]} {light.label}", look)
