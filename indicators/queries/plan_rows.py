"""A loaded plan as the domain compares it: what in it does not add up, from the database."""

from __future__ import annotations

from collections.abc import Iterable

from indicators.choices import GoalKind, Kind, NoteKind
from indicators.domain.plan_rows import PlanBaseline, PlanFigure, PlanIndicator, PlanRows, PlanTarget
from indicators.models import Baseline, Indicator, Plan, PlanNote, Target
from towns.models import Area


def plan_rows(
    plan: Plan,
    *,
    areas: Iterable[Area],
    indicators: Iterable[Indicator],
    targets: Iterable[Target],
    baselines: Iterable[Baseline],
    notes: Iterable[PlanNote],
) -> PlanRows:
    """The plan's rows that a page has read anyway; targets that only demonstrate are not the plan's and left out."""
    code_of = {indicator.pk: indicator.code for indicator in indicators}
    area_of = {area.pk: area.code for area in areas}
    return PlanRows(
        city=plan.city.code,
        areas={area.code: area.name for area in areas},
        indicators=[_indicator(indicator, code_of) for indicator in indicators],
        targets=[
            PlanTarget(code_of[row.indicator_id], area_of[row.area_id], row.year, row.value, row.printed)
            for row in targets
            if not row.demonstration
        ],
        baselines=[
            PlanBaseline(code_of[row.indicator_id], area_of[row.area_id], row.year, row.value)
            for row in baselines
        ],
        figures=[
            PlanFigure(code_of[note.indicator_id], area_of[note.area_id], note.year, note.value, note.unit)
            for note in notes
            if note.kind == NoteKind.FIGURE
            and note.indicator_id is not None
            and note.area_id is not None
            and note.year is not None
            and note.value is not None
        ],
    )


def _indicator(indicator: Indicator, code_of: dict[int, str]) -> PlanIndicator:
    return PlanIndicator(
        code=indicator.code,
        name=indicator.name,
        unit=indicator.unit,
        kind=Kind(indicator.kind),
        part_of=code_of.get(indicator.part_of_id or 0, ""),
        within=code_of.get(indicator.within_id or 0, ""),
        goal_kind=GoalKind(indicator.goal_kind) if indicator.goal_kind else None,
        goal_value=indicator.goal_value,
    )
