"""大屏: the overview for the meeting room, and the tiny address by which it learns that something has changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.views.reading import reading_of
from reports.pages import screen


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/screen.html", {"page": screen.build(reading_of(request), request.user)})


@require_safe
def revision(request: HttpRequest) -> JsonResponse:
    """What the addressed pages are made from now: without ?plan= and ?period= the latest published quarter's."""
    reading = reading_of(request)
    return JsonResponse(
        {"revision": reading.plan.revision, "plan": reading.plan.code, "period": reading.period.code}
    )
