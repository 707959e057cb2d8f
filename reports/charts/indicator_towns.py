"""An indicator's towns: bars of what is done, a dark mark where the target stands."""

from __future__ import annotations

from indicators.domain.numbers import format_figure
from reports.charts.chart import HOVER_CUSTOM, Chart, Figure, drawn, hover, target_mark
from reports.charts.series import whole_steps
from reports.pages.indicator import IndicatorPage
from reports.pages.indicator_towns import TownRow, TownShares

ROW_HEIGHT = 22
FRAME_HEIGHT = 96


def town_chart(page: IndicatorPage) -> Chart | None:
    towns = page.towns
    if towns is None:
        return None
    rows = [
        row
        for row in towns.rows
        if row.target is not None or (row.progress and row.progress.actual is not None)
    ]
    if not rows:
        return None
    if not towns.shows_every_town:
        rows.sort(key=lambda row: (not row.is_readable, -(row.target or 0)))
    return Chart(
        key="towns",
        title=_town_title(page, towns),
        summary=_town_summary(page, towns),
        figure=_town_figure(page, rows),
        height=FRAME_HEIGHT + ROW_HEIGHT * len(rows),
    )


def _town_title(page: IndicatorPage, towns: TownShares) -> str:
    if not towns.shows_every_town:
        own = next((row for row in towns.rows if row.shown), None)
        return f"{own.name}：{own.shown.lead_words}" if own and own.shown else "各镇区年度目标"
    if not towns.reported:
        return "各镇区年度目标（实绩未报送）"
    if not towns.judged:
        return "各镇区实绩（已报的都没有目标）"
    counted = f"{towns.judged} 个已报{'镇区' if towns.judged == towns.reported else '且有目标的镇区'}"
    if not towns.behind:
        return f"{counted}均达序时"
    title = f"{counted}中 {towns.behind} 个欠序时"
    worst = towns.rows[0]
    if towns.adds_up and worst.gap > 0:
        side = "多" if page.measure.is_falling else "少"
        return f"{title}，{worst.name}{side} {format_figure(worst.gap, page.measure.decimals)} {page.unit}"
    return f"{title}，{worst.name}{worst.shown.lead_words}" if worst.shown and worst.gap > 0 else title


def _town_summary(page: IndicatorPage, towns: TownShares) -> str:
    due = "" if page.quarter.is_last else "，灰色竖线为序时应达"
    said = f"横条为实绩，深色竖线为年度目标{due}，"
    if not towns.shows_every_town:
        return f"{said}按目标从大到小。其他镇区只显示公开的目标。"
    return said + ("欠得最多的在最上面。" if towns.reported else "按计划次序。")


def _town_figure(page: IndicatorPage, rows: list[TownRow]) -> Figure:
    decimals = page.measure.decimals
    names = [row.short_name for row in rows]
    bars = {
        "type": "bar",
        "orientation": "h",
        "name": "实绩",
        "x": [drawn(row.progress.actual if row.progress else None, decimals) for row in rows],
        "y": names,
        "marker": {"color": "token:actual"},
        "customdata": [_town_story(page, row) for row in rows],
        "hovertemplate": HOVER_CUSTOM,
    }
    due = {
        "type": "scatter",
        "mode": "markers",
        "name": "序时应达",
        "x": [drawn(row.progress.expected if row.progress else None, decimals) for row in rows],
        "y": names,
        "marker": {"symbol": "line-ns", "size": 12, "line": {"color": "token:pace", "width": 2}},
        "customdata": [
            hover(f"{row.name}应达 {row.shown.expected.with_unit(page.unit)}") if row.shown else ""
            for row in rows
        ],
        "hovertemplate": HOVER_CUSTOM,
    }
    targets = {
        "type": "scatter",
        "mode": "markers",
        "name": "年度目标",
        "x": [drawn(row.target, decimals) for row in rows],
        "y": names,
        "marker": target_mark("line-ns", 12),
        "customdata": [hover(f"{row.name}年度目标 {row.shown_target.with_unit(page.unit)}") for row in rows],
        "hovertemplate": HOVER_CUSTOM,
    }
    return {
        # At the year's end the target itself is due.
        "data": [bars, targets] if page.quarter.is_last else [bars, due, targets],
        "layout": {
            "xaxis": {"rangemode": "tozero", "showgrid": True, "title": {"text": page.unit}}
            | whole_steps(page.measure, [0, *bars["x"], *targets["x"]]),
            "yaxis": {"autorange": "reversed", "showgrid": False},
        },
    }


def _town_story(page: IndicatorPage, row: TownRow) -> str:
    if row.shown is None:
        return ""
    return hover(
        row.name,
        f"目标 {row.shown_target.with_unit(page.unit)}",
        f"累计 {row.shown.actual.with_unit(page.unit)}，完成率 {row.shown.completion}",
        row.shown.lead_words,
        f"占各镇区欠数的 {row.gap_share}" if row.gap and row.gap_share.text else "",
    )
