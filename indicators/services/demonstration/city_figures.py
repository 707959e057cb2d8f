"""Plausible cumulative figures of the city: some ahead, some behind, the published ones in their places."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from indicators.choices import Kind
from indicators.domain.numbers import quantize
from indicators.domain.periods import Quarter
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from indicators.services.demonstration.chance import between

# How the lights come out: a year's work against its target, one share an indicator in turn.
PERFORMANCE = tuple(Decimal(share) for share in ("0.97", "1.04", "0.88", "1.01", "0.94", "1.08", "0.82"))
# The first quarters lag a little behind the pace, as the Spring Festival has it.
SEASON = tuple(Decimal(share) for share in ("0.95", "0.98", "1.00", "1.00"))

Path = dict[Quarter, Decimal]


def city_paths(
    facts: PlanFacts, quarters: tuple[Quarter, ...], published: Mapping[tuple[int, int, Quarter], Decimal]
) -> dict[int, Path]:
    """{indicator id: {quarter: cumulative value or level, in the indicator's unit}}, rounded as it is reported."""
    paths: dict[int, Path] = {}
    for indicator in facts.indicators:
        known = {
            quarter: published[key]
            for quarter in quarters
            if (key := (indicator.pk, facts.city.pk, quarter)) in published
        }
        path: Path = {}
        for year in sorted({quarter.year for quarter in quarters}):
            of_year = [quarter for quarter in quarters if quarter.year == year]
            path |= _year_path(facts, indicator, year, of_year, known, path)
        paths[indicator.pk] = path
    for indicator in facts.indicators:
        if indicator.part_of_id is not None:
            whole = paths[indicator.part_of_id]
            paths[indicator.pk] = {q: min(value, whole[q]) for q, value in paths[indicator.pk].items()}
    return paths


def _year_path(
    facts: PlanFacts, indicator: Indicator, year: int, quarters: list[Quarter], known: Path, before: Path
) -> Path:
    """One year's values; a known figure scales a flow's whole year, and replaces a level or a rate where it stands."""
    measure = facts.measures[indicator.pk]
    target = _target_or_next(facts, indicator, year)
    if target is None:
        return {}
    base = before.get(Quarter(year - 1, 4)) if not measure.is_flow else Decimal(0)
    if base is None and not indicator.signed:
        base = facts.base(indicator, facts.city, year)
    if base is None and measure.kind == Kind.STOCK:
        base = Decimal(0)
    raw: Path = {}
    for quarter in quarters:
        share = measure.pace_at(quarter.number) * SEASON[quarter.number - 1] * _performance(indicator, year)
        raw[quarter] = (
            target * _performance(indicator, year) if base is None else base + (target - base) * share
        )
    if measure.is_flow and (anchors := [quarter for quarter in quarters if quarter in known]):
        scale = known[anchors[0]] / raw[anchors[0]]
        raw = {quarter: value * scale for quarter, value in raw.items()}
    path = {
        quarter: known.get(quarter, quantize(value, indicator.decimals)) for quarter, value in raw.items()
    }
    return _never_falling(path, known) if measure.is_flow else path


def _performance(indicator: Indicator, year: int) -> Decimal:
    """The same for a part as for its whole, so that a part stays below it."""
    order = indicator.part_of.order if indicator.part_of else indicator.order
    return PERFORMANCE[(order + year) % len(PERFORMANCE)] * between("0.99", "1.01", indicator.code, year)


def _target_or_next(facts: PlanFacts, indicator: Indicator, year: int) -> Decimal | None:
    """The year's target; else on the straight line to the next stated one; else the last stated one."""
    stated = {y: facts.target(indicator, facts.city, y) for y in facts.plan.years}
    if stated[year] is not None:
        return stated[year]
    later = [(y, value) for y, value in stated.items() if y > year and value is not None]
    if later:
        goal_year, goal = later[0]
        base = facts.baselines.get((indicator.pk, facts.city.pk))
        if base is None and facts.measures[indicator.pk].kind == Kind.STOCK:
            base = Decimal(0)
        if base is None:
            return goal
        span = goal_year - facts.plan.base_year
        return base + (goal - base) * (year - facts.plan.base_year) / span
    earlier = [value for y, value in stated.items() if y < year and value is not None]
    return earlier[-1] if earlier else None


def _never_falling(path: Path, known: Path) -> Path:
    """A cumulative figure does not fall within the year; a known one stands whatever was before it."""
    highest = Decimal(0)
    rising: Path = {}
    for quarter, value in sorted(path.items()):
        highest = value if quarter in known else max(highest, value)
        rising[quarter] = highest
    return rising
