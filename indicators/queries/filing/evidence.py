"""The files of one return, as its page lists them."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.domain.evidence import (
    ACCEPTED,
    KINDS,
    LABELS,
    MAX_BYTES,
    MAX_FILES,
    MEGABYTE,
    size_in_words,
)
from indicators.models import Evidence
from indicators.queries.filing.returns import StoredReturn
from indicators.queries.filing.wording import moment, name_of

RULES = f"{ACCEPTED}；每个不超过 {MAX_BYTES // MEGABYTE} MB，最多 {MAX_FILES} 个"
CHOOSABLE = ",".join(f".{extension}" for extension in KINDS)


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file, as strings; `pk` is the last part of its address."""

    pk: int
    name: str
    kind: str
    size: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class FileList:
    """A return's files. `can_change` says whether this reader may add and remove, `room` how many still fit.

    `choosable` is what the browser's chooser offers, `largest` the most bytes of one file.
    """

    rows: tuple[FileRow, ...]
    can_change: bool
    room: int
    rules: str = RULES
    choosable: str = CHOOSABLE
    largest: int = MAX_BYTES


def files_of(stored: StoredReturn) -> FileList:
    """List the files without their content; one query, none where nobody has begun the return."""
    files: list[Evidence] = []
    if stored.filed is not None:
        there = Evidence.objects.filter(quarterly_return=stored.filed).select_related("uploaded_by")
        files = list(there.order_by("uploaded_at", "pk"))
    today = stored.standing.today
    rows = tuple(
        FileRow(
            pk=file.pk,
            name=file.name,
            kind=LABELS.get(file.media_type, ""),
            size=size_in_words(file.size),
            by=name_of(file.uploaded_by),
            at=moment(file.uploaded_at, today, stored.period),
        )
        for file in files
    )
    return FileList(rows, stored.standing.may_edit() is None, max(0, MAX_FILES - len(rows)))
