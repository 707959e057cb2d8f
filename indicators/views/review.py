"""审核: what waits, and the acts on one return that are not filling it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from indicators.forms import ApproveManyForm, ReopenForm, SendBackForm, VersionForm
from indicators.models import Period, QuarterlyReturn
from indicators.queries.filing.returns import Overlay, load_return
from indicators.queries.filing.review import QueueFilter, load_review_queue, returns_by_key
from indicators.queries.filing.wording import review_words
from indicators.queries.reading import Reading
from indicators.services import filing
from indicators.services.filing import (
    AlreadyDoneError,
    FilingError,
    OpenFindingsError,
    Outcome,
    StaleReturnError,
)
from indicators.views.filing import filing_reading, plan_query, quarter_reading, to, unit_or_404
from indicators.views.returns import UNPROCESSABLE, show_return
from towns.access import can_run_office, require

OFFICE_ALONE = "只有联席会议办公室审核季报。"
STALE = "您打开之后，这张季报表又有改动，没有办理。请看过现在的数再决定。"
NAMED = 3
FILTERS = tuple(field.name for field in fields(QueueFilter))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The returns that wait for the office, each with its figures, its doubts and what may be done with it."""
    require(can_run_office(request.user), OFFICE_ALONE)
    reading = filing_reading(request)
    chosen, page = _asked_for(request)
    queue = load_review_queue(
        reading.plan, request.user, today=timezone.localdate(), chosen=chosen, page=page
    )
    choices = [
        [(choice, _queue_query(reading, choice.filter)) for choice in group] for group in queue.choices
    ]
    context = {
        "queue": queue,
        "choices": choices,
        "before": _queue_query(reading, chosen, queue.page - 1) if queue.page > 1 else "",
        "after": _queue_query(reading, chosen, queue.page + 1) if queue.page < queue.pages else "",
        "queue_query": _queue_query(reading, chosen, queue.page),
        "plan_query": plan_query(reading),
    }
    return render(request, "indicators/review.html", context)


@require_POST
def approve_many(request: HttpRequest) -> HttpResponse:
    """Approve what was chosen in the queue; what was refused is told one by one at the top of it."""
    require(can_run_office(request.user), OFFICE_ALONE)
    reading = filing_reading(request)
    form = ApproveManyForm(request.POST.getlist("chosen"))
    if not form.is_valid():
        messages.error(request, " ".join(form.non_field_errors()))
        return _to_queue(request, reading)
    versions = form.versions()
    found = returns_by_key(reading.plan, request.user, versions)
    chosen = [(filed, versions[key]) for key, filed in found.items()]
    outcomes = filing.approve_each(chosen, by=request.user, at=timezone.now())
    _tell(request, outcomes)
    for key in (key for key in versions if key not in found):
        messages.error(request, f"没有“{key}”这张季报表，或不在您的查看范围内。")
    return _to_queue(request, reading)


@require_POST
def begin(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    """Mark that this officer looks at the return, and open it: from now on its unit cannot take it back."""
    reading, filed = _addressed(request, period, unit)
    now = timezone.now()
    try:
        begun = filing.begin_review(filed, by=request.user, at=now)
    except AlreadyDoneError as before:
        messages.info(request, str(before))
    except FilingError as refusal:
        messages.error(request, str(refusal))
    else:
        if begun.review_begun_by_id == request.user.pk:
            messages.success(request, f"已开始审核，{filed.unit.name}不能再撤回。看完请审定或退回。")
        else:
            messages.info(
                request, f"{review_words(reading.period, begun, timezone.localdate(now))}，请先与对方商量。"
            )
    return to(reading, "return", period, unit)


@require_POST
def withdraw(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    return _act(request, period, unit, filing.withdraw_return, "已撤回为草稿，改好后请重新提交。", "return")


@require_POST
def approve(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    """Approve one return; what a 代填 draft still lacks is listed on its page, beside the cells."""
    try:
        done = f"已审定，数字已采用。{_moves(quarter_reading(request, period).period, '本季')}"
        return _act(request, period, unit, filing.approve_return, done, "review")
    except OpenFindingsError as refusal:
        reading, filed = _addressed(request, period, unit)
        stored = load_return(reading.period, filed.unit, request.user, today=timezone.localdate())
        alert = f"有 {len(refusal.findings)} 处需要更正或说明，没有审定。"
        overlay = Overlay(findings=refusal.findings)
        return show_return(request, reading, stored, overlay, status=UNPROCESSABLE, alert=alert)


def _moves(period: Period, called: str) -> str:
    """What an approval after 定稿 moves besides: the books that were closed, and a bulletin that was published."""
    if not period.is_published:
        return ""
    where = "报送期页面和通报页面" if period.bulletins.exists() else "报送期页面"
    return f"{called}已定稿：数字如有变动，列在{where}，镇区合计与全市数的差额可能须重新说明。"


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
        review = {**typed, "error": _sentence(refusal)}
        return show_return(request, reading, stored, status=UNPROCESSABLE, review=review)
    else:
        messages.success(request, f"{_title(filed)}已退回，{filed.unit.name}会看到原因。")
    return _to_queue(request, reading)


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
    except OpenFindingsError:
        raise
    except FilingError as refusal:
        messages.error(request, _sentence(refusal))
        return to(reading, *here)
    messages.success(request, f"{_title(filed)}{done}")
    return _to_queue(request, reading) if next_page == "review" else to(reading, *here)


def _asked_for(request: HttpRequest) -> tuple[QueueFilter, int]:
    """How the queue is narrowed and which of its pages is open; a page that is no number is the first."""
    chosen = QueueFilter(**{name: request.GET.get(name, "") for name in FILTERS})
    page = request.GET.get("page", "")
    return chosen, int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1


def _queue_query(reading: Reading, chosen: QueueFilter, page: int = 1) -> str:
    """The query that opens the queue narrowed like this; an act on one of its returns carries it back here."""
    kept = {} if reading.plan_is_default else {"plan": reading.plan.code}
    kept |= {name: value for name in FILTERS if (value := getattr(chosen, name))}
    if page > 1:
        kept["page"] = str(page)
    return "?" + urlencode(kept)


def _to_queue(request: HttpRequest, reading: Reading) -> HttpResponse:
    return redirect(reverse("review") + _queue_query(reading, *_asked_for(request)))


def _tell(request: HttpRequest, outcomes: Iterable[Outcome]) -> None:
    """How many were approved and what that moves, and of each other why not."""
    approved = [one.filed for one in outcomes if not one.why_not]
    if approved:
        named = "、".join(filed.unit.name for filed in approved[:NAMED])
        more = "等" if len(approved) > NAMED else ""
        quarters = {filed.period.quarter: filed.period for filed in approved}
        moves = "".join(_moves(period, period.quarter.label) for _, period in sorted(quarters.items()))
        messages.success(request, f"已审定 {len(approved)} 张季报表（{named}{more}），数字已采用。{moves}")
    for one in outcomes:
        if one.why_not:
            level = messages.INFO if one.was_done else messages.ERROR
            messages.add_message(request, level, f"{_title(one.filed)}：{one.why_not}")


def _addressed(request: HttpRequest, period: str, unit: str) -> tuple[Reading, QuarterlyReturn]:
    """The return that the address names, as far as it exists for this reader."""
    reading = quarter_reading(request, period)
    found = unit_or_404(request, unit)
    filed = QuarterlyReturn.objects.visible_to(request.user).filter(period=reading.period, unit=found)
    first = filed.select_related("period__plan__city", "unit__area").first()
    if first is None:
        raise Http404(f"{found.name}还没有开始填报{reading.period.quarter.label}的季报。")
    return reading, first


def _sentence(refusal: FilingError) -> str:
    """Why a decision was refused; a stale copy is one of reading here, nothing was typed that could be saved."""
    return STALE if isinstance(refusal, StaleReturnError) else str(refusal)


def _title(filed: QuarterlyReturn) -> str:
    return f"{filed.unit.name}{filed.period.quarter.label}季报"
