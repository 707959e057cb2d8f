"""Workbooks that come back other than they left: wrong, moved, damaged, hostile; and those to be read all the same.

Each is made on the fly from 小榄镇's template of 2015Q2, none is kept. In it F5 is 研发机构比例（%）, F6 工业投资,
F8 开展技改企业 and F9 its part; the texts stand in B17 to B19.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook, load_workbook

from indicators.workbooks.returns import identity
from indicators.workbooks.returns.identity import Format, Identity, stamp

SHEET, SHEET_PART = "季报表", "xl/worksheets/sheet1.xml"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@dataclass(frozen=True, slots=True)
class Downloads:
    """Templates as the server gave them out: one's own, another town's, another quarter's, the office's."""

    own: bytes
    other_unit: bytes
    other_quarter: bytes
    towns: bytes


@dataclass(frozen=True, slots=True)
class Case:
    """A file, and what is answered: the status, and words of the page, tags left out."""

    make: Callable[[Downloads], bytes]
    status: int
    words: tuple[str, ...]


REFUSED, STALE, READ = 422, 409, 200
CASES: dict[str, Case] = {}
INVESTMENT = "F6 工业投资（亿元） 本季累计 新填 （空）"


def case(name: str, status: int, *words: str) -> Callable[[Callable[[Downloads], bytes]], None]:
    def add(make: Callable[[Downloads], bytes]) -> None:
        assert name not in CASES
        CASES[name] = Case(make, status, words)

    return add


def given(name: str, status: int, *words: str, **cells: Any) -> None:
    """The own template with these cells typed into it."""
    case(name, status, *words)(lambda files: typed(files.own, cells))


def typed(content: bytes, cells: Mapping[str, Any]) -> bytes:
    return changed(content, lambda book: [book[SHEET].__setitem__(*cell) for cell in cells.items()])


def changed(content: bytes, change: Callable[[Workbook], Any]) -> bytes:
    book = load_workbook(io.BytesIO(content))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def restamped(content: bytes, **other: Any) -> bytes:
    """The template with a sound identity, but of something else."""
    about = {
        "format": Format.RETURN,
        "city": "zhongshan",
        "plan": "zhongshan-2015-2017",
        "period": "2015Q2",
        "versions": {"xiaolan": 0},
    }

    def change(book: Workbook) -> None:
        del book[identity.SHEET]
        stamp(book, Identity(**{**about, **other}))

    return changed(content, change)


def repacked(
    content: bytes,
    parts: Mapping[str, bytes],
    *,
    method: int = zipfile.ZIP_DEFLATED,
    level: int = 1,
) -> bytes:
    """The archive with some parts replaced or added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", method, compresslevel=level) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return file.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def with_part(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    part = part_of(content, name)
    assert old in part, (name, old)
    return repacked(content, {name: part.replace(old, new, 1)})


def with_strings(content: bytes, strings: bytes) -> bytes:
    """The workbook with a table of strings, such as Excel writes, which openpyxl reads whole before all else."""
    name, kind = (
        "xl/sharedStrings.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml",
    )
    override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'.encode()
    named = with_part(content, "[Content_Types].xml", b"</Types>", override)
    return repacked(named, {name: b'<sst xmlns="%b">%b</sst>' % (MAIN.encode(), strings)})


def sheet_of(rows: bytes, before: bytes = b"") -> bytes:
    return b'<worksheet xmlns="%b">%b<sheetData>%b</sheetData></worksheet>' % (MAIN.encode(), before, rows)


def with_number(content: bytes, written: bytes) -> bytes:
    """F6 holding a number that no program would write."""
    filled = typed(content, {"F6": 14.51})
    return with_part(filled, SHEET_PART, b"<v>14.51</v>", b"<v>%b</v>" % written)


# --- Another's

NOT_OURS = "这不是从本系统下载的季报模板"
TAMPERED = "模板的校验信息与下载时不同"

case("another-unit", REFUSED, "这是另一个单位的模板，本页是小榄镇的。")(lambda files: files.other_unit)
case("another-quarter", REFUSED, "这是2015年第一季度的模板，本页是2015年第二季度。")(
    lambda files: files.other_quarter
)
case("the-towns-sheet", REFUSED, "这是联席会议办公室的镇区代填表")(lambda files: files.towns)
case("another-plan", REFUSED, "这是另一个行动计划（zhongshan-2018-2020）的模板")(
    lambda files: restamped(files.own, plan="zhongshan-2018-2020")
)
case("another-city", REFUSED, "这是另一个市的模板，本页是中山市的。")(
    lambda files: restamped(files.own, city="linhaiwan")
)
case("an-old-version", STALE, "这份模板是旧版")(lambda files: restamped(files.own, versions={"xiaolan": 7}))
case("another-format", REFUSED, "这份模板的格式（季报模板/9）不是本系统现在用的。")(
    lambda files: restamped(files.own, format="季报模板/9")
)


@case("made-by-hand", REFUSED, NOT_OURS)
def _(files: Downloads) -> bytes:
    file, book = io.BytesIO(), Workbook()
    book.active.append(["工业投资", 14.51])
    book.save(file)
    return file.getvalue()


@case("without-identity", REFUSED, NOT_OURS)
def _(files: Downloads) -> bytes:
    return changed(files.own, lambda book: book.remove(book[identity.SHEET]))


@case("identity-emptied", REFUSED, NOT_OURS)
def _(files: Downloads) -> bytes:
    return changed(files.own, lambda book: book[identity.SHEET].delete_rows(1, 20))


@case("identity-with-another-version", REFUSED, TAMPERED)
def _(files: Downloads) -> bytes:
    return changed(files.own, lambda book: book[identity.SHEET].__setitem__("B5", "1"))


@case("identity-with-another-unit", REFUSED, TAMPERED)
def _(files: Downloads) -> bytes:
    return changed(files.other_unit, lambda book: book[identity.SHEET].__setitem__("A5", "xiaolan"))


# --- Moved, renamed, merged

FIXED = "模板的行、列和标题不能移动、改名或删除。"

given(
    "rows-swapped",
    REFUSED,
    "A6 应是“工业投资”，现在是“工业技改投资”",
    FIXED,
    A6="工业技改投资",
    A7="工业投资",
)
given("a-heading-renamed", REFUSED, "F4 应是“本季累计", "现在是“当季数”", FIXED, F4="当季数")
given("a-unit-changed", REFUSED, "B6 应是“亿元”，现在是“万元”", FIXED, B6="万元", F6=145100)
given("a-name-emptied", REFUSED, "A6 应是“工业投资”，现在是空的", FIXED, A6=None)
given("a-label-of-the-texts-gone", REFUSED, "A17 应是“工作进展”", FIXED, A17="进展")


@case("a-row-removed", REFUSED, "A6 应是“工业投资”", FIXED)
def _(files: Downloads) -> bytes:
    return changed(files.own, lambda book: book[SHEET].delete_rows(6))


@case("a-row-inserted", REFUSED, "A6 应是“工业投资”，现在是空的", FIXED)
def _(files: Downloads) -> bytes:
    return changed(files.own, lambda book: book[SHEET].insert_rows(6))


@case("a-column-inserted", REFUSED, "B4 应是“单位”，现在是空的", FIXED)
def _(files: Downloads) -> bytes:
    return changed(files.own, lambda book: book[SHEET].insert_cols(2))


@case("sheet-renamed", REFUSED, "缺少“季报表”工作表")
def _(files: Downloads) -> bytes:
    return changed(files.own, lambda book: setattr(book[SHEET], "title", "Sheet1"))


@case("sheet-missing", REFUSED, "缺少“季报表”工作表")
def _(files: Downloads) -> bytes:
    def swap(book: Workbook) -> None:
        book.create_sheet("新表")
        book.remove(book[SHEET])

    return changed(files.own, swap)


@case("figures-merged", REFUSED, "F6:F8 被合并成了一格，其中的数会丢失。请取消合并")
def _(files: Downloads) -> bytes:
    return changed(files.own, lambda book: book[SHEET].merge_cells("F6:F8"))


@case("figure-and-note-merged", REFUSED, "F6:G6 被合并成了一格")
def _(files: Downloads) -> bytes:
    return changed(files.own, lambda book: book[SHEET].merge_cells("F6:G6"))


# --- Cells that are refused, the rest is read

given(
    "a-formula",
    READ,
    "F6",
    "是公式，请复制后“选择性粘贴”为数值。",
    "F7 工业技改投资（亿元） 本季累计 新填 （空） 1,417",
    F6="=7+7.51",
    F7=1417,
)
given("a-formula-of-another-file", READ, "F6", "是公式", F6="='[1]Sheet1'!A1")
given("a-note-that-is-a-formula", READ, "G6", "是公式", G6='=HYPERLINK("http://127.0.0.1/")')
given("a-date", READ, "F6", "被 Excel 当成了日期或时间", F6=datetime.date(2015, 7, 8))
given("a-time", READ, "F6", "被 Excel 当成了日期或时间", F6=datetime.time(10, 30))
given("a-boolean", READ, "F6", "是逻辑值（TRUE 或 FALSE），请改填数字或文字。", F6=True)
given("an-error-value", READ, "F6", "是 Excel 的错误值 #REF!，请改正。", F6="#REF!")
given("words", READ, "F6", "“暂无”不是数字", F6="暂无")
given("scientific-notation", READ, "F6", "“1e5”用了科学记数法", F6="1e5")
given("an-underscore", READ, "F6", "“1_000”含有下划线，请去掉", F6="1_000")
given("nan-as-text", READ, "F6", "“NaN”不是数", F6="NaN")
given("inf-as-text", READ, "F6", "“inf”不是数", F6="inf")
given("another-unit-of-measure", READ, "F6", "的数字后面是“万元”，不是本指标的单位“亿元”", F6="145100万元")
given("digits-of-another-script", READ, "F6", "含有不能识别的数字字符", F6="١٤١٧")
given("too-many-digits", READ, "F6", "位数太多", F6=1e20)
given("too-many-decimals", READ, "F6", "小数位太多", F6="1.23456")
given("a-note-too-long", READ, "G6", "说明最多 400 字，现有 401 字，请缩短。", G6="长" * 401)
given("a-text-too-long", READ, "B17", "每段文字最多 4000 字，现有 4001 字，请缩短。", B17="长" * 4001)
given("a-doubt", READ, "F6", "填的是 0，而年度目标是", F6=0)
given("above-its-whole", READ, "F9", "“超5000万元企业”9 大于“开展技改企业”4", F8=4, F9=9)
case("an-infinite-number", READ, "F6", "不是有限的数")(lambda files: with_number(files.own, b"1e999"))

# --- Read correctly

given("thousands-separated", READ, f"{INVESTMENT} 1,417", F6="1,417")
given("full-width", READ, f"{INVESTMENT} 1,417", F6="１，４１７")
given("with-its-unit", READ, f"{INVESTMENT} 14.51", F6="14.51亿元")
given("a-percentage-as-text", READ, "F5 研发机构比例（%） 本季累计 新填 （空） 1.35", F5="1.35%")
given(
    "whole-and-part",
    READ,
    "F8 开展技改企业（家） 本季累计 新填 （空） 350",
    "（家） 本季累计 新填 （空） 220",
    F8="350（220）",
)
given(
    "a-dash-with-a-note",
    READ,
    "新填 1 格",
    "G6 工业投资（亿元） 说明 新填 （空） 本季未统计",
    F6="—",
    G6="本季未统计",
)
given(
    "text-that-looks-like-a-tag",
    READ,
    "（空） &lt;script&gt;alert(1)&lt;/script&gt;",
    G6="<script>alert(1)</script>",
)
given(
    "several-lines",
    READ,
    "B17 工作进展 新填 （空） 一季度完成。 二季度推进。",
    B17="一季度完成。\n二季度推进。",
)


@case("a-percentage-by-format", READ, "F5 研发机构比例（%） 本季累计 新填 （空） 1.35")
def _(files: Downloads) -> bytes:
    def change(book: Workbook) -> None:
        book[SHEET]["F5"], book[SHEET]["F5"].number_format = 0.0135, "0.00%"

    return changed(files.own, change)


@case("a-note-that-begins-with-equals", READ, "（空） =同口径")
def _(files: Downloads) -> bytes:
    def change(book: Workbook) -> None:
        book[SHEET]["G6"] = "=同口径"
        book[SHEET]["G6"].data_type = "s"

    return changed(files.own, change)


@case("a-sheet-of-ones-own", READ, f"{INVESTMENT} 14.51")
def _(files: Downloads) -> bytes:
    def change(book: Workbook) -> None:
        book.create_sheet("台账").append(["甲厂", "=1+1"])
        book[SHEET]["F6"] = 14.51

    return changed(files.own, change)


@case("nothing-typed", READ, "文件与已保存的内容相同")
def _(files: Downloads) -> bytes:
    return files.own


@case("a-false-dimension", READ, f"{INVESTMENT} 14.51")
def _(files: Downloads) -> bytes:
    filled = typed(files.own, {"F6": 14.51})
    part = part_of(filled, SHEET_PART)
    start = part.index(b"<dimension ref=")
    end = part.index(b"/>", start) + 2
    return repacked(filled, {SHEET_PART: part[:start] + b'<dimension ref="A1:XFD1048576"/>' + part[end:]})


@case("a-cell-in-the-last-corner", READ, f"{INVESTMENT} 14.51")
def _(files: Downloads) -> bytes:
    last = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return with_part(typed(files.own, {"F6": 14.51}), SHEET_PART, b"</sheetData>", last)


# --- No workbook at all

NO_WORKBOOK = "这不是 Excel 工作簿"
BROKEN = "损坏"

case("empty", REFUSED, "文件是空的，没有内容。")(lambda files: b"")
case("truncated", REFUSED, BROKEN)(lambda files: files.own[: len(files.own) // 2])
case("a-csv", REFUSED, NO_WORKBOOK)(lambda files: "指标,本季累计\n工业投资,14.51\n".encode())
case("a-web-page", REFUSED, NO_WORKBOOK)(lambda files: b"<html><table><tr><td>14.51</td></tr></table></html>")
case("a-pdf", REFUSED, NO_WORKBOOK)(lambda files: b"%PDF-1.7\n%...")
case("an-old-xls", REFUSED, "这是旧格式（*.xls）的文件")(lambda files: OLE + bytes(4096))
case("a-password", REFUSED, "工作簿设了打开密码")(
    lambda files: OLE + bytes(1024) + "EncryptedPackage".encode("utf-16-le") + bytes(1024)
)
case("over-five-megabytes", REFUSED, "文件超过 5 MB")(lambda files: files.own + bytes(5 * 1024 * 1024))
case("an-ods", REFUSED, "可能是 ODS")(
    lambda files: repacked(
        _zip({}), {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
    )
)
case("some-archive", REFUSED, NO_WORKBOOK)(lambda files: _zip({"照片.jpg": b"\xff\xd8\xff"}))
case("macros", REFUSED, "工作簿带有宏")(lambda files: repacked(files.own, {"xl/vbaProject.bin": b"VBA"}))


def _zip(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


@case("a-macro-workbook-without-macros", REFUSED, "工作簿带有宏")
def _(files: Downloads) -> bytes:
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return with_part(
        files.own, "[Content_Types].xml", plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )


@case("broken-xml", REFUSED, BROKEN)
def _(files: Downloads) -> bytes:
    return with_part(files.own, SHEET_PART, b"</sheetData>", b"</sheetDat>")


@case("a-number-that-is-none", REFUSED, BROKEN)
def _(files: Downloads) -> bytes:
    return with_number(files.own, b"NaN")


@case("a-string-that-is-not-there", REFUSED, BROKEN)
def _(files: Downloads) -> bytes:
    filled = typed(with_strings(files.own, b"<si><t>a</t></si>"), {"F6": 14.51})
    part = part_of(filled, SHEET_PART)
    far = (
        part.replace(b"<v>14.51</v>", b"<v>99999</v>")
        .replace(b'r="F6"', b'r="F6" t="s"')
        .replace(b' t="n"', b"")
    )
    return with_strings(repacked(filled, {SHEET_PART: far}), b"<si><t>a</t></si>")


@case("utf-16", REFUSED, BROKEN)
def _(files: Downloads) -> bytes:
    part = part_of(files.own, SHEET_PART).decode().encode("utf-16")
    return repacked(files.own, {SHEET_PART: part})


@case("parts-of-one-name", REFUSED, "工作簿里有重名的部件")
def _(files: Downloads) -> bytes:
    file = io.BytesIO(files.own)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(SHEET_PART.upper(), sheet_of(b""))
    return file.getvalue()


# --- Hostile

TOO_MUCH, SAME = "工作簿内容太多", "文件与已保存的内容相同"

case("a-zip-bomb", REFUSED, "工作簿展开后超过 50 MB")(
    lambda files: repacked(files.own, {"xl/media/image1.png": bytes(60 * 1024 * 1024)}, level=9)
)
case("a-bzip2-bomb", REFUSED, BROKEN)(
    lambda files: repacked(
        files.own, {"xl/media/image1.png": bytes(60 * 1024 * 1024)}, method=zipfile.ZIP_BZIP2, level=9
    )
)
case("an-lzma-part", REFUSED, BROKEN)(
    lambda files: repacked(
        files.own, {"xl/media/image1.png": bytes(1024)}, method=zipfile.ZIP_LZMA, level=None
    )  # type: ignore[arg-type]
)
case("blanks-without-end", REFUSED, TOO_MUCH)(
    lambda files: repacked(files.own, {SHEET_PART: sheet_of(b" " * 45 * 1024 * 1024)})
)
case("a-million-rows", REFUSED, TOO_MUCH)(
    lambda files: repacked(files.own, {SHEET_PART: sheet_of(b"<row><c><v>1</v></c></row>" * 1_000_000)})
)
case("a-million-empty-rows", REFUSED, TOO_MUCH)(
    lambda files: repacked(files.own, {SHEET_PART: sheet_of(b'<row s="1"/>' * 1_000_000)})
)
case("a-hundred-thousand-styles", REFUSED, TOO_MUCH)(
    lambda files: with_part(
        files.own,
        "xl/styles.xml",
        b"<cellXfs",
        b'<cellXfs count="100000">' + b"<xf/>" * 100_000 + b"</cellXfs><x",
    )
)
case("a-million-strings", REFUSED, TOO_MUCH)(lambda files: with_strings(files.own, b"<si/>" * 1_000_000))
case("too-many-parts", REFUSED, "工作簿内的部件超过 200 个")(
    lambda files: repacked(files.own, {f"xl/media/{number}.png": b"" for number in range(300)})
)


@case("many-sheets", REFUSED, "工作表超过 40 张")
def _(files: Downloads) -> bytes:
    return changed(files.own, lambda book: [book.create_sheet(f"表{number}") for number in range(60)])


@case("one-sheet-under-a-thousand-names", REFUSED, "工作表超过 40 张")
def _(files: Downloads) -> bytes:
    part = part_of(files.own, "xl/workbook.xml")
    start = part.index(b"<sheet ")
    first = part[start : part.index(b"/>", start) + 2]
    return repacked(files.own, {"xl/workbook.xml": part.replace(first, first * 1000, 1)})


@case("strings-as-many-as-allowed", READ, SAME)
def _(files: Downloads) -> bytes:
    return with_strings(files.own, b"<si/>" * 19_000)


@case("styles-as-many-as-allowed", READ, SAME)
def _(files: Downloads) -> bytes:
    part = part_of(files.own, "xl/styles.xml")
    end = part.index(b"</cellXfs>")
    many = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * 19_000
    return repacked(files.own, {"xl/styles.xml": part[:end] + many + part[end:]})


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@case("entities-that-multiply", REFUSED, "不是 Excel 写的，不予读取")
def _(files: Downloads) -> bytes:
    row = b'<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>'
    return repacked(files.own, {SHEET_PART: ENTITIES + sheet_of(row)})


@case("entities-among-the-strings", REFUSED, "不是 Excel 写的，不予读取")
def _(files: Downloads) -> bytes:
    strings = with_strings(files.own, b"<si><t>&b;</t></si>")
    return with_part(strings, "xl/sharedStrings.xml", b"<sst", ENTITIES + b"<sst")


@case("an-entity-that-reads-a-file", REFUSED, "不是 Excel 写的，不予读取")
def _(files: Downloads) -> bytes:
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    return with_part(files.own, "xl/workbook.xml", b"<workbook", entity + b"<workbook")


@case("tags-within-tags", REFUSED, BROKEN)
def _(files: Downloads) -> bytes:
    return repacked(files.own, {"xl/workbook.xml": b"<a>" * 9_000 + b"</a>" * 9_000})


@case("wide-rows", READ, "文件与已保存的内容相同")
def _(files: Downloads) -> bytes:
    wide = b"".join(b'<row r="%d"><c r="XFD%d"/></row>' % (row, row) for row in range(30, 6_000))
    return with_part(files.own, SHEET_PART, b"</sheetData>", wide + b"</sheetData>")


# --- Small files that would keep openpyxl busy for minutes or hours: what they hold grows with its square

ODD = "不像表格软件保存的"
STYLES_PART, BOOK_PART, LINKS_PART = "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def with_end(content: bytes, name: str, tag: str, more: bytes) -> bytes:
    """The part with more in front of a closing tag."""
    end = f"</{tag}>".encode()
    return with_part(content, name, end, more + end)


def after_rows(content: bytes, more: bytes) -> bytes:
    return with_part(content, SHEET_PART, b"</sheetData>", b"</sheetData>" + more)


def with_format(content: bytes, format_code: bytes, *, times: int) -> bytes:
    """A number format, used by so many styles."""
    styles = b'<xf numFmtId="999" fontId="0" fillId="0" borderId="0"/>' * times
    named = b'<numFmt numFmtId="999" formatCode="%b"/>' % format_code
    return with_formats(with_end(content, STYLES_PART, "cellXfs", styles), named)


def with_formats(content: bytes, formats: bytes) -> bytes:
    none = first_tag(content, STYLES_PART, b"<numFmts")
    return with_part(content, STYLES_PART, none, b"<numFmts>%b</numFmts>" % formats)


def with_titles(content: bytes, titles: bytes, *, times: int) -> bytes:
    names = b"".join(
        b'<definedName name="_xlnm.Print_Titles%d" localSheetId="0">%b</definedName>' % (number, titles)
        for number in range(times)
    )
    return with_end(content, BOOK_PART, "definedNames", names)


def with_shared_formula(content: bytes, formula: bytes, *, times: int) -> bytes:
    rows = b"".join(b'<row r="30"><c r="B30"><f t="shared" si="0"/></c></row>' for _ in range(times))
    first = b'<row r="30"><c r="A30"><f t="shared" si="0">%b</f></c></row>' % formula
    return with_end(content, SHEET_PART, "sheetData", first + rows)


def first_tag(content: bytes, part: str, start: bytes) -> bytes:
    """The first tag of a part that begins so."""
    whole = part_of(content, part)
    at = whole.index(start)
    return whole[at : whole.index(b"/>", at) + 2]


case("merges-that-never-close", REFUSED, BROKEN)(
    lambda files: with_part(
        files.own,
        SHEET_PART,
        b"</sheetData>",
        b'<row r="900"/><row r="901"/>' + b" " * 300_000 + b"<mergeCell " * 2_000 + b" " * 400_000,
    )
)
case("a-number-format-without-end", REFUSED, ODD, "formatCode 过长")(
    lambda files: with_format(files.own, b"[" * 50_000, times=1)
)
case("a-number-format-of-brackets", REFUSED, ODD, "数字格式异常")(
    lambda files: with_format(files.own, b"[" * 200, times=15_000)
)
case("a-number-format-in-a-tag-of-its-own", REFUSED, ODD, "标记错位")(
    lambda files: with_formats(
        files.own, b'<numFmt numFmtId="999"><formatCode>' + b"[" * 30_000 + b"</formatCode></numFmt>"
    )
)
case("number-formats-as-long-as-allowed", READ, SAME)(
    lambda files: with_format(files.own, b"[" * 16 + b"0" * 239, times=10_000)
)
case("print-titles-without-end", REFUSED, ODD, "过长")(
    lambda files: with_titles(files.own, b"$1:$1," * 5_000, times=1)
)
case("a-thousand-print-titles", REFUSED, ODD, "过多")(
    lambda files: with_titles(files.own, b"'" * 300, times=1_000)
)
case("a-print-title-in-tags-of-its-own", REFUSED, ODD, "标记错位")(
    lambda files: with_end(
        files.own,
        BOOK_PART,
        "definedNames",
        b"<definedName><name>_xlnm.Print_Titles</name>" + b"'" * 8_000 + b"</definedName>",
    )
)
case("print-titles-as-long-as-allowed", READ, SAME)(
    lambda files: with_titles(files.own, "'季报表'!$1:$1,".encode() * 20, times=100)
)
case("a-formula-shared-by-thousands", REFUSED, ODD, "共享公式过多")(
    lambda files: with_shared_formula(files.own, b"A1+" * 2_700 + b"1", times=2_000)
)
case("a-formula-shared-as-often-as-allowed", READ, SAME)(
    lambda files: with_shared_formula(files.own, b"A1+" * 600 + b"1", times=100)
)
case("a-shared-formula-that-is-none", REFUSED, BROKEN)(
    lambda files: with_part(
        files.own,
        SHEET_PART,
        b"<sheetData>",
        b'<sheetData><row r="1"><c r="A1"><f t="shared" si="0">[</f></c></row>',
    )
)
case("six-thousand-named-styles", REFUSED, ODD, "cellStyle 过多")(
    lambda files: with_end(
        files.own,
        STYLES_PART,
        "cellStyles",
        b"".join(b'<cellStyle name="s%d" xfId="0"/>' % number for number in range(6_000)),
    )
)
case("colours-of-one-hash", REFUSED, ODD, "数字过长")(
    lambda files: with_end(
        files.own,
        STYLES_PART,
        "fonts",
        b"".join(b'<font><color indexed="%d"/></font>' % (number * (2**61 - 1)) for number in range(9, 900)),
    )
)
case("ranges-of-validations-without-end", REFUSED, ODD, "区域过多")(
    lambda files: after_rows(
        files.own,
        b"<dataValidations>%b</dataValidations>"
        % (b'<dataValidation sqref="%b"/>' % b" ".join(b"A%d" % row for row in range(1, 4_500)) * 200),
    )
)
case("ranges-of-formats-without-end", REFUSED, ODD, "区域过多")(
    lambda files: after_rows(
        files.own, b'<conditionalFormatting sqref="%b"/>' % b" ".join([b"A1:XFD1048576"] * 2_300) * 20
    )
)
case("a-header-without-end", REFUSED, ODD, "oddHeader 过长")(
    lambda files: after_rows(
        files.own,
        b"<headerFooter><oddHeader>%b</oddHeader></headerFooter>"
        % (b"&amp;L" + b"&amp;C" * 1_000 + b"&amp;R" * 1_000),
    )
)
case("a-tag-of-seven-megabytes", REFUSED, ODD)(
    lambda files: after_rows(files.own, b'<x y="' + b"z" * 7 * 1024 * 1024 + b'"/>')
)
case("a-comment-of-seven-megabytes", REFUSED, ODD, "过长的标记")(
    lambda files: after_rows(files.own, b"<!--" + b"z" * 7 * 1024 * 1024 + b"-->")
)
case("a-namespace-of-thousands-of-letters", REFUSED, ODD, "标记过大")(
    lambda files: after_rows(files.own, b'<x xmlns="' + b"n" * 60_000 + b'">' + b"<y/>" * 15_000 + b"</x>")
)
case("a-text-of-seven-megabytes", REFUSED, ODD, "t 过长")(
    lambda files: with_strings(files.own, b"<si><t>" + b"z" * 7 * 1024 * 1024 + b"</t></si>")
)
case("thousands-of-properties", REFUSED, ODD, "property 过多")(
    lambda files: repacked(
        files.own, {"docProps/custom.xml": b"<Properties>" + b"<property/>" * 9_000 + b"</Properties>"}
    )
)
case("thousands-of-relationships", REFUSED, ODD, "Relationship 过多")(
    lambda files: with_end(
        files.own, LINKS_PART, "Relationships", b'<Relationship Id="x" Target="y"/>' * 9_000
    )
)
case("a-sheet-of-charts", REFUSED, "工作簿里有图表工作表，请删去")(
    lambda files: with_part(files.own, LINKS_PART, b"relationships/worksheet", b"relationships/chartsheet")
)


@case("one-sheet-listed-thirty-times", REFUSED, ODD, "同一工作表列了多次")
def _(files: Downloads) -> bytes:
    first = first_tag(files.own, BOOK_PART, b"<sheet ")
    return with_part(files.own, BOOK_PART, first, first * 30)


@case("one-part-as-thirty-sheets", REFUSED, ODD, "同一部件被引用多次")
def _(files: Downloads) -> bytes:
    target = b'Target="/xl/worksheets/sheet1.xml"'
    more = b"".join(b'<Relationship Id="m%d" Type="x" %b/>' % (number, target) for number in range(30))
    return with_end(files.own, LINKS_PART, "Relationships", more)
