"""定稿: closing a quarter's books, an act of its own (domain.md section 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from indicators.choices import PeriodAct, ReturnState
from indicators.domain.workflow import may_publish
from indicators.models import Period, QuarterlyReturn, ReconciliationNote
from indicators.queries.filing.reconciliations import Reconciled, reconcile_period
from indicators.queries.filing.standing import window_of
from indicators.services.filing.acts import bump, hold_period, in_plain_digits, record_period
from indicators.services.filing.refusals import (
    AlreadyDoneError,
    FilingError,
    UnexplainedError,
    refuse,
)
from towns.access import can_run_office, is_in_city, require
from towns.models import Unit

TEXT_LENGTH = ReconciliationNote._meta.get_field("text").max_length or 0


def publish_period(
    period: Period,
    *,
    explanations: Mapping[str, str] | None = None,
    seen: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
) -> Period:
    """Publish a quarter: it becomes the default of every page, and ranks are given out for it.

    `explanations` {indicator code: text} are kept for the differences beyond rounding between the towns' sum and
    the city's figure; one written before counts while its difference is the same. `seen` {indicator code: difference}
    are those that they were written about: one that has moved since is refused. Who has not filed is no bar.
    Raises UnexplainedError, AlreadyDoneError when it is published, FilingError before it was opened, PermissionDenied.
    """
    with transaction.atomic():
        held = _held(period)
        rows = [row for row in reconcile_period(held) if row.needs_explanation]
        texts = _texts(rows, explanations or {}, seen or {})
        _refuse_unless_ready(held, rows, texts, by=by, at=at)
        _keep([_note(held, row, texts[row.indicator.code], by, at) for row in rows if _is_new(row, texts)])
        held.published_at, held.published_by = at, by
        held.save(update_fields=["published_at", "published_by"])
        record_period(PeriodAct.PUBLISH, held, {"published_at": None}, _told(held, rows, texts), by=by, at=at)
    return held


def explain_differences(
    period: Period,
    *,
    explanations: Mapping[str, str],
    seen: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
) -> tuple[ReconciliationNote, ...]:
    """Write down why the towns' sum and the city's figure differ now; before publishing, and after it when a late
    approval has made or moved a difference. Differences that are given no text stay open; `seen` as in publishing.

    Answers the notes written. Raises FilingError where there is none to write, AlreadyDoneError where each is
    written so already, PermissionDenied.
    """
    with transaction.atomic():
        held = _held(period)
        is_office = can_run_office(by) and is_in_city(by, held.plan.city.city_code)
        require(is_office, "只有联席会议办公室说明差额。")
        rows = [row for row in reconcile_period(held) if row.needs_explanation]
        texts = {code: text for code, text in _texts(rows, explanations, seen or {}).items() if text}
        written = [row for row in rows if explanations.get(row.indicator.code, "").strip()]
        changed = [row for row in written if _is_new(row, texts)]
        if not written:
            raise FilingError("没有收到说明；请在须说明的指标旁写明原因。")
        if not changed:
            raise AlreadyDoneError("这些差额已经这样说明，没有改动。")
        notes = [_note(held, row, texts[row.indicator.code], by, at) for row in changed]
        _keep(notes)
        old = {row.indicator.code: _kept(row.note) for row in changed}
        new = {note.indicator.code: _kept(note) for note in notes}
        record_period(PeriodAct.EXPLAIN, held, {"differences": old}, {"differences": new}, by=by, at=at)
    return tuple(notes)


def _held(period: Period) -> Period:
    """The quarter as it is now, and its plan's row with it: no return is approved until the books are compared."""
    held = hold_period(period)
    bump(held.plan)
    return held


def _keep(notes: Sequence[ReconciliationNote]) -> None:
    ReconciliationNote.objects.bulk_create(
        notes,
        update_conflicts=True,
        unique_fields=["period", "indicator"],
        update_fields=["difference", "text", "by", "at"],
    )


def _kept(note: ReconciliationNote | None) -> dict[str, str] | None:
    """A note as the trail keeps it; None where there was none."""
    return {"difference": in_plain_digits(note.difference), "text": note.text} if note else None


def _texts(
    rows: Sequence[Reconciled], explanations: Mapping[str, str], seen: Mapping[str, str]
) -> dict[str, str]:
    """The explanation of each difference: the one written now, else the one that still fits."""
    texts, moved = {}, []
    for row in rows:
        written = explanations.get(row.indicator.code, "").strip()
        if len(written) > TEXT_LENGTH:
            raise FilingError(f"“{row.indicator.short_name}”的说明最多 {TEXT_LENGTH} 字，请缩短。")
        kept = row.note.text if row.note is not None and row.is_explained else ""
        texts[row.indicator.code] = written or kept
        if written and seen.get(row.indicator.code, row.difference_as_sent) != row.difference_as_sent:
            moved.append(f"“{row.indicator.short_name}”")
    if moved:
        raise FilingError(
            f"您打开本页之后，{'、'.join(moved)}的差额有变动，没有保存；请核对现在的差额，再写说明。"
        )
    return texts


def _refuse_unless_ready(
    held: Period, rows: Sequence[Reconciled], texts: Mapping[str, str], *, by: User, at: datetime
) -> None:
    unexplained = {
        row.indicator.code: row.indicator.short_name for row in rows if not texts[row.indicator.code]
    }
    refusal = may_publish(
        is_office=can_run_office(by) and is_in_city(by, held.plan.city.city_code),
        is_published=held.is_published,
        window=window_of(held, None, timezone.localdate(at)),
        unexplained=tuple(unexplained.values()),
    )
    if refusal is None:
        return
    if refusal.code == "published" and held.published_by and held.published_at:
        day = timezone.localtime(held.published_at)
        name = held.published_by.get_full_name() or held.published_by.get_username()
        raise AlreadyDoneError(
            f"{held.quarter.label}已由{name}于{day.month}月{day.day}日{day:%H:%M}定稿，没有重复办理。"
        )
    if refusal.code == "unexplained":
        raise UnexplainedError(refusal.sentence, unexplained)
    refuse(refusal)


def _is_new(row: Reconciled, texts: Mapping[str, str]) -> bool:
    return row.note is None or not row.is_explained or row.note.text != texts[row.indicator.code]


def _note(held: Period, row: Reconciled, text: str, by: User, at: datetime) -> ReconciliationNote:
    return ReconciliationNote(
        period=held, indicator=row.indicator, difference=row.difference, text=text, by=by, at=at
    )


def _told(held: Period, rows: Sequence[Reconciled], texts: Mapping[str, str]) -> dict[str, Any]:
    """What the trail keeps of a publication: what was explained, and who was missing from it."""
    approved = QuarterlyReturn.objects.filter(period=held, state=ReturnState.APPROVED)
    missing = Unit.objects.of_city(held.plan.city).exclude(pk__in=approved.values("unit")).order_by("order")
    return {
        "published_at": held.published_at,
        "differences": {
            row.indicator.code: {
                "difference": in_plain_digits(row.difference),
                "text": texts[row.indicator.code],
            }
            for row in rows
        },
        "without_approved_return": list(missing.values_list("code", flat=True)),
    }
