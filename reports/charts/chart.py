"""What every chart is made of: a title that says what is seen, a sentence, the figure, and the table behind it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from indicators.choices import Reason
from indicators.domain.numbers import format_figure

Figure = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    unit: str = ""
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    heading: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The chart's figures as text; the first of `columns` heads the rows."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """As components/chart.html draws it. `table_href` names a table that stands on the page already."""

    key: str
    title: str
    summary: str
    figure: Figure
    height: int = 320
    table: Table | None = None
    table_href: str = ""


def drawn(value: Decimal | Reason | None, decimals: int) -> float | None:
    """A figure as Plotly takes it, rounded as it is shown; None leaves a gap, since missing is not 0."""
    if value is None or isinstance(value, Reason):
        return None
    return float(format_figure(value, decimals).replace(",", ""))


def drawn_percent(value: Decimal | Reason | None) -> float | None:
    """A ratio as a percentage with one decimal."""
    return None if value is None or isinstance(value, Reason) else drawn(value * 100, 1)


def hover(*lines: str) -> str:
    """Lines of a hover box. Plotly reads markup there, and a plan's names are not ours."""
    return "<br>".join(escape(line, quote=False) for line in lines if line)


HOVER_CUSTOM = "%{customdata}<extra></extra>"
PACE_LINE = {"color": "token:pace", "dash": "dash", "width": 1.5}


def target_mark(symbol: str = "line-ns", size: int = 14) -> dict[str, Any]:
    """A dark stroke across the bar: upright ("line-ns") on lying bars, level ("line-ew") on standing ones."""
    return {"symbol": symbol, "size": size, "line": {"color": "token:target", "width": 3}}
