"""The benchmark of the reports: the bare files hold the cells of ours, and its bounds would be missed."""

from __future__ import annotations

from copy import copy
from io import BytesIO
from typing import Any

from django.contrib.auth.models import User
from openpyxl import load_workbook
from openpyxl.cell import Cell

from bench.report_memory import Growth
from bench.report_scene import LongCity
from bench.report_table import faults_of, table
from bench.report_times import FileTime, measure
from bench.report_writers import PARTS, Write, annex, long_table
from indicators.models import Plan

CITY = LongCity(70)  # two towns
ANNEX = FileTime("annex2.xlsx", cells=1000, ours=180.0, bare=100.0, most=1.8)
LINES = FileTime("details.csv", cells=1000, ours=900.0, bare=100.0, most=None)


def cells_of(write: Write) -> list[list[Cell]]:
    file = BytesIO()
    write(file)
    return [list(row) for row in load_workbook(file).active.iter_rows()]


def looks(rows: list[list[Cell]]) -> list[list[tuple[Any, ...]]]:
    return [[(cell.value, *(copy(getattr(cell, part)) for part in PARTS)) for cell in row] for row in rows]


def test_the_bare_annex_has_our_cells_with_our_looks(zhongshan: Plan, leader: User) -> None:
    job = annex("annex2", "leader")
    ours, bare = cells_of(job.ours), cells_of(job.bare)
    assert looks(bare) == looks(ours)
    assert job.cells == sum(map(len, ours)) > 240


def test_the_bare_table_has_our_rows_below_our_headings(zhongshan: Plan) -> None:
    CITY.build()
    job = long_table("xlsx", CITY.leader)
    ours, bare = cells_of(job.ours), cells_of(job.bare)
    assert looks(bare[1:]) == looks(ours[4:])
    assert [cell.value for cell in bare[0]] == [cell.value for cell in ours[3]]
    # Ten targets of the city, and of each town ten targets and twenty actuals.
    assert len(bare) - 1 == CITY.rows == 70
    assert job.cells == sum(cell.value is not None for row in bare[1:] for cell in row)


def test_the_bare_csv_has_our_lines(zhongshan: Plan) -> None:
    CITY.build()
    job, ours, bare = long_table("csv", CITY.leader), BytesIO(), BytesIO()
    job.ours(ours)
    job.bare(bare)
    shorter = (
        bare.getvalue().decode().replace("2.5000", "2.5").replace("4.2000", "4.2").replace("10.0000", "10")
    )
    assert ours.getvalue().decode("utf-8-sig") == shorter


def test_both_are_timed_in_turn(zhongshan: Plan) -> None:
    CITY.build()
    [time] = measure([long_table("csv", CITY.leader)], rounds=1)
    assert (time.name, time.most) == ("details.csv of 70", None)
    assert min(time.ours, time.bare) > 0


def test_what_keeps_its_bounds_is_no_fault() -> None:
    assert faults_of([ANNEX, LINES], [Growth("annex2.xlsx", 40.0, 1.0)]) == []


def test_each_bound_that_is_missed_is_named() -> None:
    slow = FileTime("annex2.xlsx", cells=1000, ours=181.0, bare=100.0, most=1.8)
    assert faults_of([slow, LINES], [Growth("details.xlsx", 40.1, 1.0)]) == [
        "annex2.xlsx costs 1.81 times the bare file",
        "details.xlsx takes 40.1 MiB more",
    ]


def test_the_table_sets_each_file_against_the_bare_one() -> None:
    told = table("sqlite", [ANNEX, LINES], [Growth("details.csv, leader", 2.0, 0.5)]).splitlines()
    assert [line.split() for line in told[2:4]] == [
        ["annex2.xlsx", "1,000", "180.0", "100.0", "1.80", "1.8"],
        ["details.csv", "1,000", "900.0", "100.0", "9.00", "-"],
    ]
    assert told[-1].split() == ["details.csv,", "leader", "2.0", "0.5", "40"]
