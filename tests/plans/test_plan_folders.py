"""What the rows of a plan folder must say together: towns and units, wholes and parts, targets and goals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from indicators.choices import GoalKind
from tests.plans.tables import LINHAI, ZHONGSHAN, by_code, codes_of, rows_of

both_plans = pytest.mark.parametrize("folder", [ZHONGSHAN, LINHAI], ids=lambda folder: folder.name)


@both_plans
def test_the_city_comes_first_and_the_towns_stand_on_tiles_of_their_own(folder: Path) -> None:
    city, *towns = rows_of(folder, "areas")
    assert city["code"] == rows_of(folder, "plan")[0]["city"]
    assert (city["order"], city["tile_column"], city["tile_row"]) == ("0", "", "")
    assert [town["order"] for town in towns] == [str(number) for number in range(1, len(towns) + 1)]
    tiles = [(town["tile_column"], town["tile_row"]) for town in towns]
    assert len(set(tiles)) == len(towns)
    assert all(column and row for column, row in tiles)


@both_plans
def test_every_town_has_its_unit_and_departments_file_for_the_city(folder: Path) -> None:
    plan = rows_of(folder, "plan")[0]
    units = rows_of(folder, "units")
    towns = [area["code"] for area in rows_of(folder, "areas") if area["code"] != plan["city"]]
    assert [(unit["code"], unit["area"]) for unit in units if unit["kind"] == "TOWN"] == [
        (town, town) for town in towns
    ]
    assert {unit["area"] for unit in units if unit["kind"] == "DEPARTMENT"} == {plan["city"]}
    assert [unit["kind"] for unit in units if unit["is_office"]] == ["DEPARTMENT"]


@both_plans
def test_an_alias_is_never_a_name_or_code(folder: Path) -> None:
    indicators = rows_of(folder, "indicators")
    taken = {row["name"] for row in indicators} | {row["code"] for row in indicators}
    assert taken & {row["alias"] for row in rows_of(folder, "aliases")} == set()


@both_plans
def test_indicator_names_are_unique_and_short_names_fit_a_table_heading(folder: Path) -> None:
    indicators = rows_of(folder, "indicators")
    for column in ("name", "short_name", "order"):
        assert len({row[column] for row in indicators}) == len(indicators)
    assert [row["short_name"] for row in indicators if len(row["short_name"]) > 10] == []


@both_plans
def test_a_part_is_measured_as_its_whole_is(folder: Path) -> None:
    indicators = by_code(folder, "indicators")
    for row in indicators.values():
        for container in filter(None, (row["part_of"], row["within"])):
            for column in ("unit", "kind", "direction", "frequency", "decimals"):
                assert row[column] == indicators[container][column], (row["code"], column)


@both_plans
def test_columns_given_to_the_towns_are_numbered_without_a_gap(folder: Path) -> None:
    allocated = [row for row in rows_of(folder, "indicators") if row["allocation_order"]]
    assert sorted(int(row["allocation_order"]) for row in allocated) == list(range(1, len(allocated) + 1))


@both_plans
def test_a_pace_has_four_steps_never_falling_to_a_hundred(folder: Path) -> None:
    for row in rows_of(folder, "indicators"):
        if row["pace"]:
            steps = [int(step) for step in row["pace"].split("/")]
            assert len(steps) == 4
            assert steps == sorted(steps)
            assert steps[-1] == 100


@both_plans
@pytest.mark.parametrize("table", ["targets", "baselines"])
def test_no_figure_has_more_decimals_than_its_indicator_reports(folder: Path, table: str) -> None:
    indicators = by_code(folder, "indicators")
    for row in rows_of(folder, table):
        decimals = len(row["value"].partition(".")[2])
        assert decimals <= int(indicators[row["indicator"]]["decimals"]), row


@both_plans
def test_targets_lie_in_the_plan_and_baselines_in_the_year_before(folder: Path) -> None:
    plan = rows_of(folder, "plan")[0]
    first, last = int(plan["first_year"]), int(plan["last_year"])
    assert {int(row["year"]) for row in rows_of(folder, "targets")} == set(range(first, last + 1))
    assert {int(row["year"]) for row in rows_of(folder, "baselines")} == {first - 1}
    assert {int(row["year"]) for row in rows_of(folder, "milestones")} <= set(range(first, last + 1))


@both_plans
def test_the_first_unit_named_leads_a_task(folder: Path) -> None:
    for task in codes_of(folder, "tasks"):
        roles = [row["role"] for row in rows_of(folder, "task_units") if row["task"] == task]
        assert roles == ["LEAD"] + ["SUPPORT"] * (len(roles) - 1)


@both_plans
def test_goals_that_are_totals_or_rises_follow_from_the_targets(folder: Path) -> None:
    plan = rows_of(folder, "plan")[0]
    base = {row["indicator"]: Decimal(row["value"]) for row in rows_of(folder, "baselines")}
    for row in rows_of(folder, "indicators"):
        years = [
            Decimal(target["value"])
            for target in rows_of(folder, "targets")
            if target["indicator"] == row["code"] and target["area"] == plan["city"] and target["value"]
        ]
        if row["goal_kind"] == GoalKind.TOTAL:
            assert sum(years) == Decimal(row["goal_value"]), row["code"]
        if row["goal_kind"] == GoalKind.RISE:
            assert years[-1] - base[row["code"]] == Decimal(row["goal_value"]), row["code"]
        assert row["goal_value"] in row["goal_text"]
