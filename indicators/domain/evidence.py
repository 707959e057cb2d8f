"""佐证材料: what may be handed in with a return, and what a file is by its content (our choice: 四(三) names none).

Office documents, PDF and pictures, as offices hand them around. Nothing that runs: no programs, macros, web pages
or drawings with scripts. A file is what its content says; a name that says something else is refused.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
"""A scanned document of thirty pages; what is larger is not evidence for one figure."""
MAX_FILES = 10
"""A file an indicator of a town. With MAX_BYTES it bounds what one return adds to every backup: 100 MB."""
NAME_LENGTH = 200
NAMELESS = "佐证材料"


class Shell(StrEnum):
    """How a file is packed, told by its first bytes."""

    PDF = "PDF"
    PNG = "PNG"
    JPEG = "JPEG"
    ZIP = "ZIP"
    OLE = "OLE"


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file that is accepted. `inside` are parts of which a packed one holds at least one."""

    label: str
    media_type: str
    shell: Shell
    inside: tuple[str, ...] = ()


_OOXML = "application/vnd.openxmlformats-officedocument."
_WORD, _EXCEL, _POWERPOINT = "Word 文档", "Excel 工作簿", "PowerPoint 演示文稿"
_JPEG = FileKind("JPEG 图片", "image/jpeg", Shell.JPEG)

KINDS = MappingProxyType(
    {
        "pdf": FileKind("PDF", "application/pdf", Shell.PDF),
        "png": FileKind("PNG 图片", "image/png", Shell.PNG),
        "jpg": _JPEG,
        "jpeg": _JPEG,
        "docx": FileKind(_WORD, f"{_OOXML}wordprocessingml.document", Shell.ZIP, ("word/document.xml",)),
        "xlsx": FileKind(_EXCEL, f"{_OOXML}spreadsheetml.sheet", Shell.ZIP, ("xl/workbook.xml",)),
        "pptx": FileKind(
            _POWERPOINT, f"{_OOXML}presentationml.presentation", Shell.ZIP, ("ppt/presentation.xml",)
        ),
        "doc": FileKind(_WORD, "application/msword", Shell.OLE, ("WordDocument",)),
        "xls": FileKind(_EXCEL, "application/vnd.ms-excel", Shell.OLE, ("Workbook", "Book")),
        "ppt": FileKind(_POWERPOINT, "application/vnd.ms-powerpoint", Shell.OLE, ("PowerPoint Document",)),
    }
)
LABELS = MappingProxyType({kind.media_type: kind.label for kind in KINDS.values()})
ACCEPTED = "PDF、PNG 或 JPEG 图片、Word、Excel、PowerPoint"

_SHELLS = (
    (b"%PDF-", Shell.PDF),
    (b"\x89PNG\r\n\x1a\n", Shell.PNG),
    (b"\xff\xd8\xff", Shell.JPEG),
    (b"PK\x03\x04", Shell.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Shell.OLE),
)
# What people do try to hand in, so that the refusal says what to do instead.
_REFUSED = {
    "含有宏的文件不收，请另存为 docx、xlsx 或 pptx 后再上传。": "docm dotm xlsm xltm xlam xlsb pptm potm ppsm",
    "压缩包不收，请解压后逐个上传其中的文件。": "zip rar 7z gz tar tgz bz2 xz",
    "网页和矢量图不收，请另存为 PDF 后再上传。": "html htm xhtml mht mhtml svg xml",
    "程序和脚本不收。": "exe dll com scr msi bat cmd ps1 vbs js jar sh hta lnk iso",
    "WPS 格式请另存为 docx、xlsx、pptx 或 PDF 后再上传。": "wps et dps",
}
_ADVICE = {extension: advice for advice, named in _REFUSED.items() for extension in named.split()}
_OTHERS = f"只收{ACCEPTED}，请另存为其中一种后再上传。"
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\\/]')


def shell_of(head: bytes) -> Shell | None:
    """How the file is packed, by its first bytes (sixteen are enough); None for what is not accepted at all.

    >>> shell_of(b"%PDF-1.7").name, shell_of(b"<html>")
    ('PDF', None)
    """
    return next((shell for magic, shell in _SHELLS if head.startswith(magic)), None)


def kind_named(name: str) -> FileKind | None:
    """The kind that the file's name claims; None where such files are not accepted.

    >>> kind_named("合同.PDF").label
    'PDF'
    """
    return KINDS.get(_extension(name))


def why_not_named(name: str) -> str:
    """Why a file of this name is not accepted, and what to do; empty for one that is.

    >>> why_not_named("台账.zip")
    '压缩包不收，请解压后逐个上传其中的文件。'
    """
    return "" if kind_named(name) else _ADVICE.get(_extension(name), _OTHERS)


def clean_name(name: str) -> str:
    """The file's own name, without its folders, unprintable or direction-changing characters; 200 characters at most.

    >>> clean_name("C:\\\\台账\\\\合同\\u202efdp.exe"), clean_name("../..")
    ('合同fdp.exe', '佐证材料')
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    printable = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    cleaned = _NOT_IN_NAMES.sub("_", " ".join(printable.split())).strip(". ")
    if not cleaned or cleaned.lower() in KINDS:
        return f"{NAMELESS}.{cleaned}" if cleaned else NAMELESS
    extension = _extension(cleaned)
    suffix = cleaned[-len(extension) - 1 :] if 0 < len(extension) < 10 else ""
    return cleaned.removesuffix(suffix)[: NAME_LENGTH - len(suffix)].rstrip(". ") + suffix


def size_in_words(size: int) -> str:
    """A file's size as people say it; below one KB it is one.

    >>> size_in_words(1), size_in_words(48_213), size_in_words(3_565_158)
    ('1 KB', '47 KB', '3.4 MB')
    """
    if size < MEGABYTE:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / MEGABYTE:.1f} MB"


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""
