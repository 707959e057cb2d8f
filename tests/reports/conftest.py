"""What the pages and files show is made of the figures that both engines are asked for in tests/stories."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
ON_BOTH = ("management", "test_kept.py")
"""The commands, and what is kept in a cache, which is another one beside PostgreSQL."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and not set(ON_BOTH) & set(item.path.parts):
            item.add_marker(pytest.mark.once)
