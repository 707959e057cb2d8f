"""报表: what can be downloaded, and the files themselves."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.views.reading import reading_of
from reports.downloads import centre
from reports.downloads.catalogue import REPORTS
from reports.views.files import file_answer


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    page = centre.build(reading_of(request), request.user, today=timezone.localdate())
    return render(request, "reports/reports.html", {"page": page})


@require_safe
def file(request: HttpRequest, name: str, extension: str) -> HttpResponseBase:
    """One file of a report; what it is about stands in the query by the subject's name: ?town=xiaolan."""
    report = REPORTS.get(name)
    if report is None:
        raise Http404(f"没有名为“{name}”的报表。")
    return file_answer(request, report, extension, request.GET.get(report.subject.value, ""))
