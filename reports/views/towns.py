"""镇区: the league table, and one town's allocation against its actuals."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.views.reading import reading_of
from reports.charts import town as charts
from reports.pages import town, towns


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/towns.html", {"page": towns.build(reading_of(request), request.user)})


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    page = town.build(reading_of(request), request.user, code, charted=request.GET.get("indicator", ""))
    return render(request, "reports/town.html", {"page": page, "charts": charts.draw(page)})
