"""The overview's charts: figures that Plotly accepts, with the domain's values, and colours by name."""

from __future__ import annotations

import json

from django.contrib.auth.models import User

from indicators.models import Indicator, Plan, Target
from reports.charts import city as charts
from reports.charts.chart import Chart
from reports.pages import city
from tests.reports.charts.figures import validated
from tests.reports.results import PUBLISHED_2015Q2, reading, record
from towns.models import Area


def charts_of(user: User, code: str = "2015Q2") -> dict[str, Chart]:
    return charts.draw(city.build(reading(user, code), user))


def test_completion_against_pace_is_the_domains(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    chart = charts_of(leader)["pace"]
    bars, pace = validated(chart).data
    # 199.58 of 480 and 647.78 of 1417, the worse first; the share of high-tech is a level and stays out.
    assert list(bars.y)[:2] == ["装备制造业增加值", "规上工业增加值"]
    assert list(bars.x)[:2] == [41.6, 45.7]
    # The eleven that are not reported stand below without a bar: a gap, never 0.
    assert list(bars.x)[2:] == [None] * 11
    assert set(pace.x) == {50.0}
    assert chart.title == "2 项流量指标中 2 项欠序时，装备制造业增加值欠序时 8.4 个百分点"
    assert bars.customdata[0] == (
        "装备制造业工业增加值<br>年度目标 480.00 亿元<br>累计 199.58 亿元，完成率 41.6%<br>欠序时 8.4 个百分点"
    )


def test_what_is_not_due_yet_is_not_called_behind(zhongshan: Plan, leader: User) -> None:
    record(
        zhongshan,
        "2015Q2",
        {("circular-parks", "zhongshan"): "0", ("industrial-investment", "zhongshan"): "141"},
    )
    assert charts_of(leader)["pace"].title == "2 项流量指标均达序时"


def test_a_figure_that_should_fall_is_not_drawn_as_far_ahead(linhai: Plan, outsider: User) -> None:
    # 510 of 850 used up by June, when 425 would be on pace: 850 / 510 = 166.7% done, and 425 / 510 = 0.833, red.
    record(
        linhai, "2021Q2", {("waste-water", "linhaiwan"): "510", ("industrial-investment", "linhaiwan"): "20"}
    )
    page = city.build(reading(outsider, "2021Q2"), outsider)
    row = next(row for row in page.rows if row.code == "waste-water")
    assert (row.light.value, row.shown.bar, row.shown.pace_mark) == ("RED", "100.0%", "100.0%")
    bars, _ = validated(charts.draw(page)["pace"]).data
    assert row.short_name not in bars.y


def test_readers_of_every_town_have_the_heat_map_and_no_drawing_of_it(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", {**PUBLISHED_2015Q2, ("industrial-investment", "xiaolan"): "9.84"})
    assert list(charts_of(leader)) == ["pace"]


def test_a_towns_official_gets_their_own_bars(zhongshan: Plan, guzhen: User) -> None:
    record(
        zhongshan, "2015Q2", {("industrial-investment", "guzhen"): "5.20", ("robot-firms", "xiaolan"): "3"}
    )
    chart = charts_of(guzhen)["towns"]
    bars, pace = validated(chart).data
    assert [value for value in bars.x if value is not None] == [100.0]  # 5.20 of the 5.20 due out of 10.40
    assert set(pace.x) == {100}
    assert chart.title == "古镇镇 1 项分解目标中 0 项落后"
    assert chart.summary.endswith("最低的是工业投资，完成序时应达的 100.0%。")


def test_a_share_below_the_years_start_is_said_in_words_and_leaves_the_others_their_scale(
    zhongshan: Plan, guzhen: User
) -> None:
    """古镇镇's share of firms with research is to reach 20: from 10 of last year 15 by June, and it is 4."""
    record(zhongshan, "2015Q4", {("rd-institution-share", "guzhen"): "10"})
    Target.objects.filter(indicator__code="rd-institution-share", area__code="guzhen", year=2016).delete()
    Target.objects.create(
        indicator=Indicator.objects.get(plan=zhongshan, code="rd-institution-share"),
        area=Area.objects.get(code="guzhen"),
        year=2016,
        value=20,
    )
    record(zhongshan, "2016Q2", {("rd-institution-share", "guzhen"): "4"})
    chart = charts_of(guzhen, "2016Q2")["towns"]
    figure = validated(chart)
    assert [value for value in figure.data[0].x if value is not None] == [-120.0]  # (4 - 10) / (15 - 10)
    assert list(figure.layout.xaxis.range) == [-20, 105]
    assert chart.summary.endswith("最低的是研发机构比例，低于年初水平。")


def test_no_chart_is_drawn_of_nothing(zhongshan: Plan, leader: User) -> None:
    assert charts_of(leader) == {}


def test_the_figures_stay_small(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    towns = ["shiqi", "dongqu", "huoju", "xiaolan", "guzhen", "nantou"]
    record(zhongshan, "2015Q2", {("upgrade-investment", town): "1.23" for town in towns})
    for chart in charts_of(leader).values():
        assert len(json.dumps(chart.figure, ensure_ascii=False).encode()) < 40_000
        assert "template" not in chart.figure["layout"]
