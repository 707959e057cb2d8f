"""The rows of a plan as the domain compares them: what in the plan does not add up."""

from __future__ import annotations

from indicators.choices import GoalKind, Kind, NoteKind
from indicators.domain import plan_check
from indicators.domain.plan_check import Disagreement
from indicators.services.plans.rows import ParsedPlan


def disagreements_of(plan: ParsedPlan) -> list[Disagreement]:
    """Every place where the plan disagrees with itself, by calculation; for a plan without faults."""
    return plan_check.check_plan(
        plan_check.PlanRows(
            city=plan.city,
            areas={code: row["name"] for code, row in plan.areas.items()},
            indicators=_indicators(plan),
            targets=[
                plan_check.PlanTarget(
                    row["indicator"], row["area"], row["year"], row["value"], row["printed"]
                )
                for row in plan.of("targets")
            ],
            baselines=[
                plan_check.PlanBaseline(row["indicator"], row["area"], row["year"], row["value"])
                for row in plan.of("baselines")
            ],
            figures=[
                plan_check.PlanFigure(row["indicator"], row["area"], row["year"], row["value"], row["unit"])
                for row in plan.of("notes")
                if row["kind"] == NoteKind.FIGURE
            ],
        )
    )


def _indicators(plan: ParsedPlan) -> list[plan_check.PlanIndicator]:
    return [
        plan_check.PlanIndicator(
            code=row["code"],
            name=row["name"],
            unit=row["unit"],
            kind=Kind(row["kind"]),
            part_of=row["part_of"] or "",
            within=row["within"] or "",
            goal_kind=GoalKind(row["goal_kind"]) if row["goal_kind"] else None,
            goal_value=row["goal_value"],
        )
        for row in plan.of("indicators")
    ]
