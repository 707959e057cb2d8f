"""How one indicator's figures are drawn over time, by its kind."""

from __future__ import annotations

from typing import Any

from indicators.domain.measures import Measure


def series(measure: Measure, name: str, color: str) -> dict[str, Any]:
    """A flow is a heap that grows from 0: bars. A level is a place on a scale: points on a line."""
    if measure.is_flow:
        return {"type": "bar", "name": name, "marker": {"color": color}}
    return {"type": "scatter", "mode": "lines+markers", "name": name, "line": {"color": color}}


def value_axis(measure: Measure, unit: str) -> dict[str, Any]:
    axis: dict[str, Any] = {"title": {"text": unit}}
    return axis | {"rangemode": "tozero"} if measure.is_flow else axis
