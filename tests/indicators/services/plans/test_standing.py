"""What a later load may not change, because figures and people already hang on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indicators.models import Indicator, Plan
from tests.indicators.services.plans.test_faults import faults_of
from tests.plan_copies import PlanCopy
from tests.plan_fixtures import load
from tests.plans.tables import LINHAI, ZHONGSHAN
from tests.reports.results import record


@pytest.fixture
def copy(tmp_path: Path) -> PlanCopy:
    return PlanCopy(ZHONGSHAN, tmp_path)


def test_an_indicator_with_an_actual_keeps_its_kind_unit_and_direction(
    zhongshan: Plan, copy: PlanCopy
) -> None:
    record(zhongshan, "2015Q2", {("robot-firms", "xiaolan"): "9", ("robot-firms", "guzhen"): "2"})
    number = copy.change(
        "indicators", {"code": "robot-firms"}, kind="STOCK", unit="户", direction="LOWER", scope="规上企业"
    )
    assert faults_of(copy.path) == [
        f"indicators.csv 第 {number} 行 kind 列：“robot-firms”已有 2 个实绩，类别不能由 FLOW 改为 STOCK，"
        "请另立指标代码。",
        f"indicators.csv 第 {number} 行 unit 列：“robot-firms”已有 2 个实绩，单位不能由 家 改为 户，"
        "请另立指标代码。",
        f"indicators.csv 第 {number} 行 direction 列：“robot-firms”已有 2 个实绩，方向不能由 HIGHER 改为 LOWER，"
        "请另立指标代码。",
    ]
    assert Indicator.objects.get(code="robot-firms").scope == ""


def test_an_indicator_without_an_actual_may_change_its_kind(zhongshan: Plan, copy: PlanCopy) -> None:
    record(zhongshan, "2015Q2", {("clean-audits", "zhongshan"): "1"})
    copy.change("indicators", {"code": "robot-firms"}, kind="STOCK", unit="户")
    load(copy.path)
    changed = Indicator.objects.get(code="robot-firms")
    assert (changed.kind, changed.unit) == ("STOCK", "户")


def test_another_plans_actuals_are_no_obstacle(
    zhongshan: Plan, linhai: Plan, copy: PlanCopy, tmp_path: Path
) -> None:
    record(zhongshan, "2015Q2", {("industrial-investment", "xiaolan"): "9"})
    other = PlanCopy(LINHAI, tmp_path)
    other.change("indicators", {"code": "industrial-investment"}, kind="STOCK", goal_kind="", goal_value="")
    load(other.path)
    assert Indicator.objects.get(plan=linhai, code="industrial-investment").kind == "STOCK"


def test_words_and_decimals_of_an_indicator_with_an_actual_may_change(
    zhongshan: Plan, copy: PlanCopy
) -> None:
    record(zhongshan, "2015Q2", {("industrial-value-added", "zhongshan"): "647.78"})
    copy.change("indicators", {"code": "industrial-value-added"}, name="规上工业增加值", decimals="1")
    load(copy.path)
    assert Indicator.objects.get(code="industrial-value-added").name == "规上工业增加值"


def test_a_plan_keeps_its_city(zhongshan: Plan, tmp_path: Path) -> None:
    copy = PlanCopy(LINHAI, tmp_path)
    copy.change("plan", {"code": "linhai-2021-2025"}, code=zhongshan.code)
    assert (
        "plan.csv 第 2 行 city 列：计划“zhongshan-2015-2017”属于中山市，不能改为另一个市，请另立计划代码。"
        in (faults_of(copy.path))
    )


def test_a_plan_grows_by_years_and_never_shrinks(zhongshan: Plan, copy: PlanCopy) -> None:
    copy.change("plan", {"code": zhongshan.code}, first_year="2016", last_year="2016")
    faults = faults_of(copy.path)
    assert "plan.csv 第 2 行 first_year 列：计划从 2015 年开始，不能推迟。" in faults
    assert "plan.csv 第 2 行 last_year 列：计划到 2017 年为止，不能提前结束。" in faults


def test_a_unit_stays_what_it_is(zhongshan: Plan, copy: PlanCopy) -> None:
    first = copy.change("units", {"code": "xiaolan"}, area="guzhen")
    second = copy.change("units", {"code": "guzhen"}, area="xiaolan")
    assert faults_of(copy.path) == [
        f"units.csv 第 {number} 行 area 列：填报单位“{code}”已在系统中为 {code}，不能改为 {other}，请另立单位代码。"
        for number, code, other in ((first, "xiaolan", "guzhen"), (second, "guzhen", "xiaolan"))
    ]


def test_a_name_that_a_left_row_bears_is_not_given_away(zhongshan: Plan, copy: PlanCopy) -> None:
    # 每万人发明专利申请量 is no longer in the file, its row in the database keeps its name.
    for table in ("targets", "baselines", "aliases"):
        copy.remove(table, {"indicator": "patents"})
    copy.remove("indicators", {"code": "patents"})
    number = copy.change("indicators", {"code": "green-output"}, name="每万人发明专利申请量")
    assert faults_of(copy.path) == [
        f"indicators.csv 第 {number} 行 name 列：“每万人发明专利申请量”已是系统中指标“patents”的名称，"
        "请改用另一个名称。"
    ]


def test_an_alias_that_is_left_is_not_another_indicators_name(zhongshan: Plan, copy: PlanCopy) -> None:
    copy.remove("aliases", {"alias": "规模以上工业增加值（亿元）"})
    number = copy.change("indicators", {"code": "patents"}, name="规模以上工业增加值（亿元）")
    assert faults_of(copy.path) == [
        f"indicators.csv 第 {number} 行 name 列：“规模以上工业增加值（亿元）”已是系统中指标"
        "“industrial-value-added”的别名，请改用另一个名称。"
    ]
