"""填报: one return, filled in while it may be, read when it may not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from indicators.domain.filing import Finding, Level
from indicators.domain.workflow import Refusal, Window
from indicators.forms import ReturnForm
from indicators.models import QuarterlyReturn
from indicators.models.filing import RETURN_TEXTS
from indicators.queries.filing.evidence import files_of
from indicators.queries.filing.returns import Overlay, StoredReturn, load_return, return_page
from indicators.queries.reading import Reading
from indicators.services import filing
from indicators.services.filing import (
    AlreadyDoneError,
    Conflict,
    FilingError,
    OpenFindingsError,
    StaleReturnError,
    UnreadableError,
)
from indicators.views.filing import other_quarter, plan_query, quarter_reading, to, unit_or_404
from towns.models import Unit

UNPROCESSABLE, CONFLICT = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    """One return: filled in while it may be, read only with the reason when it may not."""
    if elsewhere := other_quarter(request, "return", period, unit):
        return elsewhere
    reading = quarter_reading(request, period)
    now = timezone.now()
    stored = load_return(
        reading.period, unit_or_404(request, unit), request.user, today=timezone.localdate(now)
    )
    if request.method == "POST":
        return _save(request, reading, stored, now)
    return show_return(request, reading, stored)


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
) -> HttpResponse:
    """A return's page.

    `alert` says why what was sent was refused, `version` is then that of the copy it was typed into; `conflicts`
    are cells that can no longer be saved, `review` is a decision just refused.
    """
    page = return_page(stored, overlay)
    standing = stored.standing
    edit, approve = standing.may_edit(), standing.may_approve()
    can_withdraw = standing.may_withdraw() is None
    context = {
        "page": page,
        "version": page.version if version is None else version,
        "is_office": standing.is_office,
        "is_locked_out": standing.window == Window.LOCKED,
        "can_fill": edit is None,
        "locked": _why_locked(edit, is_own_unit=standing.is_own_unit, can_withdraw=can_withdraw),
        "can_submit": standing.may_submit() is None,
        "can_withdraw": can_withdraw,
        "can_approve": approve is None,
        "not_approved_because": approve.sentence if approve else "",
        "alert": alert,
        "conflicts": conflicts,
        "review": review or {},
        "files": files_of(stored),
        "plan_query": plan_query(reading),
    }
    return render(request, "indicators/return.html", context, status=status)


def _why_locked(refusal: Refusal | None, *, is_own_unit: bool, can_withdraw: bool) -> str:
    """Why the figures cannot be changed and what would help, where the reader could have expected to change them."""
    if refusal is None or (refusal.code in ("not_own_unit", "state") and not is_own_unit):
        return ""
    return f"{refusal.sentence}如需修改，请先撤回。" if can_withdraw else refusal.sentence


def _save(request: HttpRequest, reading: Reading, stored: StoredReturn, now: datetime) -> HttpResponse:
    """Save what was typed and, when asked, submit it; whatever is refused stands on the page as it was typed."""
    form = ReturnForm(stored.indicators, request.POST)
    typed = Overlay(values=form.sent("value"), notes=form.sent("note"), texts=form.sent_texts(), findings={})
    if not form.is_valid():
        typed = replace(typed, faults=form.faults(), findings=_on_texts(form.faults()))
        alert = "有的内容太长或不完整，没有保存，请改正。"
        return show_return(
            request,
            reading,
            stored,
            typed,
            status=UNPROCESSABLE,
            alert=alert,
            version=form.cleaned_data.get("version"),
        )
    version = form.cleaned_data["version"]
    try:
        saved = filing.save_return(
            stored.period,
            unit=stored.unit,
            version=version,
            figures=form.figures(),
            texts=form.texts(),
            by=request.user,
            at=now,
        )
    except UnreadableError as fault:
        typed = replace(typed, faults=fault.faults)
        return show_return(
            request, reading, stored, typed, status=UNPROCESSABLE, alert=str(fault), version=version
        )
    except FilingError as refusal:
        return _not_saved(request, reading, stored.unit, typed, refusal, now)
    if request.POST.get("action") == "submit":
        return _submit(request, reading, saved, now)
    time = timezone.localtime(now)
    next_step = "填完后请按“提交”"
    if not stored.standing.is_own_unit:
        next_step = f"代填的草稿由{stored.unit.name}提交，或由办公室另一位同事审定"
    messages.success(request, f"草稿已保存（{time:%H:%M}），还没有提交。{next_step}。")
    return to(reading, "return", stored.period.code, stored.unit.code)


def _submit(request: HttpRequest, reading: Reading, saved: QuarterlyReturn, now: datetime) -> HttpResponse:
    try:
        filing.submit_return(saved, version=saved.version, by=request.user, at=now)
    except OpenFindingsError as refusal:
        stored = load_return(reading.period, saved.unit, request.user, today=timezone.localdate(now))
        overlay = Overlay(findings=refusal.findings)
        alert = f"草稿已保存。{refusal}"
        return show_return(request, reading, stored, overlay, status=UNPROCESSABLE, alert=alert)
    except AlreadyDoneError as done:
        messages.info(request, str(done))
    except FilingError as refusal:
        messages.error(request, f"草稿已保存，但没有提交：{refusal}")
        return to(reading, "return", reading.period.code, saved.unit.code)
    else:
        quarter = reading.period.quarter.label
        messages.success(request, f"{saved.unit.name}{quarter}季报已提交，等待联席会议办公室审核。")
    return to(reading, "returns")


def _not_saved(
    request: HttpRequest, reading: Reading, unit: Unit, typed: Overlay, refusal: FilingError, now: datetime
) -> HttpResponse:
    """What was typed beside what is stored now; a second sending of what is stored already is only told so."""
    if isinstance(refusal, AlreadyDoneError) and not refusal.conflicts:
        messages.info(request, str(refusal))
        return to(reading, "return", reading.period.code, unit.code)
    stored = load_return(reading.period, unit, request.user, today=timezone.localdate(now))
    if isinstance(refusal, StaleReturnError):
        saved = {conflict.code: conflict.saved for conflict in refusal.conflicts}
        overlay = replace(typed, saved=saved)
        return show_return(request, reading, stored, overlay, status=CONFLICT, alert=str(refusal))
    return show_return(
        request, reading, stored, status=CONFLICT, alert=str(refusal), conflicts=refusal.conflicts
    )


def _on_texts(faults: Mapping[str, str]) -> dict[str, list[Finding]]:
    """Faults in the shape of a text as findings, so that they stand beside it as its other faults do."""
    texts = {name: sentence for name, sentence in faults.items() if name in RETURN_TEXTS}
    return {name: [Finding(Level.ERROR, "shape", sentence)] for name, sentence in texts.items()}
