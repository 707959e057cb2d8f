"""What the league's address asks for besides plan and quarter: a band of scores, a page, towns to lay side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from indicators.queries.reading import Reading

MOST_COMPARED = 4
"""More columns than these can no longer be read side by side on one screen or one sheet of paper."""
MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class TownsAsked:
    """`band` is a key of the score's bands, empty for all. `compared` are codes of towns in the order asked for.

    `left_out` are the codes beyond the most that are compared. `page` is the page of a long league, 1 the first.
    """

    band: str = ""
    page: int = 1
    compared: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def without(self, code: str) -> TownsAsked:
        return replace(self, compared=tuple(one for one in self.compared if one != code))


def read_asked(band: str, compare: Iterable[str], page: str = "") -> TownsAsked:
    """From an address's parameters; `compare` may be repeated, or hold several codes: "xiaolan,guzhen".

    What is no page's number is the first page.

    >>> read_asked("red", ["xiaolan,guzhen", "xiaolan"]).compared
    ('xiaolan', 'guzhen')
    """
    written = (code.strip() for codes in compare for code in codes.split(","))
    codes = tuple(dict.fromkeys(code for code in written if code))
    number = int(page) if page.isascii() and page.isdigit() and len(page) < MOST_DIGITS else 1
    return TownsAsked(band.strip(), max(number, 1), codes[:MOST_COMPARED], codes[MOST_COMPARED:])


def towns_href(reading: Reading, asked: TownsAsked) -> str:
    """The league's address for what is asked: "/towns/?period=2015Q2&band=red&page=2&compare=xiaolan,guzhen"."""
    kept = dict(reading.query)
    if asked.band:
        kept["band"] = asked.band
    if asked.page > 1:
        kept["page"] = str(asked.page)
    if asked.compared:
        kept["compare"] = ",".join(asked.compared)
    query = urlencode(kept, safe=",")
    return reverse("towns") + (f"?{query}" if query else "")
