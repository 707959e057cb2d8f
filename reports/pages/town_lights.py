"""A town's lights: how many of its allocated targets are on pace, a little behind, behind, or without figures."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.choices import Light
from indicators.domain.periods import Quarter
from indicators.queries.facts import PlanFacts
from towns.models import Area


@dataclass(frozen=True, slots=True)
class TownLights:
    """Counts over `total`: the allocated targets above zero, parts apart since their wholes count, as in the score."""

    green: int
    yellow: int
    red: int
    grey: int

    @property
    def total(self) -> int:
        return self.green + self.yellow + self.red + self.grey


def count_town_lights(facts: PlanFacts, town: Area, quarter: Quarter) -> TownLights:
    lights = []
    for indicator in facts.allocated():
        target = facts.target(indicator, town, quarter.year)
        if indicator.part_of_id is None and target is not None and target > 0:
            lights.append(facts.progress(indicator, town, quarter).light)
    return TownLights(*(lights.count(light) for light in (Light.GREEN, Light.YELLOW, Light.RED, Light.GREY)))
