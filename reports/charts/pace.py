"""Completion rates against the pace, as lying bars: the city's indicators or a town's targets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from indicators.domain.progress import Progress
from reports.charts.chart import HOVER_CUSTOM, PACE_LINE, Figure, drawn_percent, hover
from reports.figures import ShownProgress


class PaceRow(Protocol):
    """What a bar is drawn from; rows of several pages have it."""

    @property
    def name(self) -> str: ...
    @property
    def short_name(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def progress(self) -> Progress: ...
    @property
    def shown(self) -> ShownProgress: ...


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
