"""Tables of text: rows keep their numbers, cells their columns, and what has none is a fault."""

from __future__ import annotations

from indicators.domain.text_tables import Fault, table_of


def test_rows_are_numbered_as_excel_numbers_them_and_blank_lines_go() -> None:
    table, faults = table_of("towns", "towns.csv", [["code", "name"], ["", " "], [" xiaolan ", "小榄镇"]])
    assert [(row.number, dict(row.cells)) for row in table.rows] == [
        (3, {"code": "xiaolan", "name": "小榄镇"})
    ]
    assert faults == []


def test_a_short_row_has_blank_cells() -> None:
    table, faults = table_of("towns", "towns.csv", [["code", "name"], ["xiaolan"]])
    assert table.rows[0]["name"] == ""
    assert faults == []


def test_a_cell_beside_the_header_is_named_because_it_has_shifted_the_others() -> None:
    _, faults = table_of("towns", "towns.csv", [["code", "name"], ["xiaolan", "小榄", "镇"]])
    assert [str(fault) for fault in faults] == [
        "towns.csv 第 2 行：第 3 格“镇”上方没有列名，请检查是否多了一个逗号或单元格。"
    ]


def test_a_cell_below_a_blank_heading_is_named() -> None:
    _, faults = table_of("towns", "towns.csv", [["code", "", "name"], ["xiaolan", "镇", "小榄"]])
    assert [(fault.row, fault.column) for fault in faults] == [(2, "")]


def test_a_column_that_stands_twice_is_named_once() -> None:
    _, faults = table_of("towns", "towns.csv", [["code", "name", "name"], ["xiaolan", "小榄", "小榄镇"]])
    assert faults == [Fault("towns.csv", 1, "name", "列名重复，请只留一列。")]


def test_no_header_is_a_fault() -> None:
    for lines in ([], [["", ""]]):
        table, faults = table_of("towns", "towns.csv", lines)
        assert [(fault.row, fault.sentence) for fault in faults] == [(1, "没有表头，第一行应为各列的名称。")]
        assert table.rows == []
