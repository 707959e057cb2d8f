"""季报: a unit's own quarters, or the board of all units for the office and the auditor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.forms import PeriodForm
from indicators.queries.filing.board import load_board, load_my_returns
from indicators.queries.reading import Reading
from indicators.views.filing import at_period, filing_reading, iso, plan_query
from towns.access import can_read_every_return, can_run_office, unit_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is due for those who file; the board of units for the office and the auditor."""
    reading = filing_reading(request)
    if can_read_every_return(request.user):
        return show_board(request, reading)
    unit = unit_of(request.user)
    today = timezone.localdate()
    returns = load_my_returns(reading.periods, unit, today=today) if unit else ()
    context = {"unit": unit, "returns": returns, "plan_query": plan_query(reading)}
    return render(request, "indicators/my_returns.html", context)


def show_board(
    request: HttpRequest, reading: Reading, form: PeriodForm | None = None, *, status: int = 200
) -> HttpResponse:
    """The board of the quarter; `form` holds dates that were just refused."""
    chosen = request.GET.get("state", "")
    board = load_board(reading.period, request.user, today=timezone.localdate(), chosen=chosen)
    period = reading.period
    dates = {name: iso(getattr(period, name)) for name in ("opens_on", "due_on", "closes_on")}
    if not period.opens_on:
        dates["opens_on"] = iso(period.quarter.next.first_day)
    if form is not None:
        dates = {name: form.data.get(name, "") for name in dates}
    filters = [
        (count, at_period(reading, period, {} if count.chosen else {"state": count.tag.key}))
        for count in board.counts
    ]
    context = {
        "board": board,
        "filters": filters,
        "chosen": chosen,
        "everybody": at_period(reading, period),
        "dates": dates,
        "form": form,
        "runs_office": can_run_office(request.user),
        "plan_query": plan_query(reading),
    }
    return render(request, "indicators/board.html", context, status=status)
