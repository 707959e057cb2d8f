"""镇区排名 in Excel: ranks and scores of a published quarter, drawn by Excel too; lights for readers of every town."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from indicators.models import Plan
from reports.pages import ranking
from tests.reports.guzhen_half_year import GUZHEN_2015Q2
from tests.reports.results import publish, reading, record
from tests.reports.workbooks.cells import book_of, row_headed, sheet_of, values

FIRST, LAST = 6, 29


@pytest.fixture
def half_year(zhongshan: Plan, office: User) -> Plan:
    record(zhongshan, "2015Q2", GUZHEN_2015Q2)
    publish(zhongshan, "2015Q2", office)
    return zhongshan


def test_the_towns_stand_by_rank(half_year: Plan, leader: User) -> None:
    sheet = sheet_of("ranking", leader)
    guzhen, next_one = values(sheet, FIRST, 1, 12), values(sheet, FIRST + 1, 1, 12)
    # (1 + 1.20 / 1.275 + 0.8 + 1) / 8 = 46.76…, given out to one decimal.
    # Two green, one yellow, one red, four not reported.
    assert guzhen[:2] == [1, "古镇镇"]
    assert guzhen[2] == 46.8
    assert guzhen[3:] == ["■ 落后", "—", "—", 8, 4, 2, 1, 1, 4]
    # Nobody else reported: all share the second place with 0.
    assert next_one[:1] + next_one[2:6] == [2, 0, "○ 未报送", "—", "—"]
    assert next_one[6] == next_one[7]
    assert {sheet.cell(row, 1).value for row in range(FIRST + 1, LAST + 1)} == {2}
    assert "古镇镇第 1，46.8 分" in str(sheet["A3"].value)


def test_a_towns_official_gets_ranks_and_scores_and_no_lights(
    half_year: Plan, leader: User, guzhen: User
) -> None:
    own, all_of_it = sheet_of("ranking", guzhen), sheet_of("ranking", leader)
    assert own.max_column == 8
    for row in range(FIRST, LAST + 1):
        assert values(own, row, 1, 8) == values(all_of_it, row, 1, 8)
    assert values(all_of_it, 5, 9, 12) == ["● 达序时", "▲ 略欠", "■ 落后", "○ 无数据"]


def test_the_band_follows_the_score_where_something_was_reported(half_year: Plan, leader: User) -> None:
    sheet = sheet_of("ranking", leader)
    rules = {
        str(ranges.sqref): [rule.formula[0] for rule in ranges.rules if rule.formula]
        for ranges in sheet.conditional_formatting
    }
    assert rules["D6"] == [
        "AND(ISNUMBER($C6),$C6>=100)", "AND(ISNUMBER($C6),$C6>=90)", "ISNUMBER($C6)", "NOT(ISNUMBER($C6))",
    ]  # fmt: skip
    bar = next(ranges for ranges in sheet.conditional_formatting if str(ranges.sqref) == "C6:C29").rules[0]
    assert [float(one.val) for one in bar.dataBar.cfvo] == [0, 120]


def test_excel_draws_the_scores_from_the_tables_own_cells(half_year: Plan, leader: User) -> None:
    drawn = book_of("ranking", leader)["得分图"]
    (chart,) = drawn._charts
    (series,) = chart.series
    assert series.val.numRef.f == "'镇区排名'!$C$6:$C$29"
    assert series.cat.numRef.f == "'镇区排名'!$B$6:$B$29"
    assert (chart.y_axis.scaling.min, chart.y_axis.scaling.max) == (0, 120)
    assert drawn["A2"].value == sheet_of("ranking", leader)["A2"].value


def test_an_unpublished_quarter_says_so_and_ranks_nobody(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", GUZHEN_2015Q2)
    book = book_of("ranking", leader)
    sheet = book.active
    assert book.sheetnames == ["镇区排名"]
    assert sheet["A6"].value == "本季度尚未定稿，不计分、不排名。"
    assert not any(cell.value for row in sheet.iter_rows(min_row=6, min_col=2) for cell in row)


def test_how_a_score_is_made_stands_below(half_year: Plan, leader: User) -> None:
    sheet = sheet_of("ranking", leader)
    note = str(sheet.cell(row_headed(sheet, "注："), 1).value)
    assert note.startswith("注：得分＝100×各项进度的平均数：")
    assert "到期未报送的计 0 分" in note
    assert "每项最高 120 分" in note
    assert sheet.cell(sheet.max_row, 1).value.startswith("制表单位（盖章）：")
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$4:$5", "C6")


def test_it_takes_three_queries(
    half_year: Plan, leader: User, guzhen: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for reader in (leader, guzhen):
        asked = reading(reader, "2015Q2")
        with django_assert_num_queries(3):
            ranking.build(asked, reader)
