"""make bench-reports: what the annexes and the table of all figures cost, beside openpyxl alone with the same cells.

Runs on the database of DATABASE_URL, which must be empty. ROUNDS= says how often an annex is written. Times are taken
in one process, ours and the bare one in turn; memory in a process for each file.
"""

from __future__ import annotations

import os
import sys

import django

MOST_ROUNDS = 500
LONG_ROUNDS = 3


def main() -> int:
    """Returns 1 where a bound is missed: 1.8 times the bare time, 40 MB above the process before writing."""
    rounds = min(int(os.environ.get("ROUNDS", "40")), MOST_ROUNDS)
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhongshan_targets.settings"
    os.environ["LOG_LEVEL"] = "WARNING"
    django.setup()
    from django.db import connection

    from bench.report_memory import grow
    from bench.report_scene import LARGE, SMALL, build
    from bench.report_table import faults_of, table
    from bench.report_times import measure
    from bench.report_writers import annex, long_table

    build()
    short = [annex("annex1", "leader"), annex("annex2", "leader")]
    long = [long_table("xlsx", LARGE.leader), long_table("csv", LARGE.leader)]
    times = measure(short, rounds) + measure(long, min(rounds, LONG_ROUNDS))
    growth = [
        grow(name, extension, leader)
        for name, extension, leader in (
            ("annex1", "xlsx", "leader"),
            ("annex2", "xlsx", "leader"),
            ("details", "xlsx", SMALL.leader),
            ("details", "xlsx", LARGE.leader),
            ("details", "csv", SMALL.leader),
            ("details", "csv", LARGE.leader),
        )
    ]
    print(table(connection.vendor, times, growth))  # noqa: T201
    faults = faults_of(times, growth)
    for fault in faults:
        print(f"FAILED: {fault}", file=sys.stderr)  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
