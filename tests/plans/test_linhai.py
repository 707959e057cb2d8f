"""The small plan of an invented city: what it is there to exercise, and its workbook against its tables."""

from __future__ import annotations

from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.plans.tables import (
    COLUMNS,
    LINHAI,
    LINHAI_WORKBOOK,
    NUMBERS,
    ZHONGSHAN,
    codes_of,
    columns_of,
    rows_of,
    targets_of,
)


def test_it_has_six_towns_five_years_and_an_office_of_its_own() -> None:
    plan = rows_of(LINHAI, "plan")[0]
    assert (plan["first_year"], plan["last_year"]) == ("2021", "2025")
    assert len(rows_of(LINHAI, "areas")) == 1 + 6
    assert [row["name"] for row in rows_of(LINHAI, "units") if row["is_office"]] == ["市工业和信息化局"]


def test_it_shares_a_towns_and_a_departments_code_with_zhongshan() -> None:
    assert set(codes_of(LINHAI, "areas")) & set(codes_of(ZHONGSHAN, "areas")) == {"dongqu"}
    assert {"keji", "tongji"} <= set(codes_of(LINHAI, "units")) & set(codes_of(ZHONGSHAN, "units"))
    assert "industrial-investment" in codes_of(LINHAI, "indicators")


def test_it_holds_every_kind_frequency_and_direction_and_four_levels_of_decimals() -> None:
    indicators = rows_of(LINHAI, "indicators")
    assert {row["kind"] for row in indicators} == {"FLOW", "STOCK", "RATE"}
    assert {row["frequency"] for row in indicators} == {"QUARTER", "HALF", "YEAR"}
    assert {(row["kind"], row["direction"]) for row in indicators} >= {("FLOW", "LOWER"), ("RATE", "LOWER")}
    assert {row["decimals"] for row in indicators} == {"0", "1", "2", "4"}
    assert [row["pace"] for row in indicators if row["pace"]] == ["10/30/60/100"]
    assert [row["part_of"] for row in indicators if row["part_of"]] == ["digital-firms"]


def test_the_towns_add_up_to_the_city() -> None:
    targets = targets_of(LINHAI)
    allocated = [row["code"] for row in rows_of(LINHAI, "indicators") if row["allocation_order"]]
    for code in allocated:
        towns = [row for key, row in targets.items() if key[0] == code and key[1] != "linhaiwan"]
        assert len(towns) == 6
        assert sum(Decimal(row["value"]) for row in towns) == Decimal(
            targets[code, "linhaiwan", "2021"]["value"]
        )


def test_no_part_or_contained_figure_exceeds_its_whole() -> None:
    targets = targets_of(LINHAI)
    compared = 0
    for row in rows_of(LINHAI, "indicators"):
        container = row["part_of"] or row["within"]
        for (code, area, year), target in targets.items():
            if container and code == row["code"]:
                assert Decimal(target["value"]) <= Decimal(targets[container, area, year]["value"])
                compared += 1
    assert compared == 2 * (5 + 6)


def cell_text(column: str, value: object) -> str | Decimal:
    """A cell as it is compared: a number by its value, everything else by its text."""
    text = "" if value is None else str(value)
    return Decimal(text) if column in NUMBERS and text else text


@pytest.mark.parametrize("table", COLUMNS)
def test_the_workbook_holds_the_same_rows_as_the_folder(table: str) -> None:
    sheet = load_workbook(LINHAI_WORKBOOK)[table]
    header, *lines = sheet.iter_rows(values_only=True)
    assert list(header) == columns_of(table)
    found = [
        {column: cell_text(column, value) for column, value in zip(header, line, strict=True)}
        for line in lines
    ]
    expected = [
        {column: cell_text(column, text) for column, text in row.items()} for row in rows_of(LINHAI, table)
    ]
    assert found == expected, "after a change of the folder: python -m tests.plans.workbook"


def test_the_workbook_has_the_tables_as_its_sheets_and_text_stays_text() -> None:
    book = load_workbook(LINHAI_WORKBOOK)
    assert book.sheetnames == list(COLUMNS)
    pace = columns_of("indicators").index("pace") + 1
    printed = columns_of("targets").index("printed") + 1
    assert {cell.data_type for (cell,) in book["targets"].iter_rows(2, None, printed, printed)} == {"s"}
    assert book["indicators"].cell(2, pace).value == "10/30/60/100"
