"""The scene of the pages: the plan with its demonstration, a leader who reads, and cities of any size beside it."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings

from bench.big_city import build_city
from bench.page_times import timed

PLAN = Path(__file__).resolve().parent.parent / "fixtures" / "zhongshan-2015-2017"
PAGES = (
    ("总览", "/"),
    ("指标", "/indicators/"),
    ("一项指标", "/indicators/industrial-investment/"),
    ("镇区", "/towns/"),
    ("一个镇区", "/towns/xiaolan/"),
    ("计划", "/plan/"),
    ("报表", "/reports/"),
)
FEW, MANY = 24, 240
OTHERS = (3_000, 40_000)


@dataclass(frozen=True, slots=True)
class Growth:
    """What a larger city, or larger ones beside it, make of the overview's time. `ratio` may be `most`."""

    what: str
    milliseconds: float
    ratio: float
    most: float


@contextmanager
def build() -> Iterator[Client]:
    """A leader at the demonstration, on a site that has the floor's two views beside its own."""
    call_command("migrate", verbosity=0)
    call_command("load_plan", str(PLAN), verbosity=0, stdout=StringIO())
    call_command("load_demo", verbosity=0, stdout=StringIO())
    gc.freeze()  # as gunicorn.conf.py has it
    with override_settings(ROOT_URLCONF="bench.floor", ALLOWED_HOSTS=["testserver"]):
        yield reader("leader")


def reader(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username), backend="towns.backends.MembershipBackend")
    return client


def grow(rounds: int) -> list[Growth]:
    """The overview of a city of 24 towns, of 240, and again of 24 beside plans of 3,000 and of 40,000 towns."""
    few, many = reader(build_city("few", FEW)), reader(build_city("many", MANY))
    alone, large = _cold((few, many), rounds)
    found = [Growth(f"{MANY} towns instead of {FEW}, cold", large, large / alone, 4.0)]
    if connection.vendor == "postgresql":
        for number in OTHERS:
            build_city(f"city-{number}", number)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        (beside,) = _cold((few,), rounds)
        others = " and ".join(f"{number:,}" for number in OTHERS)
        found.append(Growth(f"{FEW} towns beside plans of {others}, cold", beside, beside / alone, 1.5))
    return found


def _cold(clients: Sequence[Client], rounds: int) -> list[float]:
    """Each reader's median time of the overview drawn anew, in milliseconds, measured in turn."""
    times: list[list[float]] = [[] for _ in clients]
    for client in clients:
        client.get("/")
    for _ in range(rounds):
        for client, of_client in zip(clients, times, strict=True):
            cache.clear()
            of_client.append(timed(client, "/"))
    return [statistics.median(of_client) for of_client in times]
