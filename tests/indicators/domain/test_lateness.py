"""How late a return came in: by the first handing in that stood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from indicators.choices import FilingAct
from indicators.domain.history import Event
from indicators.domain.lateness import days_late, is_from_outside, standing_hand_ins

SAVE, SUBMIT, WITHDRAW = FilingAct.SAVE, FilingAct.SUBMIT, FilingAct.WITHDRAW
BACK, APPROVE, IMPORT = FilingAct.SEND_BACK, FilingAct.APPROVE, FilingAct.IMPORT


@pytest.mark.parametrize(
    ("acts", "stood"),
    [
        ([SAVE], []),
        ([SAVE, SUBMIT], [2]),
        ([SUBMIT, BACK, SAVE, SUBMIT, APPROVE], [1, 4]),
        # What the unit took back did not stand, so that nobody is in time by a return that was not handed in.
        ([SUBMIT, WITHDRAW], []),
        ([SUBMIT, WITHDRAW, SUBMIT], [3]),
        ([SUBMIT, BACK, SUBMIT, WITHDRAW], [1]),
        ([IMPORT, APPROVE], [1]),
        ([FilingAct.BOOTSTRAP], [1]),
    ],
)
def test_what_was_handed_in_and_not_taken_back(acts: Sequence[FilingAct], stood: list[int]) -> None:
    events = [Event(act, datetime(2015, 7, day, tzinfo=UTC), "town") for day, act in enumerate(acts, start=1)]
    assert [event.at.day for event in standing_hand_ins(events)] == stood


@pytest.mark.parametrize(("day", "late"), [(14, 0), (15, 0), (16, 1), (31, 16)])
def test_days_after_the_due_date(day: int, late: int) -> None:
    assert days_late(date(2015, 7, 15), date(2015, 7, day)) == late


@pytest.mark.parametrize(
    ("acts", "outside"),
    [
        ([], False),
        ([SAVE, SUBMIT, APPROVE], False),
        ([IMPORT, APPROVE], True),
        ([FilingAct.BOOTSTRAP], True),
        # Of a unit that filed in its day and was imported over later, the day counts.
        ([SUBMIT, BACK, IMPORT], False),
    ],
)
def test_figures_from_outside_make_nobody_late(acts: Sequence[FilingAct], outside: bool) -> None:
    events = [
        Event(act, datetime(2019, 7, day, tzinfo=UTC), "office") for day, act in enumerate(acts, start=1)
    ]
    assert is_from_outside(events) == outside
