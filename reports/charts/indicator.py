"""One indicator's charts: its path through the years, its year by quarter, its towns."""

from __future__ import annotations

from reports.charts.chart import Chart
from reports.charts.indicator_quarters import quarter_chart
from reports.charts.indicator_towns import town_chart
from reports.charts.indicator_years import year_chart
from reports.pages.indicator import IndicatorPage


def draw(page: IndicatorPage) -> dict[str, Chart]:
    """The charts that this indicator's figures suffice for, by key: years, quarters, towns."""
    charts = (year_chart(page), quarter_chart(page), town_chart(page))
    return {chart.key: chart for chart in charts if chart is not None}
