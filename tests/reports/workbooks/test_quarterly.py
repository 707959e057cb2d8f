"""季度通报表 in Excel: the quarter by itself, how lights moved, and the places that towns won and lost."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from indicators.models import Plan
from reports.pages import quarterly
from tests.reports.results import PUBLISHED_2015Q2, publish, reading, record
from tests.reports.workbooks.cells import book_of, row_headed, sheet_of, values
from tests.reports.workbooks.figure_cells import cell, figures_of, lead_cell, ratio_cell, status_cell

FIRST, LAST = 5, 24
NAME, ALONE, BEFORE = 2, 4, 13
FIRST_2015Q1 = {
    ("industrial-value-added", "zhongshan"): "300",  # of 354.25 due: 0.847, RED
    ("equipment-value-added", "zhongshan"): "120",  # of 120: GREEN
    ("hightech-share", "zhongshan"): "17.30",  # (17.30 - 17.1) / 0.125: GREEN
}


@pytest.fixture
def half_year(zhongshan: Plan, office: User) -> Plan:
    """Value added rises from red to yellow, equipment falls from green to red, the share stays green."""
    record(zhongshan, "2015Q1", FIRST_2015Q1)
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    for code in ("2015Q1", "2015Q2"):
        publish(zhongshan, code, office)
    return zhongshan


def test_the_quarter_alone_and_how_lights_moved(half_year: Plan, leader: User) -> None:
    sheet = sheet_of("quarterly", leader)
    told = {
        name: (sheet.cell(row, ALONE).value, *values(sheet, row, 12, 14))
        for name in ("规模以上工业增加值（", "装备制造业工业增加值（", "高技术制造业增加值占", "工业投资（")
        for row in [row_headed(sheet, name, column=NAME)]
    }
    assert told == {
        "规模以上工业增加值（": (347.78, "▲ 略欠", "■ 落后", "升"),  # 647.78 - 300
        "装备制造业工业增加值（": (79.58, "■ 落后", "● 达序时", "降"),  # 199.58 - 120
        "高技术制造业增加值占": ("—", "● 达序时", "● 达序时", "平"),  # a share has no quarter of its own
        "工业投资（": ("—", "○ 无数据", "○ 无数据", "—"),
    }


def test_every_row_holds_what_the_command_prints(half_year: Plan, leader: User) -> None:
    sheet, figures = sheet_of("quarterly", leader), figures_of(half_year, leader, "2015Q2", "zhongshan")
    for row in range(FIRST, LAST + 1):
        one = figures[str(sheet.cell(row, NAME).value).removeprefix("其中：")]
        progress = one.progress
        assert (sheet.cell(row, 3).value, sheet.cell(row, 5).value) == (
            cell(progress.target),
            cell(progress.actual),
        )
        assert values(sheet, row, 7, 9) == [
            cell(progress.year_on_year), cell(progress.completion), lead_cell(one),
        ], one.name  # fmt: skip
        assert values(sheet, row, 11, 12) == [ratio_cell(one), status_cell(one)]


def test_last_years_figure_stands_beside_its_growth(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    record(zhongshan, "2016Q2", {("industrial-value-added", "zhongshan"): "712.558"})
    sheet = sheet_of("quarterly", leader, "2016Q2")
    row = row_headed(sheet, "规模以上工业增加值（", column=NAME)
    # 712.558 / 647.78 - 1; without the first quarter no second one alone.
    assert values(sheet, row, 4, 7) == ["—", 712.558, 647.78, 0.1]


def test_the_first_quarter_is_its_own_and_compares_with_no_other_year(half_year: Plan, leader: User) -> None:
    sheet = sheet_of("quarterly", leader, "2015Q1")
    row = row_headed(sheet, "规模以上工业增加值（", column=NAME)
    assert [sheet.cell(row, column).value for column in (ALONE, 12, 13, 14)] == [300, "■ 落后", "—", "—"]
    notes = [str(sheet.cell(at, 1).value) for at in range(LAST + 1, sheet.max_row)]
    assert any("第一季度的年度目标与上年不同" in note for note in notes)


def test_towns_stand_by_rank_with_the_places_they_won(
    zhongshan: Plan, leader: User, guzhen: User, office: User
) -> None:
    # One of the eight figures of either: in the first quarter 古镇 alone, in the second 小榄 too.
    record(zhongshan, "2015Q1", {("industrial-investment", "guzhen"): "2.60"})
    record(
        zhongshan,
        "2015Q2",
        {("industrial-investment", "guzhen"): "2.60", ("industrial-investment", "xiaolan"): "999"},
    )
    for code in ("2015Q1", "2015Q2"):
        publish(zhongshan, code, office)
    sheet = book_of("quarterly", leader)["镇区名次变动"]
    first, second = values(sheet, 4, 1, 8), values(sheet, 5, 1, 8)
    # 120 / 8 and 50 / 8; in the first quarter 小榄 shared the second place with all who had reported nothing.
    assert (first[0], first[1], first[2], first[3]) == ("小榄镇", 1, 2, 1)
    assert second[:4] == ["古镇镇", 2, 1, -1]
    assert second[4:] == [6.3, 8, 7, "7 项未报"]
    assert sheet.cell(4, 4).number_format == "↑0;↓0;持平"
    third = values(sheet, 6, 2, 8)
    assert third[0:3] == [3, 2, "—"]
    assert third[6] == "未报送"
    assert sheet.max_row >= 4 + 24
    assert [
        [cell.value for cell in row] for row in book_of("quarterly", guzhen)["镇区名次变动"].iter_rows()
    ] == [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_an_unpublished_quarter_ranks_nobody(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", {("industrial-investment", "guzhen"): "2.60"})
    sheet = book_of("quarterly", leader)["镇区名次变动"]
    assert sheet["A4"].value == "本季度尚未定稿，不计分、不排名。"
    assert not any(cell.value for row in sheet.iter_rows(min_row=4, min_col=2) for cell in row)


def test_both_sheets_print_as_official_tables(half_year: Plan, leader: User) -> None:
    book = book_of("quarterly", leader)
    assert book.sheetnames == ["指标", "镇区名次变动"]
    for sheet, titles, freeze in zip(book, ("$3:$4", "$3:$3"), ("C5", "B4"), strict=True):
        assert (sheet.page_setup.orientation, sheet.print_title_rows, sheet.freeze_panes) == (
            "landscape", titles, freeze,
        )  # fmt: skip
        assert sheet.cell(sheet.max_row, 1).value.startswith("制表单位（盖章）：")
    assert {"E3:J3", "K3:N3", "A3:A4"} <= {str(merged) for merged in book["指标"].merged_cells.ranges}


def test_it_takes_three_queries(
    half_year: Plan, leader: User, guzhen: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for reader in (leader, guzhen):
        asked = reading(reader, "2015Q2")
        with django_assert_num_queries(3):
            quarterly.build(asked, reader)
