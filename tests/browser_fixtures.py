"""A real browser (Debian's chromium-headless-shell) for the tests marked `browser`."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import connections
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.environment import required_command

DESKTOP = {"width": 1366, "height": 768}
# Chromium without its windows takes a third less of the processor than the whole of it.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PATIENCE = 20_000  # milliseconds: a machine that runs two suites at once is slow, and no fault
OWN_HOSTS = {"localhost", "127.0.0.1", ""}  # data: and blob: addresses have no host


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless browser for the whole run."""
    executable = required_command(*BROWSERS)
    # What no screen shows need not be drawn by a make-believe graphics card. The sandbox refuses to run as root.
    arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()
        # While Playwright's event loop runs, Django keeps another connection for this thread than before it.
        connections.close_all()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page at the commonest office screen's size.

    Whatever the test is about, it fails when a request left the site, a script failed, or the content
    security policy refused something.
    """
    left_the_site: list[str] = []
    went_wrong: list[str] = []

    def note_request(request: Request) -> None:
        if urlsplit(request.url).hostname not in OWN_HOSTS | {None}:
            left_the_site.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            went_wrong.append(message.text)

    # Without the gliding of the page, which may begin after a button was found to stand still.
    context = browser.new_context(
        viewport=DESKTOP, locale="zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce"
    )
    page = context.new_page()
    page.on("request", note_request)
    page.on("console", note_message)
    page.on("pageerror", lambda error: went_wrong.append(str(error)))
    yield page
    context.close()
    assert left_the_site == []
    assert went_wrong == []
