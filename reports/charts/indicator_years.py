"""An indicator's targets through the years, with what was reached and where this year will end."""

from __future__ import annotations

from typing import Any

from indicators.choices import Reason
from reports.charts.chart import HOVER_CUSTOM, Chart, Figure, drawn, hover, target_mark
from reports.charts.series import series, value_axis
from reports.pages.indicator import IndicatorPage
from reports.pages.indicator_years import YearRow


def year_chart(page: IndicatorPage) -> Chart | None:
    if not any(row.target is not None or row.actual is not None for row in page.years):
        return None
    targets = [row for row in page.years if row.target is not None]
    title = f"{page.short_name}：年度目标未定"
    if targets:
        first, last = targets[0], targets[-1]
        reach = last.shown_target.with_unit(page.unit)
        title = f"目标从{first.year}年的 {first.shown_target} 到{last.year}年的 {reach}"
        if first is last:
            title = f"{first.year}年目标 {first.shown_target.with_unit(page.unit)}"
    return Chart(
        key="years",
        title=title,
        summary=_year_summary(page),
        figure=_year_figure(page, page.years),
        height=300,
    )


def _year_summary(page: IndicatorPage) -> str:
    base = next((row for row in page.years if row.is_base), None)
    said = f"{base.year}年为 {base.shown_actual.with_unit(page.unit)}；" if base else ""
    if isinstance(page.progress.projection, Reason):
        return f"{said}{page.quarter.label}{page.shown.actual.reason or '尚不能推算全年'}。"
    return (
        f"{said}{page.actual_label} {page.shown.actual}，"
        f"{page.shown.projection_method}全年 {page.shown.projection.with_unit(page.unit)}。"
        if page.measure.is_flow
        else f"{said}{page.actual_label}为 {page.shown.actual.with_unit(page.unit)}。"
    )


def _year_figure(page: IndicatorPage, years: tuple[YearRow, ...]) -> Figure:
    decimals = page.measure.decimals
    labels = [f"{row.year}年" for row in years]
    actual = series(page.measure, "实绩", "token:actual") | {
        "x": labels,
        "y": [drawn(row.actual, decimals) for row in years],
        "customdata": [_year_story(page, row) for row in years],
        "hovertemplate": HOVER_CUSTOM,
    }
    if page.measure.is_flow:
        actual["marker"] = {
            "color": ["token:actual-soft" if row.is_base else "token:actual" for row in years]
        }
    target = {
        "type": "scatter",
        "mode": "markers",
        "name": "年度目标",
        "x": labels,
        "y": [drawn(row.target, decimals) for row in years],
        "marker": target_mark("line-ew", 40),
        "customdata": [hover(f"{row.year}年目标 {row.shown_target.with_unit(page.unit)}") for row in years],
        "hovertemplate": HOVER_CUSTOM,
    }
    data = [actual, target]
    if page.measure.is_flow and not page.quarter.is_last and not isinstance(page.progress.projection, Reason):
        data.append(_projection(page))
    return {
        "data": data,
        "layout": {
            "xaxis": {"type": "category", "categoryorder": "array", "categoryarray": labels},
            "yaxis": value_axis(page.measure, page.unit),
        },
    }


def _year_story(page: IndicatorPage, row: YearRow) -> str:
    return hover(
        f"{row.year}年（{row.span}）" if row.span else f"{row.year}年",
        f"实绩 {row.shown_actual.with_unit(page.unit)}",
        f"完成率 {row.shown_completion}" if row.shown_completion.text else "",
    )


def _projection(page: IndicatorPage) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "预计全年",
        "x": [f"{page.quarter.year}年"],
        "y": [drawn(page.progress.projection, page.measure.decimals)],
        "marker": {
            "symbol": "diamond-open",
            "size": 11,
            "color": "token:actual",
            "line": {"color": "token:actual", "width": 2},
        },
        "customdata": [
            hover(f"{page.shown.projection_method}全年 {page.shown.projection.with_unit(page.unit)}")
        ],
        "hovertemplate": HOVER_CUSTOM,
    }
