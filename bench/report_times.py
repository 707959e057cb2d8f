"""How long a file takes to be written, ours and the bare one in turn."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile

from bench.report_writers import Job, Write


@dataclass(frozen=True, slots=True)
class FileTime:
    """Medians of the rounds in milliseconds; `most` is the ratio allowed, None for any."""

    name: str
    cells: int
    ours: float
    bare: float
    most: float | None

    @property
    def ratio(self) -> float:
        return self.ours / self.bare


def measure(jobs: Sequence[Job], rounds: int) -> list[FileTime]:
    """Within a round all feel the same machine."""
    ours: list[list[float]] = [[] for _ in jobs]
    bare: list[list[float]] = [[] for _ in jobs]
    gc.collect()
    gc.freeze()  # as gunicorn.conf.py has it
    for _ in range(rounds):
        for at, job in enumerate(jobs):
            ours[at].append(timed(job.ours))
            bare[at].append(timed(job.bare))
    gc.unfreeze()
    middle = statistics.median
    return [
        FileTime(job.name, job.cells, middle(ours[at]), middle(bare[at]), job.most)
        for at, job in enumerate(jobs)
    ]


def timed(write: Write) -> float:
    """Milliseconds until the file is there, in a temporary one as the site writes it."""
    with TemporaryFile() as file:
        start = time.perf_counter()
        write(file)
        return (time.perf_counter() - start) * 1000
