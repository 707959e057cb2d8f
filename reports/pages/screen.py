"""大屏 `/?screen=1`: the overview cut into slides for the meeting room.

Every figure is the overview's own, and the reader's rights have been applied there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from indicators.domain.periods import Quarter
from indicators.queries.reading import Reading
from reports.pages import city
from reports.pages.board import BoardGroup
from reports.pages.city import CityPage, RankRow
from reports.pages.links import link

if TYPE_CHECKING:
    from towns.access import Person

# What a slide of 1920x1080 holds in type that is read at eight metres (our choice, measured on the pages).
LINES_OF_BOARD = 10
TOWNS_IN_COLUMN = 12
COLUMNS_OF_TOWNS = 2

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Slide:
    """`key` names the slide in the address: "summary", "board-2"; `kind` its template: reports/screen_board.html."""

    key: str
    kind: str
    title: str
    groups: tuple[BoardGroup, ...] = ()
    columns: tuple[tuple[RankRow, ...], ...] = ()

    @property
    def lines(self) -> int:
        """How many lines of the board stand on it, headings among them."""
        return sum(_lines(group) for group in self.groups)

    @property
    def template(self) -> str:
        return f"reports/screen_{self.kind}.html"


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """`revision`, `period` and `plan` are what the slides were made from, as `/revision/` tells them later."""

    city: CityPage
    slides: tuple[Slide, ...]
    revision: int
    period: str
    plan: str
    demonstration: bool
    leave_href: str

    @property
    def quarter(self) -> Quarter:
        return self.city.quarter

    @property
    def is_published(self) -> bool:
        return self.city.is_published


def build(reading: Reading, user: Person) -> ScreenPage:
    """The overview of the reading's quarter, of approved figures alone; slides with nothing on them are left out."""
    overview = city.build(reading, user)
    return ScreenPage(
        city=overview,
        slides=tuple(_slides(overview)),
        revision=reading.plan.revision,
        period=reading.period.code,
        plan=reading.plan.code,
        demonstration=reading.plan.demonstration,
        leave_href=link(reading, "city"),
    )


def _slides(overview: CityPage) -> Iterator[Slide]:
    yield Slide("summary", "summary", "总体情况")
    yield from board_slides(overview.groups)
    yield from _ranking(overview.ranking or ())
    yield Slide("shortfalls", "shortfalls", "进度最慢的指标")
    # Of a quarter that is not published a town's official would see squares without figures.
    if overview.town_map and (overview.is_published or overview.heatmap.shows_every_town):
        yield Slide("map", "map", "镇区进度示意图（非行政区划图）")


def board_slides(groups: Iterable[BoardGroup]) -> Iterator[Slide]:
    """Headings with their rows on as few slides as hold them, evenly; one too long goes on under its name."""
    pages = _pages(groups)
    for number, page in enumerate(pages, start=1):
        yield Slide(f"board-{number}", "board", _numbered("晴雨表", number, len(pages)), groups=page)


def _ranking(rows: Sequence[RankRow]) -> Iterator[Slide]:
    """The towns in the order of their ranks, down one column and then the next."""
    pages = list(_cut(rows, TOWNS_IN_COLUMN * COLUMNS_OF_TOWNS))
    for number, page in enumerate(pages, start=1):
        title = _numbered("镇区排名", number, len(pages))
        yield Slide(f"ranking-{number}", "ranking", title, columns=tuple(_cut(page, TOWNS_IN_COLUMN)))


def _numbered(title: str, number: int, of: int) -> str:
    return title if of == 1 else f"{title} {number}/{of}"


def _pages(groups: Iterable[BoardGroup]) -> list[tuple[BoardGroup, ...]]:
    """The fewest pages that hold the groups; of those ways the one whose fullest page is the shortest."""
    parts = list(_parts(groups))
    fewest = len(_filled(parts, LINES_OF_BOARD))
    longest = max(map(_lines, parts), default=LINES_OF_BOARD)
    attempts = (_filled(parts, lines) for lines in range(longest, LINES_OF_BOARD + 1))
    return next(pages for pages in attempts if len(pages) == fewest)


def _filled(parts: Iterable[BoardGroup], lines: int) -> list[tuple[BoardGroup, ...]]:
    pages: list[tuple[BoardGroup, ...]] = []
    left = 0
    for part in parts:
        if pages and _lines(part) <= left:
            pages[-1] += (part,)
        else:
            pages.append((part,))
            left = lines
        left -= _lines(part)
    return pages


def _parts(groups: Iterable[BoardGroup]) -> Iterator[BoardGroup]:
    for group in groups:
        for rows in _cut(group.rows, LINES_OF_BOARD - 1):
            yield BoardGroup(group.name, group.is_campaign, rows)


def _lines(group: BoardGroup) -> int:
    """A line for each row and one for the heading."""
    return 1 + len(group.rows)


def _cut(things: Sequence[Thing], most: int) -> Iterator[tuple[Thing, ...]]:
    for at in range(0, len(things), most):
        yield tuple(things[at : at + most])
