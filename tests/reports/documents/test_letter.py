"""How a letter is set: styles, faces, paper, page numbers, tables, what the file says of itself (GB/T 9704)."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from indicators.domain.periods import Quarter
from reports.documents import letter
from reports.documents.heading import Heading
from reports.documents.paper import saved
from reports.figures import Shown
from reports.pages.official_text import (
    AnnexTable,
    OfficialText,
    Paragraph,
    RankedTown,
    Ranking,
    Section,
    Subsection,
)
from tests.reports.documents.words import part_of, rows, texts
from tests.reports.workbooks.cells import ON

BROKEN, MENDED = "甲\x0b乙\x01<&>\ufffe\ud800", "甲乙<&>"
TOWN = RankedTown(Shown("1"), BROKEN, Shown("46.8"), "", "")


def made(words: str = "一段", *, heading: Heading | None = None) -> bytes:
    """A letter that says these words wherever somebody else's words can stand."""
    ranking = Ranking(words, (TOWN,), has_changes=False, notes=(words,))
    text = OfficialText(
        title=words,
        quarter=Quarter(2015, 2),
        is_published=True,
        is_demonstration=False,
        addressed_to=words,
        opening=words,
        sections=(
            Section(
                words, (Paragraph(words),), (Subsection(words, (Paragraph(words, named=words),)),), ranking
            ),
        ),
        annex=AnnexTable(words, (), (words,)),
        closing="特此报告。",
        signed_by=words,
    )
    return saved(letter.make(text, on=ON, heading=heading), ON)


@pytest.fixture(scope="module")
def file() -> bytes:
    return made()


@pytest.fixture(scope="module")
def document(file: bytes) -> Document:
    return docx.Document(BytesIO(file))


@pytest.mark.parametrize(
    ("style", "face", "size"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Body Text", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("Caption", "黑体", 14),
        ("Footer", "宋体", 14),
        ("发文机关标志", "方正小标宋简体", 48),
        ("表格文字", "宋体", 10.5),
        ("表头", "黑体", 10.5),
    ],
)
def test_each_style_names_its_chinese_face_and_none_of_a_theme(
    document: Document, style: str, face: str, size: float
) -> None:
    found = document.styles[style]
    fonts = found.element.rPr.find(qn("w:rFonts"))
    assert fonts.get(qn("w:eastAsia")) == face
    assert [key for key in fonts if "Theme" in key] == []
    assert found.font.size == Pt(size)


def test_the_body_is_indented_by_two_characters_at_a_fixed_distance(document: Document) -> None:
    body = document.styles["Body Text"]
    indent = body.element.pPr.find(qn("w:ind"))
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")
    spacing = body.element.pPr.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("578", "exact")
    # 22 lines of 28.9 points are 635.8; the page has 225 mm, 637.8 points.
    assert texts(document, "Body Text") == ["一段", "一段", "一段一段", "附件：一段"]


def test_faces_that_are_not_installed_have_others_in_their_place(file: bytes) -> None:
    table = docx.oxml.parse_xml(part_of(file, "word/fontTable.xml").encode())
    others = {font.get(qn("w:name")): font.find(qn("w:altName")).get(qn("w:val")) for font in table}
    assert others["仿宋_GB2312"] == "仿宋,FangSong"
    assert others["楷体_GB2312"] == "楷体,KaiTi"
    assert others["方正小标宋简体"].endswith("宋体,SimSun")


def test_the_paper_is_the_standards(document: Document) -> None:
    section = document.sections[0]
    sizes = (section.page_width, section.page_height)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    # Word keeps twentieths of a point: a hundredth of a millimetre is lost.
    assert [round(size.mm) for size in (*sizes, *margins)] == [210, 297, 37, 35, 28, 26]
    assert section.footer_distance < Mm(35)


def test_pages_are_numbered_by_fields_at_the_outer_edge(document: Document, file: bytes) -> None:
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert [one.text for one in (odd, even)] == ["— 1 —", "— 1 —"]
    assert [one.alignment for one in (odd, even)] == [2, 0]  # right, left
    for one in (odd, even):
        assert [mark.text for mark in one._p.iter(qn("w:instrText"))] == [" PAGE "]
    assert "<w:evenAndOddHeaders/>" in part_of(file, "word/settings.xml")


def test_tables_repeat_their_headings_and_tear_no_row(document: Document) -> None:
    for table in document.tables:
        assert table.style.name == "统计表"
        marks = [{one.tag for one in row._tr.trPr} for row in table.rows]
        assert marks[0] == {qn("w:cantSplit"), qn("w:tblHeader")}
        assert all(one == {qn("w:cantSplit")} for one in marks[1:])


def test_the_file_says_what_it_is_and_holds_no_picture(document: Document, file: bytes) -> None:
    about = document.core_properties
    assert (about.title, about.author, about.comments) == ("一段", "行动计划目标跟踪", "")
    assert about.created == about.modified == datetime(2015, 8, 3, tzinfo=UTC)
    with ZipFile(BytesIO(file)) as parts:
        assert [name for name in parts.namelist() if name.endswith((".jpeg", ".png", ".emf"))] == []


def test_no_style_is_left_of_the_templates(document: Document) -> None:
    names = {style.name for style in document.styles}
    assert "List Bullet" not in names
    assert {"Title", "Heading 1", "Heading 2", "Heading 3", "Body Text", "Caption", "统计表"} <= names


def test_what_no_file_can_hold_is_left_out_and_the_rest_stays_words() -> None:
    heading = Heading(BROKEN, BROKEN, ON)
    document = docx.Document(BytesIO(made(BROKEN, heading=heading)))
    said = texts(document)
    assert said[0] == said[1] == said[2] == MENDED
    assert [words for words in said if MENDED not in words] == ["特此报告。", "", "2015年8月3日", "附件"]
    assert rows(document.tables[0])[1] == ["1", MENDED, "46.8"]
    assert document.core_properties.title == MENDED


def test_words_of_several_lines_stay_on_one_where_they_are_a_title() -> None:
    document = docx.Document(BytesIO(made("甲\n乙\t丙")))
    assert texts(document, "Title", "Heading 1", "Heading 2") == ["甲 乙 丙"] * 3
