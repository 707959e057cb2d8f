"""A leader asks a cell of 镇区 × 指标 for its story, with the mouse and with the keyboard, and the map for a colour."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.looks import DESKTOP, TELEPHONE, grave_violations
from tests.people import account
from tests.plan_fixtures import load
from tests.plans.tables import ZHONGSHAN
from tests.reports.results import publish, record
from towns.choices import Role

pytestmark = [pytest.mark.browser, pytest.mark.once]

SignIn = Callable[[str], Page]


@pytest.fixture(scope="module", autouse=True)
def half_year(transactional_db: None) -> None:
    """2015Q2, published: 小榄镇 has 9.84 of 24.60 and 9 firms upgraded, 古镇镇 5.20 of 10.40; 东区 nothing."""
    plan = load(ZHONGSHAN)
    account("leader", Role.LEADER, full_name="梁市长")
    record(
        plan,
        "2015Q2",
        {
            ("industrial-investment", "xiaolan"): "9.84",
            ("upgraded-firms", "xiaolan"): "9",
            ("industrial-investment", "guzhen"): "5.20",
        },
    )
    publish(plan, "2015Q2", User.objects.get(username="leader"))


def test_a_click_opens_the_story_beside_the_map_and_escape_leads_back(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = sign_in("leader")
    page.goto(f"{live_server}/")
    cell = page.locator('#heatmap a[href="/cells/xiaolan/industrial-investment/"]')
    cell.click()
    dialog = page.get_by_role("dialog", name="小榄镇：工业投资 2015年第二季度")
    expect(dialog).to_contain_text("完成年度目标 24.60 亿元的 40.0%，欠序时 10.0 个百分点")
    expect(dialog).to_contain_text("2/2")
    assert grave_violations(page) == []
    page.set_viewport_size(TELEPHONE)
    box = dialog.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= TELEPHONE["width"]
    page.set_viewport_size(DESKTOP)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(cell).to_be_focused()
    assert page.url == f"{live_server}/"


def test_the_map_is_walked_with_the_arrows_and_a_cell_opened_with_enter(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = sign_in("leader")
    page.goto(f"{live_server}/")
    cells = page.locator("#heatmap tbody td a")
    expect(page.locator('#heatmap tbody td a[tabindex="0"]')).to_have_count(1)
    assert cells.count() > 100
    page.locator('#heatmap a[href="/cells/xiaolan/industrial-investment/"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    reached = page.locator('#heatmap a[href="/cells/xiaolan/upgraded-firms/"]')
    expect(reached).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("小榄镇：开展技改企业")
    dialog.get_by_role("button", name="关闭").click()
    expect(reached).to_be_focused()
    page.keyboard.press("Home")
    expect(page.locator('#heatmap a[href="/cells/xiaolan/rd-institution-share/"]')).to_be_focused()


def test_where_the_story_cannot_be_fetched_its_page_is_opened(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = sign_in("leader")
    page.goto(f"{live_server}/")
    page.route("**/cells/**part=story", lambda route: route.abort())
    page.locator('#heatmap a[href="/cells/guzhen/industrial-investment/"]').click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("古镇镇：工业投资")


def test_another_colour_of_the_map_is_an_address_of_its_own_and_keeps_the_rest(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = sign_in("leader")
    page.goto(f"{live_server}/?light=grey")
    expect(page.locator("#map .tile").first).to_be_visible()
    page.locator("#map-by").select_option(label="工业投资")
    expect(page.locator("#map .tile", has_text="小榄")).to_contain_text("40.0%")
    assert page.url == f"{live_server}/?light=grey&map=industrial-investment#map"
    page.locator("#map .tile", has_text="小榄").click()
    expect(page.get_by_role("dialog")).to_contain_text("9.84")
