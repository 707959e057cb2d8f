"""The tile map: the towns as squares in roughly their places, which are the plan's data. A plan may have no places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.pages.standings import UNREPORTED, ShownStanding
from reports.pages.town_lights import TownLights
from towns.models import Area


class MapTown(Protocol):
    """What a square says of its town. `href` is empty where the reader may open nothing behind it."""

    @property
    def town(self) -> str: ...
    @property
    def short_name(self) -> str: ...
    @property
    def href(self) -> str: ...
    @property
    def is_own(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the map: `band` is its colour and shape (a light's, or empty), `words` what the pointer is told.

    `is_marked`: its figure is being corrected or not approved yet, which `words` tell.
    """

    row: MapTown
    column: int
    line: int
    band: str
    value: str
    words: str
    is_marked: bool = False

    @property
    def html(self) -> SafeString:
        """The square: a link where there is a page behind it."""
        href = self.row.href
        opened = format_html('<a href="{}"', href) if href else SafeString("<div")
        title = format_html(' title="{}：{}"', self.row.town, self.words) if self.words else ""
        return self._square(opened, title, SafeString("</a>" if href else "</div>"))

    @property
    def wall_html(self) -> SafeString:
        """The square where nobody points or clicks."""
        return self._square(SafeString("<div"), "", SafeString("</div>"))

    def _square(self, opened: SafeString, title: str, closed: SafeString) -> SafeString:
        band = f" tile--{self.band}" if self.band else ""
        value = format_html(
            '<span class="tile__value">{}</span><span class="visually-hidden">{}</span>',
            self.value,
            self.words,
        )
        return format_html(
            '{} class="tile{}{}" style="--column:{};--row:{}"{}{}><span class="tile__name">{}</span>{}{}',
            opened,
            band,
            " tile--marked" if self.is_marked else "",
            self.column,
            self.line,
            title,
            SafeString(' aria-current="true"' if self.row.is_own else ""),
            self.row.short_name,
            value if self.value else "",
            closed,
        )


def has_place(town: Area) -> bool:
    return town.tile_column is not None


def columns_of(tiles: Sequence[Tile]) -> int:
    """How many squares wide the map is; 0 without any."""
    return max((tile.column + 1 for tile in tiles), default=0)


def place(
    row: MapTown,
    town: Area,
    *,
    band: str = "",
    value: str = "",
    words: str = "",
    is_marked: bool = False,
) -> Tile:
    return Tile(row, town.tile_column or 0, town.tile_row or 0, band, value, words, is_marked)


def score_tile(row: MapTown, town: Area, standing: ShownStanding) -> Tile:
    """A square coloured by what all readers may know: the band of the total score."""
    value = UNREPORTED if standing.reported_nothing else standing.score.text
    return place(row, town, band=standing.band_class, value=value, words=_standing_words(standing))


def lights_tile(row: MapTown, town: Area, lights: TownLights | None) -> Tile:
    """While unpublished: no colour, and a figure only where the reader may see the town's lights."""
    if lights is None:
        return place(row, town)
    return place(row, town, value=f"{lights.green}/{lights.total}", words="达序时项数／目标项数")


def _standing_words(standing: ShownStanding) -> str:
    if standing.rank.is_missing:
        return standing.rank.reason
    words = [f"得分 {standing.score}", f"第 {standing.rank} 名", standing.verdict]
    if standing.unreported and not standing.reported_nothing:
        words.append(standing.unreported)
    return "，".join(words)
