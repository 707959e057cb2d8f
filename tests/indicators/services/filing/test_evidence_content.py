"""Files by their content: what is taken, and the sentence for each that is not."""

from __future__ import annotations

import time
import tracemalloc
import zipfile

import pytest

from indicators.services.filing import FilingError
from indicators.services.filing.evidence_content import inspect
from tests.evidence_files import (
    DOC,
    DOCX,
    JPEG,
    PDF,
    PLAIN_TYPES,
    PNG,
    PPT,
    PPTX,
    TYPES,
    XLS,
    XLSX,
    compound_file,
    encrypted,
    office_file,
    zipped,
)

pytestmark = pytest.mark.once

MEGABYTE = 1024 * 1024
MACRO_TYPES = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'


@pytest.mark.parametrize(
    ("name", "data", "label"),
    [
        ("合同.pdf", PDF, "PDF"),
        ("照片.png", PNG, "PNG 图片"),
        ("照片.JPG", JPEG, "JPEG 图片"),
        ("照片.jpeg", JPEG, "JPEG 图片"),
        ("说明.docx", DOCX, "Word 文档"),
        ("台账.xlsx", XLSX, "Excel 工作簿"),
        ("汇报.pptx", PPTX, "PowerPoint 演示文稿"),
        ("说明.doc", DOC, "Word 文档"),
        ("台账.xls", XLS, "Excel 工作簿"),
        ("台账.xls", compound_file("Book"), "Excel 工作簿"),
        ("汇报.ppt", PPT, "PowerPoint 演示文稿"),
        # A workbook set into a letter does not make it a workbook, nor the letter something else.
        ("说明.doc", compound_file("WordDocument", "ObjectPool", "Workbook"), "Word 文档"),
    ],
)
def test_what_offices_hand_around_is_taken(name: str, data: bytes, label: str) -> None:
    kept, kind = inspect(name, data)
    assert (kept, kind.label) == (name, label)


MISMATCH = "与扩展名不符"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.pdf", b"", "文件是空的。"),
        ("合同.pdf", b"<script>alert(1)</script>", MISMATCH),
        ("合同.pdf", b"MZ" + PDF, MISMATCH),
        ("合同.pdf", DOCX, MISMATCH),
        ("照片.png", JPEG, MISMATCH),
        ("照片.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", MISMATCH),
        ("照片.png", b"GIF89a" + bytes(30), MISMATCH),
        ("说明.docx", XLSX, MISMATCH),
        ("说明.docx", DOC, MISMATCH),
        ("说明.docx", PDF, MISMATCH),
        ("说明.docx", b"just words", MISMATCH),
        ("说明.docx", zipped({"word/document.xml": b"<x/>"}), MISMATCH),
        ("台账.xlsx", zipped({"a.exe": b"MZ"}), MISMATCH),
        ("台账.xlsx", office_file("xl/workbook.bin"), MISMATCH),
        ("说明.doc", XLS, MISMATCH),
        ("说明.doc", DOCX, MISMATCH),
        ("安装.doc", compound_file("!_StringData", "Property"), MISMATCH),  # an installer in Word's clothes
        ("台账.xlsm", office_file("xl/workbook.xml", types=MACRO_TYPES), "含有宏"),
        ("台账.xlsx", office_file("xl/workbook.xml", types=MACRO_TYPES), "含有宏"),
        ("台账.xlsx", office_file("xl/workbook.xml", {"xl/vbaProject.bin": b"x"}), "含有宏"),
        ("说明.docx", office_file("word/document.xml", {"word/VBAPROJECT.BIN": b"x"}), "含有宏"),
        ("台账.xlsx", office_file("xl/workbook.xml", {"xl/macrosheets/sheet1.xml": b"x"}), "含有宏"),
        ("说明.doc", compound_file("WordDocument", "Macros", "VBA", "_VBA_PROJECT"), "含有宏"),
        ("台账.xls", compound_file("Workbook", "_VBA_PROJECT_CUR"), "含有宏"),
        ("台账.xlsx", encrypted(XLSX), "设了密码"),
        ("台账.xlsx", compound_file("EncryptionInfo", "EncryptedPackage"), "设了密码"),
        ("说明.docx", DOCX[: len(DOCX) // 2], "已损坏"),
        ("说明.docx", DOCX.replace(b"PK\x01\x02", b"PK\x01\x03"), "已损坏"),
        ("台账.html", b"<html>", "网页"),
        ("台账.zip", zipped({"a.txt": b"x"}), "压缩包"),
        ("发票\u202efdp.exe", PDF, "程序"),
    ],
)
def test_everything_else_is_refused_with_its_reason(name: str, data: bytes, said: str) -> None:
    with pytest.raises(FilingError, match=said):
        inspect(name, data)


def test_ten_megabytes_are_taken_and_a_byte_more_is_not() -> None:
    whole = PDF + bytes(10 * MEGABYTE - len(PDF))
    assert inspect("合同.pdf", whole)[1].label == "PDF"
    with pytest.raises(FilingError, match="超过 10 MB"):
        inspect("合同.pdf", whole + b"\0")


BOMBS = {
    "one part of 200 MB": lambda: office_file("xl/workbook.xml", {"xl/a.xml": bytes(200 * MEGABYTE)}),
    "thirty parts of 5 MB": lambda: office_file(
        "xl/workbook.xml", {f"xl/{n}.xml": bytes(5 * MEGABYTE) for n in range(30)}
    ),
    "three thousand parts": lambda: office_file("xl/workbook.xml", {f"xl/{n}.xml": b"" for n in range(3000)}),
    "packed by a method that unpacks without a bound": lambda: zipped(
        {TYPES: PLAIN_TYPES, "xl/workbook.xml": b"<x/>", "xl/a.xml": bytes(300 * MEGABYTE)},
        method=zipfile.ZIP_BZIP2,
    ),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_before_it_fills_the_memory(bomb: str) -> None:
    data = BOMBS[bomb]()
    assert len(data) < MEGABYTE
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(FilingError, match=r"过大|已损坏"):
        inspect("台账.xlsx", data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * MEGABYTE
    assert time.perf_counter() - began < 5


def test_a_document_that_unpacks_well_is_taken() -> None:
    """A long table: 8 MB of text in a few KB."""
    assert inspect("台账.xlsx", office_file("xl/workbook.xml", {"xl/sheet1.xml": b"<c/>" * 2 * MEGABYTE}))
