"""指标: all of the plan's indicators, and one with all that is known of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.views.reading import reading_of
from reports.charts import indicator as charts
from reports.pages import indicator, indicators


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(
        request, "reports/indicators.html", {"page": indicators.build(reading_of(request), request.user)}
    )


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    page = indicator.build(reading_of(request), request.user, code)
    return render(request, "reports/indicator.html", {"page": page, "charts": charts.draw(page)})
