"""One indicator's charts: path, quarters and towns, with the figures of the page and nothing that is not there."""

from __future__ import annotations

import json

from django.contrib.auth.models import User

from indicators.models import Plan
from reports.charts import indicator as charts
from reports.charts.chart import Chart, hover
from reports.pages import indicator
from tests.reports.charts.figures import validated
from tests.reports.results import PUBLISHED_2015Q2, reading, record


def charts_of(user: User, code: str, quarter: str = "2015Q2") -> dict[str, Chart]:
    return charts.draw(indicator.build(reading(user, quarter), user, code))


def test_the_path_from_baseline_to_targets_with_the_projection(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    chart = charts_of(leader, "industrial-value-added")["years"]
    actual, target, projection = validated(chart).data
    assert list(actual.x) == ["2014年", "2015年", "2016年", "2017年"]
    assert list(actual.y) == [1312.0, 647.78, None, None]
    assert list(target.y) == [None, 1417.0, 1530.0, 1653.0]
    assert (list(projection.x), list(projection.y)) == (["2015年"], [1295.56])
    assert chart.title == "目标从2015年的 1,417.00 到2017年的 1,653.00 亿元"
    assert chart.summary == "2014年为 1,312.00 亿元；1-6月累计 647.78，按序时进度推算全年 1,295.56 亿元。"


def test_a_level_is_a_line_and_a_flow_stands_on_zero(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    flow = validated(charts_of(leader, "industrial-value-added")["quarters"])
    level = validated(charts_of(leader, "hightech-share")["quarters"])
    assert (flow.data[0].type, flow.layout.yaxis.rangemode) == ("bar", "tozero")
    assert (level.data[0].type, level.layout.yaxis.rangemode) == ("scatter", None)
    assert list(level.data[-1].y) == [17.23, 17.35, 17.48, 17.6]  # 17.1 + 0.5 x 25, 50, 75, 100%


def test_the_quarters_against_the_pace_with_last_year_behind(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q1", {("industrial-investment", "zhongshan"): "60"})
    record(zhongshan, "2016Q1", {("industrial-investment", "zhongshan"): "72"})
    record(zhongshan, "2016Q2", {("industrial-investment", "zhongshan"): "150"})
    chart = charts_of(leader, "industrial-investment", "2016Q1")["quarters"]
    last_year, this_year, pace = validated(chart).data
    assert (last_year.name, list(last_year.y)) == ("2015年", [60.0, None, None, None])
    assert (this_year.name, list(this_year.y)) == ("2016年", [72.0, None, None, None])
    assert list(pace.y) == [80.0, 160.0, 240.0, 320.0]
    assert chart.title == "工业投资：欠序时 2.5 个百分点"  # 72 / 320 = 22.5%
    assert (
        this_year.customdata[0] == "2016年第一季度<br>1-3月 72.00 亿元<br>完成率 22.5%，欠序时 2.5 个百分点"
    )


def test_towns_are_bars_with_their_targets_marked(zhongshan: Plan, leader: User) -> None:
    record(
        zhongshan,
        "2015Q2",
        {("industrial-investment", "xiaolan"): "10", ("industrial-investment", "guzhen"): "5.20"},
    )
    chart = charts_of(leader, "industrial-investment")["towns"]
    bars, targets = validated(chart).data
    assert len(bars.y) == 24
    assert list(bars.y)[:2] == ["火炬", "小榄"]
    assert list(targets.x)[:2] == [77.2, 24.6]
    assert list(bars.x)[:2] == [None, 10.0]
    assert chart.title == "2 个已报镇区中 1 个欠序时，小榄镇少 2.30 亿元"


def test_nothing_of_other_towns_is_in_an_officials_chart(zhongshan: Plan, guzhen: User) -> None:
    record(
        zhongshan,
        "2015Q2",
        {("industrial-investment", "xiaolan"): "10.73", ("industrial-investment", "guzhen"): "5.10"},
    )
    chart = charts_of(guzhen, "industrial-investment")["towns"]
    bars, targets = validated(chart).data
    assert [value for value in bars.x if value is not None] == [5.1]
    assert [story for story in bars.customdata if story] == [
        "古镇镇<br>目标 10.40 亿元<br>累计 5.10 亿元，完成率 49.0%<br>欠序时 1.0 个百分点"
    ]
    assert None not in targets.x
    assert "10.73" not in json.dumps(chart.figure)
    assert chart.title == "古镇镇：欠序时 1.0 个百分点"


def test_an_indicator_without_target_or_figure_of_the_year_has_no_quarters_chart(
    zhongshan: Plan, leader: User
) -> None:
    assert "quarters" not in charts_of(leader, "motor-efficiency", "2016Q2")


def test_a_plans_name_is_text_in_a_hover_box() -> None:
    assert hover("<b>工业</b>投资", "") == "&lt;b&gt;工业&lt;/b&gt;投资"
