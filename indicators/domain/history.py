"""What became of a return, read from its events: who did what, and what changed (四(三); the folding is our choice).

A page saves itself while a person types, so the trail holds many small saves. They are told as one: what stood
before the first and after the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from indicators.choices import FilingAct

SAVES = frozenset({FilingAct.SAVE, FilingAct.FILL_IN})
HANDINGS_IN = frozenset({FilingAct.SUBMIT, FilingAct.IMPORT})
DECISIONS = frozenset({FilingAct.APPROVE, FilingAct.SEND_BACK, FilingAct.CORRECT, FilingAct.BOOTSTRAP})
MOVES = SAVES | HANDINGS_IN | {FilingAct.WITHDRAW}
TEXTS = ("progress_text", "problems_text", "next_steps_text")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as the trail keeps it: `value` in plain digits ("14.5"), empty for none; `note` its explanation."""

    value: str = ""
    note: str = ""


NOTHING = Stated()
Figures = Mapping[str, tuple[Stated, Stated]]
Texts = Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the trail. `account` is who did it, `name` the person's own name, empty for the command line."""

    act: str
    at: datetime
    account: str
    name: str = ""
    old: Mapping[str, Any] = field(default_factory=dict)
    new: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since a moment: {indicator code: (old, new)}, {text's name: (old, new)}; only what differs.

    `act` and `at` say since when. Falsy when all stands as it stood.
    """

    act: str
    at: datetime
    figures: Figures
    texts: Texts

    def __bool__(self) -> bool:
        return bool(self.figures or self.texts)


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a history: an act, or `times` saves of one person in a row, from `began` to `ended`.

    `figures` and `texts` are what differs between before and after. `event` is the last of the events told here.
    """

    event: Event
    began: datetime
    ended: datetime
    times: int
    figures: Figures
    texts: Texts


def steps_of(events: Iterable[Event]) -> tuple[Step, ...]:
    """The events of one return, oldest first, as steps: saves of one person in a row are one step.

    >>> typed = [("14", "14.5"), ("14.5", "14.51")]
    >>> [step] = steps_of(
    ...     Event(
    ...         FilingAct.SAVE, datetime(2015, 7, 8), "town", old={"figures": {"a": old}}, new={"figures": {"a": new}}
    ...     )
    ...     for old, new in typed
    ... )
    >>> step.times, [figure.value for figure in step.figures["a"]]
    (2, ['14', '14.51'])
    """
    runs: list[list[Event]] = []
    for event in events:
        before = runs[-1][-1] if runs else None
        goes_on = (
            before is not None
            and event.act in SAVES
            and (before.act, before.account) == (event.act, event.account)
        )
        if goes_on:
            runs[-1].append(event)
        else:
            runs.append([event])
    return tuple(_step(run) for run in runs)


def changes_since_last_decision(events: Sequence[Event]) -> Changes | None:
    """What changed since the office last decided on the return, or, where it never did, since it was first handed in.

    `events` are the return's, oldest first. None while there is nothing to compare with: it was never handed in,
    or stands as it was first handed in. A return given back and handed in unchanged has Changes that are falsy.
    A figure put back to what it was is no change.
    """
    seen = max((n for n, event in enumerate(events) if event.act in DECISIONS), default=None)
    if seen is None:
        seen = next((n for n, event in enumerate(events) if event.act in HANDINGS_IN), None)
        if seen is None or not any(event.act in MOVES for event in events[seen + 1 :]):
            return None
    after = events[seen + 1 :]
    return Changes(events[seen].act, events[seen].at, changed_figures(after), changed_texts(after))


def changed_figures(events: Iterable[Event]) -> dict[str, tuple[Stated, Stated]]:
    """{indicator code: (before the first, after the last)} of events in a row, without what is back as it was."""
    changed: dict[str, tuple[Stated, Stated]] = {}
    for event in events:
        old, new = _told(event.old), _told(event.new)
        for code in {**old, **new}:
            before = _stated(old.get(code), NOTHING)
            first, last = changed.get(code, (before, before))
            changed[code] = (first, _stated(new.get(code), last))
    return {code: pair for code, pair in changed.items() if pair[0] != pair[1]}


def changed_texts(events: Iterable[Event]) -> dict[str, tuple[str, str]]:
    """{text's name: (before the first, after the last)}, without what is back as it was."""
    changed: dict[str, tuple[str, str]] = {}
    for event in events:
        for name in TEXTS:
            if name in event.old or name in event.new:
                first = changed.get(name, (str(event.old.get(name, "")), ""))[0]
                changed[name] = (first, str(event.new.get(name, "")))
    return {name: pair for name, pair in changed.items() if pair[0] != pair[1]}


def _step(run: Sequence[Event]) -> Step:
    return Step(
        event=run[-1],
        began=run[0].at,
        ended=run[-1].at,
        times=len(run),
        figures=changed_figures(run),
        texts=changed_texts(run),
    )


def _told(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The figures that one side of an event tells: what was typed, else what was approved."""
    figures = content.get("figures") or content.get("actuals") or {}
    return figures if isinstance(figures, Mapping) else {}


def _stated(told: Any, before: Stated) -> Stated:
    """A figure as an event tells it: with its note, or bare, which leaves the note as it was; None: no figure."""
    if isinstance(told, Mapping):
        return Stated(str(told.get("value", "")), str(told.get("note", "")))
    return Stated("" if told is None else str(told), before.note)
