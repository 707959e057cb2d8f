"""How long the server takes for a page, drawn anew and kept, beside the floor of the same rounds."""

from __future__ import annotations

import gzip
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.floor import EMPTY, GREETING


@dataclass(frozen=True, slots=True)
class PageTime:
    """One page. Times are medians in milliseconds of the rounds; `size` is of the HTML gzipped, in KiB."""

    name: str
    address: str
    cold: float
    warm: float
    cold_queries: int
    warm_queries: int
    size: float


@dataclass(frozen=True, slots=True)
class Floor:
    """The empty view and the greeting, in milliseconds, measured in turn with the pages."""

    empty: float
    greeting: float


def measure(client: Client, pages: Sequence[tuple[str, str]], rounds: int) -> tuple[Floor, list[PageTime]]:
    """Each page drawn anew beside the empty view, then each kept page beside the greeting, turn by turn.

    Cold and warm are rounds apart: what a page drawn anew leaves of the processor's own caches would otherwise be
    paid by the kept page after it and by no greeting. Within a round all feel the same machine.
    """
    empty: list[float] = []
    greeting: list[float] = []
    cold: dict[str, list[float]] = {address: [] for _, address in pages}
    warm: dict[str, list[float]] = {address: [] for _, address in pages}
    for address in (EMPTY, *cold):
        _answer(client, address)
    for _ in range(rounds):
        for address, times in cold.items():
            empty.append(timed(client, EMPTY))
            cache.clear()
            times.append(timed(client, address))
    for address in (GREETING, *warm):
        _answer(client, address)
    for _ in range(rounds):
        for address, times in warm.items():
            greeting.append(timed(client, GREETING))
            times.append(timed(client, address))
    middle = statistics.median
    times = [
        PageTime(name, address, middle(cold[address]), middle(warm[address]), *_counts(client, address))
        for name, address in pages
    ]
    return Floor(middle(empty), middle(greeting)), times


def timed(client: Client, address: str) -> float:
    """Milliseconds until the answer is there; an answer other than 200 raises."""
    start = time.perf_counter()
    _answer(client, address)
    return (time.perf_counter() - start) * 1000


def _answer(client: Client, address: str) -> HttpResponse:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return answer


def _counts(client: Client, address: str) -> tuple[int, int, float]:
    """Queries cold and warm, and the size of the HTML as it travels."""
    cache.clear()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = _answer(client, address)
        counts.append(len(captured))
    return counts[0], counts[1], len(gzip.compress(answer.content, 6)) / 1024
