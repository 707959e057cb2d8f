"""Opens workbooks that somebody handed in, after a look into the archive: a small file can unpack to gigabytes."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from openpyxl import Workbook, load_workbook
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import TranslatorError
from openpyxl.utils.exceptions import CellCoordinatesException

from indicators.workbooks.limits import (
    MAX_BYTES,
    MAX_MEMBERS,
    MAX_UNPACKED_BYTES,
    DamagedFileError,
)
from indicators.workbooks.parts import look_at_parts

DAMAGED = "文件已损坏、设了密码，或不是 xlsx 工作簿。请用 Excel 打开，另存为“Excel 工作簿（*.xlsx）”后再试。"

# What zipfile, the XML parsers and openpyxl raise on damaged files, while opening and while reading rows.
BREAKAGES = (
    ArithmeticError,
    AttributeError,
    CellCoordinatesException,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,  # ElementTree.ParseError
    TokenizerError,
    TranslatorError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
CHUNK = 1024 * 1024
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ways of packing that workbooks may use; of any other, one read can unpack to gigabytes."""
DIRECTORY_ENTRY = b"PK\x01\x02"


@contextmanager
def opened_workbook(source: Path | BinaryIO) -> Iterator[Workbook]:
    """The workbook, read-only, row by row; formulas are not computed.

    Raises DamagedFileError when it is too large or damaged, also when that shows only while its rows are read:
    the caller does nothing but read inside the block.
    """
    try:
        check_archive(source)
        with zipfile.ZipFile(source) as archive:
            look_at_parts(archive)
        book = load_workbook(source, read_only=True, data_only=False, keep_links=False)
        try:
            yield book
        finally:
            book.close()
    except DamagedFileError:
        raise
    except BREAKAGES as error:
        raise DamagedFileError(DAMAGED) from error


def check_archive(source: Path | BinaryIO) -> None:
    """Refuse what is larger than it may be, counting what really unpacks, not what the archive declares."""
    if _size(source) > MAX_BYTES:
        raise DamagedFileError(f"文件超过 {MAX_BYTES // CHUNK} MB，请删去无关的工作表和图片后再试。")
    if _content(source).count(DIRECTORY_ENTRY) > MAX_MEMBERS:
        raise DamagedFileError(f"工作簿内的部件超过 {MAX_MEMBERS} 个，请另存为新的工作簿后再试。")
    with zipfile.ZipFile(source) as archive:
        members = archive.infolist()
        if any(member.compress_type not in METHODS for member in members):
            raise DamagedFileError(DAMAGED)
        unpacked = 0
        for member in members:
            with archive.open(member) as part:
                while chunk := part.read(CHUNK):
                    unpacked += len(chunk)
                    if unpacked > MAX_UNPACKED_BYTES:
                        raise DamagedFileError(
                            f"工作簿展开后超过 {MAX_UNPACKED_BYTES // CHUNK} MB，请删去无关内容后再试。"
                        )
    if not isinstance(source, Path):
        source.seek(0)


def _content(source: Path | BinaryIO) -> bytes:
    if isinstance(source, Path):
        return source.read_bytes()
    content = source.read()
    source.seek(0)
    return content


def _size(source: Path | BinaryIO) -> int:
    if isinstance(source, Path):
        return source.stat().st_size
    size = source.seek(0, 2)
    source.seek(0)
    return size
