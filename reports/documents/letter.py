"""Sets an official text as a Word document; every figure and every sentence comes with the text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import compress

from docx.document import Document

from indicators.workbooks.styles import SHAPES
from indicators.workbooks.writable import writable
from reports.documents import looks
from reports.documents.heading import Heading, add_heading
from reports.documents.paper import line, new_document
from reports.documents.tables import Column, add_table
from reports.pages.board import BoardRow
from reports.pages.official_text import AnnexTable, OfficialText, Paragraph, Ranking, Section
from reports.pages.status import DEMONSTRATION, PROVISIONAL
from reports.pages.town_filings import full_date

DRAFT = "草稿"
ANNEX_COLUMNS = (
    Column("指标（单位）", 45, looks.CELL),
    Column("年度目标", 19),
    Column("累计", 18),
    Column("完成率", 17),
    Column("超/欠序时", 19),
    Column("同比", 20),
    Column("状态", 18, looks.CELL_HEAD),
)
RANK_COLUMNS = (
    Column("名次", 18, looks.CELL_HEAD),
    Column("镇区", 40, looks.CELL),
    Column("得分", 24),
    Column("比上季度", 28, looks.CELL_HEAD),
    Column("备注", 30, looks.CELL),
)


def make(text: OfficialText, *, on: date, heading: Heading | None = None) -> Document:
    """The letter as it is issued under this heading; without one a draft, dated the day it was made.

    In the order of official letters: what is said, what is attached, who says so, and the attachment on its own page.
    """
    document = new_document(text.title, on)
    if heading is not None:
        add_heading(document, heading)
    for marks in _marks(text, on, heading):
        document.add_paragraph("　".join(marks), style=looks.MARK)
    document.add_paragraph(line(text.title), style=looks.TITLE)
    if text.addressed_to:
        document.add_paragraph(f"{line(text.addressed_to)}：", style=looks.ADDRESSEE)
    document.add_paragraph(line(text.opening), style=looks.BODY)
    for section in text.sections:
        _section(document, section)
    if text.closing:
        document.add_paragraph(text.closing, style=looks.CLOSING)
    document.add_paragraph(f"附件：{line(text.annex.caption)}", style=looks.BODY)
    _signature(document, text, on, heading)
    _annex(document, text.annex)
    return document


def _marks(text: OfficialText, on: date, heading: Heading | None) -> list[list[str]]:
    """What must be known before the first figure is read: a line of the letter, a line of its figures."""
    is_draft = heading is None or heading.is_draft
    of_letter = [DRAFT, f"制表日期：{full_date(on)}"] if is_draft else []
    of_letter += [heading.edition] if heading is not None and heading.edition else []
    of_figures = [] if text.is_published else [PROVISIONAL]
    of_figures += [DEMONSTRATION] if text.is_demonstration else []
    return [marks for marks in (of_letter, of_figures) if marks]


def _section(document: Document, section: Section) -> None:
    document.add_paragraph(line(section.title), style=looks.HEADING)
    for paragraph in section.paragraphs:
        _paragraph(document, paragraph)
    for below in section.subsections:
        document.add_paragraph(line(below.title), style=looks.SUBHEADING)
        for paragraph in below.paragraphs:
            _paragraph(document, paragraph)
    if section.ranking is not None:
        _ranking(document, section.ranking)


def _paragraph(document: Document, paragraph: Paragraph) -> None:
    set_in = document.add_paragraph(style=looks.BODY)
    if paragraph.named:
        set_in.add_run(line(paragraph.named), style=looks.STRONG)
    set_in.add_run(writable(paragraph.text))


def _ranking(document: Document, ranking: Ranking) -> None:
    """Columns that say nothing of any town are left out."""
    asked = (True, True, True, ranking.has_changes, any(one.unreported for one in ranking.towns))
    columns = list(compress(RANK_COLUMNS, asked))
    document.add_paragraph(line(ranking.caption), style=looks.CAPTION)
    rows = ((str(one.rank), one.town, str(one.score), one.change, one.unreported) for one in ranking.towns)
    add_table(document, columns, [list(compress(row, asked)) for row in rows])
    _notes(document, ranking.notes)


def _annex(document: Document, annex: AnnexTable) -> None:
    label = document.add_paragraph("附件", style=looks.ADDRESSEE)
    label.paragraph_format.page_break_before = True
    document.add_paragraph(line(annex.caption), style=looks.CAPTION)
    rows: list[list[str]] = []
    for group in annex.groups:
        rows += [[group.name], *(_figures(row) for row in group.rows)]
    add_table(document, ANNEX_COLUMNS, rows)
    _notes(document, annex.notes)


def _notes(document: Document, notes: Sequence[str]) -> None:
    for at, note in enumerate(notes):
        document.add_paragraph(f"{'　　' if at else '注：'}{line(note)}", style=looks.NOTE)


def _figures(row: BoardRow) -> list[str]:
    shown = row.shown
    status = shown.unjudged or f"{SHAPES[row.light]}{row.light.label}"
    figures = (shown.target, shown.actual, shown.completion, shown.lead, shown.year_on_year)
    return [f"{'其中：' if row.is_part else ''}{row.name}（{row.unit}）", *map(str, figures), status]


def _signature(document: Document, text: OfficialText, on: date, heading: Heading | None) -> None:
    """Two lines below the text, on its page: who says so, and the day."""
    issuer, day = (text.signed_by, on) if heading is None else (heading.issuer, heading.issued_on)
    document.add_paragraph(style=looks.SIGNATURE)
    document.add_paragraph(line(issuer), style=looks.SIGNATURE)
    document.add_paragraph(full_date(day), style=looks.SIGNATURE).paragraph_format.keep_with_next = False
