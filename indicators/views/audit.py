"""审计: the trail of the auditor's own city, filtered, in pages, and as a workbook."""

from __future__ import annotations

from datetime import date
from tempfile import TemporaryFile
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.choices import ObjectKind
from indicators.forms import TrailForm
from indicators.queries.trail.asked import ACTS, Asked
from indicators.queries.trail.rows import (
    Around,
    holds_demonstration,
    iterate_trail,
    load_around,
    load_heads,
    load_trail,
)
from indicators.views.workbook_answer import XLSX
from indicators.workbooks.audit import write_trail
from towns.access import can_read_audit, city_of
from towns.models import Area

AUDITORS_ONLY = "只有审计人员可以查看审计记录。"
UNPROCESSABLE = 422
CONDITIONS = ("act", "person", "kind", "object", "quarter", "unit", "since", "until", "text")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The trail: who did what to which object, old and new, newest first."""
    city = _city_of_auditor(request)
    around = load_around(city)
    form = _form(request, around)
    context: dict[str, Any] = {
        "form": form,
        "around": around,
        "acts": ACTS,
        "kinds": tuple(ObjectKind),
        "heads": load_heads(around.names),
        "demonstration": holds_demonstration(city),
    }
    if not form.is_valid():
        return render(request, "indicators/audit.html", context, status=UNPROCESSABLE)
    asked = _asked(form)
    before, after = form.cleaned_data["before"], form.cleaned_data["after"]
    context |= {
        "asked": asked,
        "page": load_trail(request.user, asked, around, before=before, after=after),
        "first_page": asked.address(),
        "export": reverse("audit_export") + asked.address(),
    }
    return render(request, "indicators/audit.html", context)


@require_safe
def workbook(request: HttpRequest) -> HttpResponseBase:
    """All events that are asked for, as a workbook; refused with a sentence where they cannot be."""
    city = _city_of_auditor(request)
    around = load_around(city)
    form = _form(request, around)
    if not form.is_valid():
        return index(request)
    asked = _asked(form)
    today = timezone.localdate()
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    write_trail(file, iterate_trail(request.user, asked, around), told=_told(asked, around, city, today))
    file.seek(0)
    name = f"审计记录_{city.name}_{today:%Y%m%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _city_of_auditor(request: HttpRequest) -> Area:
    city = city_of(request.user)
    if city is None or not can_read_audit(request.user):
        raise PermissionDenied(AUDITORS_ONLY)
    return city


def _form(request: HttpRequest, around: Around) -> TrailForm:
    return TrailForm(
        request.GET, acts=ACTS, kinds=ObjectKind, quarters=around.quarters, units=around.names.units
    )


def _asked(form: TrailForm) -> Asked:
    return Asked(**{name: form.cleaned_data[name] for name in CONDITIONS})


def _told(asked: Asked, around: Around, city: Area, today: date) -> str:
    """What the workbook holds, for its second line: whose trail, under which conditions, made when."""
    parts = [city.name, asked.words(around.names.units, around.quarters) or "全部记录，最新的在前"]
    if holds_demonstration(city):
        parts.append("演示数据，不是实际报送的数据")
    parts.append(f"导出日期：{today.year}年{today.month}月{today.day}日")
    return "　".join(parts)
