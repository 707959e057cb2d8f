"""Stand-in targets for the towns in the years that the plan has not allocated; marked, until they are allocated."""

from __future__ import annotations

from decimal import Decimal

from indicators.choices import Kind
from indicators.domain.allocation import split
from indicators.models import Indicator, Target
from indicators.queries.facts import PlanFacts

SOURCE = "演示目标：计划未分解该年度，按上年分解比例推算"


def stand_in_targets(facts: PlanFacts, year: int) -> list[Target]:
    """The town targets of a year that has none, unsaved: the city's split by last year's; a rate moved in points."""
    found: list[Target] = []
    values: dict[tuple[int, int], Decimal] = {}
    for indicator in facts.allocated():
        if any(facts.target(indicator, town, year) is not None for town in facts.towns):
            continue
        for town_id, value in _values(facts, indicator, year).items():
            whole = values.get((indicator.part_of_id or 0, town_id))
            values[indicator.pk, town_id] = value if whole is None else min(value, whole)
    for (indicator_id, town_id), value in values.items():
        found.append(
            Target(
                indicator_id=indicator_id,
                area_id=town_id,
                year=year,
                value=value,
                clause=SOURCE,
                derived="value",
                document=SOURCE,
                demonstration=True,
            )
        )
    return found


def _values(facts: PlanFacts, indicator: Indicator, year: int) -> dict[int, Decimal]:
    city, city_before = (facts.target(indicator, facts.city, y) for y in (year, year - 1))
    before = {
        town.pk: value
        for town in facts.towns
        if (value := facts.target(indicator, town, year - 1)) is not None
    }
    if city is None or not before:
        return {}
    if facts.measures[indicator.pk].kind == Kind.RATE:
        moved = city - city_before if city_before is not None else Decimal(0)
        return {town: value + moved for town, value in before.items()}
    return split(city, before, decimals=indicator.decimals)
