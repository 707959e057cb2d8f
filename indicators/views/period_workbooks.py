"""代填 of a whole quarter by workbook: all towns out, the preview of what came back, and the drafts saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from indicators.forms import WorkbookForm
from indicators.queries.filing.towns import TownsQuarter, load_towns
from indicators.queries.reading import Reading
from indicators.services import filing
from indicators.services.filing import TownComparison, TownDraft, TownsRefusedError
from indicators.views.filing import at_period, plan_query, quarter_reading, to
from indicators.views.return_workbooks import CONFLICT, UNPROCESSABLE
from indicators.views.sealed import SealError, pack, seal, unpack, unseal
from indicators.views.workbook_answer import workbook_answer
from indicators.workbooks.returns.preview import preview_towns
from indicators.workbooks.returns.refusals import RefusedFileError
from indicators.workbooks.returns.towns import read_towns, towns_name, write_towns
from towns.access import can_run_office, require

OFFICE_ALONE = "只有联席会议办公室可以整季代填。"
ABOUT = "towns"


@require_safe
def towns(request: HttpRequest, period: str) -> HttpResponse:
    """Every town's draft in one sheet."""
    _, quarter = _quarter(request, period)
    return workbook_answer(write_towns(quarter, timezone.localdate()), towns_name(quarter))


@require_POST
def upload(request: HttpRequest, period: str) -> HttpResponse:
    """What the file would change, town by town; nothing is written."""
    reading, quarter = _quarter(request, period)
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, reading, quarter, alert=form.sentence, status=UNPROCESSABLE)
    try:
        came_back = read_towns(form.cleaned_data["workbook"], quarter)
    except RefusedFileError as refusal:
        return _show(request, reading, quarter, alert=str(refusal), status=UNPROCESSABLE)
    compared = filing.compare_towns(quarter, came_back.versions, came_back.towns)
    sealed = seal(ABOUT, quarter.period, request.user, {"towns": _packed(compared)})
    return _show(
        request, reading, quarter, preview=preview_towns(compared, quarter.indicators), sealed=sealed
    )


@require_POST
def apply(request: HttpRequest, period: str) -> HttpResponse:
    """Save what the preview showed as drafts in the towns' names: all of them or none."""
    reading, quarter = _quarter(request, period)
    try:
        content = unseal(request.POST.get("sealed", ""), ABOUT, quarter.period, request.user)
    except SealError as refusal:
        return _show(request, reading, quarter, alert=str(refusal), status=UNPROCESSABLE)
    units = {town.unit.code: town.unit for town in quarter.towns}
    drafts = [
        TownDraft(units[code], version, unpack(figures))
        for code, (version, figures) in content["towns"].items()
        if code in units
    ]
    try:
        filing.fill_in_towns(quarter.period, drafts, key=content["key"], by=request.user, at=timezone.now())
    except TownsRefusedError as refusal:
        return _show(request, reading, quarter, alert=str(refusal), moved=refusal.towns, status=CONFLICT)
    messages.success(
        request,
        f"已为 {len(drafts)} 个镇区保存代填草稿，还没有提交：由各镇区提交，或由办公室另一位同事审定。",
    )
    return to(reading, "period", quarter.period.code)


def _quarter(request: HttpRequest, period: str) -> tuple[Reading, TownsQuarter]:
    require(can_run_office(request.user), OFFICE_ALONE)
    reading = quarter_reading(request, period)
    return reading, load_towns(reading.period, request.user, today=timezone.localdate())


def _packed(compared: Sequence[TownComparison]) -> dict[str, Any]:
    drafts = [one.draft for one in compared]
    return {draft.unit.code: [draft.version, pack(draft.figures)] for draft in drafts if draft}


def _show(
    request: HttpRequest, reading: Reading, quarter: TownsQuarter, *, status: int = 200, **said: Any
) -> HttpResponse:
    """The upload's page: the preview, or why nothing was taken."""
    context = {
        "period": quarter.period,
        "alert": "",
        "plan_query": plan_query(reading),
        "board_query": at_period(reading, reading.period),
        **said,
    }
    return render(request, "indicators/period_upload.html", context, status=status)
