"""The plan's page: figures as printed, what does not add up, how targets were changed, who must do what."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.auth.models import User

from indicators.models import Plan, Target, TargetChange
from reports.pages import plan
from reports.pages.plan_targets import PlanRow
from tests.reports.results import APPROVED_AT, publish, reading


def rows_of(page: plan.PlanPage) -> dict[str, PlanRow]:
    return {row.code: row for group in (*page.annex, *page.texts) for row in group.rows}


def test_targets_stand_as_printed(zhongshan: Plan, leader: User) -> None:
    page = plan.build(reading(leader))
    rows = rows_of(page)
    assert (
        page.sentence
        == "目标表 19 项指标（另有 1 项其中数），正文另提 15 项；24 个镇区，2015年分解目标 264 个。"
    )
    assert [str(one.text) for one in rows["hightech-output"].targets] == ["0.31", "0.34", "0.38"]
    assert [str(one.text) for one in rows["upgrade-investment-growth"].targets] == ["28以上"] * 3
    assert [one.text.reason for one in rows["motor-efficiency"].targets] == ["", "计划印作“-”", "计划印作“-”"]
    assert [len(group.rows) for group in page.annex] == [1, 2, 2, 2, 4, 2, 3, 4]


def test_baselines_stated_and_implied(zhongshan: Plan, leader: User) -> None:
    rows = rows_of(plan.build(reading(leader)))
    assert (str(rows["industrial-value-added"].baseline), rows["industrial-value-added"].baseline_tag) == (
        "1,312",
        "",
    )
    assert (str(rows["innovation-platforms"].baseline), rows["innovation-platforms"].baseline_tag) == (
        "149",
        "推出",
    )
    assert rows["industrial-investment"].baseline.reason == "计划未列基期"


def test_what_does_not_add_up(zhongshan: Plan, leader: User) -> None:
    checks = {check.name: check.sentences for check in plan.build(reading(leader)).checks}
    sums = checks["镇区相加不等于全市"]
    assert len(sums) == 3
    assert "装备制造业工业增加值2015年：各镇区合计 479.97亿元，中山市为 480亿元，相差 -0.03亿元。" in sums
    assert len(checks["大于包含它的指标"]) == 4


def test_a_demonstration_target_is_not_the_plans(zhongshan: Plan, leader: User) -> None:
    before = plan.build(reading(leader)).checks
    own = Target.objects.get(indicator__code="robot-firms", area__code="xiaolan", year=2015)
    Target.objects.create(indicator=own.indicator, area=own.area, year=2016, value=999, demonstration=True)
    assert plan.build(reading(leader)).checks == before


def test_changes_with_reason_document_and_person(zhongshan: Plan, leader: User, office: User) -> None:
    target = Target.objects.get(indicator__code="robot-firms", area__code="zhongshan", year=2016)
    TargetChange.objects.create(
        target=target, old=Decimal(85), new=Decimal(90), reason="省下达任务调整", document="中府办〔2016〕3号",
        by=office, at=APPROVED_AT,
    )  # fmt: skip
    (change,) = plan.build(reading(leader)).changes
    assert (change.indicator, change.area, change.year) == ("机器换人企业（家）", "中山市", 2016)
    assert (change.old, change.new, change.by, change.on) == ("85", "90", "欧阳敏", "2015-07-28")


def test_tasks_milestones_and_periods(zhongshan: Plan, leader: User, office: User) -> None:
    publish(zhongshan, "2015Q1", office)
    page = plan.build(reading(leader))
    assert page.task_count == 34
    assert [section.kind for section in page.sections] == ["重点任务"] * 5 + ["保障措施"] * 5
    first = page.sections[0].rows[0]
    assert (first.title, first.lead) == ("支持大型企业发挥创新骨干作用", "市经济和信息化局")
    assert first.support == "市发展改革局、市科技局、各镇区"
    assert len(page.milestones) == 7
    assert [period.state for period in page.periods][:2] == ["2015-07-28 定稿", "未开放"]
