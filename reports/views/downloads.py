"""报表: what can be downloaded, and the files themselves."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.views.reading import reading_of
from indicators.views.workbook_answer import workbook_answer
from reports.pages.links import link
from reports.workbooks.catalogue import REPORTS
from towns.access import can_read_every_town


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    reading = reading_of(request)
    reports = [
        {
            "title": report.title,
            "holds": report.holds,
            "paper": report.paper,
            "file_name": report.file_name(reading),
            "href": link(reading, "report", report.name),
        }
        for report in REPORTS.values()
    ]
    shows_every_town = can_read_every_town(request.user)
    context = {"reports": reports, "reading": reading, "shows_every_town": shows_every_town}
    return render(request, "reports/reports.html", context)


@require_safe
def workbook(request: HttpRequest, name: str) -> HttpResponse:
    reading = reading_of(request)
    report = REPORTS.get(name)
    if report is None:
        raise Http404(f"没有名为“{name}”的报表。")
    content = report.content(reading, request.user, timezone.localdate())
    return workbook_answer(content, report.file_name(reading))
