"""Files that people hand in as evidence, and files that they must not: each made here, byte by byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(25)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(20)
TYPES = "[Content_Types].xml"
PLAIN_TYPES = b'<Types><Override PartName="/x" ContentType="application/xml"/></Types>'


def zipped(members: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def office_file(part: str, more: Mapping[str, bytes] | None = None, *, types: bytes = PLAIN_TYPES) -> bytes:
    """A docx, xlsx or pptx as far as its parts tell."""
    return zipped({TYPES: types, part: b"<x/>", **(more or {})})


DOCX = office_file("word/document.xml")
XLSX = office_file("xl/workbook.xml")
PPTX = office_file("ppt/presentation.xml")


def compound_file(*entries: str) -> bytes:
    """An Office file of before 2007: its header, and a directory with these entries."""
    directory = b"".join(
        entry.encode("utf-16-le").ljust(OLE_ENTRY, b"\0") for entry in ("Root Entry", *entries)
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + directory


OLE_ENTRY = 128
DOC = compound_file("1Table", "WordDocument")
XLS = compound_file("Workbook")
PPT = compound_file("PowerPoint Document")


def encrypted(data: bytes) -> bytes:
    """The archive with the mark that its first member is encrypted, in its own header and in the list."""
    marked = bytearray(data)
    marked[6] |= 1
    marked[marked.index(b"PK\x01\x02") + 8] |= 1
    return bytes(marked)
