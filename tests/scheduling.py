"""Which tests are run, and in which order the workers take them: what takes longest first."""

from __future__ import annotations

import pytest
from django.db import connection
from xdist.scheduler import LoadScopeScheduling

DATABASE = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on PostgreSQL what would be the same thing twice; begin with the modules that are marked as long."""
    if connection.vendor != "sqlite":
        twice = [item for item in items if item.get_closest_marker("once") or not asks_a_database(item)]
        config.hook.pytest_deselected(items=twice)
        items[:] = [item for item in items if item not in set(twice)]
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def asks_a_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & DATABASE)


class ModuleByModule(LoadScopeScheduling):
    """A module's tests stay with one worker, since they share what they set up; those that share nothing need not.

    In place of `--dist loadscope`, which hands out modules by their number of tests: the few that take minutes last.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = super()._split_scope(nodeid)
        return nodeid if module.endswith("test_state_machine.py") else module


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ModuleByModule:
    config.option.loadscopereorder = False
    return ModuleByModule(config, log)
