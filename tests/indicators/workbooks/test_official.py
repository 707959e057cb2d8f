"""An official table's cells: each with the look that it was given, however often another was given the same."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from indicators.workbooks import styles
from indicators.workbooks.official import Look, Table, new_table, saved


def read_back(table: Table) -> Worksheet:
    return load_workbook(BytesIO(saved(table.sheet.parent))).active


def test_a_look_that_was_given_before_is_given_whole() -> None:
    _, table = new_table("表", columns=3)
    look = Look(styles.STRONG, styles.RIGHT, styles.TOTAL_FILL)
    table.figure(1, 1, Decimal("1.5"), "0.00", look)
    table.figure(1, 2, Decimal("2.5"), "0.00", look)
    table.figure(1, 3, Decimal("3.5"), "0.0%", look)
    sheet = read_back(table)
    for cell in sheet[1]:
        assert (cell.font.b, cell.alignment.horizontal) == (True, "right")
        assert (cell.fill.fgColor.rgb, cell.border.left.style) == ("FFF4F6F9", "thin")
    assert [cell.number_format for cell in sheet[1]] == ["0.00", "0.00", "0.0%"]


def test_what_is_done_to_one_cell_does_not_reach_another_of_the_same_look() -> None:
    _, table = new_table("表", columns=3)
    table.entry(1, 1, "甲")
    table.text(1, 2, "乙").font = styles.STRONG
    table.entry(2, 1, "丙")
    table.text(2, 2, "丁")
    table.text(2, 3, "戊", Look(styles.BODY, styles.LEFT, styles.ENTRY_FILL))
    sheet = read_back(table)
    assert [sheet.cell(row, column).font.b for row in (1, 2) for column in (1, 2)] == [
        False,
        True,
        False,
        False,
    ]
    assert [sheet.cell(row, 1).protection.locked for row in (1, 2)] == [False, False]
    assert (sheet["B2"].protection.locked, sheet["C2"].protection.locked) == (True, True)
    assert [sheet.cell(2, column).number_format for column in (1, 2, 3)] == ["@", "General", "General"]


def test_looks_made_for_one_cell_each_are_not_mixed_up() -> None:
    """A look that is thrown away must not hand its place in memory, by which it is known, to the next."""
    _, table = new_table("表", columns=1)
    for size in range(8, 40):
        table.text(size, 1, "字", Look(Font(name="宋体", size=size)))
    sheet = read_back(table)
    assert [sheet.cell(size, 1).font.sz for size in range(8, 40)] == list(range(8, 40))


def test_merged_cells_keep_the_border_all_around() -> None:
    _, table = new_table("表", columns=3)
    table.heading(1, 1, "分类", rows=2, columns=2)
    table.line(3, "注", Look(styles.SMALL))
    sheet = read_back(table)
    assert {str(cells) for cells in sheet.merged_cells.ranges} == {"A1:B2", "A3:C3"}
    assert (sheet["A1"].value, sheet["A1"].border.left.style, sheet["A1"].border.top.style) == (
        "分类",
        "thin",
        "thin",
    )
    assert (sheet["B2"].border.right.style, sheet["B2"].border.bottom.style) == ("thin", "thin")
