"""Where demonstration data is refused, and that it knows no city."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import override_settings

from indicators.models import Actual, Plan, QuarterlyReturn, Target
from indicators.services.demonstration.loading import (
    PUBLISHED_QUARTERS,
    DemonstrationRefusedError,
    load_demonstration,
)
from tests.indicators.services.test_demonstration import NOW, PUBLISHED
from tests.plan_fixtures import load
from tests.plans.tables import LINHAI


@pytest.mark.django_db
def test_it_is_refused_where_a_real_return_was_begun(zhongshan: Plan) -> None:
    period = zhongshan.periods.first()
    unit = zhongshan.city.units.first()
    QuarterlyReturn.objects.create(period=period, unit=unit)
    with pytest.raises(DemonstrationRefusedError, match="已有真实的季报表"):
        load_demonstration(zhongshan, published=[], at=NOW)
    zhongshan.refresh_from_db()
    assert not zhongshan.demonstration
    assert not Actual.objects.exists()


def refused(plan: Plan) -> str:
    with pytest.raises(DemonstrationRefusedError) as refusal:
        load_demonstration(plan, published=[], at=NOW)
    plan.refresh_from_db()
    assert not plan.demonstration
    return str(refusal.value)


@pytest.mark.django_db
def test_it_is_refused_where_people_have_accounts(zhongshan: Plan, xiaolan: User) -> None:
    assert refused(zhongshan) == "数据库里已有真实的账号，不能载入演示数据；请另用一个空的数据库。"


@pytest.mark.django_db
def test_it_is_refused_where_a_period_was_opened_or_a_target_amended(zhongshan: Plan) -> None:
    zhongshan.periods.filter(year=2015, number=1).update(opens_on=date(2015, 4, 1))
    target = Target.objects.filter(indicator__plan=zhongshan).first()
    assert target is not None
    Target.objects.filter(pk=target.pk).update(is_amended=True)
    assert "真实的报送期、目标调整，" in refused(zhongshan)


@pytest.mark.once
@pytest.mark.django_db
def test_another_citys_plan_is_demonstrated_by_the_same_code_beside_the_first(
    demonstrated: Callable[[], Plan],
) -> None:
    demonstrated()
    linhai = load(LINHAI)
    assert load_demonstration(linhai, published=PUBLISHED, at=NOW)
    assert linhai.periods.filter(published_at__isnull=False).count() == PUBLISHED_QUARTERS
    figures = Actual.objects.filter(indicator__plan=linhai)
    assert set(figures.values_list("source", flat=True)) == {"演示数据"}
    usernames = set(User.objects.values_list("username", flat=True))
    assert {"office", "linhaiwan-office"} <= usernames


@pytest.mark.once
@pytest.mark.django_db
def test_an_account_beside_the_first_demonstrations_is_a_persons(demonstrated: Callable[[], Plan]) -> None:
    demonstrated()
    User.objects.create_user("chen.xiao")
    assert "真实的账号，" in refused(load(LINHAI))


@pytest.mark.django_db
def test_in_production_the_command_loads_none(zhongshan: Plan) -> None:
    with override_settings(IN_PRODUCTION=True), pytest.raises(CommandError, match="正式环境"):
        call_command("load_demo")
    assert not User.objects.exists()
