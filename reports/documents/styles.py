"""Writes our styles in place of the template's, so that nobody finds one in the list that no official letter has."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.ns import qn
from docx.styles import BabelFish

from reports.documents import fonts, looks
from reports.documents.looks import LOOKS, Look
from reports.documents.markup import parsed, tag

KEPT = ("Default Paragraph Font", "Normal Table", "No List")
RULE = {"val": "single", "sz": 18, "space": 10, "color": looks.RED}
BORDERS = {"top": 8, "left": 4, "bottom": 8, "right": 4, "insideH": 4, "insideV": 4}
"""The lines of a table, in eighths of a point."""
CELL_MARGINS = {"top": 40, "left": 70, "bottom": 40, "right": 70}
"""Inside a cell, in twentieths of a point."""


def write_styles(document: Document) -> None:
    styles = document.styles
    for style in list(styles):
        if style.name not in KEPT:
            style.delete()
    root = styles.element
    root.replace(root.find(qn("w:docDefaults")), parsed(_defaults()))
    for style_xml in (*map(_paragraph_style, LOOKS), _strong(), _table_style()):
        root.append(parsed(style_xml))


def _defaults() -> str:
    """Chinese text, and no distance between paragraphs that no style asks for."""
    language = tag("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    plain = tag("rPr", fonts.faces(fonts.BODY) + _size(looks.SIZE) + language)
    return tag("docDefaults", tag("rPrDefault", plain) + tag("pPrDefault"))


def _paragraph_style(look: Look) -> str:
    is_normal = look.name == looks.NORMAL
    about = {"default": 1} if is_normal else {"customStyle": 1} if look.is_own else {}
    based = "" if is_normal else tag("basedOn", val="Normal") + tag("next", val=_following(look))
    return tag(
        "style",
        tag("name", val=BabelFish.ui2internal(look.name))
        + based
        + tag("qFormat")
        + _paragraph(look)
        + _characters(look),
        type="paragraph",
        styleId=look.identity,
        **about,
    )


def _following(look: Look) -> str:
    """What a line typed behind one of this style is set in: the text behind a heading, else the same."""
    return "BodyText" if look.keeps_with_next and look.name != looks.SIGNATURE else look.identity


def _paragraph(look: Look) -> str:
    keeps = tag("keepNext") + tag("keepLines") if look.keeps_with_next else ""
    rule = tag("pBdr", tag("bottom", **RULE)) if look.has_rule else ""
    line = {"line": 240, "lineRule": "auto"}
    if look.line is not None:
        line = {"line": round(20 * look.line), "lineRule": "exact"}
    spacing = tag("spacing", before=round(20 * look.before), after=round(20 * look.after), **line)
    level = "" if look.outline is None else tag("outlineLvl", val=look.outline)
    return tag("pPr", keeps + rule + spacing + _indent(look) + tag("jc", val=look.align) + level)


def _indent(look: Look) -> str:
    """In characters, so that it follows the size of the type; in twentieths of a point for who cannot count those."""
    asked = (("firstLine", look.indent), ("right", look.right))
    given = {
        key: value
        for name, characters in asked
        if characters
        for key, value in (
            (f"{name}Chars", 100 * characters),
            (name, round(20 * look.size * characters)),
        )
    }
    return tag("ind", **given) if given else ""


def _characters(look: Look) -> str:
    bold = tag("b") + tag("bCs") if look.bold else ""
    colour = tag("color", val=look.colour) if look.colour else ""
    return tag("rPr", fonts.faces(look.face) + bold + colour + _size(look.size))


def _size(points: float) -> str:
    half_points = round(2 * points)
    return tag("sz", val=half_points) + tag("szCs", val=half_points)


def _strong() -> str:
    bold = tag("rPr", tag("b") + tag("bCs"))
    return tag(
        "style",
        tag("name", val=looks.STRONG) + tag("basedOn", val="DefaultParagraphFont") + tag("qFormat") + bold,
        type="character",
        styleId="Strong",
    )


def _table_style() -> str:
    lines = "".join(
        tag(side, val="single", sz=width, space=0, color="auto") for side, width in BORDERS.items()
    )
    margins = "".join(tag(side, w=width, type="dxa") for side, width in CELL_MARGINS.items())
    table = tag(
        "tblPr", tag("tblInd", w=0, type="dxa") + tag("tblBorders", lines) + tag("tblCellMar", margins)
    )
    about = tag("name", val=looks.TABLE) + tag("basedOn", val="TableNormal") + tag("qFormat")
    return tag("style", about + table, type="table", customStyle=1, styleId=looks.TABLE_IDENTITY)
