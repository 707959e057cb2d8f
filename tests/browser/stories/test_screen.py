"""The meeting room's 大屏 in a real browser: turns by itself, keeps itself fresh, fits, and stays up for days."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from indicators.models import Plan
from tests.browser.looks import grave_violations
from tests.people import account
from tests.plan_fixtures import load
from tests.plans.tables import ZHONGSHAN
from tests.reports.results import PUBLISHED_2015Q2, publish, record
from towns.choices import Role

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.once]

SignIn = Callable[[str], Page]

TURN, CHECK, AT_ONCE = 20_000, 60_000, 1_000  # milliseconds
WALLS = [{"width": 1920, "height": 1080}, {"width": 1366, "height": 768}]

# What leaves the slide's box, or stands on the marks and the foot below it.
SPILLED = """() => {
  const slide = document.querySelector("[data-slide]:not([hidden])");
  const floor = document.querySelector(".screen__marks").getBoundingClientRect().top;
  return [...slide.querySelectorAll("*:not(.visually-hidden)")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 1 && (box.bottom > floor + 1 || box.right > innerWidth + 1 || box.left < -1);
  }).map((one) => `${slide.id} ${one.className}`);
}"""
SCROLLS = """document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth"""


@pytest.fixture(scope="module")
def plan(transactional_db: None) -> Plan:
    """The half-year of 2015, published, and a leader; 古镇镇 and 小榄镇 have filed."""
    plan = load(ZHONGSHAN)
    office = account("office", Role.OFFICE, unit_code="jingxin")
    account("leader", Role.LEADER)
    account("guzhen", Role.TOWN, unit_code="guzhen")
    for code in ("2015Q1", "2015Q2"):
        record(plan, code, PUBLISHED_2015Q2)
        record(plan, code, {("industrial-investment", "xiaolan"): "14.51", ("robot-firms", "guzhen"): "1"})
        publish(plan, code, office)
    return plan


@pytest.fixture
def screen(plan: Plan, live_server: LiveServer, sign_in: SignIn) -> Page:
    """The screen as a leader has opened it, under a clock that only the test moves."""
    page = sign_in("leader")
    page.clock.install()
    page.goto(f"{live_server}/?screen=1")
    expect(page.locator("body")).to_have_attribute("data-running", "")
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 1)
    return page


def shown(page: Page) -> list[str]:
    return page.locator("[data-slide]:not([hidden])").evaluate_all("all => all.map((one) => one.id)")


def test_slides_turn_by_themselves_and_begin_anew(screen: Page) -> None:
    slides = screen.locator("[data-slide]").evaluate_all("all => all.map((one) => one.id)")
    assert slides[0] == "summary"
    assert len(slides) == 8
    seen = []
    for _ in range(len(slides) + 1):
        seen += shown(screen)
        screen.clock.run_for(TURN)
    assert seen == [*slides, "summary"]


def test_arrows_turn_space_pauses_and_the_address_leads_to_the_slide(screen: Page) -> None:
    screen.keyboard.press("ArrowRight")
    assert shown(screen) == ["board-1"]
    screen.keyboard.press("ArrowLeft")
    screen.keyboard.press("ArrowLeft")
    assert shown(screen) == ["map"]
    expect(screen.locator("[data-slide-mark][aria-current]")).to_have_attribute("href", "#map")
    assert screen.url.endswith("/?screen=1#map")

    screen.keyboard.press("Space")
    expect(screen.get_by_role("button", name="已暂停，继续")).to_have_attribute("aria-pressed", "true")
    screen.clock.run_for(TURN * 3)
    assert shown(screen) == ["map"]
    screen.reload()
    assert shown(screen) == ["map"]


def test_it_waits_while_nobody_can_see_it(screen: Page) -> None:
    hide = """hidden => {
      Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    screen.evaluate(hide, True)
    screen.clock.run_for(TURN * 3)
    assert shown(screen) == ["summary"]
    screen.evaluate(hide, False)
    screen.clock.run_for(TURN)
    assert shown(screen) == ["board-1"]


def test_escape_and_a_link_leave_it(screen: Page, live_server: LiveServer) -> None:
    expect(screen.get_by_role("link", name="退出大屏")).to_have_attribute("href", "/")
    screen.keyboard.press("Escape")
    expect(screen.get_by_role("link", name="大屏")).to_be_visible()
    assert screen.url == f"{live_server.url}/"


@pytest.mark.parametrize("reader", ["leader", "guzhen"])
def test_every_slide_fits_the_wall_and_is_accessible(
    plan: Plan, live_server: LiveServer, sign_in: SignIn, reader: str
) -> None:
    page = sign_in(reader)
    page.emulate_media(reduced_motion="reduce")
    for wall in WALLS:
        page.set_viewport_size(wall)
        page.goto(f"{live_server}/?screen=1")
        for _ in range(page.locator("[data-slide]").count()):
            assert page.evaluate(SPILLED) == []
            assert not page.evaluate(SCROLLS)
            if wall is WALLS[0]:
                assert grave_violations(page) == []
            page.keyboard.press("ArrowRight")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server}/?screen=1#board-1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_motion_stops_for_those_who_asked_for_less(screen: Page) -> None:
    running = "document.getAnimations().length"
    screen.emulate_media(reduced_motion="no-preference")
    screen.keyboard.press("ArrowRight")
    assert screen.evaluate(running) > 0
    screen.emulate_media(reduced_motion="reduce")
    screen.keyboard.press("ArrowRight")
    assert screen.evaluate(running) == 0


def test_a_slide_with_more_than_fits_is_drawn_smaller(screen: Page) -> None:
    screen.evaluate(
        """() => {
          const rows = document.querySelector("#ranking-1 tbody");
          rows.append(...[...rows.children].map((row) => row.cloneNode(true)));
        }"""
    )
    screen.goto(screen.url.partition("#")[0] + "#ranking-1")
    assert shown(screen) == ["ranking-1"]
    assert screen.evaluate(SPILLED) == []


def test_a_change_replaces_the_figures_and_not_the_page(plan: Plan, screen: Page) -> None:
    investment = screen.get_by_role("row").filter(has_text="工业投资")
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("ArrowRight")
    expect(investment).to_contain_text("未报送")
    screen.evaluate("window.stayed = true")
    record(plan, "2015Q2", {("industrial-investment", "zhongshan"): "123.45"})
    screen.clock.run_for(CHECK)
    # Three slides on by then: the same slide's figures have changed all the same.
    screen.keyboard.press("Home")
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("ArrowRight")
    expect(investment).to_contain_text("123.45")
    assert screen.evaluate("window.stayed") is True


def test_a_lost_connection_is_told_and_the_figures_stay(screen: Page) -> None:
    screen.context.set_offline(True)
    screen.clock.run_for(CHECK)
    expect(screen.get_by_role("status")).to_have_text("连接中断，正在重试")
    expect(screen.locator("main")).to_contain_text("647.78")
    screen.context.set_offline(False)
    with screen.expect_response("**/revision/*"):
        screen.clock.run_for(AT_ONCE)  # less than the time it waits for an answer
    expect(screen.get_by_role("status")).to_have_text("")


def test_a_session_that_ends_at_night_leaves_the_last_figures_with_their_time(screen: Page) -> None:
    times = screen.locator("[data-screen-times]")
    at = times.inner_text().partition("，")[0]
    assert at.startswith("数字取自 ")
    screen.context.clear_cookies()
    screen.clock.run_for(CHECK)
    expect(screen.get_by_role("status")).to_have_text("登录已过期，重新登录")
    expect(times).to_contain_text(at)
    expect(screen.locator("main")).to_contain_text("647.78")
    screen.get_by_role("link", name="重新登录").click()
    expect(screen.get_by_label("用户名")).to_be_visible()
    assert screen.url.endswith("/accounts/login/?next=%2F%3Fscreen%3D1")


def test_days_of_turning_and_renewing_leave_nothing_behind(plan: Plan, screen: Page) -> None:
    size = "[document.querySelectorAll('*').length, history.length]"
    before = screen.evaluate(size)
    for _ in range(5):
        record(plan, "2015Q2", {})  # nothing but another revision
        with screen.expect_response(
            lambda answer: "screen=1" in answer.url and "/revision/" not in answer.url
        ):
            screen.clock.run_for(CHECK)
    for _ in range(200):
        screen.keyboard.press("ArrowRight")
    assert screen.evaluate(size) == before
    # One timer turns: after all that a slide stays its time.
    [here] = shown(screen)
    for _ in range(9):
        screen.clock.run_for(TURN // 10)
        assert shown(screen) == [here]


def test_without_scripts_the_slides_stand_below_one_another(
    plan: Plan, live_server: LiveServer, scriptless: Page
) -> None:
    page = scriptless
    page.goto(f"{live_server}/?screen=1")
    page.get_by_label("用户名").fill("leader")
    page.get_by_label("密码").fill("gongye-zhuanxing-2015")
    page.get_by_role("button", name="登录").click()
    expect(page.locator("[data-slide]")).to_have_count(8)
    tops = [page.locator("[data-slide]").nth(at).bounding_box() for at in range(8)]
    bottoms = [box["y"] + box["height"] for box in tops if box]
    assert [box["y"] for box in tops[1:] if box] >= bottoms[:-1]
    expect(page.locator("#ranking-1")).to_be_visible()


def test_the_latest_published_quarter_is_followed(plan: Plan, screen: Page) -> None:
    """The last of the stories: from here on another quarter is the latest."""
    expect(screen.get_by_role("heading", level=1)).to_contain_text("2015年第二季度")
    record(plan, "2015Q3", {("hightech-share", "zhongshan"): "17.70"})
    publish(plan, "2015Q3", User.objects.get(username="office"))
    screen.clock.run_for(CHECK)
    expect(screen.get_by_role("heading", level=1)).to_contain_text("2015年第三季度")
    assert "2015年第三季度" in screen.title()
