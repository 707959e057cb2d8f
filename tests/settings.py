"""The application's settings in the environment "test", whatever the shell says."""

import os

os.environ["ENVIRONMENT"] = "test"

from zhongshan_targets.settings import *  # noqa: F403
