"""计划: the plan as printed, public to all of its readers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.views.reading import reading_of
from reports.pages import plan
from reports.views.kept import kept


@require_safe
@kept
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/plan.html", {"page": plan.build(reading_of(request))})
