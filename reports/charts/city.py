"""The overview's charts: completion against the pace, and the towns' completion as shades."""

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
from reports.pages.heatmap import HeatCell, HeatColumn, HeatMap, HeatRow

TOWN_HEIGHT = 18
SLANTED_NAMES = 72


def draw(page: CityPage) -> dict[str, Chart]:
    """The charts that this page's figures suffice for, by key: pace, towns."""
    charts = (
        pace_chart(page.rows, counted="流量指标", names_worst=True, table_href="#board"),
        _town_chart(page.heatmap),
    )
    return {chart.key: chart for chart in charts if chart is not None}


def _town_chart(heatmap: HeatMap) -> Chart | None:
    """Shades for readers of every town; for a town's official bars of their own."""
    rows = [row for row in heatmap.rows if row.is_readable]
    known = [
        (_ratio(cell), row, column, cell)
        for row in rows
        for column, cell in zip(heatmap.columns, row.cells, strict=True)
        if _ratio(cell) is not None
    ]
    if not known:
        return None
    ratio, row, column, _ = min(known, key=lambda found: found[0])
    red = sum(found[3].light_class == "red" for found in known)
    lowest = f"最低的是{row.town}的{column.short_name}，进度比 {ratio:.1f}%。"
    if not heatmap.shows_every_town:
        return Chart(
            key="towns",
            title=f"{row.town} {len(known)} 项分解目标中 {red} 项落后",
            summary=f"进度比为实际比序时应达，虚线为 100%；{lowest}",
            figure=_own_town_figure(heatmap.columns, rows[0]),
            height=FRAME_HEIGHT + BAR_HEIGHT * len(heatmap.columns),
            table_href="#heatmap",
        )
    return Chart(
        key="towns",
        title=f"镇区 {len(known)} 项分解目标中 {red} 项落后",
        summary=f"颜色越深，进度比（实际比序时应达）越高；{lowest}",
        figure=_town_figure(heatmap.columns, rows),
        height=FRAME_HEIGHT + SLANTED_NAMES + TOWN_HEIGHT * len(rows),
        table_href="#heatmap",
    )


def _town_figure(columns: tuple[HeatColumn, ...], rows: list[HeatRow]) -> Figure:
    """Shades of the one blue from nothing done to a fifth above pace; beyond it a town is simply well ahead."""
    cells = {
        "type": "heatmap",
        "x": [column.short_name for column in columns],
        "y": [row.short_name for row in rows],
        "z": [[_ratio(cell) for cell in row.cells] for row in rows],
        "zmin": 0,
        "zmax": 120,
        "colorscale": [[0, "token:paper"], [0.5, "token:actual-soft"], [1, "token:actual"]],
        "showscale": True,
        "colorbar": {"ticksuffix": "%", "thickness": 10, "outlinewidth": 0, "len": 0.6},
        "customdata": [[_cell_story(cell) for cell in row.cells] for row in rows],
        "hovertemplate": HOVER_CUSTOM,
        "hoverongaps": False,
    }
    return {
        "data": [cells],
        "layout": {
            "xaxis": {"side": "top", "tickangle": -60},
            "yaxis": {"autorange": "reversed", "showgrid": False},
            "margin": {"t": 8},
        },
    }


def _own_town_figure(columns: tuple[HeatColumn, ...], row: HeatRow) -> Figure:
    """The town's progress ratios against the line at 100%, which compares targets of every kind."""
    names = [column.short_name for column in columns]
    bars = {
        "type": "bar",
        "orientation": "h",
        "name": "进度比",
        "x": [_ratio(cell) for cell in row.cells],
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
    return {"data": [bars, pace], "layout": rows_of_percent("进度比")}


def _cell_story(cell: HeatCell) -> str:
    return hover(*cell.story.split("：", 1))


def _ratio(cell: HeatCell) -> float | None:
    """How far a cell is, in per cent of what is due by now: comparable between kinds, as the light is."""
    return drawn_percent(cell.progress.ratio) if cell.progress and cell.light_class != "none" else None
