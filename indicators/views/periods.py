"""报送期: opening a quarter for filing, closing it, letting units in again, and closing its books."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from indicators.forms import PeriodForm, PublishForm, ReopenManyForm
from indicators.models import Indicator
from indicators.queries.filing.board import units_read_by
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
            if form.cleaned_data["due_on"] < timezone.localdate():
                messages.warning(request, "截止日期已经过去：还没有报送的单位现在都算逾期。")
    except AlreadyDoneError as done:
        messages.info(request, str(done))
    except FilingError as refusal:
        form.add_error(None, str(refusal))
    if form.errors:
        return show_board(request, reading, form, status=UNPROCESSABLE)
    return redirect(reverse("returns") + at_period(reading, reading.period))


@require_POST
def close(request: HttpRequest, period: str) -> HttpResponse:
    """Close a quarter at once; the units that have not filed are then locked."""
    require(can_run_office(request.user), OFFICE_ALONE)
    reading = quarter_reading(request, period)
    try:
        filing.close_period(reading.period, by=request.user, at=timezone.now())
    except AlreadyDoneError as done:
        messages.info(request, str(done))
    except FilingError as refusal:
        messages.error(request, str(refusal))
    else:
        label = reading.period.quarter.label
        messages.success(request, f"{label}的填报已关闭：未报送的单位不能再填，需要时可在下表为其重新开放。")
    return redirect(reverse("returns") + at_period(reading, reading.period))


@require_POST
def reopen(request: HttpRequest, period: str) -> HttpResponse:
    """Let the units that were picked on the board file after closing, until a day; each answer is told."""
    require(can_run_office(request.user), OFFICE_ALONE)
    reading = quarter_reading(request, period)
    units = {unit.code: unit for unit in units_read_by(request.user)}
    form = ReopenManyForm(units, request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect(reverse("returns") + at_period(reading, reading.period))
    until = form.cleaned_data["until"]
    picked = [units[code] for code in dict.fromkeys(form.cleaned_data["unit"])]
    answer = filing.reopen_units(
        reading.period, units=picked, until=until, by=request.user, at=timezone.now()
    )
    if answer.units:
        names = "、".join(unit.name for unit in answer.units)
        messages.success(
            request,
            f"已为{names}重新开放到{until.year}年{until.month}月{until.day}日，到期前可以填报和提交。",
        )
    for name, why in answer.refused.items():
        messages.error(request, f"{name}没有重新开放：{why}")
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


@require_POST
def explain(request: HttpRequest, period: str) -> HttpResponse:
    """Keep why figures differ: before publishing, and after it where a late approval has moved a difference."""
    require(can_run_office(request.user), OFFICE_ALONE)
    reading = quarter_reading(request, period)
    form = _explanations(request, reading)
    typed = form.sent()
    if not form.is_valid():
        return _show(request, reading, typed, form.faults(), alert="有的说明太长，没有保存，请缩短。")
    try:
        notes = filing.explain_differences(
            reading.period, explanations=typed, seen=form.seen(), by=request.user, at=timezone.now()
        )
    except AlreadyDoneError as done:
        messages.info(request, str(done))
    except FilingError as refusal:
        return _show(request, reading, typed, alert=str(refusal))
    else:
        messages.success(request, f"已保存 {len(notes)} 项差额的说明。")
    return to(reading, "period", reading.period.code)


def _explanations(request: HttpRequest, reading: Reading) -> PublishForm:
    codes = Indicator.objects.of(reading.plan).allocated().values_list("code", flat=True)
    return PublishForm(codes, request.POST)


def _publish(request: HttpRequest, reading: Reading) -> HttpResponse:
    form = _explanations(request, reading)
    typed = form.sent()
    if not form.is_valid():
        return _show(request, reading, typed, form.faults(), alert="有的说明太长，没有定稿，请缩短。")
    try:
        filing.publish_period(
            reading.period, explanations=typed, seen=form.seen(), by=request.user, at=timezone.now()
        )
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
