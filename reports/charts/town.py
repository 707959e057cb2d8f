"""A town's charts: the year of one allocated target, and all of them against the pace."""

from __future__ import annotations

from reports.charts.chart import Chart
from reports.charts.indicator_quarters import quarter_figure
from reports.charts.pace import pace_chart
from reports.pages.town import TownPage
from reports.pages.town_targets import TargetRow


def draw(page: TownPage) -> dict[str, Chart]:
    """The charts that this page's figures suffice for, by key: trend, pace."""
    charts = (
        _trend_chart(page),
        pace_chart(page.rows, counted="流量目标", names_worst=False, table_href="#targets"),
    )
    return {chart.key: chart for chart in charts if chart is not None}


def _trend_chart(page: TownPage) -> Chart | None:
    row = page.trend
    if row is None or not _has_something_to_draw(row):
        return None
    what = "累计数" if row.measure.is_flow else "期末数"
    has_last_year = any(quarter.last_year is not None for quarter in row.quarters)
    return Chart(
        key="trend",
        title=f"{page.name}{row.short_name}：{row.shown.lead_words}",
        summary=f"{page.quarter.year}年各季{what}对序时应达数（虚线）"
        + ("，浅色为上年同期。" if has_last_year else "。"),
        figure=quarter_figure(row.quarters, row.measure, row.unit),
        height=300,
        table_href="#trend-table",
    )


def _has_something_to_draw(row: TargetRow) -> bool:
    """Four zeros below a target of zero are no picture."""
    return bool(row.progress.target) or any(
        quarter.progress and quarter.progress.actual for quarter in row.quarters
    )
