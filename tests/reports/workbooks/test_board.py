"""晴雨表 in Excel: every row of the annex with the figures of the command, and lights that follow their numbers."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.auth.models import User
from openpyxl.worksheet.worksheet import Worksheet
from pytest_django import DjangoAssertNumQueries

from indicators.models import Plan
from reports.pages import board_sheet
from tests.reports.guzhen_half_year import GUZHEN_2015Q2
from tests.reports.results import PUBLISHED_2015Q2, publish, reading, record
from tests.reports.workbooks.cells import row_headed, sheet_of, values
from tests.reports.workbooks.figure_cells import cell, figures_of, lead_cell, ratio_cell, status_cell

FIRST, LAST = 5, 24
NAME, RATIO, LIGHT = 2, 9, 10


def rules_of(sheet: Worksheet, at: str) -> list[tuple[str, str]]:
    """(condition, words) of the rules on exactly these cells, in their order."""
    found = next(ranges for ranges in sheet.conditional_formatting if str(ranges.sqref) == at)
    return [(rule.formula[0], rule.dxf.numFmt.formatCode if rule.dxf.numFmt else "") for rule in found.rules]


def test_every_row_holds_what_the_command_prints(zhongshan: Plan, leader: User, office: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    publish(zhongshan, "2015Q2", office)
    sheet, figures = sheet_of("board", leader), figures_of(zhongshan, leader, "2015Q2", "zhongshan")
    seen = 0
    for row in range(FIRST, LAST + 1):
        one = figures[str(sheet.cell(row, NAME).value).removeprefix("其中：")]
        progress = one.progress
        assert values(sheet, row, 3, 6) == [
            cell(progress.target), cell(progress.actual), cell(progress.completion), cell(progress.expected),
        ], one.name  # fmt: skip
        assert sheet.cell(row, 7).value == lead_cell(one)
        assert values(sheet, row, RATIO, 11) == [ratio_cell(one), status_cell(one), cell(progress.projection)]
        seen += progress.actual is not None
    assert seen == 3
    added = row_headed(sheet, "规模以上工业增加值（亿元）", column=NAME)
    # 647.78 of 1417, 708.50 due: 0.914, 4.3 points behind.
    assert values(sheet, added, 3, 4) == [1417, 647.78]
    assert values(sheet, added, 6, 6) == [708.5]
    assert values(sheet, added, 8, 8) + values(sheet, added, 10, 12) == [
        "个百分点", "▲ 略欠", 1295.56, "经济和信息化局",
    ]  # fmt: skip


def test_headings_stand_as_in_the_plan_and_the_counts_above_them(
    zhongshan: Plan, leader: User, office: User
) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    sheet = sheet_of("board", leader)
    groups = [value for row in range(FIRST, LAST + 1) if (value := sheet.cell(row, 1).value)]
    assert len(groups) == 8
    assert groups[0] == "质量效益明显提高"
    # Nineteen rows with a target in 2015, the part apart; three reported: 略欠, 落后, 达序时.
    assert sheet["A3"].value == (
        "有年度目标的指标 19 项：● 达序时 1 项　▲ 略欠 1 项　■ 落后 1 项　○ 无数据 16 项"
    )
    assert str(sheet["A2"].value).startswith("2015年第二季度（1-6月累计）　未定稿，数字可能变动")
    part = row_headed(sheet, "其中：", column=NAME)
    assert sheet.cell(part, NAME).alignment.indent == 2


def test_lights_follow_the_ratio_by_the_plans_threshold(zhongshan: Plan, leader: User) -> None:
    Plan.objects.update(yellow_from=Decimal("0.85"))
    sheet = sheet_of("board", leader)
    assert rules_of(sheet, "J5:J24") == [
        ("AND(ISNUMBER($I5),$I5>=1)", ';;;"● 达序时"'),
        ("AND(ISNUMBER($I5),$I5>=0.85)", ';;;"▲ 略欠"'),
        ("ISNUMBER($I5)", ';;;"■ 落后"'),
        ("NOT(ISNUMBER($I5))", ';;;"○ 无数据"'),
    ]
    colours = [
        rule.dxf.fill.bgColor.rgb
        for ranges in sheet.conditional_formatting
        if str(ranges.sqref) == "J5:J24"
        for rule in ranges.rules
    ]
    assert colours == ["FFDCF0E3", "FFFCEFC9", "FFFBE0DD", "FFECEFF3"]
    assert rules_of(sheet, "G5:G24") == [("0", "")]


def test_rows_without_a_target_have_no_live_light(zhongshan: Plan, leader: User) -> None:
    """In 2016 two rows have none: 电机能效, 园区循环化改造, one below the other."""
    sheet = sheet_of("board", leader, "2016Q2")
    first = row_headed(sheet, "实现电机能效提升", column=NAME)
    assert [sheet.cell(first + at, LIGHT).value for at in (0, 1)] == ["未定目标", "未定目标"]
    lit = {str(ranges.sqref) for ranges in sheet.conditional_formatting if str(ranges.sqref).startswith("J")}
    assert lit == {f"J5:J{first - 1}", f"J{first + 2}:J24"}


def test_completion_has_a_bar_that_is_whole_at_the_target(zhongshan: Plan, leader: User) -> None:
    sheet = sheet_of("board", leader)
    bar = next(ranges for ranges in sheet.conditional_formatting if str(ranges.sqref) == "E5:E24").rules[0]
    assert bar.type == "dataBar"
    assert [(one.type, float(one.val)) for one in bar.dataBar.cfvo] == [("num", 0), ("num", 1)]


def test_what_is_furthest_behind_is_told_in_words_and_towns_to_their_readers(
    zhongshan: Plan, leader: User, guzhen: User
) -> None:
    # 132.40 of 280: 7.60 less than the 140 due; of the towns only 古镇 reported, 0.20 less than its 5.20.
    record(
        zhongshan,
        "2015Q2",
        {
            ("industrial-investment", "zhongshan"): "132.40",
            ("industrial-investment", "guzhen"): "5.00",
        },
    )
    for reader, towns in ((leader, "；主要差在古镇镇。"), (guzhen, "。")):
        sheet = sheet_of("board", reader)
        row = row_headed(sheet, "落后指标")
        assert values(sheet, row, 2, 3) == [
            "工业投资", f"欠序时 2.7 个百分点，比应达数少 7.60 亿元{towns}",
        ]  # fmt: skip


def test_nothing_behind_is_said_too(zhongshan: Plan, leader: User) -> None:
    sheet = sheet_of("board", leader)
    assert sheet.cell(row_headed(sheet, "落后指标"), 2).value == "本季度还没有审定的全市数字。"


def test_it_prints_as_an_official_table(zhongshan: Plan, leader: User) -> None:
    sheet = sheet_of("board", leader)
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize), setup.fitToWidth) == ("landscape", 9, 1)
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$4:$4", "C5")
    assert sheet.cell(sheet.max_row, 1).value.startswith("制表单位（盖章）：")
    assert sheet["B7"].border.left.style == "thin"


def test_it_takes_three_queries(
    zhongshan: Plan, leader: User, guzhen: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2 | GUZHEN_2015Q2)
    for reader in (leader, guzhen):
        asked = reading(reader, "2015Q2")
        with django_assert_num_queries(3):
            board_sheet.build(asked, reader)
