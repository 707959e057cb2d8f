"""Addresses that keep the reader's plan and quarter."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from indicators.queries.reading import Reading


def link(reading: Reading, name: str, *args: str) -> str:
    """The address of a named page, with what must stay: "/indicators/industrial-investment/?period=2015Q2"."""
    query = urlencode(reading.query)
    return reverse(name, args=args) + (f"?{query}" if query else "")
