"""An indicator's targets through the years, with what was reached and where this year will end."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from indicators.domain.numbers import format_figure
from reports.charts.chart import HOVER_CUSTOM, Chart, Figure, drawn, hover, target_mark
from reports.charts.series import series, value_axis
from reports.pages.indicator import IndicatorPage
from reports.pages.indicator_years import YearRow


def year_chart(page: IndicatorPage) -> Chart | None:
    if not any(row.target is not None or row.actual is not None for row in page.years):
        return None
    return Chart(
        key="years",
        title=_year_title(page),
        summary=_year_summary(page),
        figure=_year_figure(page, page.years),
        height=300,
    )


def _has_projection(page: IndicatorPage) -> bool:
    """A level's projection is the level itself, and a year that is over needs none."""
    return page.measure.is_flow and not page.quarter.is_last and not page.shown.projection.is_missing


def _year_title(page: IndicatorPage) -> str:
    """Where the year will end or has ended; else the path of the targets."""
    target, unit, year = page.progress.target, page.unit, page.quarter.year
    if target is None:
        foreseen = f"，预计全年 {page.shown.projection.with_unit(unit)}" if _has_projection(page) else ""
        return f"{year}年未定目标{foreseen}{_caution(page) if foreseen else ''}"
    if page.shown.actual.is_missing:
        return _path(page)
    if page.quarter.is_last:
        reached = page.shown.actual.with_unit(unit)
        return f"{year}年为 {reached}，目标 {page.shown.target.with_unit(unit)}，{page.outcome}"
    if _has_projection(page) and isinstance(page.progress.projection, Decimal):
        difference = page.progress.projection - target
        amount = format_figure(abs(difference), page.measure.decimals)
        return (
            f"预计{year}年 {page.shown.projection.with_unit(unit)}，"
            f"比目标{'少' if difference < 0 else '多'} {amount}{_caution(page)}"
        )
    return _path(page)


def _caution(page: IndicatorPage) -> str:
    """One quarter says little of a year."""
    return "（仅供参考）" if page.quarter.number == 1 else ""


def _path(page: IndicatorPage) -> str:
    """The targets from the first year to the last; empty where there is none."""
    targets = [row for row in page.years if row.target is not None]
    if not targets:
        return ""
    first, last = targets[0], targets[-1]
    if first is last:
        return f"{first.year}年目标 {first.shown_target.with_unit(page.unit)}"
    return f"目标从{first.year}年的 {first.shown_target} 到{last.year}年的 {last.shown_target.with_unit(page.unit)}"


def _year_summary(page: IndicatorPage) -> str:
    """The baseline, the year so far, the projection with its method, and the path where the title leaves it out."""
    base = next((row for row in page.years if row.is_base), None)
    parts = [f"{base.year}年为 {base.shown_actual.with_unit(page.unit)}"] if base else []
    if page.shown.actual.is_missing:
        parts.append(f"{page.quarter.label}{page.shown.actual.reason}")
    elif not page.quarter.is_last:
        parts.append(f"{page.actual_label} {page.shown.actual.with_unit(page.unit)}")
    if _has_projection(page):
        parts.append(f"{page.projection_note}，推算数为空心菱形")
    path = _path(page)
    if path and path != _year_title(page):
        parts.append(path)
    return "；".join(parts) + "。" if parts else ""


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
    if _has_projection(page):
        data.append(_projection(page))
    return {
        "data": data,
        "layout": {
            "xaxis": {"type": "category", "categoryorder": "array", "categoryarray": labels},
            "yaxis": value_axis(page.measure, page.unit, data),
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
        "name": f"预计全年{_caution(page)}",
        "x": [f"{page.quarter.year}年"],
        "y": [drawn(page.progress.projection, page.measure.decimals)],
        "marker": {
            "symbol": "diamond-open",
            "size": 11,
            "color": "token:actual",
            "line": {"color": "token:actual", "width": 2},
        },
        "customdata": [hover(f"预计全年 {page.shown.projection.with_unit(page.unit)}", page.projection_note)],
        "hovertemplate": HOVER_CUSTOM,
    }
