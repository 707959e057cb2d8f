"""The tests' plumbing: static files, the append-only audit trail, a server and a browser."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import handlers
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase, testcases
from whitenoise.base import WhiteNoise

from indicators import triggers
from zhongshan_targets import staticfiles

# Playwright runs an event loop in the test's thread; Django would refuse the database to it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytest_plugins = [
    "tests.scheduling",
    "tests.browser_fixtures",
    "tests.people",
    "tests.closed_quarter",
    "tests.plan_fixtures",
    "tests.demonstration_fixtures",
]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Collect the static files once, before any worker starts, if they are older than their sources.

    The tests use the manifest of hashed names as production does: a page that names a missing file fails.
    """
    if hasattr(session.config, "workerinput"):
        return
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = [path for folder in settings.STATICFILES_DIRS for path in Path(folder).rglob("*")]
    sources.append(Path(staticfiles.__file__))
    newest = max((path.stat().st_mtime for path in sources), default=0)
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _flush_passes_the_triggers() -> Iterator[None]:
    """Let the flush after a transactional test empty the trail and the bulletins, whose triggers refuse just that."""
    flush = TransactionTestCase._fixture_teardown

    def flush_without_triggers(case: TransactionTestCase) -> None:
        triggers.remove(connection)
        triggers.thaw_bulletins(connection)
        try:
            flush(case)
        finally:
            triggers.install(connection)
            triggers.freeze_bulletins(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_without_triggers)
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_through_once() -> Iterator[None]:
    """Let every test's client know the files that the first has found: it takes longer than most pages do."""
    find, found = WhiteNoise.update_files_dictionary, dict[tuple[str, str], dict[str, Any]]()

    def find_once(self: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            find(self, root, prefix)
            found[root, prefix] = dict(self.files)
        self.files.update(found[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", find_once)
        yield


@pytest.fixture(autouse=True)
def _nothing_is_kept() -> None:
    """Forget the pages of the test before, whose rows had the same numbers."""
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _live_server_serves_collected_files() -> Iterator[None]:
    """Let the browser tests' server find the hashed names, which only the collected folder has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handlers, "StaticFilesHandler", testcases._StaticFilesHandler)
        yield
