"""季度工作通报 in Word."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from indicators.queries.reading import Reading
from reports.documents import letter
from reports.documents.heading import Heading
from reports.documents.paper import saved
from reports.pages import bulletin

if TYPE_CHECKING:
    from towns.access import Person


def bulletin_file(reading: Reading, user: Person, *, on: date, heading: Heading | None = None) -> bytes:
    """The quarter's bulletin as this reader may have it: a draft, or as it is issued under a heading.

    The same facts, reader, day and heading make the same file.
    """
    return saved(letter.make(bulletin.build(reading, user), on=on, heading=heading), on)
