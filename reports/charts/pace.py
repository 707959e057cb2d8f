"""Completion rates against the pace, as lying bars: the city's indicators or a town's targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from indicators.choices import Light, Reason
from indicators.domain.measures import Measure
from indicators.domain.progress import Progress
from reports.charts.chart import HOVER_CUSTOM, PACE_LINE, Chart, Figure, drawn_percent, hover
from reports.figures import ShownProgress

BAR_HEIGHT = 32
FRAME_HEIGHT = 104


class PaceRow(Protocol):
    """What a bar is drawn from; rows of several pages have it."""

    @property
    def name(self) -> str: ...
    @property
    def short_name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def is_part(self) -> bool: ...
    @property
    def measure(self) -> Measure: ...
    @property
    def progress(self) -> Progress: ...
    @property
    def shown(self) -> ShownProgress: ...


def pace_chart(rows: Iterable[PaceRow], *, counted: str, names_worst: bool, table_href: str) -> Chart | None:
    """Flows that should rise: the completion of a level says nothing beside the pace (17.68 of 17.6% is 100% in any
    quarter), nor that of a figure that should fall (850 of 510 used by June is 167%, and too much).

    `counted` is what the title calls them. None where nothing is reported.
    """
    flows = [
        row
        for row in rows
        if row.measure.is_flow and not row.measure.is_falling and not row.is_part and row.progress.target
    ]
    reported = [row for row in flows if not isinstance(row.progress.completion, Reason)]
    if not reported:
        return None
    # By the ratio behind the light, not by points: a park due to be rebuilt by December is not behind in June.
    reported.sort(key=lambda row: row.progress.ratio)
    unreported = [row for row in flows if isinstance(row.progress.completion, Reason)]
    behind = sum(row.shown.light in (Light.RED, Light.YELLOW) for row in reported)
    title = f"{len(reported)} 项{counted}" + (f"中 {behind} 项欠序时" if behind else "均达序时")
    if behind and names_worst:
        title += f"，{reported[0].short_name}{reported[0].shown.lead_words}"
    return Chart(
        key="pace",
        title=title,
        summary="完成率对序时进度（虚线），进度最慢的在最上面"
        + (f"；另有 {len(unreported)} 项没有数据。" if unreported else "。"),
        figure=pace_figure([*reported, *unreported]),
        height=FRAME_HEIGHT + BAR_HEIGHT * len(flows),
        table_href=table_href,
    )


def pace_figure(rows: Sequence[PaceRow]) -> Figure:
    """A bar a row, the first on top, and a dashed line where all of them should be by now."""
    names = [row.short_name for row in rows]
    bars = {
        "type": "bar",
        "orientation": "h",
        "name": "完成率",
        "x": [drawn_percent(row.progress.completion) for row in rows],
        "y": names,
        "text": [row.shown.completion.text for row in rows],
        "textposition": "auto",
        "textangle": 0,
        "insidetextanchor": "start",
        "insidetextfont": {"color": "token:paper"},
        "marker": {"color": "token:actual"},
        "customdata": [_story(row) for row in rows],
        "hovertemplate": HOVER_CUSTOM,
    }
    pace = {
        "type": "scatter",
        # A line through one row alone has no length: there the mark stands in its place.
        "mode": "lines" if len(rows) > 1 else "markers",
        "name": "序时进度",
        "x": [drawn_percent(row.progress.pace) for row in rows],
        "y": names,
        "line": PACE_LINE,
        "marker": {"symbol": "line-ns", "size": 18, "line": {"color": "token:pace", "width": 1.5}},
        "hoverinfo": "skip",
    }
    return {"data": [bars, pace], "layout": rows_of_percent("完成率")}


def rows_of_percent(title: str) -> dict[str, Any]:
    """The layout of bars that lie a row each, the first on top, against a scale of per cent from 0."""
    return {
        "xaxis": {"rangemode": "tozero", "showgrid": True, "ticksuffix": "%", "title": {"text": title}},
        "yaxis": {"autorange": "reversed", "showgrid": False},
        "margin": {"r": 48},
    }


def _story(row: PaceRow) -> str:
    return hover(
        row.name,
        f"年度目标 {row.shown.target.with_unit(row.unit)}",
        f"累计 {row.shown.actual.with_unit(row.unit)}，完成率 {row.shown.completion}",
        row.shown.lead_words,
    )
