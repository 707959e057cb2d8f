"""Indicators among themselves: wholes and parts, who leads them, what else they are called."""

from __future__ import annotations

from collections.abc import Iterator

from indicators.domain.numbers import STORED_DECIMALS
from indicators.domain.text_tables import Fault
from indicators.services.plans.rows import ParsedPlan, PlanRow
from towns.choices import UnitKind

# A part is printed and filed with its whole, as 350（220）: what holds for the one holds for the other.
SHARED_WITH_WHOLE = ("unit", "kind", "direction", "frequency", "decimals")


def check_indicators(plan: ParsedPlan) -> Iterator[Fault]:
    for row in plan.of("indicators"):
        yield from _check_one(plan, row)
    for column in ("part_of", "within"):
        yield from _check_cycles(plan, column)
    yield from _check_aliases(plan)


def _check_one(plan: ParsedPlan, row: PlanRow) -> Iterator[Fault]:
    if (row["decimals"] or 0) > STORED_DECIMALS:
        yield row.fault("decimals", f"最多 {STORED_DECIMALS} 位小数。")
    leader = plan.units.get(row["lead_unit"] or "")
    if leader is not None and leader["kind"] == UnitKind.TOWN:
        yield row.fault("lead_unit", f"“{leader['code']}”是镇区单位，牵头单位应为市直部门。")
    if {"goal_kind", "goal_value"} <= row.values.keys():
        if row["goal_kind"] and row["goal_value"] is None:
            yield row.fault("goal_value", "填了目标类型（goal_kind），请同时填目标值。")
        if row["goal_value"] is not None and not row["goal_kind"]:
            yield row.fault("goal_kind", "填了目标值（goal_value），请同时填目标类型。")
    whole = plan.indicators.get(row["part_of"] or "")
    for column in SHARED_WITH_WHOLE if whole else ():
        if row[column] is not None and whole[column] is not None and row[column] != whole[column]:
            sentence = f"“{row[column]}”与其所属指标“{whole['code']}”的“{whole[column]}”不同。"
            yield row.fault(column, f"{sentence}其中数与总数一并填报，应相同。")


def _check_cycles(plan: ParsedPlan, column: str) -> Iterator[Fault]:
    """An indicator that is contained in itself, by however many steps."""
    for code, row in plan.indicators.items():
        path, containing = [code], row[column]
        while containing in plan.indicators and containing not in path:
            path.append(containing)
            containing = plan.indicators[containing][column]
        if containing == code:
            circle = " → ".join([*path, code])
            yield row.fault(column, f"指标不能包含在自身之内：{circle}。")


def _check_aliases(plan: ParsedPlan) -> Iterator[Fault]:
    """An alias that is another indicator's name or code would send an import's figures to the wrong row."""
    taken = {row["name"]: row for row in plan.of("indicators")} | dict(plan.indicators)
    for row in plan.of("aliases"):
        named = taken.get(row["alias"])
        if row["alias"] and named is not None:
            yield row.fault("alias", f"“{row['alias']}”已是指标“{named['code']}”的名称或代码，不能作别名。")
