"""逾期: how late a return came in (domain.md section 5: late is after the due date).

Counted by the first handing in that stood: what a review sends back, and a correction long after, make nobody late.
One that the unit took back did not stand.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from indicators.choices import FilingAct
from indicators.domain.history import HANDINGS_IN, Event

HANDED_IN = HANDINGS_IN | {FilingAct.BOOTSTRAP}
FROM_OUTSIDE = frozenset({FilingAct.IMPORT, FilingAct.BOOTSTRAP})


def standing_hand_ins(events: Iterable[Event]) -> tuple[Event, ...]:
    """Those events of one return, oldest first, by which it was handed in and not taken back."""
    stood: list[Event] = []
    for event in events:
        if event.act in HANDED_IN:
            stood.append(event)
        elif event.act == FilingAct.WITHDRAW and stood:
            stood.pop()
    return tuple(stood)


def is_from_outside(events: Iterable[Event]) -> bool:
    """Whether the return was filled from figures published elsewhere, perhaps years after: that makes nobody late."""
    stood = standing_hand_ins(events)
    return bool(stood) and stood[0].act in FROM_OUTSIDE


def days_late(due_on: datetime.date, handed_in: datetime.date) -> int:
    """How many days after the due date; 0 on it and before.

    >>> days_late(datetime.date(2015, 7, 15), datetime.date(2015, 7, 18))
    3
    """
    return max((handed_in - due_on).days, 0)
