"""Figures for a terminal and for programs: a table aligned by the width of its characters, and exact JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from unicodedata import east_asian_width

GAP = "  "


def aligned(headings: Sequence[str], rows: Iterable[Sequence[str]], *, left: int) -> list[str]:
    """Lines of a table whose first `left` columns stand left and whose others, figures, stand right."""
    table = [list(headings), *(list(row) for row in rows)]
    widths = [max(_width(row[column]) for row in table) for column in range(len(headings))]
    return [
        GAP.join(_padded(text, widths[at], to_left=at < left) for at, text in enumerate(row)).rstrip()
        for row in table
    ]


def exact_json(rows: Iterable[Mapping[str, str | Decimal | None]]) -> str:
    """A JSON list of flat objects, one a line; decimals are numbers with all their digits, not floats."""
    lines = [", ".join(f"{json.dumps(key)}: {_literal(value)}" for key, value in row.items()) for row in rows]
    return "[\n" + ",\n".join(f"  {{{line}}}" for line in lines) + "\n]"


def _literal(value: str | Decimal | None) -> str:
    if isinstance(value, Decimal):
        return _without_idle_zeros(f"{value:f}")
    return json.dumps(value, ensure_ascii=False)


def _without_idle_zeros(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int, *, to_left: bool) -> str:
    space = " " * (width - _width(text))
    return text + space if to_left else space + text
