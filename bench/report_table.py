"""What the benchmark of the reports prints, and which bounds it holds them to."""

from __future__ import annotations

from collections.abc import Sequence

from bench.report_memory import Growth
from bench.report_times import FileTime

MOST_MEMORY = 40.0
TIMES = f"{'file':<30}{'cells':>10}{'ours ms':>10}{'bare ms':>10}{'ratio':>7}{'at most':>9}"
MEMORY = f"{'file, reader':<40}{'ours MiB':>10}{'bare MiB':>10}{'at most':>9}"


def table(engine: str, times: Sequence[FileTime], growth: Sequence[Growth]) -> str:
    lines = [f"{engine}: time", TIMES]
    lines += [
        f"{one.name:<30}{one.cells:>10,}{one.ours:>10,.1f}{one.bare:>10,.1f}{one.ratio:>7.2f}{one.most or '-':>9}"
        for one in times
    ]
    lines += [f"{engine}: memory above the process before writing", MEMORY]
    lines += [f"{one.name:<40}{one.ours:>10.1f}{one.bare:>10.1f}{MOST_MEMORY:>9.0f}" for one in growth]
    return "\n".join(lines)


def faults_of(times: Sequence[FileTime], growth: Sequence[Growth]) -> list[str]:
    """The bounds that were missed, in words; empty for none."""
    faults = [
        f"{one.name} costs {one.ratio:.2f} times the bare file"
        for one in times
        if one.most is not None and one.ratio > one.most
    ]
    return faults + [f"{one.name} takes {one.ours:.1f} MiB more" for one in growth if one.ours > MOST_MEMORY]
