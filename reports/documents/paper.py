"""The sheet: A4 with the standard's margins, "— 1 —" at the outer edge, what the file says of itself."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from indicators.workbooks.official import MAKER
from indicators.workbooks.writable import writable
from reports.documents import looks
from reports.documents.fonts import drop_relations, write_font_table
from reports.documents.styles import write_styles

WIDTH, HEIGHT = Mm(210), Mm(297)
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
TEXT_WIDTH = 210 - 28 - 26
"""Between the margins, in millimetres."""
PAGE_NUMBER = Mm(22)
LONGEST_TITLE = 255
_THEIRS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
_LAID_OUT_LIKE = "15"
"""The version of Word whose rules of layout apply; below it Word opens the file in its compatibility mode."""


def new_document(title: str, on: date) -> Document:
    """An empty letter: styles, fonts, paper and page numbers are there, and nothing of the template."""
    document = docx.Document()
    drop_relations(document.part, _THEIRS, RELATIONSHIP_TYPE.NUMBERING)
    drop_relations(document.part.package, RELATIONSHIP_TYPE.THUMBNAIL)
    write_styles(document)
    write_font_table(document)
    _settings(document)
    _sheet(document)
    _properties(document, title, on)
    return document


def line(words: str) -> str:
    """As it can be written, on one line: for names and titles."""
    return " ".join(writable(words).split())


def saved(document: Document, on: date) -> bytes:
    """The file; the same content on the same day is the same file, byte for byte."""
    loose, file = BytesIO(), BytesIO()
    document.save(loose)
    with ZipFile(loose) as parts, ZipFile(file, "w", ZIP_DEFLATED) as dated:
        for name in parts.namelist():
            part = ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))
            part.compress_type = ZIP_DEFLATED
            dated.writestr(part, parts.read(name))
    return file.getvalue()


def _settings(document: Document) -> None:
    settings = document.settings
    settings.odd_and_even_pages_header_footer = True
    for element in settings.element.iter(qn("w:compatSetting")):
        if element.get(qn("w:name")) == "compatibilityMode":
            element.set(qn("w:val"), _LAID_OUT_LIKE)
    for element in settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:eastAsia"), "zh-CN")


def _sheet(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    section.footer_distance = PAGE_NUMBER
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    """At the outer edge, one character in from it."""
    paragraph = footer.paragraphs[0]
    paragraph.style = looks.FOOTER
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    paragraph.add_run("— ")
    _field(paragraph, "PAGE", "1")
    paragraph.add_run(" —")


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word counts itself; `shown` stands there until it has."""
    for kind in ("begin", "separate", "end"):
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(mark)
        if kind == "begin":
            asked = OxmlElement("w:instrText")
            asked.set(qn("xml:space"), "preserve")
            asked.text = f" {instruction} "
            paragraph.add_run()._r.append(asked)
        elif kind == "separate":
            paragraph.add_run(shown)


def _properties(document: Document, title: str, on: date) -> None:
    about = document.core_properties
    about.title = line(title)[:LONGEST_TITLE]
    about.author = about.last_modified_by = MAKER
    about.comments = ""
    about.language = "zh-CN"
    about.created = about.modified = datetime(on.year, on.month, on.day, tzinfo=UTC)
