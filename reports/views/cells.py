"""The story of one cell of 镇区 × 指标; the overview shows the same in a dialog."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from indicators.views.reading import reading_of
from reports.pages import cell_story
from reports.views.kept import kept


@require_safe
@kept
def story(request: HttpRequest, town: str, indicator: str) -> HttpResponse:
    with_submitted = request.GET.get("figures") == "submitted"
    page = cell_story.build(reading_of(request), request.user, town, indicator, with_submitted=with_submitted)
    # The dialog needs the story without the frame.
    alone = request.GET.get("part") == "story"
    return render(request, "reports/cell_story.html" if alone else "reports/cell.html", {"page": page})
