"""指标: all of the plan's indicators, and one with all that is known of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.views.reading import reading_of
from indicators.views.workbook_answer import workbook_answer
from indicators.workbooks.official import saved
from reports.charts import indicator as charts
from reports.pages import indicator, indicator_sheets, indicators
from reports.views.kept import kept
from reports.workbooks import indicator as workbooks
from reports.workbooks.sheet import file_name


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
def workbook(request: HttpRequest, code: str) -> HttpResponse:
    """The same figures in Excel."""
    reading = reading_of(request)
    sheets = indicator_sheets.build(reading, request.user, code)
    content = saved(workbooks.make(sheets, timezone.localdate()))
    return workbook_answer(content, file_name(reading, sheets.page.short_name))
