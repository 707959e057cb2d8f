"""Acts that several people take at the same moment, each on a connection of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from django.db import close_old_connections, connections


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """Take all acts at once; what each answered, or the exception that it ended in, in their order."""
    start = threading.Barrier(len(acts))
    answers: list[object] = [None] * len(acts)

    def take(number: int) -> None:
        close_old_connections()
        start.wait()
        try:
            answers[number] = acts[number]()
        except Exception as fault:  # handed to the test, which knows what it may be
            answers[number] = fault
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def kinds_of(answers: Sequence[object]) -> list[str]:
    """The answers' types by name, sorted; an exception that was not foreseen shows itself here."""
    return sorted(type(answer).__name__ for answer in answers)
