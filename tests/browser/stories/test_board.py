"""The office at the board in a real browser: a late quarter is closed, units are let in again, the list is copied."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from indicators.models import QuarterlyReturn
from indicators.services import filing
from tests.browser.looks import assert_fits_a_telephone, assert_nothing_overlaps, grave_violations
from tests.indicators.filing_steps import opened
from tests.people import account
from tests.plan_fixtures import load
from tests.plans.tables import ZHONGSHAN
from tests.scenes import submitted
from towns.choices import Role

pytestmark = [pytest.mark.browser, pytest.mark.once]

SignIn = Callable[[str], Page]


@pytest.fixture(scope="module", autouse=True)
def late_quarter(transactional_db: None) -> None:
    """2015Q2, due yesterday: 小榄镇 has submitted, 古镇镇 had it back, everybody else is late."""
    plan = load(ZHONGSHAN)
    office = account("office", Role.OFFICE, full_name="欧阳敏", unit_code="jingxin")
    period = opened(plan, office, due_on=timezone.localdate() - timedelta(days=1))
    submitted(period, account("xiaolan", Role.TOWN, full_name="何小榄", unit_code="xiaolan"))
    back = submitted(period, account("guzhen", Role.TOWN, full_name="区古镇", unit_code="guzhen"))
    filing.send_back_return(
        back, version=back.version, reason="投资与月报不一致", by=office, at=timezone.now()
    )


def test_the_late_are_listed_to_copy_the_quarter_closed_and_some_let_in_again(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = sign_in("office")
    page.goto(f"{live_server}/returns/?period=2015Q2")
    page.get_by_text("催报名单", exact=True).click()
    listed = page.get_by_label("名单文字，可复制到短信或工作群").input_value().splitlines()
    assert len(listed) == 40
    assert not [line for line in listed if line.startswith("小榄镇")]
    page.get_by_role("button", name="复制名单").click()
    expect(page.get_by_text("已复制。")).to_be_visible()

    page.get_by_text("报送日期", exact=True).click()
    page.get_by_role("button", name="立即关闭填报").click()
    expect(page.get_by_role("dialog")).to_contain_text("还有 40 个单位没有报送")
    page.get_by_role("dialog").get_by_role("button", name="立即关闭填报").click()
    expect(page.get_by_role("status")).to_contain_text("2015年第二季度的填报已关闭")
    assert grave_violations(page) == []
    assert_nothing_overlaps(page)
    assert_fits_a_telephone(page)

    # One box ticks those that are listed, and only them.
    page.goto(f"{live_server}/returns/?period=2015Q2&kind=town&state=late")
    page.get_by_label("全部选定").check()
    expect(page.get_by_label("选定古镇镇")).to_be_checked()
    expect(page.get_by_label("选定小榄镇")).to_have_count(0)
    page.get_by_label("选定石岐区").uncheck()
    until = timezone.localdate() + timedelta(days=3)
    page.get_by_label("为选定的单位重新开放到").fill(until.isoformat())
    page.get_by_role("button", name="重新开放").click()
    expect(page.get_by_role("status")).to_contain_text("古镇镇")
    reopened = set(QuarterlyReturn.objects.filter(reopened_until=until).values_list("unit__code", flat=True))
    assert len(reopened) == 22
    assert not {"xiaolan", "shiqi", "jingxin"} & reopened


def test_the_clerk_sees_the_one_thing_to_do_and_why(live_server: LiveServer, sign_in: SignIn) -> None:
    page = sign_in("guzhen")
    page.goto(f"{live_server}/returns/")
    expect(page.get_by_role("heading", name="更正2015年第二季度季报")).to_be_visible()
    expect(page.get_by_text("退回理由：投资与月报不一致")).to_be_visible()
    expect(page.get_by_role("navigation", name="主导航").get_by_role("link", name="季报")).to_contain_text(
        "1"
    )
    assert grave_violations(page) == []
    assert_nothing_overlaps(page)
    assert_fits_a_telephone(page)
