"""Many reports at once: a zip that is sent while it is made, so that it takes no memory and shows how far it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import RawIOBase
from tempfile import TemporaryFile
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.http import Http404
from django.utils import timezone

from indicators.queries.reading import Reading
from reports.downloads.catalogue import REPORTS, Asked, Report
from reports.downloads.subjects import every_asked

if TYPE_CHECKING:
    from datetime import datetime

    from towns.access import Person

CHUNK = 64 * 1024
LEFT_OUT = "未收入的报表.txt"
PACKED_ALREADY = frozenset({"xlsx", "docx"})


@dataclass(frozen=True, slots=True)
class Member:
    """One file to be made, or, where `refusal` says why it cannot be, none."""

    name: str
    report: Report
    extension: str
    asked: Asked
    refusal: str


def members_of(keys: Sequence[str], reading: Reading, user: Person, at: datetime) -> tuple[Member, ...]:
    """The files of what was ticked ("annex1.xlsx"); of a report on towns one for each town, in a folder of its own.

    Raises Http404 with a Chinese sentence for a report that does not exist for this reader.
    """
    found: dict[str, Member] = {}
    for key in dict.fromkeys(keys):
        name, _, extension = key.partition(".")
        report = REPORTS.get(name)
        if report is None or extension not in report.writers or not report.may_read(user):
            raise Http404(f"没有名为“{key}”的报表。")
        all_asked = every_asked(report, reading, user, timezone.localdate(at))
        folder = f"{report.title}/" if len(all_asked) > 1 else ""
        for asked in all_asked:
            file_name = folder + report.file_name(asked, extension)
            if file_name in found:
                file_name = f"{file_name.removesuffix(f'.{extension}')}（{asked.about}）.{extension}"
            found[file_name] = Member(file_name, report, extension, asked, report.refusal(asked))
    return tuple(found.values())


def packet(members: Sequence[Member], at: datetime) -> Iterator[bytes]:
    """The zip in pieces, each file made when its turn comes; what cannot be made is named in a text of its own."""
    sink = _Sink()
    stamp = timezone.localtime(at).timetuple()[:6]
    with ZipFile(sink, "w") as archive:  # type: ignore[arg-type]
        for member in members:
            if not member.refusal:
                yield from _added(archive, sink, member, stamp)
        if left_out := [f"{one.report.title}：{one.refusal}" for one in members if one.refusal]:
            archive.writestr(ZipInfo(LEFT_OUT, stamp), "\r\n".join(left_out), ZIP_DEFLATED)
    yield sink.taken()


def _added(archive: ZipFile, sink: _Sink, member: Member, stamp: tuple[int, ...]) -> Iterator[bytes]:
    """Made whole before anything of it is sent: a report that fails must not leave half of itself."""
    with TemporaryFile() as file:
        member.report.writers[member.extension](member.asked, file)
        file.seek(0)
        info = ZipInfo(member.name, stamp)
        info.compress_type = ZIP_STORED if member.extension in PACKED_ALREADY else ZIP_DEFLATED
        with archive.open(info, "w") as packed:
            while piece := file.read(CHUNK):
                packed.write(piece)
                yield sink.taken()
    yield sink.taken()


class _Sink(RawIOBase):
    """What the archive writes, until it is sent on."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self._pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        """What has been written since this was asked last."""
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
