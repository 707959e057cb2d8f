"""The plan's years, its city and towns, and who files for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from indicators.domain.text_tables import Fault
from indicators.services.plans.rows import ParsedPlan, PlanRow
from towns.choices import UnitKind

EARLIEST_YEAR, LATEST_YEAR = 1949, 2199
MOST_YEARS = 20
MOST_DUE_DAYS = 90
LARGEST_TILE = 30


def check_places(plan: ParsedPlan) -> Iterator[Fault]:
    yield from _check_plan_row(plan)
    yield from _check_tiles(plan)
    yield from _check_unit_areas(plan)
    yield from _check_every_town_files(plan)
    yield from _check_office(plan)


def _check_plan_row(plan: ParsedPlan) -> Iterator[Fault]:
    if "plan" in plan.tables and not plan.of("plan"):
        yield plan.plan.fault("", "没有计划，应有且只有一行。")
    for row in plan.of("plan")[1:]:
        yield row.fault("", "只能有一个计划，多出的行请删去。")
    first, last = plan.plan["first_year"], plan.plan["last_year"]
    for column, year in (("first_year", first), ("last_year", last)):
        if year is not None and not EARLIEST_YEAR <= year <= LATEST_YEAR:
            yield plan.plan.fault(column, f"{year} 不是合理的年份。")
    if first is not None and last is not None and not 0 <= last - first < MOST_YEARS:
        yield plan.plan.fault("last_year", f"{first} 至 {last} 年不是 1 至 {MOST_YEARS} 年的计划期。")
    if (plan.plan["filing_due_days"] or 0) > MOST_DUE_DAYS:
        yield plan.plan.fault("filing_due_days", f"季后报送期限最多 {MOST_DUE_DAYS} 日。")


def _check_tiles(plan: ParsedPlan) -> Iterator[Fault]:
    taken: dict[tuple[int, int], str] = {}
    for row in plan.of("areas"):
        column, line = row["tile_column"], row["tile_row"]
        if (column is None) != (line is None) and {"tile_column", "tile_row"} <= row.values.keys():
            yield row.fault("tile_column", "示意图的列和行应同时填写或同时留空。")
        if column is None or line is None:
            continue
        if max(column, line) > LARGEST_TILE:
            yield row.fault("tile_column", f"示意图的列和行最大为 {LARGEST_TILE}。")
        if (column, line) in taken:
            yield row.fault("tile_column", f"示意图的位置 {column},{line} 已由{taken[column, line]}占用。")
        taken.setdefault((column, line), row["name"] or "")


def _check_unit_areas(plan: ParsedPlan) -> Iterator[Fault]:
    for row in plan.of("units"):
        area = plan.areas.get(row["area"] or "")
        if area is None or not plan.city or not row["kind"]:
            continue
        files_for_city = area["code"] == plan.city
        if row["kind"] == UnitKind.DEPARTMENT and not files_for_city:
            yield row.fault("area", f"市直部门为全市填报，应为“{plan.city}”，不是“{area['code']}”。")
        if row["kind"] == UnitKind.TOWN and files_for_city:
            yield row.fault("area", "镇区单位只为本镇区填报，不能填报全市。")


def _check_every_town_files(plan: ParsedPlan) -> Iterator[Fault]:
    """One unit a town: with two, the second approval would overwrite the first's figures."""
    if not plan.city or "units" not in plan.tables:
        return
    units: dict[str, list[PlanRow]] = defaultdict(list)
    for row in plan.of("units"):
        if row["kind"] == UnitKind.TOWN and row["area"]:
            units[row["area"]].append(row)
    for town in plan.towns:
        first, *others = units[town["code"]] or [None]
        if first is None:
            yield town.fault("code", f"{town['name'] or town['code']}没有填报单位，请在 units 表中列出。")
        for row in others:
            yield row.fault("area", f"“{row['area']}”已由第 {first.number} 行的单位填报，请只留一个。")


def _check_office(plan: ParsedPlan) -> Iterator[Fault]:
    if not plan.of("units"):
        return
    offices = [row for row in plan.of("units") if row["is_office"]]
    if not offices:
        yield Fault(
            plan.places["units"],
            0,
            "is_office",
            "没有单位标为联席会议办公室所在单位，请在一个部门的行填 yes。",
        )
    for row in offices[1:]:
        yield row.fault("is_office", f"第 {offices[0].number} 行已标为联席会议办公室所在单位，只能有一个。")
    for row in offices:
        if row["kind"] == UnitKind.TOWN:
            yield row.fault("is_office", "联席会议办公室应设在市直部门。")
