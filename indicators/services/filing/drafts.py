"""Filling a return: one whole save or none, and never over what somebody else has saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from indicators.choices import FilingAct
from indicators.models import Entry, Indicator, Period, QuarterlyReturn
from indicators.models.filing import RETURN_TEXTS
from indicators.queries.filing.assignments import assigned_figures
from indicators.queries.filing.comparisons import EMPTY, Figure
from indicators.queries.filing.returns import NOT_BEGUN
from indicators.services.filing.acts import (
    editors_with,
    held_returns,
    in_plain_digits,
    move,
    record_return,
    refuse_unless_free,
    standing_now,
)
from indicators.services.filing.refusals import (
    Conflict,
    FilingError,
    StaleReturnError,
    UnreadableError,
)
from indicators.services.filing.typed import Typed, read_typed
from towns.access import can_fill_return, require
from towns.models import Unit

TEXT_LENGTH = 4000
KEPT_KEYS = 8
"""So many sendings back a repeated one is known: more than a page has on their way at once."""


@dataclass(frozen=True, slots=True)
class _Changes:
    """What a save would change: {indicator code: (old, new)} and {text's name: (old, new)}."""

    figures: dict[str, tuple[Figure, Figure]]
    texts: dict[str, tuple[str, str]]

    def __bool__(self) -> bool:
        return bool(self.figures or self.texts)


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A return as it was saved, and the cells that were left as they stood: {indicator code: why}.

    `version` is that of the copy that the person now has before them: the one sent, where it was an older one and
    nothing of it could be saved. `made` is the version that this sending made, or was sent with where it changed
    nothing: the one that it may submit, so that a sending which comes again submits nothing that was decided since.
    """

    filed: QuarterlyReturn
    faults: Mapping[str, str]
    version: int
    made: int


class _BegunMeanwhileError(Exception):
    """Somebody else began the return between our look and our writing."""


def save_return(
    period: Period,
    *,
    unit: Unit,
    version: int,
    figures: Mapping[str, Typed],
    texts: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
) -> QuarterlyReturn:
    """Save what was typed as the unit's draft, all of it or nothing; rows and texts not given stay as they are.

    `version` is that of the copy the person typed into, NOT_BEGUN for a return that was not there. A save that
    changes nothing has no effect, so that a repeated one does no harm. What the office saves in another unit's
    return is marked 代填 until the unit itself saves there. Six statements at most, however many rows.
    Raises UnreadableError (cells that are no figures), StaleReturnError (somebody else has saved since: both values),
    AlreadyDoneError or FilingError (submitted, approved, not open, locked), PermissionDenied.
    """
    sent = _Sent(version, figures, texts or {}, key="", takes_part=False)
    return _save(period, unit, sent, by=by, at=at).filed


def save_draft(
    period: Period,
    *,
    unit: Unit,
    version: int,
    figures: Mapping[str, Typed],
    texts: Mapping[str, str] | None = None,
    key: str = "",
    by: User,
    at: datetime,
) -> SavedDraft:
    """The same for somebody who is still typing: what can be read is saved, cells that cannot are answered.

    `key` is one that the page drew for this sending. Sent again after a cut connection it is known: what it brought
    is there already, and nothing happens a second time.
    Raises what `save_return` raises, but for UnreadableError.
    """
    sent = _Sent(version, figures, texts or {}, key=key, takes_part=True)
    return _save(period, unit, sent, by=by, at=at)


@dataclass(frozen=True, slots=True)
class _Sent:
    """One sending of a return. `takes_part`: cells that cannot be read do not hold back the others."""

    version: int
    figures: Mapping[str, Typed]
    texts: Mapping[str, str]
    key: str
    takes_part: bool


def _save(period: Period, unit: Unit, sent: _Sent, *, by: User, at: datetime) -> SavedDraft:
    require(can_fill_return(by, unit), "只能填报本单位的季报表。")
    try:
        with transaction.atomic():
            return _save_held(_hold_or_new(period, unit), sent, by=by, at=at)
    except _BegunMeanwhileError:
        with transaction.atomic():
            return _save_held(_hold_or_new(period, unit), sent, by=by, at=at)


def _hold_or_new(period: Period, unit: Unit) -> QuarterlyReturn:
    """The unit's return, held until the transaction ends; one that is not stored yet where there is none."""
    new = QuarterlyReturn(period=period, unit=unit, version=NOT_BEGUN)
    return held_returns().filter(period=period, unit=unit).first() or new


def _save_held(held: QuarterlyReturn, sent: _Sent, *, by: User, at: datetime) -> SavedDraft:
    indicators, stored = assigned_figures(held)
    standing = standing_now(held, by=by, at=at)
    read, faults = read_typed(indicators, sent.figures, stored)
    if (made := dict(held.save_keys).get(sent.key)) is not None:
        return SavedDraft(held, faults, made, made)
    changes = _changes(read, sent.texts, stored, held)
    if refusal := standing.may_edit():
        refuse_unless_free(refusal, held, _conflicts(changes, indicators, sent.figures))
    if faults and not sent.takes_part:
        raise UnreadableError(faults)
    if changes and sent.version != held.version:
        raise StaleReturnError(_conflicts(changes, indicators, sent.figures), version=held.version)
    version, made = sent.version if faults else held.version, sent.version
    if changes or held.version == NOT_BEGUN:
        in_its_place = not standing.is_own_unit
        _apply(held, changes, indicators, sent.key, filled_for_unit=in_its_place, by=by)
        name = FilingAct.FILL_IN if in_its_place else FilingAct.SAVE
        record_return(name, held, _told(changes, 0), _told(changes, 1), by=by, at=at)
        version = made = held.version
    return SavedDraft(held, faults, version, made)


def stored_figures(filed: QuarterlyReturn) -> dict[str, Figure]:
    """What the return holds, {indicator code: figure}."""
    rows = filed.entries.order_by("indicator__order").values_list("indicator__code", "value", "note")
    return {code: Figure(value, note) for code, value, note in rows}


def _changes(
    typed: Mapping[str, Figure],
    texts: Mapping[str, str],
    stored: Mapping[str, Figure],
    held: QuarterlyReturn,
) -> _Changes:
    changed = {
        code: (stored.get(code, EMPTY), figure)
        for code, figure in typed.items()
        if figure != stored.get(code, EMPTY)
    }
    for name, text in texts.items():
        if name not in RETURN_TEXTS:
            raise FilingError(f"季报表没有“{name}”这一栏。")
        if len(text) > TEXT_LENGTH:
            raise FilingError(f"每段文字最多 {TEXT_LENGTH} 字，现有 {len(text)} 字，请缩短。")
    wording = {
        name: (getattr(held, name), text) for name, text in texts.items() if text != getattr(held, name)
    }
    return _Changes(changed, wording)


def _conflicts(
    changes: _Changes, indicators: Sequence[Indicator], typed: Mapping[str, Typed]
) -> list[Conflict]:
    """Both values of every cell that differs: what was typed, as it was typed, and what is saved."""
    conflicts = []
    for indicator in indicators:
        if indicator.code in changes.figures:
            old, new = changes.figures[indicator.code]
            written = typed.get(indicator.code, Typed(in_plain_digits(new.value)))
            conflicts.append(
                Conflict(
                    code=indicator.code,
                    label=indicator.short_name,
                    typed=_worded((written.value or "").strip() or in_plain_digits(new.value), new.note),
                    saved=_worded(in_plain_digits(old.value), old.note),
                )
            )
    for name, (old_text, new_text) in changes.texts.items():
        label = str(QuarterlyReturn._meta.get_field(name).verbose_name)
        conflicts.append(
            Conflict(code=name, label=label, typed=new_text or "（空）", saved=old_text or "（空）")
        )
    return conflicts


def _apply(
    held: QuarterlyReturn,
    changes: _Changes,
    indicators: Sequence[Indicator],
    key: str,
    *,
    filled_for_unit: bool,
    by: User,
) -> None:
    """Write the changed rows in one statement; a figure typed anew no longer has an imported source.

    A return that the unit has a hand in is no longer an import's, which could be imported over.
    """
    _write_return(
        held,
        filled_for_unit=filled_for_unit,
        source=held.source if filled_for_unit else "",
        editors=editors_with(held, by),
        save_keys=[*held.save_keys, [key, held.version + 1]][-KEPT_KEYS:] if key else held.save_keys,
        **{name: new for name, (_, new) in changes.texts.items()},
    )
    ids = {indicator.code: indicator.pk for indicator in indicators}
    rows = [
        Entry(quarterly_return=held, indicator_id=ids[code], value=new.value, note=new.note)
        for code, (_, new) in changes.figures.items()
    ]
    Entry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["quarterly_return", "indicator"],
        update_fields=["value", "note", "source"],
    )


def _write_return(held: QuarterlyReturn, **changes: Any) -> None:
    """Move the return on, or begin it."""
    # A return that evidence began is stored and still has the version of one that nobody has begun.
    if held.pk is not None:
        move(held, version=held.version, **changes)
        return
    for name, value in {**changes, "version": NOT_BEGUN + 1}.items():
        setattr(held, name, value)
    try:
        held.save(force_insert=True)
    except IntegrityError as conflict:
        raise _BegunMeanwhileError from conflict


def _told(changes: _Changes, side: int) -> dict[str, Any]:
    """One side of the changes as the trail keeps them."""
    figures = {
        code: {"value": in_plain_digits(pair[side].value), "note": pair[side].note}
        for code, pair in changes.figures.items()
    }
    return {"figures": figures, **{name: pair[side] for name, pair in changes.texts.items()}}


def _worded(value: str, note: str) -> str:
    return f"{value or '（空）'}；说明：{note}" if note else value or "（空）"
