"""Filling a return: one whole save or none, and never over what somebody else has saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from indicators.models import Entry, Indicator, Period, QuarterlyReturn
from indicators.models.filing import RETURN_TEXTS
from indicators.queries.filing.assignments import assigned_indicators
from indicators.queries.filing.comparisons import EMPTY, Figure
from indicators.queries.filing.returns import NOT_BEGUN
from indicators.services.filing.acts import (
    hold,
    in_plain_digits,
    move,
    note_editor,
    record_return,
    refuse_unless_free,
    standing_now,
)
from indicators.services.filing.refusals import Conflict, FilingError, StaleReturnError
from indicators.services.filing.typed import Typed, read_typed
from towns.access import can_fill_return, require
from towns.models import Unit

TEXT_LENGTH = 4000


@dataclass(frozen=True, slots=True)
class _Changes:
    """What a save would change: {indicator code: (old, new)} and {text's name: (old, new)}."""

    figures: dict[str, tuple[Figure, Figure]]
    texts: dict[str, tuple[str, str]]

    def __bool__(self) -> bool:
        return bool(self.figures or self.texts)


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
    return is marked 代填 until the unit itself saves there.
    Raises UnreadableError (cells that are no figures), StaleReturnError (somebody else has saved since: both values),
    AlreadyDoneError or FilingError (submitted, approved, not open, locked), PermissionDenied.
    """
    require(can_fill_return(by, unit), "只能填报本单位的季报表。")
    with transaction.atomic():
        begun, is_new = QuarterlyReturn.objects.get_or_create(period=period, unit=unit)
        held = hold(begun)
        standing = standing_now(held, by=by, at=at)
        indicators = assigned_indicators(held.period.plan, unit, held.period.quarter)
        stored = stored_figures(held)
        changes = _changes(read_typed(indicators, figures, stored), texts or {}, stored, held)
        if refusal := standing.may_edit():
            refuse_unless_free(refusal, held, _conflicts(changes, indicators, figures))
        expected = held.version if is_new and version == NOT_BEGUN else version
        if changes and expected != held.version:
            raise StaleReturnError(_conflicts(changes, indicators, figures), version=held.version)
        if changes or is_new:
            in_its_place = not standing.is_own_unit
            _apply(held, changes, indicators, filled_for_unit=in_its_place)
            note_editor(held, by=by, at=at)
            name = "代填季报" if in_its_place else "保存季报"
            record_return(name, held, _told(changes, 0), _told(changes, 1), by=by, at=at)
    return held


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
                    typed=_worded(written.value.strip() or in_plain_digits(new.value), new.note),
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
    held: QuarterlyReturn, changes: _Changes, indicators: Sequence[Indicator], *, filled_for_unit: bool
) -> None:
    """Write the changed rows in one statement; a figure typed anew no longer has an imported source.

    A return that the unit has a hand in is no longer an import's, which could be imported over.
    """
    wording = {name: new for name, (_, new) in changes.texts.items()}
    source = held.source if filled_for_unit else ""
    move(held, version=held.version, filled_for_unit=filled_for_unit, source=source, **wording)
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


def _told(changes: _Changes, side: int) -> dict[str, Any]:
    """One side of the changes as the trail keeps them."""
    figures = {
        code: {"value": in_plain_digits(pair[side].value), "note": pair[side].note}
        for code, pair in changes.figures.items()
    }
    return {"figures": figures, **{name: pair[side] for name, pair in changes.texts.items()}}


def _worded(value: str, note: str) -> str:
    return f"{value or '（空）'}；说明：{note}" if note else value or "（空）"
