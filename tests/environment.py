"""What the machine must offer for some tests; with REQUIRE_ALL its absence is a failure, else a notice."""

import os
import shutil

import pytest


def required_command(*names: str) -> str:
    """Return the path of the first of these that is installed; without any, skip the test or fail it."""
    for name in names:
        if found := shutil.which(name):
            return found
    message = f"not installed: {' or '.join(names)}"
    if os.environ.get("REQUIRE_ALL"):
        pytest.fail(f"{message} (REQUIRE_ALL is set)")
    pytest.skip(message)
