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
    assert chart.title == "预计2015年 1,295.56 亿元，比目标少 121.44"
    assert chart.summary == (
        "2014年为 1,312.00 亿元；1-6月累计 647.78 亿元；按序时进度推算，推算数为空心菱形；"
        "目标从2015年的 1,417.00 到2017年的 1,653.00 亿元。"
    )


def test_a_projection_from_one_quarter_is_for_reference_only_wherever_it_is_told(
    zhongshan: Plan, leader: User
) -> None:
    record(zhongshan, "2015Q1", {("industrial-investment", "zhongshan"): "60"})
    chart = charts_of(leader, "industrial-investment", "2015Q1")["years"]
    projection = validated(chart).data[-1]
    assert chart.title == "预计2015年 240.00 亿元，比目标少 40.00（仅供参考）"
    assert "按序时进度推算，仅供参考" in chart.summary
    assert projection.name == "预计全年（仅供参考）"
    assert list(projection.customdata) == ["预计全年 240.00 亿元<br>按序时进度推算，仅供参考"]


def test_a_year_that_is_over_is_told_against_its_target_without_a_projection(
    zhongshan: Plan, leader: User
) -> None:
    record(zhongshan, "2015Q4", {("industrial-investment", "zhongshan"): "273.73"})
    chart = charts_of(leader, "industrial-investment", "2015Q4")["years"]
    assert chart.title == "2015年为 273.73 亿元，目标 280.00 亿元，未完成"
    assert [trace.name for trace in validated(chart).data] == ["实绩", "年度目标"]


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
    bars, due, targets = validated(chart).data
    assert len(bars.y) == 24
    # 小榄 is 2.30 short of 12.30, 古镇 just on its 5.20; the others have not reported, in the plan's order.
    assert list(bars.y)[:3] == ["小榄", "古镇", "石岐"]
    assert list(targets.x)[:3] == [24.6, 10.4, 3.5]
    assert list(bars.x)[:3] == [10.0, 5.2, None]
    assert list(due.x)[:3] == [12.3, 5.2, 1.75]
    assert chart.title == "2 个已报镇区中 1 个欠序时，小榄镇少 2.30 亿元"


def test_towns_of_a_rate_are_named_by_the_points_they_are_behind(zhongshan: Plan, leader: User) -> None:
    record(
        zhongshan,
        "2015Q2",
        {("rd-institution-share", "xiaolan"): "10.5", ("rd-institution-share", "guzhen"): "11"},
    )
    chart = charts_of(leader, "rd-institution-share")["towns"]
    assert chart.title == "2 个已报镇区中 1 个欠序时，小榄镇欠序时 0.50 个百分点"


def test_when_no_town_is_behind_the_title_says_so(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", {("industrial-investment", "guzhen"): "5.20"})
    assert charts_of(leader, "industrial-investment")["towns"].title == "1 个已报镇区均达序时"


def test_nothing_of_other_towns_is_in_an_officials_chart(zhongshan: Plan, guzhen: User) -> None:
    record(
        zhongshan,
        "2015Q2",
        {("industrial-investment", "xiaolan"): "10.73", ("industrial-investment", "guzhen"): "5.10"},
    )
    chart = charts_of(guzhen, "industrial-investment")["towns"]
    bars, due, targets = validated(chart).data
    assert list(bars.y)[:3] == ["古镇", "火炬", "小榄"]  # their own, then by the public targets
    assert [value for value in bars.x if value is not None] == [5.1]
    assert [value for value in due.x if value is not None] == [5.2]
    assert [story for story in due.customdata if story] == ["古镇镇应达 5.20 亿元"]
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


def test_a_year_without_a_target_draws_what_is_done_and_nothing_due(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2016Q2", {("motor-efficiency", "zhongshan"): "11.76"})
    shown = charts_of(leader, "motor-efficiency", "2016Q2")
    assert [trace.name for trace in validated(shown["quarters"]).data] == ["2016年"]
    assert shown["quarters"].summary == "2016年各季累计数。"
    assert shown["years"].title == "2016年未定目标，预计全年 23.52 万千瓦"


def test_at_the_years_end_the_target_is_what_is_due(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q4", {("industrial-investment", "guzhen"): "10.40"})
    chart = charts_of(leader, "industrial-investment", "2015Q4")["towns"]
    assert [trace.name for trace in validated(chart).data] == ["实绩", "年度目标"]


def test_towns_with_nothing_to_reach_stand_behind_those_that_have(zhongshan: Plan, leader: User) -> None:
    """Of the smart-manufacturing leaders 南区 has to have one, 石岐 none."""
    record(
        zhongshan,
        "2015Q2",
        {("smart-leaders", "nanqu"): "1", ("smart-leaders", "shiqi"): "0", ("smart-leaders", "xiaolan"): "0"},
    )
    chart = charts_of(leader, "smart-leaders")["towns"]
    assert chart.title == "1 个已报且有目标的镇区均达序时"
    assert list(validated(chart).data[0].y)[:3] == ["南区", "石岐", "小榄"]


def test_few_units_of_a_count_are_told_one_by_one(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", {("smart-leaders", "zhongshan"): "3", ("robot-firms", "zhongshan"): "30"})
    few, many = charts_of(leader, "smart-leaders"), charts_of(leader, "robot-firms")
    assert [validated(few[key]).layout.yaxis.dtick for key in ("quarters", "years")] == [1, 1]
    assert validated(few["towns"]).layout.xaxis.dtick == 1
    assert validated(many["quarters"]).layout.yaxis.dtick is None


def test_a_plans_name_is_text_in_a_hover_box() -> None:
    assert hover("<b>工业</b>投资", "") == "&lt;b&gt;工业&lt;/b&gt;投资"
