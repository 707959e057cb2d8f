"""Targets that people have changed since the plan was loaded: left alone and named, or replaced on good grounds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from indicators.models import AuditEvent, Plan, Target, TargetChange
from indicators.services.audit import verify_chains
from indicators.services.plans import LoadedPlan, load_plan
from indicators.services.targets import change_target
from indicators.workbooks.plans import read_plan
from tests.plan_copies import PlanCopy
from tests.plan_fixtures import LOADED_AT
from tests.plans.tables import ZHONGSHAN

XIAOLAN = {"indicator": "industrial-investment", "area": "xiaolan"}
DOCUMENT = "中府办〔2015〕31号"


def load(path: Path, **more: Any) -> LoadedPlan:
    return load_plan(read_plan(path), **{"by": None, "at": LOADED_AT} | more)


def target_of(code: str, area: str, year: int = 2015) -> Target:
    return Target.objects.get(indicator__code=code, area__code=area, year=year)


@pytest.fixture
def amended(zhongshan: Plan, office: User) -> Target:
    """小榄镇's investment, moved by a document from the plan's figure to 26."""
    target = target_of("industrial-investment", "xiaolan")
    change_target(target, new=Decimal(26), reason="重大项目落户", document=DOCUMENT, by=office, at=LOADED_AT)
    return target_of("industrial-investment", "xiaolan")


@pytest.fixture
def printed() -> Decimal:
    """What 附件2 gives 小榄镇."""
    return Decimal("24.60")


@pytest.fixture
def copy(tmp_path: Path) -> PlanCopy:
    return PlanCopy(ZHONGSHAN, tmp_path)


def test_a_plain_load_leaves_the_amended_target_and_names_it(amended: Target, printed: Decimal) -> None:
    loaded = load(ZHONGSHAN)
    assert loaded.changed_rows == 0
    assert loaded.kept == [
        f"industrial-investment/xiaolan/2015：人工调整后为 26（依据：{DOCUMENT}），本次文件为 24.6，保留不变。"
    ]
    amended.refresh_from_db()
    assert (amended.value, amended.is_amended, amended.document) == (26, True, DOCUMENT)


@pytest.mark.parametrize("lacking", ["by", "reason", "document"])
def test_two_of_three_grounds_are_not_enough(amended: Target, office: User, lacking: str) -> None:
    grounds = {"by": office, "reason": "恢复原目标", "document": "中府办〔2015〕40号"}
    grounds[lacking] = None if lacking == "by" else " "
    assert len(load(ZHONGSHAN, **grounds).kept) == 1
    amended.refresh_from_db()
    assert amended.value == 26


def test_with_who_why_and_by_which_document_it_is_replaced_and_leaves_a_trail(
    amended: Target, office: User, printed: Decimal
) -> None:
    loaded = load(ZHONGSHAN, by=office, reason="恢复原目标", document="中府办〔2015〕40号")
    assert (loaded.updated_rows, loaded.kept) == (1, [])
    amended.refresh_from_db()
    assert (amended.value, amended.document) == (printed, "中府办〔2015〕40号")
    assert amended.is_amended
    change = TargetChange.objects.latest("pk")
    assert (change.old, change.new, change.reason, change.document, change.by) == (
        Decimal(26),
        printed,
        "恢复原目标",
        "中府办〔2015〕40号",
        office,
    )
    event = AuditEvent.objects.latest("sequence")
    assert event.act == "载入计划"
    assert Decimal(event.old["targets"]["industrial-investment/xiaolan/2015"]["value"]) == 26
    assert Decimal(event.new["targets"]["industrial-investment/xiaolan/2015"]["value"]) == printed
    assert (event.new["reason"], event.new["document"]) == ("恢复原目标", "中府办〔2015〕40号")
    assert list(verify_chains()) == []
    assert load(ZHONGSHAN).changed_rows == 0


def test_an_amended_target_that_the_file_now_states_is_no_difference(amended: Target, copy: PlanCopy) -> None:
    copy.change("targets", XIAOLAN, value="26", printed="26.00", clause="附件2（调整）")
    loaded = load(copy.path)
    assert (loaded.updated_rows, loaded.kept) == (1, [])
    amended.refresh_from_db()
    assert (amended.clause, amended.document, amended.is_amended) == ("附件2（调整）", DOCUMENT, True)


def test_a_target_changed_to_none_is_kept_too(zhongshan: Plan, office: User) -> None:
    target = target_of("circular-parks", "zhongshan")
    change_target(target, new=None, reason="项目取消", document=DOCUMENT, by=office, at=LOADED_AT)
    assert load(ZHONGSHAN).kept == [
        f"circular-parks/zhongshan/2015：人工调整后为 -（依据：{DOCUMENT}），本次文件为 1，保留不变。"
    ]


def test_an_untouched_target_follows_the_file_and_leaves_a_trail(
    zhongshan: Plan, office: User, copy: PlanCopy, printed: Decimal
) -> None:
    copy.change("targets", XIAOLAN, value="25", printed="25.00")
    load(copy.path, by=office)
    target = target_of("industrial-investment", "xiaolan")
    assert (target.value, target.printed, target.is_amended) == (25, "25.00", False)
    change = TargetChange.objects.get()
    assert (change.target, change.old, change.new, change.by) == (target, printed, 25, office)
    assert change.reason == "重新载入计划"
    assert change.document == zhongshan.document
    zhongshan.refresh_from_db()
    assert zhongshan.revision == 2


def test_from_the_command_line_the_trail_is_the_audit_event(zhongshan: Plan, copy: PlanCopy) -> None:
    copy.change("targets", XIAOLAN, value="25")
    load(copy.path)
    event = AuditEvent.objects.latest("sequence")
    assert event.actor_name == "命令行"
    assert list(event.new["targets"]) == ["industrial-investment/xiaolan/2015"]
    assert Decimal(event.new["targets"]["industrial-investment/xiaolan/2015"]["value"]) == 25
    assert event.new["source"] == "zhongshan-2015-2017"
    assert not TargetChange.objects.exists()


def test_demonstration_targets_are_not_called_left_and_give_way_to_real_ones(
    zhongshan: Plan, copy: PlanCopy
) -> None:
    pattern = target_of("industrial-investment", "xiaolan")
    stand_in = Target.objects.create(
        indicator=pattern.indicator, area=pattern.area, year=2016, value=30, demonstration=True
    )
    assert load(ZHONGSHAN).left == []
    copy.add("targets", XIAOLAN, year="2016", value="27.66", printed="27.66")
    assert load(copy.path).updated_rows == 1
    stand_in.refresh_from_db()
    assert (stand_in.value, stand_in.demonstration) == (Decimal("27.66"), False)
    assert stand_in.document == zhongshan.document
