"""填报 by workbook: a unit's template, the preview of what came back in it, and its figures applied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from indicators.forms import WorkbookForm
from indicators.queries.filing.returns import NOT_BEGUN, StoredReturn, load_return
from indicators.queries.reading import Reading
from indicators.services import filing
from indicators.services.filing import Conflict, FilingError
from indicators.views.filing import plan_query, quarter_reading, to, unit_or_404
from indicators.views.sealed import SealError, pack, seal, unpack, unseal
from indicators.views.workbook_answer import workbook_answer
from indicators.workbooks.returns.preview import Preview, preview_return
from indicators.workbooks.returns.refusals import RefusedFileError
from indicators.workbooks.returns.template import SentTemplate, read_template, template_name, write_template
from towns.access import can_fill_return, require
from towns.models import Unit

UNPROCESSABLE, CONFLICT = 422, 409
OLD_VERSION = (
    "这份模板是旧版：下载之后，季报表已有改动，没有采用。下面列出文件与现有内容不同的地方，"
    "请重新下载模板再填，或在季报页面上直接改。"
)
ALL_THERE = "这份模板是旧版：下载之后，季报表已有改动；文件里的内容与现有的相同，不用再传。"


@require_safe
def template(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    """The unit's return as a workbook, while it may be filled in."""
    _, stored, closed = _fillable(request, period, unit, timezone.now())
    if closed:
        return closed
    return workbook_answer(write_template(stored, stored.standing.today), template_name(stored))


@require_POST
def upload(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    """What the file would change, cell by cell; nothing is written."""
    reading, stored, closed = _fillable(request, period, unit, timezone.now())
    if closed:
        return closed
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, reading, stored, alert=form.sentence, status=UNPROCESSABLE)
    try:
        came_back = read_template(form.cleaned_data["workbook"], stored)
    except RefusedFileError as refusal:
        return _show(request, reading, stored, alert=str(refusal), status=UNPROCESSABLE)
    return _preview(request, reading, stored, came_back, form.cleaned_data["workbook"].name)


@require_POST
def apply(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    """Save what the preview showed as the unit's draft, just that and just once."""
    now = timezone.now()
    reading, stored, _ = _fillable(request, period, unit, now, may_be_closed=True)
    try:
        content = unseal(request.POST.get("sealed", ""), _about(stored.unit), stored.period, request.user)
    except SealError as refusal:
        return _show(request, reading, stored, alert=str(refusal), status=UNPROCESSABLE)
    figures = unpack(content["figures"])
    try:
        filing.save_draft(
            stored.period,
            unit=stored.unit,
            version=content["version"],
            figures={code: filing.as_sent(figure) for code, figure in figures.items()},
            texts=content["texts"],
            key=content["key"],
            by=request.user,
            at=now,
        )
    except FilingError as refusal:
        return _show(
            request, reading, stored, alert=str(refusal), conflicts=refusal.conflicts, status=CONFLICT
        )
    messages.success(
        request, f"已按工作簿保存为草稿（{timezone.localtime(now):%H:%M}），还没有提交。{_next(stored)}"
    )
    return to(reading, "return", stored.period.code, stored.unit.code)


def _fillable(
    request: HttpRequest, period: str, unit: str, now: datetime, *, may_be_closed: bool = False
) -> tuple[Reading, StoredReturn, HttpResponse | None]:
    """The return that the address names, and the answer for one that cannot be filled in now.

    Raises PermissionDenied where it is about rights; what has closed meanwhile the service says best.
    """
    reading = quarter_reading(request, period)
    found = unit_or_404(request, unit)
    require(can_fill_return(request.user, found), "只能填报本单位的季报表。")
    stored = load_return(reading.period, found, request.user, today=timezone.localdate(now))
    refusal = stored.standing.may_edit()
    if refusal is None or may_be_closed:
        return reading, stored, None
    if refusal.code in filing.ABOUT_RIGHTS:
        raise PermissionDenied(refusal.sentence)
    return reading, stored, _show(request, reading, stored, alert=refusal.sentence, status=CONFLICT)


def _preview(
    request: HttpRequest, reading: Reading, stored: StoredReturn, came_back: SentTemplate, file_name: str
) -> HttpResponse:
    preview = preview_return(stored, came_back.sent)
    version = stored.filed.version if stored.filed else NOT_BEGUN
    if came_back.version != version:
        alert = OLD_VERSION if preview.cells else ALL_THERE
        return _show(request, reading, stored, alert=alert, preview=preview, status=CONFLICT)
    content = {
        "version": version,
        "figures": pack(preview.comparison.figures),
        "texts": dict(preview.comparison.texts),
    }
    sealed = seal(_about(stored.unit), stored.period, request.user, content)
    return _show(request, reading, stored, preview=preview, sealed=sealed, file_name=file_name)


def _show(
    request: HttpRequest,
    reading: Reading,
    stored: StoredReturn,
    *,
    alert: str = "",
    preview: Preview | None = None,
    sealed: str = "",
    file_name: str = "",
    conflicts: Sequence[Conflict] = (),
    status: int = 200,
) -> HttpResponse:
    """The upload's page: the preview, or why there is nothing to apply and what differs."""
    context = {
        "period": stored.period,
        "unit": stored.unit,
        "can_fill": stored.standing.may_edit() is None,
        "alert": alert,
        "preview": preview,
        "sealed": sealed,
        "file_name": file_name,
        "conflicts": conflicts,
        "plan_query": plan_query(reading),
    }
    return render(request, "indicators/return_upload.html", context, status=status)


def _about(unit: Unit) -> str:
    return f"return:{unit.code}"


def _next(stored: StoredReturn) -> str:
    if stored.standing.is_own_unit:
        return "核对无误后请按“提交”。"
    return f"代填的草稿由{stored.unit.name}提交，或由办公室另一位同事审定。"
