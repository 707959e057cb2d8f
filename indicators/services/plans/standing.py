"""What a later load of a plan may not change: what figures were already filed and approved under."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from indicators.domain.text_tables import Fault
from indicators.models import Alias, Indicator, Plan
from indicators.services.plans.rows import ParsedPlan
from towns.models import Unit


def check_standing(rows: ParsedPlan, plan: Plan | None) -> Iterator[Fault]:
    """Every fault between the rows and the database; `plan` is the stored plan of this code, if there is one."""
    yield from _check_units(rows)
    if plan is not None:
        yield from _check_plan(rows, plan)
        yield from _check_measures(rows, plan)
        yield from _check_names(rows, plan)


def _check_plan(rows: ParsedPlan, plan: Plan) -> Iterator[Fault]:
    row = rows.plan
    if row["city"] and row["city"] != plan.city.city_code:
        yield row.fault("city", f"计划“{plan.code}”属于{plan.city.name}，不能改为另一个市，请另立计划代码。")
    if row["first_year"] is not None and row["first_year"] > plan.first_year:
        yield row.fault("first_year", f"计划从 {plan.first_year} 年开始，不能推迟。")
    if row["last_year"] is not None and row["last_year"] < plan.last_year:
        yield row.fault("last_year", f"计划到 {plan.last_year} 年为止，不能提前结束。")


def _check_measures(rows: ParsedPlan, plan: Plan) -> Iterator[Fault]:
    """Approved figures were counted in one kind and unit; under another they would mean something else."""
    measured = Indicator.objects.of(plan).annotate(figures=Count("actuals")).filter(figures__gt=0)
    for indicator in measured:
        row = rows.indicators.get(indicator.code)
        if row is None:
            continue
        for column, word, held in (
            ("kind", "类别", indicator.kind),
            ("unit", "单位", indicator.unit),
            ("direction", "方向", indicator.direction),
        ):
            if row[column] and row[column] != held:
                yield row.fault(
                    column,
                    f"“{indicator.code}”已有 {indicator.figures} 个实绩，{word}不能由 {held} 改为"
                    f" {row[column]}，请另立指标代码。",
                )


def _check_units(rows: ParsedPlan) -> Iterator[Fault]:
    """People and returns hang on a unit: what it is and where it files stay as they are."""
    known = {unit.code: unit for unit in Unit.objects.filter(city_code=rows.city).select_related("area")}
    for code, row in rows.units.items():
        unit = known.get(code)
        if unit is None:
            continue
        for column, held in (("kind", unit.kind), ("area", unit.area.code)):
            if row[column] and row[column] != held:
                yield row.fault(
                    column, f"填报单位“{code}”已在系统中为 {held}，不能改为 {row[column]}，请另立单位代码。"
                )


def _check_names(rows: ParsedPlan, plan: Plan) -> Iterator[Fault]:
    """Names that rows of an earlier load still bear."""
    left = {
        indicator.name: indicator.code
        for indicator in Indicator.objects.of(plan)
        if indicator.code not in rows.indicators
    }
    for row in rows.of("indicators"):
        if row["name"] in left:
            sentence = f"“{row['name']}”已是系统中指标“{left[row['name']]}”的名称，请改用另一个名称。"
            yield row.fault("name", sentence)
    for row in rows.of("aliases"):
        if row["alias"] in left:
            yield row.fault("alias", f"“{row['alias']}”已是系统中指标“{left[row['alias']]}”的名称。")
    given = {row["alias"] for row in rows.of("aliases")}
    aliases = Alias.objects.filter(plan=plan).exclude(alias__in=given).select_related("indicator")
    former = {alias.alias: alias.indicator.code for alias in aliases}
    for row in rows.of("indicators"):
        owner = former.get(row["name"])
        if owner is not None and owner != row["code"]:
            yield row.fault("name", f"“{row['name']}”已是系统中指标“{owner}”的别名，请改用另一个名称。")
