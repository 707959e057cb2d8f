"""版头: who issues a letter under which number and when, in red or in black; a draft has none of it yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docx.document import Document
from docx.shared import Pt

from reports.documents import looks
from reports.documents.paper import TEXT_WIDTH, line

POINTS_A_MM = 72 / 25.4
LARGEST, SMALLEST = 48, 22
"""The issuer's letters, in points: as large as fit on one line."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What an issued letter bears. `is_red`: the issuer's name in red with a rule below the number.

    `edition` says which of several it is, empty for the only one. `is_draft`: shown before it is issued, and says so.
    """

    issuer: str
    number: str
    issued_on: date
    is_red: bool = True
    edition: str = ""
    is_draft: bool = False


def add_heading(document: Document, heading: Heading) -> None:
    if heading.is_red:
        issuer = line(heading.issuer)
        mark = document.add_paragraph(issuer, style=looks.ISSUER)
        mark.runs[0].font.size = Pt(_fitting(issuer))
    document.add_paragraph(line(heading.number), style=looks.NUMBER if heading.is_red else looks.PLAIN_NUMBER)


def _fitting(words: str) -> int:
    fits = int(TEXT_WIDTH * POINTS_A_MM / max(len(words), 1))
    return max(SMALLEST, min(LARGEST, fits))
