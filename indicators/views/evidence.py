"""佐证材料: handing files in with a return, fetching them, taking them out."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from indicators.domain.evidence import MAX_BYTES, clean_name
from indicators.models import Evidence
from indicators.queries.reading import Reading
from indicators.services import filing
from indicators.services.filing import FilingError
from indicators.views.filing import quarter_reading, to, unit_or_404
from towns.access import can_fill_return, require
from towns.models import Unit

NOT_YOURS = "佐证材料由填报单位上传和删除。"
# A downloaded file that is opened after all, as one of our pages: it may do nothing and reach nothing.
NOTHING = "sandbox; default-src 'none'"


@require_POST
def add(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    """Keep the files that can be kept and say why of each other one.

    Sent on also where some were refused: a page that is loaded again must not send the good ones again.
    """
    reading, found = _addressed(request, period, unit)
    require(can_fill_return(request.user, found), NOT_YOURS)
    kept: list[str] = []
    refused: dict[str, list[str]] = {}
    for file in request.FILES.getlist("files"):
        try:
            kept += _add(request, reading, found, file)
        except FilingError as refusal:
            refused.setdefault(str(refusal), []).append(clean_name(file.name or ""))
    if kept:
        messages.success(request, f"已上传 {len(kept)} 个佐证材料：{'、'.join(kept)}。")
    for sentence, names in refused.items():
        messages.error(request, f"{_quoted(names)}没有上传：{sentence}")
    if not request.FILES:
        messages.error(request, "请先选择要上传的文件。")
    return to(reading, "return", period, unit)


@require_safe
def download(request: HttpRequest, period: str, unit: str, evidence: int) -> FileResponse:
    """Hand the file out to be kept, never to be shown as a page of this site."""
    file = (
        _files(request, *_addressed(request, period, unit))
        .select_related("content")
        .filter(pk=evidence)
        .first()
    )
    if file is None:
        raise Http404("没有这份佐证材料，可能已被删除。")
    answer = FileResponse(
        BytesIO(file.content.data), as_attachment=True, filename=file.name, content_type=file.media_type
    )
    answer["Content-Security-Policy"] = NOTHING
    return answer


@require_POST
def remove(request: HttpRequest, period: str, unit: str, evidence: int) -> HttpResponse:
    reading, found = _addressed(request, period, unit)
    require(can_fill_return(request.user, found), NOT_YOURS)
    file = _files(request, reading, found).filter(pk=evidence).first()
    try:
        if file is not None and filing.remove_evidence(file, by=request.user, at=timezone.now()):
            messages.success(request, f"已删除“{file.name}”。")
        else:
            messages.info(request, "这份佐证材料已经删除，没有重复办理。")
    except FilingError as refusal:
        messages.error(request, f"没有删除：{refusal}")
    return to(reading, "return", period, unit)


def _addressed(request: HttpRequest, period: str, unit: str) -> tuple[Reading, Unit]:
    return quarter_reading(request, period), unit_or_404(request, unit)


def _files(request: HttpRequest, reading: Reading, unit: Unit) -> QuerySet[Evidence]:
    """The files of the addressed return, as far as it exists for this reader."""
    here = {"quarterly_return__period": reading.period, "quarterly_return__unit": unit}
    return Evidence.objects.visible_to(request.user).filter(**here)


def _add(request: HttpRequest, reading: Reading, unit: Unit, file: UploadedFile) -> list[str]:
    """The name that the file is kept under; none, with a word to the reader, where its content is there already."""
    added = filing.add_evidence(
        reading.period,
        unit=unit,
        name=file.name or "",
        # One byte more than may be: enough to be refused for its size, however large it is.
        data=file.read(MAX_BYTES + 1),
        by=request.user,
        at=timezone.now(),
    )
    if added.is_new:
        return [added.evidence.name]
    sent, there = clean_name(file.name or ""), added.evidence.name
    messages.info(request, f"“{sent}”与已有的“{there}”内容相同，没有重复保存。")
    return []


def _quoted(names: list[str]) -> str:
    return "、".join(f"“{name}”" for name in names)
