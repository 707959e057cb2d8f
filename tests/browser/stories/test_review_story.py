"""The office at its queue in a real browser: five approved at once, of which one is refused, and the rest in place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from indicators.models import Actual, Period, Plan, QuarterlyReturn
from indicators.services import filing
from tests.indicators.filing_steps import at
from tests.people import PASSWORD, account
from tests.plan_fixtures import load
from tests.plans.tables import ZHONGSHAN
from tests.scenes import opened, submitted
from towns.choices import Role

pytestmark = [pytest.mark.browser, pytest.mark.once]

TOWNS = ("xiaolan", "guzhen", "nantou", "huangpu", "shaxi", "dongfeng")

SignIn = Callable[[str], Page]


@pytest.fixture(scope="module", autouse=True)
def period(transactional_db: None) -> Period:
    """2015Q2 with six towns' returns waiting; that of 小榄镇 says 0 where the target is above it."""
    plan: Plan = load(ZHONGSHAN)
    office = account("office", Role.OFFICE, full_name="欧阳敏", unit_code="jingxin")
    account("second", Role.OFFICE, full_name="冯志远", unit_code="fagai")
    period = opened(plan, "2015Q2", by=office)
    for code in TOWNS:
        figures = {"robot-firms": "0" if code == "xiaolan" else "3"}
        submitted(period, account(code, Role.TOWN, full_name=f"{code}填报员", unit_code=code), figures)
    return period


def item(page: Page, town: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=town)).first


def test_five_are_approved_at_once_and_the_one_that_is_refused_is_named(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = sign_in("office")
    page.goto(f"{live_server}/returns/review/")
    expect(page.get_by_text("6 张季报表等待审核，其中 1 张有疑点")).to_be_visible()
    approve = page.get_by_role("button", name="审定勾选的")
    expect(approve).to_be_disabled()
    page.get_by_role("button", name="没有疑点的").click()
    expect(page.get_by_text("已勾选 5 张", exact=True)).to_be_visible()
    page.get_by_role("button", name="本页全部").click()
    expect(page.get_by_text("已勾选 6 张，其中 1 张有疑点")).to_be_visible()
    page.get_by_label("勾选东凤镇2015年第二季度季报").uncheck()
    expect(page.get_by_text("已勾选 5 张，其中 1 张有疑点")).to_be_visible()

    # Meanwhile 古镇镇 takes its return back.
    guzhen = QuarterlyReturn.objects.get(unit__code="guzhen")
    clerk = User.objects.get(username="guzhen")
    filing.withdraw_return(guzhen, version=guzhen.version, by=clerk, at=at(8))

    approve.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("审定勾选的 5 张季报表，其中 1 张有疑点？")
    dialog.get_by_role("button", name="审定勾选的").click()
    told = page.get_by_role("status")
    expect(told).to_contain_text("已审定 4 张季报表")
    expect(told).to_contain_text("古镇镇2015年第二季度季报：季报表处于“草稿”，不能审定。")
    expect(page.get_by_text("1 张季报表等待审核")).to_be_visible()
    approved = set(Actual.objects.values_list("area__code", flat=True))
    assert approved == {"xiaolan", "nantou", "huangpu", "shaxi"}

    row = item(page, "东凤镇")
    row.get_by_text("已报 1/11 项").click()
    expect(row.get_by_role("row").filter(has_text="机器换人")).to_contain_text("3")
    row.get_by_label("退回理由").fill("请补报工业投资。")
    row.get_by_role("button", name="退回").click()
    expect(page.get_by_role("status")).to_contain_text("东凤镇2015年第二季度季报已退回")
    expect(page.get_by_text("没有等待审核的季报表。")).to_be_visible()


def test_without_scripts_many_are_approved_too(live_server: LiveServer, scriptless: Page) -> None:
    for code in ("guzhen", "dongfeng"):
        filed = QuarterlyReturn.objects.get(unit__code=code)
        clerk = User.objects.get(username=code)
        filing.submit_return(filed, version=filed.version, by=clerk, at=at(10))
    page = scriptless
    page.goto(f"{live_server}/returns/review/")
    page.get_by_label("用户名").fill("second")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="本页全部")).to_be_hidden()
    for town in ("古镇镇", "东凤镇"):
        page.get_by_label(f"勾选{town}2015年第二季度季报").check()
    page.get_by_role("button", name="审定勾选的").click()
    expect(page.get_by_role("status")).to_contain_text("已审定 2 张季报表（东凤镇、古镇镇）")


def test_what_a_colleague_has_in_hand_is_ticked_only_by_itself(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    period = Period.objects.select_related("plan__city").get(year=2015, number=2)
    waiting = [submitted(period, account(code, Role.TOWN, unit_code=code)) for code in ("shiqi", "dongqu")]
    filing.begin_review(waiting[0], by=User.objects.get(username="second"), at=at(9))
    page = sign_in("office")
    page.goto(f"{live_server}/returns/review/")
    expect(item(page, "石岐区")).to_contain_text("冯志远")
    page.get_by_role("button", name="本页全部").click()
    expect(page.get_by_label("勾选石岐区2015年第二季度季报")).not_to_be_checked()
    expect(page.get_by_label("勾选东区2015年第二季度季报")).to_be_checked()
