"""报表: what can be downloaded, the files themselves, and many of them at once."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.views.reading import reading_of
from indicators.views.returns import UNPROCESSABLE
from reports.downloads import centre
from reports.downloads.catalogue import REPORTS
from reports.downloads.packet import members_of, packet
from reports.pages.file_names import file_name
from reports.views.files import file_answer
from reports.views.kept import kept

NOTHING_TICKED = "还没有勾选报表；请在要打包的报表前打勾，再点“打包下载”。"


@require_safe
@kept
def index(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_safe
def file(request: HttpRequest, name: str, extension: str) -> HttpResponseBase:
    """One file of a report; what it is about stands in the query by the subject's name: ?town=xiaolan."""
    reading_of(request)  # refuses who reads no figures, whatever they ask for
    report = REPORTS.get(name)
    if report is None:
        raise Http404(f"没有名为“{name}”的报表。")
    return file_answer(request, report, extension, request.GET.get(report.subject.value, ""))


@require_safe
def files(request: HttpRequest) -> HttpResponseBase:
    """All files of the reports that were ticked, as one zip; `X-Files` tells how many there will be."""
    reading, now = reading_of(request), timezone.now()
    keys = request.GET.getlist("file")
    if not keys:
        return _page(request, NOTHING_TICKED, status=UNPROCESSABLE)
    members = members_of(keys, reading, request.user, now)
    name = file_name(reading.plan, f"{reading.quarter.label}报表", "zip")
    return StreamingHttpResponse(
        packet(members, now),
        content_type="application/zip",
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
            "X-Files": str(sum(not member.refusal for member in members)),
        },
    )


def _page(request: HttpRequest, alert: str = "", *, status: int = 200) -> HttpResponse:
    page = centre.build(reading_of(request), request.user, today=timezone.localdate())
    return render(request, "reports/reports.html", {"page": page, "alert": alert}, status=status)
