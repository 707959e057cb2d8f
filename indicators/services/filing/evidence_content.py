"""Looks into a file that somebody hands in: whether it is what its name says, and holds nothing that runs."""

from __future__ import annotations

import io
import zipfile
import zlib

from indicators.domain.evidence import (
    MAX_BYTES,
    MEGABYTE,
    FileKind,
    Shell,
    clean_name,
    kind_named,
    shell_of,
    why_not_named,
)
from indicators.services.filing.refusals import FilingError

MAX_UNPACKED_BYTES = 100 * MEGABYTE
"""Ten times what a file may weigh: text packs as well as that, and pictures in a document hardly at all."""
MAX_MEMBERS = 2000
"""A presentation of two hundred slides has about that many parts."""
CHUNK = MEGABYTE
# The two that office documents may use; the others of a zip unpack without a bound on each step.
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
ENCRYPTED = 0x1
OLE_ENTRY = 128
BREAKAGES = (
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)

DAMAGED = "文件已损坏，打不开。请在电脑上打开确认后重新上传。"
PASSWORD = "文件设了密码，审核的人打不开。请取消密码后再上传。"  # noqa: S105 - a sentence
MACROS = "文件含有宏，不收。请另存为不含宏的文件后再上传。"
TOO_MUCH = "文件展开后过大，不收。请删去无关内容或另存为 PDF 后再上传。"
TOO_LARGE = f"文件超过 {MAX_BYTES // MEGABYTE} MB，请压缩图片或拆成几个文件后再上传。"
EMPTY = "文件是空的。"


def inspect(name: str, data: bytes) -> tuple[str, FileKind]:
    """The name it is kept under, and what kind of file it is.

    Raises FilingError with why it is not accepted.
    """
    name = clean_name(name)
    if not data:
        raise FilingError(EMPTY)
    if len(data) > MAX_BYTES:
        raise FilingError(TOO_LARGE)
    kind = kind_named(name)
    if kind is None:
        raise FilingError(why_not_named(name))
    shell = shell_of(data[:16])
    if shell == Shell.OLE:
        _inspect_ole(kind, data)
    elif shell == Shell.ZIP and kind.shell == Shell.ZIP:
        _inspect_zip(kind, data)
    elif shell != kind.shell:
        raise FilingError(_not_its_kind(kind))
    return name, kind


def _not_its_kind(kind: FileKind) -> str:
    return f"内容不是 {kind.label}，与扩展名不符。请用原来的程序打开，另存后再上传。"


def _inspect_zip(kind: FileKind, data: bytes) -> None:
    # Before the archive is opened: its list alone can be made to fill the memory.
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise FilingError(TOO_MUCH)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = {member.filename.lower() for member in members}
            if any(member.flag_bits & ENCRYPTED for member in members):
                raise FilingError(PASSWORD)
            if "[content_types].xml" not in names or names.isdisjoint(kind.inside):
                raise FilingError(_not_its_kind(kind))
            if any(member.compress_type not in METHODS for member in members):
                raise FilingError(DAMAGED)
            types = _unpack(archive, members)
    except FilingError:
        raise
    except BREAKAGES as broken:
        raise FilingError(DAMAGED) from broken
    runs = ("vbaproject.bin", "xl/macrosheets/")
    if b"macroenabled" in types.lower() or any(part in name for name in names for part in runs):
        raise FilingError(MACROS)


def _unpack(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> bytes:
    """Unpack all of it, counting what really comes out, whatever the archive declares; answer its list of types."""
    unpacked = 0
    types = b""
    for member in members:
        with archive.open(member) as part:
            while chunk := part.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > MAX_UNPACKED_BYTES:
                    raise FilingError(TOO_MUCH)
                if member.filename.lower() == "[content_types].xml":
                    types += chunk
    return types


def _inspect_ole(kind: FileKind, data: bytes) -> None:
    """The Office files of before 2007, and what borrows their shell: today's with a password, installers, mails.

    A macro in a .ppt is packed once more and not seen here; like every file it is only ever handed out to be kept.
    """
    if _holds_ole_entry(data, "EncryptedPackage"):
        raise FilingError(PASSWORD)
    if kind.shell != Shell.OLE or not any(_holds_ole_entry(data, name) for name in kind.inside):
        raise FilingError(_not_its_kind(kind))
    if any(_holds_ole_entry(data, name) for name in ("_VBA_PROJECT", "_VBA_PROJECT_CUR")):
        raise FilingError(MACROS)


def _holds_ole_entry(data: bytes, name: str) -> bool:
    """Whether the compound file's directory has an entry of this name: each begins with it, 128 bytes apart."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    found = data.find(wanted)
    while found >= 0 and found % OLE_ENTRY:
        found = data.find(wanted, found + 1)
    return found >= 0
