"""The towns' scores drawn by Excel itself on a sheet of their own: the chart follows the table's cells."""

from __future__ import annotations

from math import ceil

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.worksheet.worksheet import Worksheet

from indicators.domain.ranking import DEFAULT_CAP
from indicators.workbooks import styles
from indicators.workbooks.official import A4, Table, finish
from reports.pages.standings import FULL_SCORE
from reports.workbooks.sheet import head

COLUMNS, COLUMN_WIDTH = 12, 12
FIRST_ROW, FRAME_ROWS, ROWS_A_TOWN = 3, 4, 1.2


def add_chart(
    book: Workbook,
    source: Worksheet,
    *,
    title: str,
    status: str,
    is_settled: bool,
    names: int,
    scores: int,
    first: int,
    count: int,
) -> None:
    """Bars of so many rows of `source` from `first` on, the best on top; nothing for none.

    `names` and `scores` are the columns that hold them. The scale is the one that scores can reach.
    """
    if not count:
        return
    table = Table(book.create_sheet("得分图"), columns=COLUMNS)
    head(table, title, status, is_settled=is_settled)
    chart = _chart()
    last = first + count - 1
    chart.add_data(Reference(source, min_col=scores, min_row=first, max_row=last), titles_from_data=False)
    chart.set_categories(Reference(source, min_col=names, min_row=first, max_row=last))
    chart.series[0].graphicalProperties.solidFill = styles.BAR.removeprefix("FF")
    below = FIRST_ROW + FRAME_ROWS + ceil(count * ROWS_A_TOWN)
    # From cell to cell, so that it is as wide as the page whatever the columns' digits measure.
    chart.anchor = TwoCellAnchor(
        _from=AnchorMarker(col=0, row=FIRST_ROW), to=AnchorMarker(col=COLUMNS, row=below)
    )
    table.sheet.add_chart(chart)
    table.widths(*(COLUMN_WIDTH for _ in range(COLUMNS)))
    finish(table, paper=A4, heading_rows=(1, 2), freeze="A3")


def _chart() -> BarChart:
    chart = BarChart()
    chart.type, chart.gapWidth, chart.legend = "bar", 40, None
    chart.dataLabels = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, numFmt=styles.SCORE
    )
    towns, scores = chart.x_axis, chart.y_axis
    # Both are left out unless it is said that they are not.
    towns.delete = scores.delete = False
    towns.scaling.orientation, scores.crosses = "maxMin", "max"
    scores.scaling.min, scores.scaling.max = 0, int(FULL_SCORE * DEFAULT_CAP)
    scores.majorUnit, scores.number_format = 20, "0"
    scores.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="D5DBE3"))
    return chart
