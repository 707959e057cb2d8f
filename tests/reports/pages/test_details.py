"""明细数据: one row a figure, each with where it comes from and how sure it is, and of every reader's own rights."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.choices import ReturnState, Vintage
from indicators.models import Actual, Plan, QuarterlyReturn, Target
from reports.pages import details
from reports.pages.details import Detail
from tests.reports.results import PUBLISHED_2015Q2, publish, reading, record

FIGURES = {
    ("industrial-investment", "zhongshan"): "132.4",
    ("industrial-investment", "xiaolan"): "9.84",
    ("industrial-investment", "guzhen"): "5.2",
}


def rows_of(user: User, quarter: str) -> list[Detail]:
    return list(details.build(reading(user, quarter), user).rows)


def of(rows: Iterable[Detail], data: str, indicator: str, area: str = "zhongshan") -> list[Detail]:
    return [row for row in rows if (row.data, row.indicator_code, row.area_code) == (data, indicator, area)]


def test_a_row_says_all_of_its_figure(zhongshan: Plan, leader: User, office: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    publish(zhongshan, "2015Q2", office)
    [row] = of(rows_of(leader, "2015Q2"), "实绩", "industrial-value-added")
    assert row == (
        2015, 2, "2015Q2", "zhongshan", "中山市", "质量效益明显提高", "industrial-value-added", "规模以上工业增加值",
        "亿元", "年度流量", "实绩", Decimal("647.78"), "", "测试", "快报", date(2015, 7, 28), "已定稿",
    )  # fmt: skip


def test_every_target_and_baseline_of_the_plan_whatever_the_quarter(zhongshan: Plan, leader: User) -> None:
    rows = rows_of(leader, "2015Q1")
    # 87 of the city, 264 of its towns, 13 of 2014: what load_plan counts.
    assert [sum(row.data == data for row in rows) for data in ("年度目标", "基期", "实绩")] == [351, 13, 0]
    assert len({(*row[:7], row.data) for row in rows}) == len(rows)
    [base] = of(rows, "基期", "industrial-value-added")
    assert (base.year, base.number, base.quarter, base.value) == (2014, None, "", 1312)
    assert (base.source, base.state) == ("一(三)", "原文")
    [implied] = of(rows, "基期", "smart-leaders")
    assert (implied.value, implied.state, implied.kind) == (3, "由计划推出", "期末存量")


def test_a_target_says_whether_it_is_the_plans(zhongshan: Plan, leader: User) -> None:
    targets = Target.objects.filter(indicator__code="robot-output", area__code="zhongshan")
    targets.filter(year=2016).update(is_amended=True, document="联席会议纪要〔2016〕3号", qualifier="以上")
    targets.filter(year=2017).update(demonstration=True)
    rows = rows_of(leader, "2015Q1")
    told = [(row.year, row.qualifier, row.source, row.state) for row in of(rows, "年度目标", "robot-output")]
    assert told == [
        (2015, "", "附件1", "原文"),
        (2016, "以上", "联席会议纪要〔2016〕3号", "已调整"),
        (2017, "", "附件1", "演示目标"),
    ]
    # Printed "-" after 2015: no target, which is not zero.
    motors = of(rows, "年度目标", "motor-efficiency")
    assert [(row.value, row.state) for row in motors] == [
        (24, "原文"),
        (None, "未定目标"),
        (None, "未定目标"),
    ]


def test_actuals_up_to_the_quarter_each_with_its_own_state(
    zhongshan: Plan, leader: User, office: User
) -> None:
    for quarter in ("2015Q1", "2015Q2", "2015Q4", "2016Q1", "2016Q2"):
        record(zhongshan, quarter, FIGURES)
    publish(zhongshan, "2015Q1", office)
    publish(zhongshan, "2015Q2", office)
    Actual.objects.filter(year=2015, quarter=4).update(vintage=Vintage.ANNUAL)
    QuarterlyReturn.objects.filter(period__year=2015, period__number=2, unit__code="xiaolan").update(
        state=ReturnState.RETURNED, return_reason="请核对"
    )
    rows = rows_of(leader, "2016Q1")
    own = of(rows, "实绩", "industrial-investment", "xiaolan")
    assert [(row.quarter, row.value, row.vintage, row.state) for row in own] == [
        ("2015Q1", Decimal("9.84"), "快报", "已定稿"),
        ("2015Q2", Decimal("9.84"), "快报", "更正中"),
        ("2015Q4", Decimal("9.84"), "年报", "未定稿"),
        ("2016Q1", Decimal("9.84"), "快报", "未定稿"),
    ]


def test_demonstration_figures_say_so_in_every_row(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", FIGURES)
    Plan.objects.update(demonstration=True)
    states = {row.state for row in rows_of(leader, "2015Q2") if row.data == "实绩"}
    assert states == {"未定稿（演示数据）"}


def test_a_towns_official_gets_the_citys_and_their_own_actuals_and_everybodys_targets(
    zhongshan: Plan, guzhen: User, leader: User
) -> None:
    record(zhongshan, "2015Q2", FIGURES)
    every, own = rows_of(leader, "2015Q2"), rows_of(guzhen, "2015Q2")
    assert [row.area_code for row in every if row.data == "实绩"] == ["zhongshan", "xiaolan", "guzhen"]
    assert own == [row for row in every if row.data != "实绩" or row.area_code != "xiaolan"]
    assert details.build(reading(guzhen, "2015Q2"), guzhen).shows_every_town is False


def test_who_belongs_to_another_city_gets_none_of_its_actuals(
    zhongshan: Plan, leader: User, outsider: User
) -> None:
    record(zhongshan, "2015Q2", FIGURES)
    page = details.build(reading(leader, "2015Q2"), outsider)
    assert [row for row in page.rows if row.data == "实绩"] == []


@pytest.mark.parametrize("quarters", [("2015Q1",), ("2015Q1", "2015Q2", "2015Q3", "2015Q4")])
def test_five_queries_whatever_the_number_of_rows(
    zhongshan: Plan, leader: User, quarters: tuple[str, ...]
) -> None:
    for quarter in quarters:
        record(zhongshan, quarter, FIGURES)
    asked = reading(leader, "2015Q4")
    with CaptureQueriesContext(connection) as captured:
        rows = list(details.build(asked, leader).rows)
    assert len(captured) == 5
    assert sum(row.data == "实绩" for row in rows) == 3 * len(quarters)
