"""The towns' figures behind the city's: they add up to it exactly, each town at its own speed."""

from __future__ import annotations

from decimal import Decimal

from indicators.choices import Kind
from indicators.domain.allocation import split
from indicators.domain.numbers import quantize
from indicators.domain.periods import Quarter
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from indicators.services.demonstration.chance import between
from indicators.services.demonstration.city_figures import Path

TownPaths = dict[int, dict[int, Path]]


def town_paths(facts: PlanFacts, city: dict[int, Path]) -> TownPaths:
    """{indicator id: {town id: {quarter: value}}} for what towns file; nothing for a town without a target."""
    paths: TownPaths = {}
    for indicator in facts.allocated():
        rate = facts.measures[indicator.pk].kind == Kind.RATE
        paths[indicator.pk] = (_rates if rate else _shares_of_city)(facts, indicator, city[indicator.pk])
    for indicator in facts.allocated():
        if indicator.part_of_id is not None:
            _keep_within_whole(paths[indicator.pk], paths[indicator.part_of_id])
    return paths


def _rates(facts: PlanFacts, indicator: Indicator, city: Path) -> dict[int, Path]:
    """A rate is not split: each town moves towards its own target at its own speed."""
    paths: dict[int, Path] = {}
    for town in facts.towns:
        path: Path = {}
        for quarter in sorted(city):
            target = facts.target(indicator, town, quarter.year)
            if target is not None:
                speed = between("0.86", "1.08", indicator.code, town.code, quarter.year)
                drift = Decimal(quarter.number - 4) / 50
                path[quarter] = quantize(target * (speed + drift), indicator.decimals)
        paths[town.pk] = path
    return paths


def _shares_of_city(facts: PlanFacts, indicator: Indicator, city: Path) -> dict[int, Path]:
    """Split what the city gained each quarter, so that cumulative figures never fall and always add up."""
    is_flow = facts.measures[indicator.pk].is_flow
    level = {town.pk: Decimal(0) for town in facts.towns}
    total, year = Decimal(0), 0
    paths: dict[int, Path] = {town.pk: {} for town in facts.towns}
    for quarter in sorted(city):
        if is_flow and quarter.year != year:
            level, total = dict.fromkeys(level, Decimal(0)), Decimal(0)
        year = quarter.year
        shares = {town.pk: _weight(facts, indicator, town.pk, town.code, quarter) for town in facts.towns}
        if not any(shares.values()):
            continue
        gained = split(city[quarter] - total, shares, decimals=indicator.decimals)
        level = {town: value + gained[town] for town, value in level.items()}
        total = city[quarter]
        for town, value in level.items():
            paths[town][quarter] = value
    return paths


def _weight(
    facts: PlanFacts, indicator: Indicator, town_id: int, town_code: str, quarter: Quarter
) -> Decimal:
    target = facts.targets.get((indicator.pk, town_id, quarter.year)) or Decimal(0)
    whole = indicator.part_of.code if indicator.part_of else indicator.code
    return (
        target
        * between("0.75", "1.25", whole, town_code, quarter.year)
        * between("0.95", "1.05", whole, town_code, quarter)
    )


def _keep_within_whole(part: dict[int, Path], whole: dict[int, Path]) -> None:
    """Rounding may leave a town's part above its whole: hand the excess to the towns with most room."""
    quarters = sorted({quarter for path in part.values() for quarter in path})
    for quarter in quarters:
        room = {town: whole[town][quarter] - path[quarter] for town, path in part.items()}
        excess = sum((-left for left in room.values() if left < 0), Decimal(0))
        for town, left in room.items():
            if left < 0:
                part[town][quarter] += left
                room[town] = Decimal(0)
        while excess > 0:
            roomiest = max(room, key=lambda town: room[town])
            moved = min(excess, Decimal(1), room[roomiest])
            if moved <= 0:
                break
            part[roomiest][quarter] += moved
            room[roomiest] -= moved
            excess -= moved
