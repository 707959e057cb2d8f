"""A return that saves itself while it is typed: each sending is answered with how every row stands now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from indicators.forms import ReturnForm
from indicators.queries.filing.assignments import assigned_indicators
from indicators.queries.filing.return_rows import Overlay
from indicators.queries.filing.returns import load_return, return_page
from indicators.queries.reading import Reading
from indicators.services import filing
from indicators.services.filing import FilingError, SavedDraft, StaleReturnError
from indicators.views.filing import quarter_reading, unit_or_404
from indicators.views.returns import CONFLICT, NOT_WHOLE, UNPROCESSABLE, said_of
from towns.models import Unit


@require_POST
def save(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    """Save what can be read of what was typed so far; the rows that were sent, or all of them."""
    reading = quarter_reading(request, period)
    found = unit_or_404(request, unit)
    _require_same_account(request)
    form = ReturnForm(assigned_indicators(reading.plan, found, reading.period.quarter), request.POST)
    if not form.is_whole:
        return _refused(request, NOT_WHOLE, UNPROCESSABLE)
    now = timezone.now()
    try:
        saved = filing.save_draft(
            reading.period,
            unit=found,
            version=form.cleaned_data["version"],
            figures=form.figures(),
            texts=form.texts(),
            key=form.sending_key(),
            by=request.user,
            at=now,
        )
    except StaleReturnError as stale:
        return _stale(request, reading, found, stale, now)
    except FilingError as refusal:
        return _refused(request, str(refusal), CONFLICT)
    return _saved(request, reading, saved, form, now)


def _require_same_account(request: HttpRequest) -> None:
    """What one person typed is not saved in the name of another who has signed in since."""
    typed_by = request.POST.get("account", "")
    if typed_by and typed_by != str(request.user.pk):
        raise PermissionDenied("现在登录的是另一个账号，没有保存。请用原来的账号登录。")


def _saved(
    request: HttpRequest, reading: Reading, saved: SavedDraft, form: ReturnForm, now: datetime
) -> HttpResponse:
    faults = {**saved.faults, **form.faults()}
    stored = load_return(reading.period, saved.filed.unit, request.user, today=timezone.localdate(now))
    findings = said_of(stored, faults, attempted=form.cleaned_data["attempted"])
    said = f"已自动保存 {timezone.localtime(now):%H:%M}"
    if faults:
        said = f"{said}，有 {len(faults)} 处没有保存"
    page = return_page(stored, Overlay(faults=faults, findings=findings))
    return _answer(request, {"kind": "saved", "said": said, "page": page, "faults": faults})


def _stale(
    request: HttpRequest, reading: Reading, unit: Unit, stale: StaleReturnError, now: datetime
) -> HttpResponse:
    """Nothing was saved: what is stored now, for the person to choose from."""
    stored = load_return(reading.period, unit, request.user, today=timezone.localdate(now))
    said = "这张季报表在别处有改动，请先选定以哪个为准"
    answer = {"kind": "stale", "said": said, "page": return_page(stored), "conflicts": stale.conflicts}
    return _answer(request, answer, CONFLICT)


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """Nothing was saved, and sending it again would not help: the page keeps what was typed, and says why."""
    return _answer(request, {"kind": "refused", "said": sentence}, status)


def _answer(request: HttpRequest, answer: Mapping[str, Any], status: int = 200) -> HttpResponse:
    context = {**answer, "key": uuid4().hex, "out_of_band": True}
    return render(request, "indicators/return_draft.html", context, status=status)
