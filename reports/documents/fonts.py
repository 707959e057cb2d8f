"""The faces of official letters (GB/T 9704), and what stands in for them where they are not installed."""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from reports.documents.markup import parsed, tag

TITLE, HEADING, SUBHEADING, BODY, TABLE = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Face:
    """`others` are the names looked for next, in this order; `family` what is fallen back on at last."""

    name: str
    others: str
    family: str
    charset: str = "86"


FACES = (
    Face(TITLE, "方正小标宋_GBK,小标宋,宋体,SimSun", "roman"),
    Face(HEADING, "SimHei", "modern"),
    Face(SUBHEADING, "楷体,KaiTi", "modern"),
    Face(BODY, "仿宋,FangSong", "modern"),
    Face(TABLE, "SimSun", "roman"),
    Face(LATIN, "Liberation Serif", "roman", charset="00"),
)


def faces(east_asian: str) -> str:
    """The faces of a style: every script named, since a theme's face would otherwise come first."""
    return tag("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=east_asian, cs=LATIN)


def write_font_table(document: Document) -> None:
    """The document's list of faces with what may stand in for each, in place of the template's."""
    fonts = "".join(
        tag(
            "font",
            tag("altName", val=face.others)
            + tag("charset", val=face.charset)
            + tag("family", val=face.family),
            name=face.name,
        )
        for face in FACES
    )
    table = serialize_part_xml(parsed(tag("fonts", fonts)))
    part = document.part
    drop_relations(part, RELATIONSHIP_TYPE.FONT_TABLE)
    name = PackURI("/word/fontTable.xml")
    part.relate_to(Part(name, CONTENT_TYPE.WML_FONT_TABLE, table, part.package), RELATIONSHIP_TYPE.FONT_TABLE)


def drop_relations(part: Part, *kinds: str) -> None:
    """Leave out of the file what the template brings along and this document does not use."""
    for key in [key for key, relation in part.rels.items() if relation.reltype in kinds]:
        del part.rels[key]
