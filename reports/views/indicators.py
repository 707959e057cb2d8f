"""指标: all of the plan's indicators, and one with all that is known of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.views.reading import reading_of
from reports.charts import indicator as charts
from reports.downloads.catalogue import REPORTS
from reports.pages import indicator, indicators
from reports.views.files import file_answer
from reports.views.kept import kept


@require_safe
@kept
def index(request: HttpRequest) -> HttpResponse:
    return render(
        request, "reports/indicators.html", {"page": indicators.build(reading_of(request), request.user)}
    )


@require_safe
@kept
def detail(request: HttpRequest, code: str) -> HttpResponse:
    page = indicator.build(reading_of(request), request.user, code)
    return render(request, "reports/indicator.html", {"page": page, "charts": charts.draw(page)})


@require_safe
def workbook(request: HttpRequest, code: str) -> HttpResponseBase:
    """The same figures in Excel."""
    return file_answer(request, REPORTS["indicator"], "xlsx", code)
