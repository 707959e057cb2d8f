"""镇区对账单 in Excel: one town's figures as the command prints them, and room for two offices to sign."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.http import Http404
from openpyxl.worksheet.worksheet import Worksheet
from pytest_django import DjangoAssertNumQueries

from indicators.models import Indicator, Period, Plan, Target
from reports.pages import statement
from tests.reports.guzhen_half_year import GUZHEN_2015Q2
from tests.reports.results import publish, reading, record
from tests.reports.workbooks.cells import book_of, row_headed, sheet_of, values
from tests.reports.workbooks.figure_cells import cell, figures_of, lead_cell, ratio_cell, status_cell
from tests.scenes import opened, submitted
from towns.models import Area

FIRST = 5
TODAY = date(2015, 8, 3)
SUBMITTED_AT = datetime(2015, 7, 8, 10)  # noqa: DTZ001 - cells know no zones


@pytest.fixture
def half_year(zhongshan: Plan, office: User) -> Plan:
    record(zhongshan, "2015Q1", {("industrial-investment", "guzhen"): "2.60"})
    record(zhongshan, "2015Q2", GUZHEN_2015Q2)
    for code in ("2015Q1", "2015Q2"):
        publish(zhongshan, code, office)
    return zhongshan


def quarter_row(sheet: Worksheet, label: str) -> list[object]:
    places = row_headed(sheet, "二、各季名次")
    row = next(row for row in range(places, sheet.max_row) if str(sheet.cell(row, 1).value).startswith(label))
    return [value for value in values(sheet, row, 2, sheet.max_column) if value is not None]


def test_every_target_holds_what_the_command_prints(half_year: Plan, leader: User) -> None:
    sheet = sheet_of("statement", leader, about="guzhen")
    figures = figures_of(half_year, leader, "2015Q2", "guzhen")
    assert len(figures) == 11
    for row in range(FIRST, FIRST + 11):
        one = figures[str(sheet.cell(row, 1).value).removeprefix("其中：")]
        progress = one.progress
        assert (sheet.cell(row, 2).value, *values(sheet, row, 4, 7)) == (
            cell(progress.target), cell(progress.actual), cell(progress.completion), cell(progress.expected),
            lead_cell(one),
        ), one.name  # fmt: skip
        assert values(sheet, row, 9, 11) == [ratio_cell(one), status_cell(one), cell(progress.needed)]
        assert sheet.cell(row, 13).value == cell(progress.year_on_year)
    investment = row_headed(sheet, "工业投资（亿元）")
    # 10.40 of 280; 5.20 more in two quarters; alone in reporting.
    assert values(sheet, investment, 2, 4) == [10.4, float(f"{Decimal('10.40') / 280:.16g}"), 5.2]
    assert (sheet.cell(investment, 11).value, sheet.cell(investment, 14).value) == (2.6, "1/1")
    assert sheet.cell(row_headed(sheet, "规模以上工业企业设立"), 3).value == "—"
    assert sheet.cell(row_headed(sheet, "其中："), 1).alignment.indent == 2
    assert sheet.cell(row_headed(sheet, "年产值超亿元"), 10).value == "目标为零"


def test_lights_follow_the_ratio(half_year: Plan, leader: User) -> None:
    sheet = sheet_of("statement", leader, about="guzhen")
    rules = {
        str(ranges.sqref): ranges.rules[1].formula[0]
        for ranges in sheet.conditional_formatting
        if str(ranges.sqref).startswith("J")
    }
    # The seventh row from the top stands without a light, its target is zero; so does the last.
    assert rules == {
        "J5:J11": "AND(ISNUMBER($I5),$I5>=0.9)",
        "J13:J14": "AND(ISNUMBER($I13),$I13>=0.9)",
    }


def test_last_year_stands_beside(half_year: Plan, leader: User) -> None:
    indicator, guzhen = Indicator.objects.get(code="industrial-investment"), Area.objects.get(code="guzhen")
    Target.objects.create(indicator=indicator, area=guzhen, year=2016, value=Decimal(12), printed="12")
    record(half_year, "2016Q2", {("industrial-investment", "guzhen"): "5.72"})
    book = book_of("statement", leader, "2016Q2", about="guzhen")
    sheet = book["对账单"]
    row = row_headed(sheet, "工业投资（亿元）")
    assert values(sheet, row, 12, 13) == [5.2, 0.1]
    quarters = book["分季累计"]
    assert values(quarters, row_headed(quarters, "工业投资（亿元）"), 2, 10) == [
        12, "—", 5.72, "—", "—", 2.6, 5.2, "—", "—",
    ]  # fmt: skip


def test_the_quarters_hold_nothing_after_the_one_being_read(half_year: Plan, leader: User) -> None:
    sheet = book_of("statement", leader, "2015Q1", about="guzhen")["分季累计"]
    assert values(sheet, row_headed(sheet, "工业投资（亿元）"), 2, 6) == [10.4, 2.6, "—", "—", "—"]


def test_places_of_published_quarters(half_year: Plan, leader: User) -> None:
    sheet = sheet_of("statement", leader, about="guzhen")
    first, second = quarter_row(sheet, "2015年第一季度"), quarter_row(sheet, "2015年第二季度")
    # In the first quarter one figure of eight, 2.60 of the 2.60 due: 12.5.
    assert first[:4] == ["1/24", 12.5, "—", 7]
    assert second[:4] == ["1/24", 46.8, 0, 4]
    assert second[4:] == ["2015年7月15日", "已审定"]
    third = quarter_row(sheet, "2015年第三季度（未定稿，不排名）")
    assert third[:4] == ["—"] * 4


def test_the_town_learns_when_its_returns_came_and_readers_of_figures_do_not(
    zhongshan: Plan, guzhen: User, leader: User, office: User
) -> None:
    period: Period = opened(zhongshan, "2015Q2", by=office)
    submitted(period, guzhen, {"industrial-investment": "5.20"})
    for reader in (guzhen, office):
        told = quarter_row(sheet_of("statement", reader, about="guzhen"), "2015年第二季度")
        assert told[4:] == ["2015年7月15日", "已提交（等待审核）", SUBMITTED_AT, "—"]
    told = quarter_row(sheet_of("statement", leader, about="guzhen"), "2015年第二季度")
    assert told[4:] == ["2015年7月15日", "尚未审定"]


def test_a_towns_official_gets_no_rank_by_indicator(half_year: Plan, guzhen: User, leader: User) -> None:
    own, all_of_it = sheet_of("statement", guzhen), sheet_of("statement", leader, about="guzhen")
    assert own.max_column == 13
    assert all_of_it.cell(4, 14).value == "单项名次"
    assert quarter_row(own, "2015年第二季度")[:4] == quarter_row(all_of_it, "2015年第二季度")[:4]
    for row in range(FIRST, FIRST + 11):
        assert values(own, row, 1, 13) == values(all_of_it, row, 1, 13)


@pytest.mark.parametrize("code", ["guzhen", "atlantis", "zhongshan"])
def test_another_town_is_not_there(half_year: Plan, xiaolan: User, code: str) -> None:
    with pytest.raises(Http404):
        statement.build(reading(xiaolan, "2015Q2"), xiaolan, code, today=TODAY)


def test_the_plans_own_contradictions_are_noted(half_year: Plan, leader: User) -> None:
    sheet = sheet_of("statement", leader, about="minzhong")
    notes = [str(sheet.cell(row, 1).value) for row in range(FIRST + 11, sheet.max_row)]
    assert any("装备制造业投资9.45亿元" in note for note in notes)


def test_both_offices_have_room_to_sign(half_year: Plan, leader: User) -> None:
    sheet = sheet_of("statement", leader, about="guzhen")
    row = row_headed(sheet, "古镇镇核对意见")
    left, right = str(sheet.cell(row, 1).value), str(sheet.cell(row, 5).value)
    assert "□ 数据无误　□ 有出入（请写明）" in left
    assert right.startswith("中山市联席会议办公室复核意见")
    assert left.count("（盖章）") == right.count("（盖章）") == 1
    assert {f"A{row}:D{row + 3}", f"E{row}:N{row + 3}"} <= {
        str(merged) for merged in sheet.merged_cells.ranges
    }
    assert sheet.cell(sheet.max_row, 1).value.startswith("制表单位（盖章）：")


def test_what_is_signed_is_one_page(half_year: Plan, leader: User) -> None:
    book = book_of("statement", leader, about="guzhen")
    assert book.sheetnames == ["对账单", "分季累计"]
    sheet = book["对账单"]
    assert sheet["A1"].value == "中山市工业转型升级攻坚战三年行动计划（2015-2017年）古镇镇目标完成情况对账单"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize), sheet.page_setup.fitToHeight) == (
        "landscape", 9, 1,
    )  # fmt: skip
    assert [one.freeze_panes for one in book] == ["B3", "B5"]


def test_its_queries_are_as_many_for_every_town(
    half_year: Plan,
    office: User,
    guzhen: User,
    leader: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for reader, code, number in (
        (office, "guzhen", 9),
        (office, "xiaolan", 9),
        (leader, "guzhen", 5),
        (guzhen, "guzhen", 8),
    ):
        asked = reading(reader, "2015Q2")
        with django_assert_num_queries(number):
            statement.build(asked, reader, code, today=TODAY)
