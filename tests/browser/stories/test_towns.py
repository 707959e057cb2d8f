"""The mayor lays towns side by side, with scripts and without; a town's official takes one sheet to the meeting."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from indicators.models import Indicator, Plan, Target
from towns.models import Area

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demonstration"), pytest.mark.once]

SignIn = Callable[[str], Page]

NEW_TARGETS = ("rd-intensity", "advanced-share")


def compare(page: Page, live_server: LiveServer) -> None:
    """Tick two towns in the league of the red ones, and ask."""
    page.goto(f"{live_server}/towns/?band=red")
    names = page.locator("#league tbody th").all_inner_texts()[:2]
    for name in names:
        page.get_by_label(f"比较{name}").check()
    page.get_by_role("button", name="并排比较").click()
    comparison = page.get_by_role("region", name="镇区比较").get_by_role("table")
    headings = comparison.get_by_role("columnheader").all_inner_texts()
    assert [heading.split()[0] for heading in headings[1:]] == names
    assert "band=red" in page.url
    expect(comparison.get_by_role("row")).to_have_count(13)


def test_two_towns_are_ticked_and_compared(live_server: LiveServer, sign_in: SignIn) -> None:
    page = sign_in("leader")
    compare(page, live_server)
    page.get_by_role("link", name=re.compile("不再比较")).first.click()
    expect(page.get_by_text("只选了")).to_be_visible()


def test_they_are_compared_without_scripts_too(live_server: LiveServer, scriptless: Page) -> None:
    scriptless.goto(f"{live_server}/towns/?band=red")
    scriptless.get_by_label("用户名").fill("leader")
    scriptless.get_by_label("密码").fill("demo-2015-2017")
    scriptless.get_by_role("button", name="登录").click()
    compare(scriptless, live_server)
    expect(scriptless.get_by_role("button", name="打印")).to_have_count(0)


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("account", ["minzhong", "leader"])
def test_a_town_with_thirteen_targets_is_printed_on_one_sheet(
    live_server: LiveServer, sign_in: SignIn, account: str
) -> None:
    """民众镇 has the plan's note besides, and a leader one column more."""
    plan = Plan.objects.get()
    for at, code in enumerate(NEW_TARGETS, start=20):
        indicator = Indicator.objects.get(plan=plan, code=code)
        Indicator.objects.filter(pk=indicator.pk).update(allocation_order=at)
        area = Area.objects.get(city_code=plan.city.code, code="minzhong")
        Target.objects.get_or_create(
            indicator=indicator, area=area, year=2016, defaults={"value": 9, "demonstration": True}
        )
    page = sign_in(account)
    page.goto(f"{live_server}/towns/minzhong/")
    expect(page.locator("#targets tbody tr:not(.table__group)")).to_have_count(13)
    expect(page.get_by_role("button", name="打印一页 A4")).to_be_visible()
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1
    # The control: the same count tells two sheets from one.
    page.evaluate("document.querySelector('#filings').style.marginTop = '400px'")
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 2
    page.emulate_media(media="print")
    expect(page.get_by_text(re.compile("数据截至2016年6月30日.*定稿，打印日期"))).to_be_visible()
    expect(page.get_by_role("heading", name="2016年季报与时限")).to_be_visible()
    expect(page.locator("#trend")).to_be_hidden()
