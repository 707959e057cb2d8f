"""填报: one return, filled in while it may be, read when it may not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from indicators.domain.filing import Finding, Level
from indicators.domain.workflow import Refusal, Window
from indicators.forms import ReturnForm
from indicators.models.filing import RETURN_TEXTS
from indicators.queries.filing.assignments import assigned_indicators
from indicators.queries.filing.evidence import files_of
from indicators.queries.filing.history import history_of
from indicators.queries.filing.return_rows import Overlay
from indicators.queries.filing.returns import (
    StoredReturn,
    aliases_of,
    findings_so_far,
    load_return,
    open_findings_in,
    return_page,
)
from indicators.queries.filing.reviewing import reviewing_of
from indicators.queries.reading import Reading
from indicators.services import filing
from indicators.services.filing import (
    AlreadyDoneError,
    Conflict,
    FilingError,
    OpenFindingsError,
    SavedDraft,
    StaleReturnError,
)
from indicators.views.filing import other_quarter, plan_query, quarter_reading, to, unit_or_404
from towns.models import Unit

UNPROCESSABLE, CONFLICT = 422, 409
NOT_WHOLE = "页面不完整，没有保存，请刷新后重试。"


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    """One return: filled in while it may be, read only with the reason when it may not."""
    if elsewhere := other_quarter(request, "return", period, unit):
        return elsewhere
    reading = quarter_reading(request, period)
    now = timezone.now()
    found = unit_or_404(request, unit)
    if request.method == "POST":
        return _save(request, reading, found, now)
    return show_return(request, reading, _stored(request, reading, found, now))


def show_return(
    request: HttpRequest,
    reading: Reading,
    stored: StoredReturn,
    overlay: Overlay | None = None,
    *,
    status: int = 200,
    alert: str = "",
    version: int | None = None,
    conflicts: Sequence[Conflict] = (),
    review: Mapping[str, Any] | None = None,
    attempted: bool = False,
) -> HttpResponse:
    """A return's page.

    `alert` says why what was sent was refused, `version` is then that of the copy it was typed into; `conflicts`
    are cells that can no longer be saved, `review` is a decision just refused, `attempted` says that the unit has
    tried to submit: empty cells are held against it from then on.
    """
    standing = stored.standing
    edit, approve = standing.may_edit(), standing.may_approve()
    # Whatever reason and date will be given: whether this reader may give it back at all.
    send_back = standing.may_return(reason="…", reopened_until=standing.today)
    can_withdraw = standing.may_withdraw() is None
    if edit is None:
        stored = replace(stored, aliases=aliases_of(stored))
    page = return_page(stored, overlay)
    context = {
        "page": page,
        "version": page.version if version is None else version,
        "key": uuid4().hex,
        "attempted": attempted,
        "is_office": standing.is_office,
        "is_locked_out": standing.window == Window.LOCKED,
        "can_fill": edit is None,
        "locked": _why_locked(edit, is_own_unit=standing.is_own_unit, can_withdraw=can_withdraw),
        "can_submit": standing.may_submit() is None,
        "can_withdraw": can_withdraw,
        "can_approve": approve is None,
        "not_approved_because": approve.sentence if approve else "",
        "can_send_back": send_back is None,
        "not_sent_back_because": send_back.sentence if send_back else "",
        "alert": alert,
        "conflicts": conflicts,
        "review": review or {},
        "reviewing": reviewing_of(stored, request.user),
        "files": files_of(stored),
        "history": history_of(stored),
        "plan_query": plan_query(reading),
    }
    return render(request, "indicators/return.html", context, status=status)


def _stored(request: HttpRequest, reading: Reading, unit: Unit, now: datetime) -> StoredReturn:
    return load_return(reading.period, unit, request.user, today=timezone.localdate(now))


def _why_locked(refusal: Refusal | None, *, is_own_unit: bool, can_withdraw: bool) -> str:
    """Why the figures cannot be changed and what would help, where the reader could have expected to change them."""
    if refusal is None or (refusal.code in ("not_own_unit", "state") and not is_own_unit):
        return ""
    return f"{refusal.sentence}如需修改，请先撤回。" if can_withdraw else refusal.sentence


def _save(request: HttpRequest, reading: Reading, unit: Unit, now: datetime) -> HttpResponse:
    """Save what was typed and, when asked, submit it; whatever is refused stands on the page as it was typed."""
    form = ReturnForm(assigned_indicators(reading.plan, unit, reading.period.quarter), request.POST)
    typed = Overlay(values=form.sent("value"), notes=form.sent("note"), texts=form.sent_texts(), findings={})
    if not form.is_whole:
        stored = _stored(request, reading, unit, now)
        return show_return(request, reading, stored, typed, status=UNPROCESSABLE, alert=NOT_WHOLE)
    try:
        saved = filing.save_draft(
            reading.period,
            unit=unit,
            version=form.cleaned_data["version"],
            figures=form.figures(),
            texts=form.texts(),
            key=form.sending_key(),
            by=request.user,
            at=now,
        )
    except FilingError as refusal:
        return _not_saved(request, reading, unit, typed, refusal, now)
    is_submitted = request.POST.get("action") == "submit"
    if faults := {**saved.faults, **form.faults()}:
        left = replace(saved, faults=faults)
        return _saved_in_part(request, reading, left, typed, now, is_submitted=is_submitted)
    if is_submitted:
        return _submit(request, reading, saved, now)
    next_step = "填完后请按“提交”"
    if not _stored(request, reading, unit, now).standing.is_own_unit:
        next_step = f"代填的草稿由{unit.name}提交，或由办公室另一位同事审定"
    time = timezone.localtime(now)
    messages.success(request, f"草稿已保存（{time:%H:%M}），还没有提交。{next_step}。")
    return to(reading, "return", reading.period.code, unit.code)


def _saved_in_part(
    request: HttpRequest,
    reading: Reading,
    saved: SavedDraft,
    typed: Overlay,
    now: datetime,
    *,
    is_submitted: bool,
) -> HttpResponse:
    """What could be read is saved; cells that could not stand on the page as they were typed, and why."""
    stored, faults = _stored(request, reading, saved.filed.unit, now), saved.faults
    overlay = Overlay(
        values=_only(typed.values, faults),
        notes=_only(typed.notes, faults),
        texts=_only(typed.texts, faults),
        faults=faults,
        findings=said_of(stored, faults, attempted=is_submitted),
    )
    done = "其余已保存，还没有提交" if is_submitted else "其余已保存"
    alert = f"有 {len(faults)} 处无法识别，没有保存，请改正；{done}。"
    return show_return(
        request,
        reading,
        stored,
        overlay,
        status=UNPROCESSABLE,
        alert=alert,
        version=saved.version,
        attempted=is_submitted,
    )


def _submit(request: HttpRequest, reading: Reading, saved: SavedDraft, now: datetime) -> HttpResponse:
    unit = saved.filed.unit
    try:
        filing.submit_return(saved.filed, version=saved.made, by=request.user, at=now)
    except OpenFindingsError as refusal:
        stored = _stored(request, reading, unit, now)
        overlay = Overlay(findings=refusal.findings)
        alert = f"草稿已保存。{refusal}"
        return show_return(
            request, reading, stored, overlay, status=UNPROCESSABLE, alert=alert, attempted=True
        )
    except AlreadyDoneError as done:
        messages.info(request, str(done))
    except FilingError as refusal:
        messages.error(request, f"草稿已保存，但没有提交：{refusal}")
        return to(reading, "return", reading.period.code, unit.code)
    else:
        quarter = reading.period.quarter.label
        messages.success(request, f"{unit.name}{quarter}季报已提交，等待联席会议办公室审核。")
    return to(reading, "returns")


def _not_saved(
    request: HttpRequest, reading: Reading, unit: Unit, typed: Overlay, refusal: FilingError, now: datetime
) -> HttpResponse:
    """What was typed beside what is stored now; a second sending of what is stored already is only told so."""
    if isinstance(refusal, AlreadyDoneError) and not refusal.conflicts:
        messages.info(request, str(refusal))
        return to(reading, "return", reading.period.code, unit.code)
    stored = _stored(request, reading, unit, now)
    if isinstance(refusal, StaleReturnError):
        saved = {conflict.code: conflict.saved for conflict in refusal.conflicts}
        overlay = replace(typed, saved=saved)
        return show_return(request, reading, stored, overlay, status=CONFLICT, alert=str(refusal))
    return show_return(
        request, reading, stored, status=CONFLICT, alert=str(refusal), conflicts=refusal.conflicts
    )


def _only(typed: Mapping[str, str], faults: Mapping[str, str]) -> dict[str, str]:
    return {code: text for code, text in typed.items() if code in faults}


def said_of(
    stored: StoredReturn, faults: Mapping[str, str], *, attempted: bool
) -> dict[str, Sequence[Finding]]:
    """The findings on a return of which some cells could not be read: those are not also said to be empty.

    Before the unit has tried to submit, empty cells are not held against it.
    """
    found = open_findings_in(stored) if attempted else findings_so_far(stored)
    texts = {name: sentence for name, sentence in faults.items() if name in RETURN_TEXTS}
    return {
        **{code: findings for code, findings in found.items() if code not in faults},
        **{name: [Finding(Level.ERROR, "shape", sentence)] for name, sentence in texts.items()},
    }
