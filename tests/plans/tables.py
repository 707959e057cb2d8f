"""A plan folder's tables, read as plain text: what the tests compare with the printed plan."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

Row = dict[str, str]

TESTS = Path(__file__).parent
FIXTURES = TESTS.parent.parent / "fixtures"
ZHONGSHAN = FIXTURES / "zhongshan-2015-2017"
LINHAI = TESTS / "linhai-2021-2025"
LINHAI_WORKBOOK = TESTS / "linhai-2021-2025.xlsx"
PUBLISHED_RESULTS = FIXTURES / "published_results.csv"

COLUMNS: dict[str, str] = {
    "plan": "code name city first_year last_year yellow_from document filing_due_days",
    "areas": "code name short_name order tile_column tile_row",
    "units": "code name short_name kind area is_office order",
    "categories": "code name is_campaign order",
    "indicators": (
        "code category name short_name unit kind direction frequency decimals listing part_of within order"
        " allocation_order pace percent_of_whole signed lead_unit goal_text goal_kind goal_value scope"
    ),
    "aliases": "indicator alias",
    "baselines": "indicator area year value printed",
    "targets": "indicator area year value qualifier printed",
    "notes": "code kind indicator area year value unit text",
    "tasks": "code kind section order title text all_towns",
    "task_units": "task unit role order",
    "milestones": "code name year lead_unit order",
}

# Columns that hold numbers; every other cell is text.
NUMBERS = frozenset(
    [
        *("first_year", "last_year", "yellow_from", "filing_due_days", "order", "tile_column", "tile_row"),
        *("decimals", "allocation_order", "goal_value", "year", "value"),
    ]
)


def columns_of(table: str) -> list[str]:
    """The header of a table: its own columns, then where the row comes from and what in it is our choice."""
    return [*COLUMNS[table].split(), "clause", "derived"]


@cache
def _read(path: Path) -> tuple[list[str], list[Row]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        rows = list(reader)
    return list(reader.fieldnames or []), rows


def header_of(folder: Path, table: str) -> list[str]:
    return _read(folder / f"{table}.csv")[0]


def rows_of(folder: Path, table: str) -> list[Row]:
    return _read(folder / f"{table}.csv")[1]


def codes_of(folder: Path, table: str) -> list[str]:
    return [row["code"] for row in rows_of(folder, table)]


def by_code(folder: Path, table: str) -> dict[str, Row]:
    return {row["code"]: row for row in rows_of(folder, table)}


def targets_of(folder: Path) -> dict[tuple[str, str, str], Row]:
    """Targets by (indicator, area, year)."""
    return {(row["indicator"], row["area"], row["year"]): row for row in rows_of(folder, "targets")}
