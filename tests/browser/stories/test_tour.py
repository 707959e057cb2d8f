"""Everybody's pages on the demonstration, in a real browser: drawn, in order, accessible, at a desk and in the hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.looks import (
    DESKTOP,
    assert_fits_a_telephone,
    assert_nothing_overlaps,
    assert_offers_nothing_beyond_the_site,
    draw_charts,
    grave_violations,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.long,
    pytest.mark.once,
]

SignIn = Callable[[str], Page]

# {account: {address: how many charts}}; a page that several read alike is looked at closely as one of them.
TOURS = {
    "leader": {
        "/": 1,
        "/?map=upgrade-investment": 1,
        "/?light=red&sort=progress": 1,
        "/cells/xiaolan/upgrade-investment/": 0,
        "/indicators/": 0,
        "/indicators/industrial-investment/": 3,
        "/indicators/rd-intensity/": 2,
        "/towns/": 0,
        "/towns/?band=red&compare=xiaolan,guzhen,dongsheng,xiqu": 0,
        "/towns/xiaolan/": 2,
        "/plan/": 0,
    },
    "xiaolan": {
        "/": 2,
        "/cells/xiaolan/upgrade-investment/": 0,
        "/indicators/industrial-investment/": 3,
        "/towns/": 0,
        "/towns/?compare=xiaolan,guzhen": 0,
        "/towns/xiaolan/": 2,
        "/returns/": 0,
    },
    "jingxin": {"/": 1, "/returns/": 0, "/returns/2016Q3/jingxin/": 0, "/returns/2016Q2/jingxin/": 0},
    "office": {
        "/?period=2016Q3": 0,
        "/returns/": 0,
        "/returns/review/": 0,
        "/returns/2016Q3/xiaolan/": 0,
        "/periods/2016Q2/": 0,
        "/periods/2016Q3/": 0,
        "/reports/": 0,
        "/reports/bulletins/2016Q2/": 0,
    },
    "auditor": {"/": 1, "/towns/guzhen/": 2, "/returns/2016Q2/guzhen/": 0, "/audit/": 0},
}


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser's console says against the pages."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            said.append(f"{page.url}: {message.text}")

    page.on("console", note)
    return said


@pytest.mark.parametrize("account", TOURS)
def test_pages_are_drawn_in_order_accessible_and_silent(
    live_server: LiveServer, sign_in: SignIn, complaints: list[str], account: str
) -> None:
    page = sign_in(account)
    charts, violations = {}, {}
    for address in TOURS[account]:
        page.goto(f"{live_server}{address}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        charts[address] = draw_charts(page)
        assert_offers_nothing_beyond_the_site(page)
        assert_nothing_overlaps(page)
        violations[address] = grave_violations(page)
        assert_fits_a_telephone(page)
    assert charts == TOURS[account]
    assert violations == {address: [] for address in TOURS[account]}
    assert complaints == []


def test_the_board_is_read_before_plotly_arrives(live_server: LiveServer, sign_in: SignIn) -> None:
    page = sign_in("leader")
    waiting = []
    page.route("**/plotly.min*.js", lambda route: waiting.append(route))  # neither answered nor refused
    page.goto(f"{live_server}/", wait_until="commit")
    board = page.locator("#board")
    expect(board.get_by_role("row").filter(has_text="规模以上工业增加值").first).to_be_visible()
    expect(board.get_by_text("工业投资", exact=True).first).to_be_visible()
    expect(board).to_contain_text("%")
    expect(page.locator("[data-chart]").first).to_contain_text("图表载入中，数据见下表")
    assert len(waiting) == 1
    waiting[0].abort()


def test_without_scripts_every_figure_has_its_table(live_server: LiveServer, scriptless: Page) -> None:
    page = scriptless
    page.goto(f"{live_server}/towns/xiaolan/")
    page.get_by_label("用户名").fill("leader")
    page.get_by_label("密码").fill("demo-2015-2017")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("小榄镇")
    page.get_by_label("季度").select_option("2015Q2")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2015年第二季度")
    page.goto(f"{live_server}/indicators/industrial-investment/")
    towns = page.get_by_role("table").filter(has=page.get_by_role("rowheader", name="小榄镇"))
    expect(towns.first).to_be_visible()


def test_a_box_pushed_over_another_is_noticed(live_server: LiveServer, sign_in: SignIn) -> None:
    """The control of the tours: the same looks fail where something is wrong."""
    page = sign_in("leader")
    page.goto(f"{live_server}/")
    draw_charts(page)
    assert_nothing_overlaps(page)
    page.evaluate("document.querySelector('#board').style.marginTop = '-60px'")
    with pytest.raises(AssertionError, match="×"):
        assert_nothing_overlaps(page)
    page.evaluate("document.querySelector('#board').style.minWidth = '600px'")
    with pytest.raises(AssertionError, match="390"):
        assert_fits_a_telephone(page)
    page.set_viewport_size(DESKTOP)
    page.evaluate("document.querySelector('h1').style.color = '#ddd'")
    assert [rule for rule, *_ in grave_violations(page)] == ["color-contrast"]
