"""The two cities that tests of rights look at, built once a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.access import world as worlds
from tests.scenes import rolled_back


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[worlds.World]:
    with rolled_back(django_db_blocker):
        yield worlds.build()
