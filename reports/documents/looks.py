"""The styles of official letters by the names that Word and WPS show in their lists (GB/T 9704)."""

from __future__ import annotations

from dataclasses import dataclass

from reports.documents import fonts

NORMAL, BODY, TITLE, HEADING, SUBHEADING = "Normal", "Body Text", "Title", "Heading 1", "Heading 2"
ADDRESSEE, CLOSING, SIGNATURE, CAPTION, FOOTER = "Salutation", "Closing", "Signature", "Caption", "Footer"
MARK, ISSUER, NUMBER, PLAIN_NUMBER = "标注", "发文机关标志", "发文字号", "发文字号（无红线）"
CELL, FIGURE, CELL_HEAD, NOTE = "表格文字", "表格数字", "表头", "表注"
STRONG, TABLE, TABLE_IDENTITY = "Strong", "统计表", "StatisticsTable"

SIZE, TABLE_SIZE = 16, 10.5
"""三号 and 五号, in points."""
LINE = 28.9
"""22 lines to the 225 mm of a page, as the standard has it, in points."""
RED = "FF0000"


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style. `line`, `before` and `after` in points, a line None as high as it must be.

    `indent` is of the first line and `right` of all, in characters. `outline` is the level of a heading, 0 the
    highest. `identity` is what the file calls the style; only Word's own names have one that Word knows.
    """

    name: str
    identity: str
    face: str = fonts.BODY
    size: float = SIZE
    bold: bool = False
    align: str = "both"
    indent: int = 0
    right: int = 0
    line: float | None = LINE
    before: float = 0
    after: float = 0
    keeps_with_next: bool = False
    outline: int | None = None
    colour: str = ""
    has_rule: bool = False
    is_own: bool = False


LOOKS = (
    Look(NORMAL, "Normal"),
    Look(BODY, "BodyText", indent=2),
    Look(TITLE, "Title", fonts.TITLE, 22, align="center", line=34, before=12, after=16, keeps_with_next=True),
    Look(HEADING, "Heading1", fonts.HEADING, indent=2, keeps_with_next=True, outline=0),
    Look(SUBHEADING, "Heading2", fonts.SUBHEADING, indent=2, keeps_with_next=True, outline=1),
    Look("Heading 3", "Heading3", bold=True, indent=2, keeps_with_next=True, outline=2),
    Look(ADDRESSEE, "Salutation", align="left"),
    Look(CLOSING, "Closing", indent=2),
    Look(SIGNATURE, "Signature", align="right", right=4, keeps_with_next=True),
    Look(
        CAPTION,
        "Caption",
        fonts.HEADING,
        14,
        align="center",
        line=24,
        before=12,
        after=4,
        keeps_with_next=True,
    ),
    Look(FOOTER, "Footer", fonts.TABLE, 14, align="left", line=None),
    Look(MARK, "StatusMark", fonts.HEADING, 12, align="center", line=20, is_own=True),
    Look(ISSUER, "IssuerMark", fonts.TITLE, 48, align="center", line=None, after=20, colour=RED, is_own=True),
    Look(NUMBER, "DocumentNumber", align="center", after=20, has_rule=True, is_own=True),
    Look(PLAIN_NUMBER, "PlainDocumentNumber", align="center", is_own=True),
    Look(CELL, "TableText", fonts.TABLE, TABLE_SIZE, align="left", line=15, is_own=True),
    Look(FIGURE, "TableFigure", fonts.TABLE, TABLE_SIZE, align="right", line=15, is_own=True),
    Look(CELL_HEAD, "TableHead", fonts.HEADING, TABLE_SIZE, align="center", line=15, is_own=True),
    Look(NOTE, "TableNote", fonts.TABLE, TABLE_SIZE, line=16, before=2, after=4, is_own=True),
)

IDENTITIES = {look.name: look.identity for look in LOOKS}
