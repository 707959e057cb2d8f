"""The application's own database and nothing else: no session, no account, no middleware."""

from zhongshan_targets.settings import *  # noqa: F403

MIDDLEWARE = []
ROOT_URLCONF = "bench.bare.views"
