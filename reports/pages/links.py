"""Addresses that keep the reader's plan and quarter."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import reverse

from indicators.queries.reading import Reading


def link(reading: Reading, name: str, *args: str) -> str:
    """The address of a named page, with what must stay: "/indicators/industrial-investment/?period=2015Q2"."""
    query = urlencode(reading.query)
    return reverse(name, args=args) + (f"?{query}" if query else "")


def links(reading: Reading, name: str, codes: int = 1, asked: str = "") -> Callable[..., str]:
    """Makes the addresses of many pages of one name from so many codes: looked up once, since a page has hundreds.

    `asked` follows in the query: "figures=submitted".
    """
    parts = [f"code-{number}-of-{codes}" for number in range(1, codes + 1)]
    pattern = link(reading, name, *parts)
    if asked:
        pattern += f"{'&' if '?' in pattern else '?'}{asked}"

    def made(*given: str) -> str:
        address = pattern
        for part, code in zip(parts, given, strict=True):
            address = address.replace(part, code, 1)
        return address

    return made
