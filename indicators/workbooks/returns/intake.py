"""Opens a filled-in template, after a look at what it really is: quickly, in little memory, or not at all.

openpyxl builds an object of every style, string and sheet that a file names, before the first cell can be read: a
small file can keep it busy for minutes. The look counts them in the raw bytes first.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from openpyxl import Workbook

from indicators.workbooks.archive import CHUNK, check_archive, opened_workbook
from indicators.workbooks.limits import MAX_BYTES, MAX_SHEETS, DamagedFileError
from indicators.workbooks.returns.refusals import AGAIN, RefusedFileError

MAX_PART_TAGS = 20_000
MAX_TAGS = 40_000
MAX_PART_TEXT = 8 * 1024 * 1024
"""A sheet of 240 towns holds 13,500 tags; the worst file of so many opens in half a second (our choice)."""

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MACROS = ("vbaproject.bin", "vbadata.xml")
SAVE_AS = "请用 Excel 打开，另存为“Excel 工作簿（*.xlsx）”后再上传。"

_SHEET = re.compile(rb"<(?:[\w.-]+:)?sheet[\s/>]")
_ENCODING = re.compile(rb"^[^>]{0,200}encoding\s*=\s*[\"']([^\"']+)")
_BREAKAGES = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


@contextmanager
def opened_upload(file: BinaryIO) -> Iterator[Workbook]:
    """The uploaded workbook, read-only. Raises RefusedFileError for whatever is none, or too much."""
    try:
        _look_at_head(file)
        check_archive(file)
        with zipfile.ZipFile(file) as archive:
            _look_inside(archive)
        file.seek(0)
        with opened_workbook(file) as book:
            yield book
    except RefusedFileError:
        raise
    except DamagedFileError as fault:
        raise RefusedFileError(str(fault)) from fault
    except _BREAKAGES as fault:
        raise RefusedFileError(f"文件不完整或已损坏，打不开。{AGAIN}") from fault


def _look_at_head(file: BinaryIO) -> None:
    """Tell by its first bytes a file that only bears a workbook's name."""
    head = file.read(8)
    file.seek(0)
    if not head:
        raise RefusedFileError("文件是空的，没有内容。请选择填好的模板再上传。")
    if head.startswith(OLE):
        content = file.read(MAX_BYTES)
        file.seek(0)
        if ENCRYPTED in content:
            raise RefusedFileError("工作簿设了打开密码，读不了。请在 Excel 里取消密码，保存后再上传。")
        raise RefusedFileError(f"这是旧格式（*.xls）的文件，只是改了扩展名。{SAVE_AS}")
    if not head.startswith(b"PK"):
        raise RefusedFileError(
            "这不是 Excel 工作簿（可能是 CSV、网页或 PDF 改了扩展名）。请下载模板，填好后上传。"
        )


def _look_inside(archive: zipfile.ZipFile) -> None:
    """Raises RefusedFileError for macros, other kinds of workbook, and more parts than openpyxl should meet."""
    members = archive.infolist()
    names = [member.filename.lower() for member in members]
    if len(set(names)) < len(names):
        raise RefusedFileError(f"工作簿里有重名的部件，不是 Excel 保存的文件。{AGAIN}")
    if any(name.endswith(MACROS) for name in names):
        raise RefusedFileError(f"工作簿带有宏（*.xlsm），不收带宏的文件。{SAVE_AS}")
    if "[content_types].xml" not in names:
        raise RefusedFileError(f"这不是 Excel 工作簿（可能是 ODS 或别的压缩文件）。{SAVE_AS}")
    total = sheets = 0
    for member in members:
        tags, found = _count(archive, member)
        total, sheets = total + tags, sheets + found
        if tags > MAX_PART_TAGS or total > MAX_TAGS:
            raise RefusedFileError(_too_much(member))
        if sheets > MAX_SHEETS:
            raise RefusedFileError(f"工作表超过 {MAX_SHEETS} 张，请删去无关的工作表后再上传。")


def _count(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[int, int]:
    """How many tags a part holds, and how many sheets it names; stops once there are too many."""
    tags = sheets = size = 0
    tail, is_text = b"", False
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            if not tail:
                is_text = _look_at_part(member, chunk)
            size += len(chunk)
            if is_text and size > MAX_PART_TEXT:
                raise RefusedFileError(_too_much(member))
            tags += chunk.count(b"<")
            sheets += len(_SHEET.findall(tail[-40:] + chunk))
            tail = chunk
            if tags > MAX_PART_TAGS:
                break
    return tags, sheets


def _too_much(member: zipfile.ZipInfo) -> str:
    why = "多半是整列设了格式、多出了成千上万行，或样式太多"
    return f"工作簿内容太多（{member.filename}），{why}。{AGAIN}"


def _look_at_part(member: zipfile.ZipInfo, start: bytes) -> bool:
    """Whether a part is text, by its start. Only plain UTF-8 can be counted; and no template declares entities."""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text.startswith(b"<"):
        if member.filename.lower().endswith((".xml", ".rels")) and member.file_size:
            raise RefusedFileError(f"工作簿的部件 {member.filename} 已损坏，读不了。{AGAIN}")
        return False
    if member.filename.lower() == "[content_types].xml" and b"macroEnabled" in start:
        raise RefusedFileError(f"工作簿带有宏（*.xlsm），不收带宏的文件。{SAVE_AS}")
    encoding = _ENCODING.match(text)
    if b"<!DOCTYPE" in start or (encoding and encoding[1].lower() not in (b"utf-8", b"us-ascii", b"ascii")):
        raise RefusedFileError(f"工作簿的部件 {member.filename} 不是 Excel 写的，不予读取。{AGAIN}")
    return True
