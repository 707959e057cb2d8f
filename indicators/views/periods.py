"""报送期: opening a quarter for filing, and closing its books."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from indicators.forms import PeriodForm, PublishForm
from indicators.models import Indicator
from indicators.queries.filing.publishing import load_publishing_page
from indicators.queries.reading import Reading
from indicators.services import filing
from indicators.services.filing import AlreadyDoneError, FilingError, UnexplainedError
from indicators.views.boards import show_board
from indicators.views.filing import at_period, other_quarter, plan_query, quarter_reading, to
from indicators.views.returns import UNPROCESSABLE
from towns.access import can_run_office, require

OFFICE_ALONE = "只有联席会议办公室管理报送期。"


@require_POST
def open_for_filing(request: HttpRequest, period: str) -> HttpResponse:
    """Set or move the dates of a quarter; refused ones stand on the board as they were typed."""
    require(can_run_office(request.user), OFFICE_ALONE)
    reading = quarter_reading(request, period)
    form = PeriodForm(request.POST)
    try:
        if form.is_valid():
            filing.open_period(reading.period, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, f"{reading.period.quarter.label}的报送日期已定，各单位可以看到。")
    except AlreadyDoneError as done:
        messages.info(request, str(done))
    except FilingError as refusal:
        form.add_error(None, str(refusal))
    if form.errors:
        return show_board(request, reading, form, status=UNPROCESSABLE)
    return redirect(reverse("returns") + at_period(reading, reading.period))


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, period: str) -> HttpResponse:
    """Who is missing and what does not reconcile; then one act publishes the quarter."""
    require(can_run_office(request.user), OFFICE_ALONE)
    if elsewhere := other_quarter(request, "period", period):
        return elsewhere
    reading = quarter_reading(request, period)
    if request.method == "POST":
        return _publish(request, reading)
    return _show(request, reading)


def _publish(request: HttpRequest, reading: Reading) -> HttpResponse:
    codes = Indicator.objects.of(reading.plan).allocated().values_list("code", flat=True)
    form = PublishForm(codes, request.POST)
    typed = form.sent()
    if not form.is_valid():
        return _show(request, reading, typed, form.faults(), alert="有的说明太长，没有定稿，请缩短。")
    try:
        filing.publish_period(reading.period, explanations=typed, by=request.user, at=timezone.now())
    except UnexplainedError as refusal:
        wanted = dict.fromkeys(refusal.names, "差额超出进位误差，请写明原因。")
        return _show(request, reading, typed, wanted, alert=str(refusal))
    except AlreadyDoneError as done:
        messages.info(request, str(done))
    except FilingError as refusal:
        return _show(request, reading, typed, alert=str(refusal))
    else:
        label = reading.period.quarter.label
        messages.success(request, f"{label}已定稿：各页默认显示这一季，镇区开始排名。")
    return to(reading, "period", reading.period.code)


def _show(
    request: HttpRequest,
    reading: Reading,
    typed: dict[str, str] | None = None,
    faults: dict[str, str] | None = None,
    *,
    alert: str = "",
) -> HttpResponse:
    page = load_publishing_page(
        reading.period, request.user, today=timezone.localdate(), typed=typed, faults=faults
    )
    context = {
        "page": page,
        "alert": alert,
        "plan_query": plan_query(reading),
        "board_query": at_period(reading, reading.period),
    }
    return render(request, "indicators/period.html", context, status=UNPROCESSABLE if alert else 200)
