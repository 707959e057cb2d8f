"""A report's file as an answer."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone

from indicators.views.reading import reading_of
from indicators.views.workbook_answer import XLSX
from reports.downloads.catalogue import Report
from reports.downloads.subjects import asked_for

MEDIA_TYPES = {
    "xlsx": XLSX,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
}


def file_answer(request: HttpRequest, report: Report, extension: str, about: str = "") -> FileResponse:
    """The report of the reader's quarter. Raises Http404 with a Chinese sentence where there is none for them."""
    reading = reading_of(request)
    if extension not in report.writers or not report.may_read(request.user):
        raise Http404(f"没有名为“{report.name}.{extension}”的报表。")
    asked = asked_for(report, reading, request.user, timezone.localdate(), about)
    if refusal := report.refusal(asked):
        raise Http404(refusal)
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    report.writers[extension](asked, file)
    file.seek(0)
    name = report.file_name(asked, extension)
    return FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPES[extension])
