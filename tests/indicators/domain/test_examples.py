"""The worked examples in the docstrings of the domain are true."""

import doctest
import importlib
import pkgutil

import pytest

import indicators.domain

MODULES = [f"indicators.domain.{module.name}" for module in pkgutil.iter_modules(indicators.domain.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_each_module_shows_examples_and_they_hold(name: str) -> None:
    results = doctest.testmod(importlib.import_module(name))

    assert results.attempted > 0
    assert results.failed == 0
