"""总览: the city at a quarter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.views.reading import reading_of
from reports.charts import city as charts
from reports.pages import city
from reports.views import screen
from reports.views.kept import kept


@require_safe
@kept
def overview(request: HttpRequest) -> HttpResponse:
    if request.GET.get("screen"):
        return screen.show(request)
    with_submitted = request.GET.get("figures") == "submitted"
    page = city.build(reading_of(request), request.user, with_submitted=with_submitted, asked=request.GET)
    return render(request, "reports/city.html", {"page": page, "charts": charts.draw(page)})
