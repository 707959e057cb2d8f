"""What the overview costs a browser: requests and bytes, at the first visit and at the next."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Page, Response
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.usefixtures("demonstration")]

KIB = 1024
MOST_REQUESTS = 12
MOST_HTML, MOST_BEFORE_PLOTLY, MOST, MOST_AGAIN = 60 * KIB, 100 * KIB, 1_740 * KIB, 60 * KIB


def visit(live_server: LiveServer, page: Page) -> dict[str, int]:
    """What the server sends for the overview, {address: bytes as they travel}."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(f"{live_server}/")
    page.wait_for_function("window.Plotly")
    page.remove_listener("response", note)
    return {urlsplit(answer.url).path: travelling(answer) for answer in answers}


def travelling(answer: Response) -> int:
    """Static files travel as they were compressed when they were collected, which the test's server does not do."""
    path = urlsplit(answer.url).path
    if not path.startswith(settings.STATIC_URL):
        return len(gzip.compress(answer.body()))
    file = Path(settings.STATIC_ROOT) / path.removeprefix(settings.STATIC_URL)
    compressed = file.with_name(f"{file.name}.gz")
    return (compressed if compressed.exists() else file).stat().st_size


def test_the_overview_is_light(live_server: LiveServer, sign_in: Callable[[str], Page]) -> None:
    page = sign_in("leader")
    first = visit(live_server, page)
    plotly = next(size for path, size in first.items() if "plotly" in path)
    assert len(first) <= MOST_REQUESTS, sorted(first)
    assert first["/"] <= MOST_HTML
    assert sum(first.values()) - plotly <= MOST_BEFORE_PLOTLY
    assert sum(first.values()) <= MOST


def test_a_second_visit_costs_the_page_alone(live_server: LiveServer, sign_in: Callable[[str], Page]) -> None:
    first = visit(live_server, sign_in("leader"))
    assert first["/"] <= MOST_AGAIN
    # A file's name changes with its content and so it is kept for good; the server says so (test_static_files.py).
    files = [path for path in first if path.startswith(settings.STATIC_URL)]
    assert len(files) == len(first) - 1
    assert [path for path in files if len(Path(path).name.split(".")) < 3] == []
