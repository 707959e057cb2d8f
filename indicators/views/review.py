"""审核: what waits, and the acts on one return that are not filling it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from indicators.forms import ReopenForm, SendBackForm, VersionForm
from indicators.models import QuarterlyReturn
from indicators.queries.filing.returns import load_return
from indicators.queries.filing.review import load_review_queue
from indicators.queries.reading import Reading
from indicators.services import filing
from indicators.services.filing import AlreadyDoneError, FilingError
from indicators.views.filing import filing_reading, plan_query, quarter_reading, to, unit_or_404
from indicators.views.returns import UNPROCESSABLE, show_return
from towns.access import can_run_office, require


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The returns that wait for the office, each with its doubts."""
    require(can_run_office(request.user), "只有联席会议办公室审核季报。")
    reading = filing_reading(request)
    waiting = load_review_queue(reading.plan, request.user, today=timezone.localdate())
    return render(request, "indicators/review.html", {"waiting": waiting, "plan_query": plan_query(reading)})


@require_POST
def withdraw(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    return _act(request, period, unit, filing.withdraw_return, "已撤回为草稿，改好后请重新提交。", "return")


@require_POST
def approve(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    return _act(request, period, unit, filing.approve_return, "已审定，数字已采用。", "review")


@require_POST
def send_back(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    """Give a return back; a refused one stands on the return's page with the reason as it was typed."""
    reading, filed = _addressed(request, period, unit)
    form = SendBackForm(request.POST)
    now = timezone.now()
    try:
        if not form.is_valid():
            raise FilingError(" ".join(error for errors in form.errors.values() for error in errors))
        filing.send_back_return(
            filed,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            reopened_until=form.cleaned_data["reopened_until"],
            by=request.user,
            at=now,
        )
    except AlreadyDoneError as done:
        messages.info(request, str(done))
    except FilingError as refusal:
        require(can_run_office(request.user), "只有联席会议办公室可以退回季报表。")
        stored = load_return(reading.period, filed.unit, request.user, today=timezone.localdate(now))
        typed = {name: request.POST.get(name, "") for name in ("reason", "reopened_until")}
        review = {**typed, "error": str(refusal)}
        return show_return(request, reading, stored, status=UNPROCESSABLE, review=review)
    else:
        messages.success(request, f"{_title(filed)}已退回，{filed.unit.name}会看到原因。")
    return to(reading, "review")


@require_POST
def reopen(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    """Let one unit file after the closing date."""
    require(can_run_office(request.user), "只有联席会议办公室可以重新开放填报。")
    reading = quarter_reading(request, period)
    found = unit_or_404(request, unit)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return to(reading, "return", period, unit)
    until = form.cleaned_data["until"]
    try:
        filing.reopen_return(reading.period, unit=found, until=until, by=request.user, at=timezone.now())
    except FilingError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"已为{found.name}重新开放到{until.year}年{until.month}月{until.day}日。")
    return to(reading, "return", period, unit)


def _act(
    request: HttpRequest,
    period: str,
    unit: str,
    act: Callable[..., QuarterlyReturn],
    done: str,
    next_page: str,
) -> HttpResponse:
    """One act that needs the version alone; what it answers stands at the top of the next page."""
    reading, filed = _addressed(request, period, unit)
    form = VersionForm(request.POST)
    here = ("return", period, unit)
    if not form.is_valid():
        messages.error(request, "页面不完整，请刷新后重试。")
        return to(reading, *here)
    try:
        act(filed, version=form.cleaned_data["version"], by=request.user, at=timezone.now())
    except AlreadyDoneError as before:
        messages.info(request, str(before))
        return to(reading, *here)
    except FilingError as refusal:
        messages.error(request, str(refusal))
        return to(reading, *here)
    messages.success(request, f"{_title(filed)}{done}")
    return to(reading, next_page) if next_page == "review" else to(reading, *here)


def _addressed(request: HttpRequest, period: str, unit: str) -> tuple[Reading, QuarterlyReturn]:
    """The return that the address names, as far as it exists for this reader."""
    reading = quarter_reading(request, period)
    found = unit_or_404(request, unit)
    filed = QuarterlyReturn.objects.visible_to(request.user).filter(period=reading.period, unit=found)
    first = filed.select_related("period__plan__city", "unit__area").first()
    if first is None:
        raise Http404(f"{found.name}还没有开始填报{reading.period.quarter.label}的季报。")
    return reading, first


def _title(filed: QuarterlyReturn) -> str:
    return f"{filed.unit.name}{filed.period.quarter.label}季报"
