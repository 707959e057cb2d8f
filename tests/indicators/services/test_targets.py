"""A target is changed by the city's office, for a reason, by a document, and never over somebody else's change."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from indicators.models import AuditEvent, Plan, Target, TargetChange
from indicators.services.targets import TargetChangeError, change_target
from tests.plan_fixtures import LOADED_AT

GROUNDS = {"reason": "重大项目落户", "document": "中府办〔2015〕31号", "at": LOADED_AT}


@pytest.fixture
def target(zhongshan: Plan) -> Target:
    """中山市's industrial investment of 2015: 280亿元."""
    return Target.objects.get(indicator__code="industrial-investment", area__code="zhongshan", year=2015)


def test_the_office_changes_a_target_and_everybody_can_see_why(
    target: Target, office: User, zhongshan: Plan
) -> None:
    change = change_target(target, new=Decimal("290.5"), by=office, **GROUNDS)
    target.refresh_from_db()
    assert (target.value, target.is_amended) == (Decimal("290.5"), True)
    assert target.document == "中府办〔2015〕31号"
    assert (target.printed, target.clause) == ("280", "附件1")
    assert (change.old, change.new, change.by, change.at) == (280, Decimal("290.5"), office, LOADED_AT)
    zhongshan.refresh_from_db()
    assert zhongshan.revision == 2
    event = AuditEvent.objects.latest("sequence")
    assert (event.act, event.object_key) == ("调整目标", "industrial-investment/zhongshan/2015")
    assert event.actor == office
    assert Decimal(event.old["value"]) == 280
    assert event.new == {"value": "290.5", "document": "中府办〔2015〕31号", "reason": "重大项目落户"}


def test_a_target_may_be_taken_back_and_set_again(target: Target, office: User) -> None:
    change_target(target, new=None, by=office, **GROUNDS)
    target.refresh_from_db()
    assert target.value is None
    change_target(target, new=Decimal(0), by=office, **GROUNDS)
    target.refresh_from_db()
    assert target.value == 0
    assert list(TargetChange.objects.values_list("old", "new")) == [(280, None), (None, 0)]


def test_a_demonstration_target_becomes_a_real_one(target: Target, office: User) -> None:
    Target.objects.filter(pk=target.pk).update(demonstration=True)
    target.refresh_from_db()
    change_target(target, new=Decimal(281), by=office, **GROUNDS)
    target.refresh_from_db()
    assert not target.demonstration


@pytest.mark.parametrize(
    ("new", "grounds", "sentence"),
    [
        ("290", {"reason": " "}, "请写明调整目标的理由"),
        ("290", {"document": ""}, "请写明调整目标所依据的文件"),
        ("290", {"document": "文" * 201}, "太长，最多 200 个字"),
        ("280", {}, "目标本来就是 280，没有变化"),
        ("280.00", {}, "没有变化"),
        ("290.555", {}, "有 3 位小数，本指标只报 2 位小数"),
        ("-1", {}, "不能为负"),
        ("NaN", {}, "不是有限的数"),
        ("1e15", {}, "位数太多"),
    ],
)
def test_a_change_that_cannot_stand_is_refused_in_chinese(
    target: Target, office: User, new: str, grounds: dict[str, str], sentence: str
) -> None:
    with pytest.raises(TargetChangeError, match=sentence):
        change_target(target, new=Decimal(new), by=office, **GROUNDS | grounds)
    target.refresh_from_db()
    assert (target.value, target.is_amended) == (280, False)
    assert not TargetChange.objects.exists()


def test_a_share_of_the_whole_stays_below_it(office: User, zhongshan: Plan) -> None:
    share = Target.objects.get(indicator__code="advanced-share", area__code="zhongshan", year=2015)
    with pytest.raises(TargetChangeError, match="超过 100%"):
        change_target(share, new=Decimal("100.5"), by=office, **GROUNDS)


def test_who_saw_an_older_figure_is_told_the_present_one(
    target: Target, office: User, second_office: User, zhongshan: Plan
) -> None:
    seen = Target.objects.get(pk=target.pk)
    change_target(target, new=Decimal(290), by=office, **GROUNDS)
    with pytest.raises(TargetChangeError, match="目标已被他人改为 290"):
        change_target(seen, new=Decimal(300), by=second_office, **GROUNDS)
    target.refresh_from_db()
    assert target.value == 290
    zhongshan.refresh_from_db()
    assert zhongshan.revision == 2


def test_only_the_citys_own_office_changes_targets(
    target: Target, clerk: User, xiaolan: User, leader: User, auditor: User, admin_account: User, linhai: Plan
) -> None:
    for person in (clerk, xiaolan, leader, auditor, admin_account):
        with pytest.raises(PermissionDenied):
            change_target(target, new=Decimal(290), by=person, **GROUNDS)
    assert not TargetChange.objects.exists()


def test_another_citys_office_may_not(target: Target, office: User, linhai: Plan) -> None:
    elsewhere = Target.objects.filter(indicator__plan=linhai, area__code="linhaiwan").first()
    with pytest.raises(PermissionDenied):
        change_target(elsewhere, new=Decimal(1), by=office, **GROUNDS)
