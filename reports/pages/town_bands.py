"""The towns by the band their score lies in, which every reader may know: how many, and which are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import Http404

from indicators.choices import Light
from indicators.domain.numbers import format_percent
from indicators.models import Plan
from indicators.queries.reading import Reading
from reports.pages.standings import UNREPORTED, UNSCORED, ShownStanding
from reports.pages.towns_asked import TownsAsked, towns_href

UNREPORTED_KEY, UNSCORED_KEY = "unreported", "unscored"


@dataclass(frozen=True, slots=True)
class BandCount:
    """How many towns' scores lie in a band, or in none; `note` says where the band begins and ends, or why.

    `key` stands in the address; `href` asks for these towns alone, or for all again where `is_asked`.
    """

    key: str
    light: Light
    label: str
    count: int
    note: str
    href: str
    is_asked: bool

    @property
    def light_class(self) -> str:
        return self.light.value.lower()


def band_key(standing: ShownStanding) -> str:
    """The band of a standing as addresses spell it: green, yellow, red, unreported, unscored."""
    if standing.reported_nothing:
        return UNREPORTED_KEY
    return UNSCORED_KEY if standing.band == Light.GREY else standing.band_class


def count_bands(
    reading: Reading, asked: TownsAsked, standings: Sequence[ShownStanding]
) -> tuple[BandCount, ...]:
    """The towns that reported by their scores' bands, those that did not, and those with nothing to score.

    Raises Http404 with a Chinese sentence for a band that there is none of.
    """
    keys = [band_key(one) for one in standings]
    bands = [
        BandCount(
            key=key,
            light=light,
            label=label,
            count=keys.count(key),
            note=note,
            href=towns_href(reading, replace(asked, page=1, band="" if asked.band == key else key)),
            is_asked=asked.band == key,
        )
        for key, light, label, note in _bands_of(reading.plan)
    ]
    if asked.band and not any(band.is_asked for band in bands):
        raise Http404(f"没有“{asked.band}”这一档得分。")
    return tuple(band for band in bands if band.count or band.is_asked or band.key != UNSCORED_KEY)


def _bands_of(plan: Plan) -> list[tuple[str, Light, str, str]]:
    low = format_percent(plan.yellow_from, 0).rstrip("%")
    notes = {
        Light.GREEN: "100 分以上",
        Light.YELLOW: f"{low} 分以上，不足 100 分",
        Light.RED: f"不足 {low} 分",
    }
    judged = [(light.value.lower(), light, f"得分{light.label}", note) for light, note in notes.items()]
    return [
        *judged,
        (UNREPORTED_KEY, Light.GREY, UNREPORTED, "到期各项均未报送"),
        (UNSCORED_KEY, Light.GREY, "不计分", UNSCORED),
    ]
