"""镇区: the league table, and one town's allocation against its actuals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.views.reading import reading_of
from reports.charts import town as charts
from reports.pages import town, towns
from reports.pages.towns_asked import read_asked
from reports.views.kept import kept


@require_safe
@kept
def index(request: HttpRequest) -> HttpResponse:
    query = request.GET
    asked = read_asked(query.get("band", ""), query.getlist("compare"), query.get("page", ""))
    page = towns.build(reading_of(request), request.user, asked)
    return render(request, "reports/towns.html", {"page": page})


@require_safe
@kept
def detail(request: HttpRequest, code: str) -> HttpResponse:
    charted = request.GET.get("indicator", "")
    page = town.build(reading_of(request), request.user, code, charted, today=timezone.localdate())
    return render(request, "reports/town.html", {"page": page, "charts": charts.draw(page)})
