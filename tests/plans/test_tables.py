"""The shape of every plan folder: columns, keys, references, known values, plain numbers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from indicators.choices import (
    Direction,
    Frequency,
    GoalKind,
    Kind,
    Listing,
    NoteKind,
    TaskKind,
    TaskRole,
)
from tests.plans.tables import (
    COLUMNS,
    LINHAI,
    NUMBERS,
    ZHONGSHAN,
    codes_of,
    columns_of,
    header_of,
    rows_of,
)
from towns.choices import UnitKind

REFERENCES = [
    ("plan", "city", "areas"),
    ("units", "area", "areas"),
    ("indicators", "category", "categories"),
    ("indicators", "part_of", "indicators"),
    ("indicators", "within", "indicators"),
    ("indicators", "lead_unit", "units"),
    ("aliases", "indicator", "indicators"),
    ("baselines", "indicator", "indicators"),
    ("baselines", "area", "areas"),
    ("targets", "indicator", "indicators"),
    ("targets", "area", "areas"),
    ("notes", "indicator", "indicators"),
    ("notes", "area", "areas"),
    ("task_units", "task", "tasks"),
    ("task_units", "unit", "units"),
    ("milestones", "lead_unit", "units"),
]
MAY_BE_BLANK = {
    ("indicators", "part_of"),
    ("indicators", "within"),
    ("notes", "indicator"),
    ("notes", "area"),
}

CHOICES = [
    ("units", "kind", UnitKind.values),
    ("indicators", "kind", Kind.values),
    ("indicators", "direction", Direction.values),
    ("indicators", "frequency", Frequency.values),
    ("indicators", "listing", Listing.values),
    ("indicators", "goal_kind", ["", *GoalKind.values]),
    ("targets", "qualifier", ["", "左右", "以上"]),
    ("notes", "kind", NoteKind.values),
    ("tasks", "kind", TaskKind.values),
    ("task_units", "role", TaskRole.values),
]
YES_OR_BLANK = [
    ("units", "is_office"),
    ("categories", "is_campaign"),
    ("indicators", "percent_of_whole"),
    ("indicators", "signed"),
    ("tasks", "all_towns"),
]
KEYS = {
    "aliases": ["alias"],
    "baselines": ["indicator", "area", "year"],
    "targets": ["indicator", "area", "year"],
    "task_units": ["task", "unit"],
}

both_plans = pytest.mark.parametrize("folder", [ZHONGSHAN, LINHAI], ids=lambda folder: folder.name)
every_table = pytest.mark.parametrize("table", COLUMNS)


@both_plans
def test_the_folder_holds_the_tables_and_no_other(folder: Path) -> None:
    assert {path.stem for path in folder.glob("*.csv")} == set(COLUMNS)


@both_plans
@every_table
def test_a_table_has_its_columns_and_every_row_fills_them(folder: Path, table: str) -> None:
    assert header_of(folder, table) == columns_of(table)
    ragged = [row for row in rows_of(folder, table) if None in row or None in row.values()]
    assert ragged == []


@both_plans
@every_table
def test_no_cell_begins_or_ends_with_a_space(folder: Path, table: str) -> None:
    spaced = [cell for row in rows_of(folder, table) for cell in row.values() if cell != cell.strip()]
    assert spaced == []


@both_plans
@every_table
def test_keys_are_unique(folder: Path, table: str) -> None:
    columns = KEYS.get(table, ["code"])
    keys = [tuple(row[column] for column in columns) for row in rows_of(folder, table)]
    assert sorted(keys) == sorted(set(keys))


@both_plans
@every_table
def test_every_row_says_where_it_comes_from(folder: Path, table: str) -> None:
    assert [row for row in rows_of(folder, table) if not row["clause"]] == []


@both_plans
@every_table
def test_derived_names_filled_columns_of_its_own_row(folder: Path, table: str) -> None:
    for row in rows_of(folder, table):
        named = row["derived"].split(";") if row["derived"] else []
        assert len(named) == len(set(named))
        assert [column for column in named if not row.get(column)] == [], row


@both_plans
@pytest.mark.parametrize(("table", "column", "to"), REFERENCES)
def test_every_code_resolves(folder: Path, table: str, column: str, to: str) -> None:
    known = set(codes_of(folder, to))
    if (table, column) in MAY_BE_BLANK:
        known.add("")
    assert {row[column] for row in rows_of(folder, table)} - known == set()


@both_plans
@pytest.mark.parametrize(("table", "column", "allowed"), CHOICES)
def test_choices_are_the_known_ones(folder: Path, table: str, column: str, allowed: list[str]) -> None:
    assert {row[column] for row in rows_of(folder, table)} <= set(allowed)


@both_plans
@pytest.mark.parametrize(("table", "column"), YES_OR_BLANK)
def test_booleans_are_yes_or_blank(folder: Path, table: str, column: str) -> None:
    assert {row[column] for row in rows_of(folder, table)} <= {"yes", ""}


@both_plans
@every_table
def test_numbers_are_plain_numbers(folder: Path, table: str) -> None:
    for column in NUMBERS.intersection(COLUMNS[table].split()):
        for row in rows_of(folder, table):
            assert str(Decimal(row[column] or "0")) == (row[column] or "0"), row
