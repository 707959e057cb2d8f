"""Writers, each a thread: they send one save after the other until the time is up, and note how each was answered."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A save that the server said it has: of which return, as which version, with which figures."""

    key: str
    version: int
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """One request: how it was answered and after how many seconds; `saved` when it was acknowledged."""

    status: int
    seconds: float
    saved: Acknowledged | None = None


@dataclass(slots=True)
class Load:
    """What a load came to. `unanswered` names what kept a writer from an answer."""

    seconds: float
    sent: list[Sent] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> list[Sent]:
        return [one for one in self.sent if one.status < 300]

    @property
    def a_second(self) -> float:
        return len(self.acknowledged) / self.seconds

    def statuses(self) -> Counter[int]:
        return Counter(one.status for one in self.sent)

    def milliseconds(self, share: float) -> float:
        """The time within which this share of all requests was answered."""
        times = sorted(one.seconds for one in self.sent)
        return times[min(len(times) - 1, int(len(times) * share))] * 1000 if times else 0.0


def keep_sending(senders: Sequence[Callable[[], Sent]], seconds: float) -> Load:
    """Let all senders send at once and again and again; what is on its way when the time is up is waited for."""
    start = threading.Barrier(len(senders) + 1)
    answers: list[list[Sent]] = [[] for _ in senders]
    load = Load(seconds)

    def send(number: int) -> None:
        start.wait()
        ends = time.monotonic() + seconds
        try:
            while time.monotonic() < ends:
                answers[number].append(senders[number]())
        except Exception as fault:  # whatever it is, it is reported and fails the run
            load.unanswered.append(repr(fault))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(len(senders))]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    load.seconds = time.monotonic() - began
    load.sent = [one for ones in answers for one in ones]
    return load
