"""The overview's charts: completion against the pace, and for a town's official their own town's targets."""

from __future__ import annotations

from reports.charts.chart import (
    HOVER_CUSTOM,
    PACE_LINE,
    Chart,
    Figure,
    drawn_percent,
    hover,
)
from reports.charts.pace import BAR_HEIGHT, FRAME_HEIGHT, pace_chart, rows_of_percent
from reports.pages.city import CityPage
from reports.pages.heat_words import judged_ratio, ratio_words
from reports.pages.heatmap import HeatCell, HeatColumn, HeatMap, HeatRow

LEFT_OF_ZERO = -20


def draw(page: CityPage) -> dict[str, Chart]:
    """The charts that this page's figures suffice for, by key: pace, and for a town's official towns."""
    charts = (
        pace_chart(page.rows, counted="流量指标", names_worst=True, table_href="#board"),
        _own_chart(page.heatmap),
    )
    return {chart.key: chart for chart in charts if chart is not None}


def _own_chart(heatmap: HeatMap) -> Chart | None:
    """A town's official's bars: readers of every town have the heat map itself, which is a table."""
    row = next((row for row in heatmap.rows if row.is_readable), None)
    if heatmap.shows_every_town or row is None:
        return None
    known = [
        (ratio, column, cell)
        for column, cell in zip(heatmap.columns, row.cells, strict=True)
        if (ratio := judged_ratio(cell.progress)) is not None
    ]
    if not known:
        return None
    ratio, column, _ = min(known, key=lambda found: found[0])
    red = sum(cell.light_class == "red" for _, _, cell in known)
    return Chart(
        key="towns",
        title=f"{row.town} {len(known)} 项分解目标中 {red} 项落后",
        summary="进度比为实际比序时应达，虚线为 100%；"
        f"最低的是{column.short_name}，{ratio_words(ratio, column.measure)}。",
        figure=_own_town_figure(heatmap.columns, row),
        height=FRAME_HEIGHT + BAR_HEIGHT * len(heatmap.columns),
        table_href="#heatmap",
    )


def _own_town_figure(columns: tuple[HeatColumn, ...], row: HeatRow) -> Figure:
    """The town's progress ratios against the line at 100%, which compares targets of every kind."""
    names = [column.short_name for column in columns]
    ratios = [drawn_percent(judged_ratio(cell.progress)) for cell in row.cells]
    bars = {
        "type": "bar",
        "orientation": "h",
        "name": "进度比",
        "x": ratios,
        "y": names,
        "marker": {"color": "token:actual"},
        "customdata": [_cell_story(cell) for cell in row.cells],
        "hovertemplate": HOVER_CUSTOM,
    }
    pace = {
        "type": "scatter",
        "mode": "lines",
        "name": "序时应达",
        "x": [100] * len(names),
        "y": names,
        "line": PACE_LINE,
        "hoverinfo": "skip",
    }
    layout = rows_of_percent("进度比")
    if any(ratio is not None and ratio < 0 for ratio in ratios):
        # Below the year's start a ratio may be many hundreds below zero: the bar leaves the drawing, its story stays.
        highest = max(100, *(ratio for ratio in ratios if ratio is not None))
        layout["xaxis"] |= {"range": [LEFT_OF_ZERO, highest * 1.05]}
    return {"data": [bars, pace], "layout": layout}


def _cell_story(cell: HeatCell) -> str:
    return hover(*cell.story.split("：", 1))
