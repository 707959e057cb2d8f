"""Turns an address's ?plan= and ?period= into what the reader looks at; the frame around every page shows it too."""

from __future__ import annotations

from django.http import HttpRequest

from indicators.queries.reading import Reading, read_plan
from towns.access import can_read_figures, require


def reading_of(request: HttpRequest) -> Reading:
    """The reader's plan and quarter, resolved once a request.

    Raises PermissionDenied for accounts that read no figures, Http404 for an unknown plan or quarter.
    """
    reading = getattr(request, "reading", None)
    if reading is None:
        require(can_read_figures(request.user), "您的账号不查看指标数据。")
        reading = read_plan(
            request.user,
            plan_code=request.GET.get("plan", ""),
            period_code=request.GET.get("period", ""),
        )
        request.reading = reading  # type: ignore[attr-defined]
    return reading
