"""Plotly's own opinion of a figure, once the names of design tokens are replaced by a colour."""

from __future__ import annotations

import json
import re
from pathlib import Path

import plotly.graph_objects as go

from reports.charts.chart import Chart

TOKENS = (Path(__file__).resolve().parents[3] / "static" / "css" / "tokens.css").read_text(encoding="utf-8")


def validated(chart: Chart) -> go.Figure:
    """The figure as Plotly's schema takes it; fails for an unknown property, and for a colour no token names."""
    text = json.dumps(chart.figure, ensure_ascii=False)
    for name in re.findall(r'"token:([a-z-]+)"', text):
        assert f"--chart-{name}:" in TOKENS or f"--{name}:" in TOKENS, f"no such token: {name}"
    assert not re.search(r"#[0-9a-fA-F]{6}|rgb\(", text), "a colour that does not follow the theme"
    return go.Figure(json.loads(re.sub(r'"token:[a-z-]+"', '"#123456"', text)))
