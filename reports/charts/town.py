"""A town's charts: the year of one allocated target, and all of them against the pace."""

from __future__ import annotations

from indicators.choices import Reason
from reports.charts.chart import Chart
from reports.charts.indicator_quarters import quarter_figure
from reports.charts.pace import pace_figure
from reports.pages.town import TownPage
from reports.pages.town_targets import TargetRow

ROW_HEIGHT = 32
FRAME_HEIGHT = 104


def draw(page: TownPage) -> dict[str, Chart]:
    """The charts that this page's figures suffice for, by key: trend, pace."""
    charts = (_trend_chart(page), _pace_chart(page))
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


def _pace_chart(page: TownPage) -> Chart | None:
    """Flows alone: a level's completion says nothing beside the pace (24 of 25% is 96% in any quarter)."""
    flows = [
        row
        for row in page.rows
        if row.measure.is_flow and not row.measure.is_falling and not row.is_part and row.progress.target
    ]
    reported = [row for row in flows if not isinstance(row.progress.completion, Reason)]
    if not reported:
        return None
    # By the ratio behind the light, not by points: a park due to be rebuilt by December is not behind in June.
    reported.sort(key=lambda row: row.progress.ratio)
    unreported = [row for row in flows if isinstance(row.progress.completion, Reason)]
    behind = sum(row.is_behind for row in reported)
    title = (
        f"{len(reported)} 项流量目标中 {behind} 项欠序时" if behind else f"{len(reported)} 项流量目标均达序时"
    )
    return Chart(
        key="pace",
        title=title,
        summary="完成率对序时进度（虚线），进度最慢的在最上面"
        + (f"；另有 {len(unreported)} 项没有数据。" if unreported else "。"),
        figure=pace_figure([*reported, *unreported]),
        height=FRAME_HEIGHT + ROW_HEIGHT * len(flows),
        table_href="#targets",
    )


def _has_something_to_draw(row: TargetRow) -> bool:
    """Four zeros below a target of zero are no picture."""
    return bool(row.progress.target) or any(
        quarter.progress and quarter.progress.actual for quarter in row.quarters
    )
