"""The plan's indicators with their targets by year, as printed, beside their baselines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from indicators.choices import Listing
from indicators.domain.numbers import format_plain
from indicators.models import Baseline, Indicator, Plan, Target
from indicators.queries.reading import Reading
from reports.figures import DASH, Shown
from reports.pages.links import link

NOT_PRINTED = "计划未列"
NO_BASELINE = "计划未列基期"


@dataclass(frozen=True, slots=True)
class PrintedTarget:
    """A year's target: its figure with its 左右 or 以上; `is_amended` once people changed what was printed."""

    year: int
    text: Shown
    is_now: bool
    is_amended: bool
    stands_in: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """`baseline_tag` is 推出 where the plan implies the baseline without stating it. `goal` is 我市目标."""

    code: str
    name: str
    unit: str
    href: str
    is_part: bool
    baseline: Shown
    baseline_tag: str
    targets: tuple[PrintedTarget, ...]
    goal: str
    lead_unit: str
    clause: str


@dataclass(frozen=True, slots=True)
class PlanGroup:
    name: str
    is_campaign: bool
    rows: tuple[PlanRow, ...]


def plan_groups(
    reading: Reading,
    indicators: Iterable[Indicator],
    listing: Listing,
    targets: Mapping[tuple[int, int], Target],
    baselines: Mapping[int, Baseline],
) -> tuple[PlanGroup, ...]:
    """A listing's indicators under their headings; `targets` by (indicator id, year), `baselines` by indicator id."""
    chosen = [indicator for indicator in indicators if indicator.listing == listing]
    chosen.sort(key=lambda indicator: (indicator.category.order, indicator.order))
    groups = groupby(chosen, key=lambda indicator: indicator.category)
    return tuple(
        PlanGroup(
            category.name,
            category.is_campaign,
            tuple(_row(reading, one, targets, baselines.get(one.pk)) for one in members),
        )
        for category, members in groups
    )


def _row(
    reading: Reading,
    indicator: Indicator,
    targets: Mapping[tuple[int, int], Target],
    baseline: Baseline | None,
) -> PlanRow:
    return PlanRow(
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        href=link(reading, "indicator", indicator.code),
        is_part=indicator.part_of_id is not None,
        baseline=Shown(format_plain(baseline.value)) if baseline else Shown(DASH, NO_BASELINE),
        baseline_tag="推出" if baseline and "value" in baseline.derived.split(";") else "",
        targets=tuple(
            _target(reading, targets.get((indicator.pk, year)), year) for year in reading.plan.years
        ),
        goal="" if indicator.goal_text == "-" else indicator.goal_text,
        lead_unit=indicator.lead_unit.short_name if indicator.lead_unit else "",
        clause=indicator.clause,
    )


def _target(reading: Reading, target: Target | None, year: int) -> PrintedTarget:
    if target is None or target.value is None:
        text = Shown(DASH, f"计划印作“{target.printed}”" if target and target.printed else NOT_PRINTED)
    else:
        text = Shown(format_plain(target.value) + target.qualifier)
    return PrintedTarget(
        year=year,
        text=text,
        is_now=year == reading.period.year,
        is_amended=bool(target and target.is_amended),
        stands_in=bool(target and target.demonstration),
    )


def city_targets(plan: Plan, targets: Iterable[Target]) -> dict[tuple[int, int], Target]:
    return {(row.indicator_id, row.year): row for row in targets if row.area_id == plan.city_id}
