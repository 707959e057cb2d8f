"""make bench-returns: clerks save whole returns at once; nothing acknowledged is lost, and what does it cost?

Runs on the database of DATABASE_URL, which must be empty. WRITERS= and DURATION= (seconds) bound it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import django

MOST_WRITERS, LONGEST = 200, 600


def main() -> int:
    """Returns 1 when an acknowledged save is lost, an answer is a server's error, or the trail is not whole."""
    writers = min(int(os.environ.get("WRITERS", "50")), MOST_WRITERS)
    seconds = min(float(os.environ.get("DURATION", "60")), LONGEST)
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhongshan_targets.settings"
    os.environ["LOG_LEVEL"] = "WARNING"
    django.setup()
    from bench.rounds import measure_bare, measure_returns
    from bench.scene import build

    scene = build(writers)
    with TemporaryDirectory() as folder:
        returns = measure_returns(scene, seconds, Path(folder))
        bare = measure_bare(scene, seconds, Path(folder))
    from bench.report import faults_of, table

    print(table(scene, seconds, returns, bare))  # noqa: T201
    faults = faults_of(returns)
    for fault in faults:
        print(f"FAILED: {fault}", file=sys.stderr)  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
