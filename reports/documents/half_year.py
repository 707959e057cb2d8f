"""半年工作情况报告 in Word."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from indicators.queries.reading import Reading
from reports.documents import letter
from reports.documents.heading import Heading
from reports.documents.paper import saved
from reports.pages import half_year

if TYPE_CHECKING:
    from towns.access import Person


def half_year_file(reading: Reading, user: Person, *, on: date, heading: Heading | None = None) -> bytes:
    """The half's report as this reader may have it. ValueError where there is none: `half_year.refusal` says why."""
    return saved(letter.make(half_year.build(reading, user), on=on, heading=heading), on)
