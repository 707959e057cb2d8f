"""How one indicator's figures are drawn over time, by its kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from indicators.domain.measures import Measure

MOST_STEPS = 8


def series(measure: Measure, name: str, color: str) -> dict[str, Any]:
    """A flow is a heap that grows from 0: bars. A level is a place on a scale: points on a line."""
    if measure.is_flow:
        return {"type": "bar", "name": name, "marker": {"color": color}}
    return {"type": "scatter", "mode": "lines+markers", "name": name, "line": {"color": color}}


def value_axis(measure: Measure, unit: str, traces: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
    """`traces` are what is drawn against the axis: few units of a count are told one by one, not by halves."""
    axis: dict[str, Any] = {"title": {"text": unit}}
    if measure.is_flow:
        axis["rangemode"] = "tozero"
    return axis | whole_steps(measure, [value for trace in traces for value in trace["y"]])


def whole_steps(measure: Measure, values: Iterable[float | None]) -> dict[str, Any]:
    """For an axis of a count that reaches no further than this from its first mark to its last; else nothing."""
    known = [value for value in values if value is not None]
    if measure.decimals or not known:
        return {}
    first = 0 if measure.is_flow else min(known)
    return {"dtick": 1} if max(known) - first <= MOST_STEPS else {}
