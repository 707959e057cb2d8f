"""A league of more towns than one reads in one go, cut into pages in the order of the ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.paginator import Paginator

from indicators.queries.reading import Reading
from reports.pages.towns_asked import TownsAsked, towns_href
from towns.models import Area

TOWNS_A_PAGE = 60


@dataclass(frozen=True, slots=True)
class LeaguePage:
    """`towns` stand on it; `words` say which of how many, empty where one page holds them all.

    `earlier` and `later` lead to the pages beside it, empty at either end.
    """

    towns: tuple[Area, ...]
    words: str = ""
    earlier: str = ""
    later: str = ""


def cut_league(reading: Reading, asked: TownsAsked, towns: Sequence[Area]) -> LeaguePage:
    """The page that the address asks for; beyond the last one the last, since a band may have shrunk."""
    pages = Paginator(towns, TOWNS_A_PAGE)
    page = pages.get_page(asked.page)
    if pages.num_pages == 1:
        return LeaguePage(tuple(towns))

    def at(number: int) -> str:
        return towns_href(reading, replace(asked, page=number)) + "#league"

    return LeaguePage(
        towns=tuple(page.object_list),
        words=f"第 {page.start_index()}-{page.end_index()} 个，共 {pages.count} 个",
        earlier=at(page.number - 1) if page.has_previous() else "",
        later=at(page.number + 1) if page.has_next() else "",
    )
