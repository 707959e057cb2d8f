"""What the heat map says of the towns' targets altogether: how many are behind, where most, and the slowest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.choices import Light, Reason
from indicators.domain.measures import Measure
from indicators.domain.numbers import format_percent
from indicators.domain.periods import Quarter
from indicators.domain.progress import Progress, light
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from reports.figures import Shown, missing
from towns.models import Area

NAMED = 2


@dataclass(frozen=True, slots=True)
class JudgedTown:
    """One town's target of one indicator, which the reader may see; `ratio` is None where no light is given."""

    town: Area
    has_target: bool
    ratio: Decimal | None
    is_behind: bool


def judge(
    facts: PlanFacts, indicator: Indicator, town: Area, quarter: Quarter, *, in_full: bool
) -> JudgedTown:
    """Of every town, shown or not. The ratio alone costs a part of the progress `in_full`, which cells are made of."""
    target = facts.target(indicator, town, quarter.year)
    ratio = (
        facts.progress(indicator, town, quarter).ratio if in_full else facts.ratio(indicator, town, quarter)
    )
    if not target or isinstance(ratio, Reason):
        return JudgedTown(town, bool(target), None, is_behind=False)
    return JudgedTown(town, True, ratio, light(ratio, facts.plan.yellow_from) == Light.RED)


@dataclass(frozen=True, slots=True)
class JudgedColumn:
    """One indicator over the towns that the reader may see."""

    short_name: str
    measure: Measure
    towns: Sequence[JudgedTown]


def behind_of(towns: Sequence[JudgedTown]) -> Shown:
    """How many of the towns are behind; a dash where none has a target."""
    if not any(one.has_target for one in towns):
        return missing(Reason.NO_TARGET)
    return Shown(str(sum(one.is_behind for one in towns)))


def count_behind(columns: Iterable[Sequence[JudgedTown]]) -> Counter[int]:
    """{town id: how many of its targets are behind}."""
    return Counter(one.town.pk for column in columns for one in column if one.is_behind)


def judged_ratio(progress: Progress | None) -> Decimal | None:
    """How far a figure is of what is due by now, comparable between kinds as the light is; None without a light."""
    if progress is None or progress.unjudged or isinstance(progress.ratio, Reason):
        return None
    return progress.ratio


def ratio_words(ratio: Decimal, measure: Measure) -> str:
    """A progress ratio as a leader reads it: what is done of what is due, or that there is less than at the start."""
    if ratio >= 0:
        return f"完成序时应达的 {format_percent(ratio)}"
    if measure.is_flow:
        return "累计为负数"
    return "高于年初水平" if measure.is_falling else "低于年初水平"


def heat_sentence(columns: Sequence[JudgedColumn]) -> str:
    """How many targets are behind, in which column most of them, and the one furthest from its pace.

    Empty while nothing can be judged. Of equals the first town's is named, and of its targets the first column's.
    """
    judged = [
        (ratio, one.town, column)
        for column in columns
        for one in column.towns
        if (ratio := one.ratio) is not None
    ]
    if not judged:
        return ""
    counts = {column.short_name: sum(one.is_behind for one in column.towns) for column in columns}
    behind = sum(counts.values())
    if not behind:
        return f"有数的 {len(judged)} 项镇区目标没有落后的。"
    most = max(counts.values())
    worst = [name for name, count in counts.items() if count == most]
    said = [f"有数的 {len(judged)} 项镇区目标中 {behind} 项落后"]
    if most > 1 and len(worst) <= NAMED:
        said.append(f"落后镇区最多的是{'、'.join(worst)}（{most} 个）")
    ratio, town, column = min(judged, key=lambda found: (found[0], found[1].order))
    equal = sum(found[0] == ratio for found in judged)
    also = f"等 {equal} 项" if equal > 1 else ""
    said.append(f"最慢的是{town.name}的{column.short_name}{also}，{ratio_words(ratio, column.measure)}")
    return "；".join(said) + "。"
