"""The application's settings in the environment "test", whatever the shell says."""

import os

os.environ["ENVIRONMENT"] = "test"

from zhongshan_targets.settings import *  # noqa: F403
from zhongshan_targets.settings import CACHES, DATABASES

if "redis" in CACHES["default"]["BACKEND"]:
    # Each worker has a plan of its own under the same code: what is kept of one is not the other's.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CACHES["default"].setdefault("OPTIONS", {})["db"] = int(worker)

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # Nobody needs the tests' database after a power cut, and each waiting for the disk takes milliseconds.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
