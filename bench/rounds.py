"""The two loads that are compared: whole returns saved by signed-in clerks, and the same rows by a bare view."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from uuid import uuid4

from bench.browser import Browser
from bench.ledger import Audit, audit
from bench.scene import PASSWORD, Desk, Scene
from bench.server import serving
from bench.writers import Acknowledged, Load, Sent, keep_sending
from indicators.models import QuarterlyReturn

VERSION = re.compile(r'data-kind="(\w+)".*?data-version="(\d+)"')
STEP = 1_000_000
"""Apart so far are the figures of two writers, so that one is never taken for the other's."""


@dataclass(frozen=True, slots=True)
class Round:
    load: Load
    trouble: list[str]
    audit: Audit


def measure_returns(scene: Scene, seconds: float, folder: Path) -> Round:
    """Clerks sign in and save their returns, each time all of their figures, as the page sends them."""
    with serving("zhongshan_targets.settings", folder / "returns.log") as server:
        senders = [_clerk(desk, number, server.port) for number, desk in enumerate(scene.desks)]
        load = keep_sending(senders, seconds)
        saved = [one.saved for one in load.sent if one.saved]
        return Round(load, server.trouble(), audit(scene, saved))


def measure_bare(scene: Scene, seconds: float, folder: Path) -> Load:
    """The same load on a view that knows no session, no rule and no trail."""
    rows = QuarterlyReturn.objects.select_related("period", "unit")
    ids = {f"{row.period.code}/{row.unit.code}": row.pk for row in rows}
    with serving("bench.bare.settings", folder / "bare.log") as server:
        senders = [_bare(desk, number, ids[desk.key], server.port) for number, desk in enumerate(scene.desks)]
        return keep_sending(senders, seconds)


def _clerk(desk: Desk, number: int, port: int) -> Callable[[], Sent]:
    browser = Browser(port)
    browser.sign_in(desk.username, PASSWORD)
    numbers = count(number * STEP, len(desk.indicators) + 1)
    version = 0

    def send() -> Sent:
        nonlocal version
        first = next(numbers)
        figures = {row.code: str(first + place) for place, row in enumerate(desk.indicators)}
        fields = {f"value-{code}": text for code, text in figures.items()}
        notes = {f"note-{code}": "已与企业台账核对" for code in figures}
        texts = {"progress_text": f"按计划推进，第 {first} 次核对。"}
        sent = {"version": str(version), "key": uuid4().hex, **fields, **notes, **texts}
        began = time.monotonic()
        answer = browser.post(f"/returns/{desk.key}/draft/", sent)
        took = time.monotonic() - began
        found = VERSION.search(answer.text)
        version = int(found[2]) if found else version
        if answer.status != 200 or found is None or found[1] != "saved":
            return Sent(answer.status if answer.status != 200 else 0, took)
        return Sent(200, took, Acknowledged(desk.key, version, tuple(figures.items())))

    return send


def _bare(desk: Desk, number: int, return_id: int, port: int) -> Callable[[], Sent]:
    browser = Browser(port)
    numbers = count(number * STEP, len(desk.indicators) + 1)

    def send() -> Sent:
        first = next(numbers)
        fields = {str(row.pk): str(first + place) for place, row in enumerate(desk.indicators)}
        began = time.monotonic()
        answer = browser.post(f"/{return_id}/", fields)
        return Sent(answer.status, time.monotonic() - began)

    return send
