"""What filing's pages share: the quarter that an address names, and the unit that exists for the reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from indicators.domain.workflow import Window
from indicators.models import Period
from indicators.queries.filing.board import units_read_by
from indicators.queries.filing.standing import window_of
from indicators.queries.reading import Reading, read_quarter
from indicators.views.reading import reading_of
from towns.access import can_read_figures, can_read_returns, require
from towns.models import Unit

NO_RETURNS = "您的账号不查看季报。"


def quarter_reading(request: HttpRequest, period: str) -> Reading:
    """The plan being read and the quarter that the address names, which the page's frame then shows.

    Other pages keep to their own default: a quarter that is being filed is not yet one to read figures of.
    """
    require(can_read_figures(request.user) and can_read_returns(request.user), NO_RETURNS)
    reading = read_quarter(request.user, plan_code=request.GET.get("plan", ""), period_code=period)
    request.reading = reading  # type: ignore[attr-defined]
    return reading


def filing_reading(request: HttpRequest) -> Reading:
    """The plan and the quarter asked for, else the latest quarter that has been opened for filing."""
    require(can_read_figures(request.user) and can_read_returns(request.user), NO_RETURNS)
    reading = reading_of(request)
    if request.GET.get("period"):
        return reading
    today = timezone.localdate()
    opened = [row for row in reading.periods if window_of(row, None, today) != Window.NOT_OPEN]
    if opened:
        reading = replace(reading, period=opened[-1], period_is_default=True)
        request.reading = reading  # type: ignore[attr-defined]
    return reading


def other_quarter(request: HttpRequest, name: str, period: str, *args: str) -> HttpResponse | None:
    """Go to the same page of the quarter that was chosen in the frame, whose form knows ?period= alone.

    Raises Http404 for what no address can name.
    """
    chosen = request.GET.get("period", "")
    if request.method != "GET" or not chosen or chosen == period:
        return None
    kept = {"plan": request.GET["plan"]} if request.GET.get("plan") else {}
    query = f"?{urlencode(kept)}" if kept else ""
    try:
        return redirect(reverse(name, args=[chosen, *args]) + query)
    except NoReverseMatch as fault:
        raise Http404(f"没有“{chosen}”这一报送期。") from fault


def unit_or_404(request: HttpRequest, code: str) -> Unit:
    """The unit whose returns exist for this reader. Raises Http404 with a sentence."""
    unit = units_read_by(request.user).filter(code=code).first()
    if unit is None:
        raise Http404(f"没有代码为“{code}”的填报单位，或不在您的查看范围内。")
    return unit


def plan_query(reading: Reading) -> str:
    """What links between filing's pages carry: the plan, where it is not the default; the path has the quarter."""
    return "" if reading.plan_is_default else f"?{urlencode({'plan': reading.plan.code})}"


def to(reading: Reading, name: str, *args: str) -> HttpResponse:
    """Redirect to another page of the same plan."""
    return redirect(reverse(name, args=args) + plan_query(reading))


def at_period(reading: Reading, period: Period, extra: dict[str, str] | None = None) -> str:
    """The query that asks a page for this quarter of this plan."""
    kept = {} if reading.plan_is_default else {"plan": reading.plan.code}
    return "?" + urlencode({**kept, "period": period.code, **(extra or {})})


def iso(day: date | None) -> str:
    """A day as a date field holds it; empty for none."""
    return day.isoformat() if day else ""
