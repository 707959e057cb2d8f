"""An indicator's year by quarter against the pace, last year behind it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from indicators.domain.measures import Measure
from reports.charts.chart import HOVER_CUSTOM, PACE_LINE, Chart, Figure, drawn, hover
from reports.charts.series import series, value_axis
from reports.pages.indicator import IndicatorPage
from reports.pages.indicator_quarters import QuarterRow


def quarter_chart(page: IndicatorPage) -> Chart | None:
    if page.progress.target is None and not any(
        row.shown and not row.shown.actual.is_missing for row in page.quarters
    ):
        return None
    subject = "累计" if page.measure.is_flow else "期末"
    return Chart(
        key="quarters",
        title=f"{page.short_name}：{page.shown.lead_words}",
        summary=f"{page.quarter.year}年各季{subject}数"
        + ("对序时应达数（虚线）" if _has_pace(page.quarters) else "")
        + ("，浅色为上年同期。" if any(row.last_year is not None for row in page.quarters) else "。"),
        figure=quarter_figure(page.quarters, page.measure, page.unit),
        height=300,
    )


def quarter_figure(quarters: Sequence[QuarterRow], measure: Measure, unit: str) -> Figure:
    """One year of an indicator in the city or in a town."""
    decimals = measure.decimals
    year = quarters[0].quarter.year
    labels = [row.span for row in quarters]
    data = []
    if any(row.last_year is not None for row in quarters):
        data.append(
            series(measure, f"{year - 1}年", "token:actual-soft")
            | {
                "x": labels,
                "y": [drawn(row.last_year, decimals) for row in quarters],
                "customdata": [
                    hover(f"{year - 1}年{row.span} {row.shown_last_year.with_unit(unit)}") for row in quarters
                ],
                "hovertemplate": HOVER_CUSTOM,
            }
        )
    data.append(
        series(measure, f"{year}年", "token:actual")
        | {
            "x": labels,
            "y": [drawn(row.progress.actual if row.progress else None, decimals) for row in quarters],
            "customdata": [_quarter_story(row, unit) for row in quarters],
            "hovertemplate": HOVER_CUSTOM,
        }
    )
    if _has_pace(quarters):
        data.append(_pace(quarters, labels, decimals, unit))
    return {
        "data": data,
        "layout": {"xaxis": {"type": "category"}, "yaxis": value_axis(measure, unit, data)},
    }


def _has_pace(quarters: Sequence[QuarterRow]) -> bool:
    """A year without a target has nothing due."""
    return any(isinstance(row.expected, Decimal) for row in quarters)


def _pace(quarters: Sequence[QuarterRow], labels: list[str], decimals: int, unit: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "序时应达",
        "x": labels,
        "y": [drawn(row.expected, decimals) for row in quarters],
        "line": PACE_LINE,
        "marker": {"size": 5, "color": "token:pace"},
        "customdata": [hover(f"{row.span}序时应达 {row.shown_expected.with_unit(unit)}") for row in quarters],
        "hovertemplate": HOVER_CUSTOM,
    }


def _quarter_story(row: QuarterRow, unit: str) -> str:
    if row.shown is None:
        return ""
    return hover(
        row.quarter.label,
        f"{row.span} {row.shown.actual.with_unit(unit)}",
        f"完成率 {row.shown.completion}，{row.shown.lead_words}",
    )
