"""What a file may be called, what its first bytes say, and what is told to somebody who brings another."""

import pytest

from indicators.domain.evidence import (
    KINDS,
    Shell,
    clean_name,
    kind_named,
    shell_of,
    size_in_words,
    why_not_named,
)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("合同.pdf", "合同.pdf"),
        (" 企业  台账\t2015.xlsx ", "企业 台账2015.xlsx"),
        (r"C:\Users\何小榄\台账.xlsx", "台账.xlsx"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("发票\u202efdp.exe", "发票fdp.exe"),  # shown as 发票exe.pdf by what believes the mark
        ("零\u200b宽\ufeff.png", "零宽.png"),
        ("换\r\n行\x00.pdf", "换行.pdf"),
        ('a<b>:"c"|?*.pdf', "a_b___c____.pdf"),
        (".pdf", "佐证材料.pdf"),
        ("..", "佐证材料"),
        ("", "佐证材料"),
        ("合同.pdf.", "合同.pdf"),
        ("e\u0301tat.pdf", "\u00e9tat.pdf"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
        ("长" * 300, "长" * 200),
        ("x." + "y" * 300, "x." + "y" * 198),
    ],
)
def test_a_name_is_kept_without_what_could_deceive(given: str, kept: str) -> None:
    assert clean_name(given) == kept
    assert len(kept) <= 200


@pytest.mark.parametrize(
    ("head", "shell"),
    [
        (b"%PDF-1.4\n", Shell.PDF),
        (b" %PDF-1.4\n", None),
        (b"\x89PNG\r\n\x1a\n", Shell.PNG),
        (b"\x89PNG\n\x1a\n", None),
        (b"\xff\xd8\xff\xe1", Shell.JPEG),
        (b"PK\x03\x04", Shell.ZIP),
        (b"PK\x05\x06", None),  # an empty archive
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Shell.OLE),
        (b"MZ\x90\x00", None),
        (b"\x7fELF", None),
        (b"#!/bin/sh\n", None),
        (b"GIF89a", None),
        (b"<!doctype html>", None),
        (b"<svg xmlns=", None),
        (b"", None),
    ],
)
def test_a_file_is_what_its_first_bytes_say(head: bytes, shell: Shell | None) -> None:
    assert shell_of(head) == shell


@pytest.mark.parametrize("name", [f"台账.{extension}" for extension in KINDS] + ["台账.PDF", "a.b.Docx"])
def test_office_files_pdfs_and_pictures_are_accepted_by_name(name: str) -> None:
    assert kind_named(name) is not None
    assert why_not_named(name) == ""


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("台账.xlsm", "含有宏的文件不收，请另存为 docx、xlsx 或 pptx 后再上传。"),
        ("台账.DOCM", "含有宏的文件不收，请另存为 docx、xlsx 或 pptx 后再上传。"),
        ("台账.zip", "压缩包不收，请解压后逐个上传其中的文件。"),
        ("台账.html", "网页和矢量图不收，请另存为 PDF 后再上传。"),
        ("图.svg", "网页和矢量图不收，请另存为 PDF 后再上传。"),
        ("setup.exe", "程序和脚本不收。"),
        ("台账.et", "WPS 格式请另存为 docx、xlsx、pptx 或 PDF 后再上传。"),
        ("照片.heic", "只收PDF、PNG 或 JPEG 图片、Word、Excel、PowerPoint，请另存为其中一种后再上传。"),
        ("台账", "只收PDF、PNG 或 JPEG 图片、Word、Excel、PowerPoint，请另存为其中一种后再上传。"),
        ("台账.pdf.exe", "程序和脚本不收。"),
    ],
)
def test_whoever_brings_another_is_told_what_to_do(name: str, advice: str) -> None:
    assert kind_named(name) is None
    assert why_not_named(name) == advice


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 KB"),
        (1024, "1 KB"),
        (48_213, "47 KB"),  # 47.08
        (1_048_575, "1024 KB"),
        (1_048_576, "1.0 MB"),
        (3_565_158, "3.4 MB"),
        (10_485_760, "10.0 MB"),
    ],
)
def test_a_size_is_said_as_people_say_it(size: int, words: str) -> None:
    assert size_in_words(size) == words
