"""make bench-pages: the server's time for each page, cold and warm, against two views that do next to nothing.

Runs on the database of DATABASE_URL, which must be empty. ROUNDS= bounds it. In one process, without a network: what is
compared is the work of the application.
"""

from __future__ import annotations

import os
import sys

import django

MOST_ROUNDS = 500


def main() -> int:
    """Returns 1 where the overview misses its bounds: 20 empty views cold, 1.3 greetings warm."""
    rounds = min(int(os.environ.get("ROUNDS", "40")), MOST_ROUNDS)
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhongshan_targets.settings"
    os.environ["LOG_LEVEL"] = "WARNING"
    django.setup()
    from django.db import connection

    from bench.page_report import faults_of, table
    from bench.page_scene import PAGES, build, grow
    from bench.page_times import measure

    with build() as client:
        floor, times = measure(client, PAGES, rounds)
        growth = grow(rounds)
    print(table(connection.vendor, floor, times, growth))  # noqa: T201
    faults = faults_of(floor, times, growth)
    for fault in faults:
        print(f"FAILED: {fault}", file=sys.stderr)  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
