"""Stories share what their module has loaded: each only reads, or writes where no other does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from indicators.models import Plan
from tests.scenes import committed

# So that its assertions say what they found.
pytest.register_assert_rewrite("tests.browser.looks")


@pytest.fixture(scope="module")
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In place of the plugin's, which empties the database after each test: here after the module."""
    with committed(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def demonstration(transactional_db: None, demonstrated: Callable[[], Plan]) -> Plan:
    """Zhongshan's demonstration, for a module's tests to look at."""
    return demonstrated()


@pytest.fixture
def sign_in(live_server: LiveServer, page: Page) -> Callable[[str], Page]:
    """Let the page's browser be this account's from now on."""

    def become(username: str) -> Page:
        client = Client()
        client.force_login(User.objects.get(username=username), backend="towns.backends.MembershipBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.clear_cookies()
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        return page

    return become


@pytest.fixture
def scriptless(live_server: LiveServer, browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context: BrowserContext = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    yield context.new_page()
    context.close()
