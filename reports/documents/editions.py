"""The two editions of a bulletin that is issued: for whoever reads every town, and for the towns."""

from __future__ import annotations

from datetime import date

from indicators.choices import Edition
from indicators.queries.reading import Reading
from indicators.queries.server_reading import server_reader, towns_reader
from indicators.services.bulletins import Imprint
from reports.documents.bulletin import bulletin_file
from reports.documents.heading import Heading

READERS = {Edition.FULL: server_reader, Edition.TOWNS: towns_reader}


def make_editions(reading: Reading, imprint: Imprint, *, on: date) -> dict[Edition, bytes]:
    """Both under the same head: what a town's official gets is made for somebody who may see no town's figures."""
    return {edition: _edition(reading, edition, imprint, on, is_draft=False) for edition in READERS}


def proof(reading: Reading, imprint: Imprint, *, on: date) -> bytes:
    """The full edition under its head before it is issued: the same sheet, marked as a draft."""
    return _edition(reading, Edition.FULL, imprint, on, is_draft=True)


def _edition(reading: Reading, edition: Edition, imprint: Imprint, on: date, *, is_draft: bool) -> bytes:
    heading = Heading(
        imprint.issuer,
        imprint.number,
        imprint.issued_on,
        imprint.has_red_head,
        edition="" if edition == Edition.FULL else str(edition.label),
        is_draft=is_draft,
    )
    return bulletin_file(reading, READERS[edition](reading.plan), on=on, heading=heading)
