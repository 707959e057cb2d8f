"""Reading our own documents back."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile

import docx
from django.contrib.auth.models import User
from docx.document import Document
from docx.table import Table

from reports.downloads.catalogue import REPORTS
from reports.downloads.subjects import asked_for
from tests.reports.results import reading
from tests.reports.workbooks.cells import ON


def file_of(name: str, user: User, quarter: str = "2015Q2") -> bytes:
    """A report as this reader downloads it."""
    report, file = REPORTS[name], BytesIO()
    report.writers["docx"](asked_for(report, reading(user, quarter), user, ON), file)
    return file.getvalue()


def document_of(name: str, user: User, quarter: str = "2015Q2") -> Document:
    return docx.Document(BytesIO(file_of(name, user, quarter)))


def part_of(file: bytes, part: str = "word/document.xml") -> str:
    """One part of the file, as it is written."""
    with ZipFile(BytesIO(file)) as parts:
        return parts.read(part).decode()


def texts(document: Document, *styles: str) -> list[str]:
    """The paragraphs outside tables, of these styles or of all."""
    return [one.text for one in document.paragraphs if not styles or one.style.name in styles]


def section(document: Document, title: str) -> list[str]:
    """What stands between this heading and the next one of its level."""
    found, told = False, []
    for paragraph in document.paragraphs:
        if paragraph.style.name in ("Heading 1", "Caption") or paragraph.text.startswith("附件："):
            found = paragraph.text == title
        elif found:
            told.append(paragraph.text)
    return told


def rows(table: Table) -> list[Sequence[str]]:
    """The cells of each row; a heading across the table is one."""
    return [[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows]
