"""A clerk at the sign-in page, in a real browser; the `page` fixture watches that nothing leaves the site."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WANTED = "/accounts/password/"


def sign_in(page: Page, password: str) -> None:
    page.get_by_label("用户名").fill("clerk")
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_the_clerk_signs_in_and_arrives_where_she_wanted_to_go(
    live_server: LiveServer, page: Page, clerk: User
) -> None:
    page.goto(f"{live_server}{WANTED}")
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
    sign_in(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("用户名或密码不正确")
    sign_in(page, PASSWORD)
    expect(page).to_have_url(f"{live_server}{WANTED}")
    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()


def test_the_sign_in_page_is_accessible_and_styled(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server}/accounts/login/")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    # A style sheet that was refused or not found leaves the button in the browser's own grey.
    button = page.get_by_role("button", name="登录")
    colour = button.evaluate("element => getComputedStyle(element).backgroundColor")
    assert colour not in {"rgb(239, 239, 239)", "rgba(0, 0, 0, 0)"}


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_sign_in_page_fits_the_screen(
    live_server: LiveServer, page: Page, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{live_server}/accounts/login/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_role("button", name="登录")).to_be_in_viewport()
