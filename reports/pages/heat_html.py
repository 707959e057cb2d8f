"""The heat map's cells as HTML: a page has hundreds, and a template takes five times as long over each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from reports.pages.heatmap import HeatCell


def cells_html(cells: Iterable[HeatCell]) -> SafeString:
    """The `<td>` elements of one row; classes as static/README.md describes them. Every text is escaped here."""
    return mark_safe("".join(map(_cell, cells)))  # noqa: S308


def _cell(cell: HeatCell) -> str:
    if not cell.light_class:
        return f'<td class="number muted">{conditional_escape(cell.text.html)}</td>'
    marked = " heat__cell--marked" if cell.is_marked else ""
    opened = f'<td class="heat__cell heat__cell--{escape(cell.light_class)}{marked}">'
    if not cell.href:
        return f"{opened}{conditional_escape(cell.text.html)}</td>"
    link = f'<a href="{escape(cell.href)}" title="{escape(cell.story)}">'
    word = f'<span class="visually-hidden">{escape(cell.word)}</span>'
    return f"{opened}{link}{escape(cell.text.text)}{word}</a></td>"
