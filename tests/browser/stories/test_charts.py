"""A leader before an indicator's charts; the `page` fixture watches that nothing leaves the site or is refused."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.people import account
from tests.plan_fixtures import load
from tests.plans.tables import ZHONGSHAN
from towns.choices import Role

pytestmark = [pytest.mark.browser, pytest.mark.once]

ADDRESS = "/indicators/equipment-value-added/?period=2015Q2"


@pytest.fixture(scope="module", autouse=True)
def plan(transactional_db: None) -> None:
    load(ZHONGSHAN)
    account("leader", Role.LEADER)


@pytest.fixture
def chart(sign_in: Callable[[str], Page]) -> Locator:
    """The first chart of the page; the leader is signed in, the page not yet opened."""
    return sign_in("leader").locator("[data-chart]").first


def drawn(chart: Locator) -> None:
    chart.scroll_into_view_if_needed()
    expect(chart).to_have_attribute("data-drawn", "true")


def test_a_chart_is_drawn_in_its_box_with_one_button_and_its_table(
    live_server: LiveServer, page: Page, chart: Locator
) -> None:
    page.goto(f"{live_server}{ADDRESS}")
    drawn(chart)
    expect(chart.locator(".main-svg").first).to_be_visible()
    assert chart.locator(".modebar-btn").evaluate_all("all => all.map(one => one.ariaLabel)") == [
        "下载为图片"
    ]
    box, drawing = (
        chart.locator("[data-chart-plot]").bounding_box(),
        chart.locator(".svg-container").bounding_box(),
    )
    assert box is not None
    assert drawing == pytest.approx(box, abs=1)


def test_a_chart_takes_the_colours_of_the_theme(live_server: LiveServer, page: Page, chart: Locator) -> None:
    page.goto(f"{live_server}{ADDRESS}")
    drawn(chart)
    paper = chart.locator(".main-svg").first
    expect(paper).to_have_css("background-color", "rgb(255, 255, 255)")
    page.emulate_media(color_scheme="dark")
    expect(paper).to_have_css("background-color", "rgb(23, 32, 41)")


def test_a_chart_is_saved_as_a_picture_named_by_its_title(
    live_server: LiveServer, page: Page, chart: Locator
) -> None:
    page.goto(f"{live_server}{ADDRESS}")
    drawn(chart)
    with page.expect_download() as download:
        chart.get_by_role("button", name="下载为图片").click()
    title = chart.locator(".chart__title").inner_text()
    assert download.value.suggested_filename == f"{title}.png"
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_without_plotly_the_table_speaks(live_server: LiveServer, page: Page, chart: Locator) -> None:
    page.route("**/plotly.min.*.js", lambda route: route.abort())
    page.goto(f"{live_server}{ADDRESS}")
    expect(chart).to_have_attribute("data-drawn", "failed")
    expect(chart).to_contain_text("图表未能载入")
