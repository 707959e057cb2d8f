"""A look at the parts of a handed-in workbook before openpyxl meets them: a few kilobytes can keep it busy for hours.

Some of what it does grows with the square of a text's or a list's length, or is done again for every cell or sheet
that names it. So every tag is looked at first, with the parser that openpyxl uses itself.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter

from defusedxml.ElementTree import DefusedXMLParser, ParseError

from indicators.workbooks.limits import DamagedFileError

CHUNK = 64 * 1024
MAX_TOKEN = 256 * 1024
"""Bytes of one tag or comment: the parser begins it anew with every chunk."""
MAX_DEPTH = 100
MAX_NAME = 300
MAX_ATTRIBUTES = 100
MAX_TEXT = 32_767
"""Characters in a cell, as in Excel; nothing else is longer."""
MAX_DIGITS = 15
"""Of a whole number in an attribute: longer ones can be chosen to share a hash, and openpyxl keys dicts by them."""
MAX_BRACKETS = 16
MAX_TRANSLATED = 200_000
"""Characters of shared formulas, which openpyxl translates for every cell that shares them."""

RESERVED = "_xlnm."
"""How names of print areas and titles begin: openpyxl takes these apart."""
LONGEST_ATTRIBUTE = {"formatCode": 255}
LONGEST_TEXT = {"definedName": 8_192, "f": 8_192, RESERVED: 300} | dict.fromkeys(
    ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"), 300
)
MOST = {
    "Relationship": 2_000,
    "border": 500,
    "cellStyle": 1_000,
    "definedName": 5_000,
    "dxf": 1_000,
    "fill": 500,
    "font": 500,
    "headerFooter": 20,
    "numFmt": 1_000,
    "property": 500,
    "sqref": 20_000,
    "xf": 20_000,
    RESERVED: 120,
}
"""How many of a kind one part may hold, where openpyxl compares each with all before it, or is slow with each."""
CHILDLESS = frozenset(
    ("Relationship", "bgColor", "color", "definedName", "f", "fgColor", "numFmt", "sheet", RESERVED)
)
"""All they say stands in attributes and text; openpyxl would take a child for an attribute, past these limits."""


def look_at_parts(archive: zipfile.ZipFile) -> None:
    """Raises DamagedFileError for what no spreadsheet program writes and openpyxl would be long in reading."""
    looks = {member.filename: _look_at(archive, member) for member in archive.infolist()}
    texts = {name for name, look in looks.items() if look.counts}
    for name, look in looks.items():
        # Of a part named twice, openpyxl would read all twice: a small one can be a thousand sheets.
        named = Counter(_target(name, target) for target in look.targets)
        if any(times > 1 and target in texts for target, times in named.items()):
            raise _refused(name, "同一部件被引用多次")


def _look_at(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> _Look:
    look = _Look(member.filename)
    parser = DefusedXMLParser(target=look, forbid_dtd=True)
    fed = 0
    try:
        with archive.open(member) as part:
            while chunk := part.read(CHUNK):
                parser.feed(chunk)
                fed += len(chunk)
                if fed - parser.parser.CurrentByteIndex > MAX_TOKEN:
                    raise _refused(member.filename, "过长的标记")
    except ParseError:
        # A picture, or damaged: there openpyxl stops as well, having seen no more than this.
        pass
    return look


def _target(rels: str, target: str) -> str:
    """The part that a relationship names, as openpyxl finds it."""
    if target.startswith("/"):
        return target[1:]
    parent = posixpath.dirname(posixpath.dirname(rels))
    return posixpath.normpath(posixpath.join(parent, target))


def _refused(part: str, what: str) -> DamagedFileError:
    return DamagedFileError(
        f"工作簿的部件 {part} 异常（{what}），不像表格软件保存的，或已损坏，不予读取。"
        "请把内容复制到新的工作簿或重新下载的模板，保存后再试。"
    )


class _Look:
    """What the parser meets in one part; raises DamagedFileError at the first thing that is too much."""

    def __init__(self, part: str) -> None:
        self.counts: Counter[str] = Counter()
        self.targets: list[str] = []
        self._part = part
        self._open: list[str] = []
        self._run = 0
        self._sheets: set[str] = set()
        self._formula = _SharedFormulas()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition("}")[2]
        if kind == "definedName" and attributes.get("name", "").startswith(RESERVED):
            kind = RESERVED
        self._require(not self._open or self._open[-1] not in CHILDLESS, "标记错位")
        self.counts[kind] += 1
        self._open.append(kind)
        self._run = 0
        self._require(self.counts[kind] <= MOST.get(kind, self.counts[kind]), f"{kind} 过多")
        self._require(len(self._open) <= MAX_DEPTH, "嵌套过深")
        self._require(len(tag) <= MAX_NAME and len(attributes) <= MAX_ATTRIBUTES, "标记过大")
        for name, value in attributes.items():
            self._look_at_attribute(name, value)
        if kind == "Relationship":
            self._look_at_relationship(attributes)
        if kind == "sheet":
            self._look_at_sheet(attributes)
        if kind == "f":
            self._formula.start(attributes)

    def data(self, text: str) -> None:
        kind = self._open[-1]
        self._run += len(text)
        self._require(self._run <= LONGEST_TEXT.get(kind, MAX_TEXT), f"{kind} 过长")
        if kind == "f":
            self._formula.length += len(text)

    def end(self, tag: str) -> None:
        self._run = 0
        if self._open.pop() == "f":
            self._require(self._formula.end() <= MAX_TRANSLATED, "共享公式过多")

    def close(self) -> None:
        """Nothing is left to say: the parser asks for it."""

    def _look_at_attribute(self, name: str, value: str) -> None:
        longest = LONGEST_ATTRIBUTE.get(name, MAX_TEXT)
        self._require(len(name) <= MAX_NAME and len(value) <= longest, f"{name[:30]} 过长")
        self._require(name != "formatCode" or value.count("[") <= MAX_BRACKETS, "数字格式异常")
        self._require(len(value) <= MAX_DIGITS or not _is_whole_number(value), "数字过长")
        if name == "sqref":
            self.counts[name] += len(value.split())
            self._require(self.counts[name] <= MOST[name], "区域过多")

    def _look_at_sheet(self, attributes: dict[str, str]) -> None:
        identities = {value for name, value in attributes.items() if name.rpartition("}")[2] == "id"}
        self._require(self._sheets.isdisjoint(identities), "同一工作表列了多次")
        self._sheets |= identities

    def _look_at_relationship(self, attributes: dict[str, str]) -> None:
        if "chartsheet" in attributes.get("Type", ""):
            raise DamagedFileError("工作簿里有图表工作表，请删去（图表可以放在普通工作表里）后再试。")
        if attributes.get("TargetMode") != "External":
            self.targets.append(attributes.get("Target", ""))

    def _require(self, fine: bool, what: str) -> None:
        if not fine:
            raise _refused(self._part, what)


class _SharedFormulas:
    """How many characters openpyxl would translate in one part."""

    def __init__(self) -> None:
        self.length = 0
        self._key: str | None = None
        self._is_shared = False
        self._lengths: dict[str | None, int] = {}
        self._translated = 0

    def start(self, attributes: dict[str, str]) -> None:
        self.length = 0
        self._is_shared = attributes.get("t") == "shared"
        self._key = attributes.get("si")

    def end(self) -> int:
        """The characters up to here; the first formula of a key is the one that others share."""
        if self._is_shared:
            self._translated += self._lengths.setdefault(self._key, self.length)
        return self._translated


def _is_whole_number(value: str) -> bool:
    return value.replace("_", "").strip().lstrip("+-").isdecimal()
