"""A town's charts: figures that Plotly accepts, with the domain's values, and gaps where nothing is reported."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from indicators.models import Plan
from reports.charts import town as charts
from reports.charts.chart import Chart
from reports.pages import town
from tests.reports.charts.figures import validated
from tests.reports.guzhen_half_year import GUZHEN_2015Q2
from tests.reports.results import reading, record

TODAY = date(2015, 7, 20)


def charts_of(user: User, charted: str = "") -> dict[str, Chart]:
    return charts.draw(town.build(reading(user, "2015Q2"), user, "guzhen", charted, today=TODAY))


@pytest.fixture
def half_year(zhongshan: Plan) -> Plan:
    record(zhongshan, "2015Q2", GUZHEN_2015Q2)
    return zhongshan


def test_the_year_of_the_one_furthest_behind(half_year: Plan, guzhen: User) -> None:
    chart = charts_of(guzhen)["trend"]
    bars, pace = validated(chart).data
    assert chart.title == "古镇镇开展技改企业：欠序时 10.0 个百分点"
    assert list(bars.y) == [None, 4.0, None, None]
    # A quarter, a half, three quarters of 10 firms, whole firms only.
    assert list(pace.y) == [2.0, 5.0, 7.0, 10.0]


def test_completion_rates_the_slowest_first_and_gaps_below(half_year: Plan, guzhen: User) -> None:
    chart = charts_of(guzhen)["pace"]
    bars, pace = validated(chart).data
    assert list(bars.y)[:4] == ["开展技改企业", "工业技改投资", "工业投资", "机器换人企业"]
    assert list(bars.x)[:4] == [40.0, 47.1, 50.0, 33.3]
    assert list(bars.x)[4:] == [None] * 3
    assert set(pace.x) == {50.0}
    assert chart.title == "4 项流量目标中 2 项欠序时"


def test_a_target_of_zero_is_no_picture(half_year: Plan, guzhen: User) -> None:
    record(half_year, "2015Q2", {("smart-leaders", "guzhen"): "0"})
    assert "trend" not in charts_of(guzhen, "smart-leaders")


def test_a_town_that_reported_nothing_has_a_trend_of_its_targets_alone(
    half_year: Plan, xiaolan: User
) -> None:
    drawn = charts.draw(town.build(reading(xiaolan, "2015Q2"), xiaolan, "xiaolan", today=TODAY))
    assert list(drawn) == ["trend"]
    assert list(validated(drawn["trend"]).data[0].y) == [None] * 4
