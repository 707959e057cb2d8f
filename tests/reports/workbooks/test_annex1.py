"""附件1 in Excel: the plan's nineteen rows and the part, figures as numbers, the light beside its target."""

from __future__ import annotations

from django.contrib.auth.models import User

from indicators.models import Plan, Target
from tests.plans import printed
from tests.reports.results import PUBLISHED_2015Q2, publish, record
from tests.reports.workbooks.cells import row_headed, sheet_of, values

FIRST_ROW = 5


def test_rows_stand_as_the_plan_prints_them(zhongshan: Plan, leader: User) -> None:
    sheet = sheet_of("annex1", leader)
    names = [str(sheet.cell(row, 2).value) for row in range(FIRST_ROW, FIRST_ROW + 20)]
    part = names.pop(10)
    assert part == "其中：年主营业务收入超5000万元企业（家）"
    # The part has a row of its own here, so that its figures are numbers.
    wanted = [printed.squeeze(row.heading).replace(f"（{part[3:-3]}）", "") for row in printed.annex1()]
    assert names == [heading.replace("（其中年主营业务收入超5000万元企业）", "") for heading in wanted]
    assert [sheet.cell(row, 6).value for row in (FIRST_ROW, FIRST_ROW + 7)] == [
        "年均增长8%左右",
        "三年累计980亿元",
    ]
    assert "A16:A17" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_the_published_half_year_beside_the_targets(zhongshan: Plan, leader: User, office: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    publish(zhongshan, "2015Q2", office)
    sheet = sheet_of("annex1", leader)
    row = row_headed(sheet, "规模以上工业增加值（亿元）", column=2)
    targets, progress = values(sheet, row, 3, 5), values(sheet, row, 7, 15)
    assert targets == [1417, 1530, 1653]
    actual, completion, expected, lead, unit, projection, growth, ratio, light = progress
    assert (actual, expected, projection, growth) == (647.78, 708.5, 1295.56, "—")
    assert round(float(str(completion)), 6) == 0.457149
    assert round(float(str(lead)), 4) == -4.2851
    assert round(float(str(ratio)), 6) == 0.914298
    assert (unit, light) == ("个百分点", "▲ 略欠")
    assert [sheet.cell(row, column).number_format for column in (3, 7, 8, 10, 14)] == [
        "#,##0.00", "#,##0.00", "0.0%", "+#,##0.0;-#,##0.0;#,##0.0", "0.000",
    ]  # fmt: skip
    share = row_headed(sheet, "高技术制造业增加值占", column=2)
    assert values(sheet, share, 10, 11) == [0.33, "个百分点"]
    assert sheet.cell(share, 15).value == "● 达序时"


def test_missing_is_a_dash_and_no_target_no_light(zhongshan: Plan, leader: User) -> None:
    sheet = sheet_of("annex1", leader, "2016Q2")
    row = row_headed(sheet, "实现电机能效提升", column=2)
    assert values(sheet, row, 3, 5) == [24, "—", "—"]
    assert values(sheet, row, 7, 8) == ["—", "—"]
    assert values(sheet, row, 14, 15) == ["—", "未定目标"]


def test_a_qualifier_follows_its_number(zhongshan: Plan, leader: User) -> None:
    Target.objects.filter(indicator__code="robot-output", area__code="zhongshan", year=2017).update(
        qualifier="以上"
    )
    sheet = sheet_of("annex1", leader)
    cell = sheet.cell(row_headed(sheet, "机器人制造", column=2), 5)
    assert (cell.value, cell.number_format) == (20, '#,##0.00"以上"')


def test_what_the_figures_are_stands_below_the_title(zhongshan: Plan, leader: User, office: User) -> None:
    assert sheet_of("annex1", leader)["A2"].value == (
        "2015年第二季度（1-6月累计）　未定稿，数字可能变动　计量单位见指标名称　制表日期：2015年8月3日"
    )
    publish(zhongshan, "2015Q2", office)
    Plan.objects.update(demonstration=True)
    assert "已定稿　演示数据，不是实际报送的数据" in str(sheet_of("annex1", leader)["A2"].value)


def test_it_prints_on_one_width_of_a4_with_its_headings(zhongshan: Plan, leader: User) -> None:
    sheet = sheet_of("annex1", leader)
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == (
        "landscape",
        9,
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$4", "C5")
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
    assert sheet["B7"].border.left.style == "thin"


def test_colours_and_bars_follow_what_stands_in_the_cell(zhongshan: Plan, leader: User) -> None:
    Plan.objects.update(yellow_from="0.85")
    sheet = sheet_of("annex1", leader)
    rules = {str(cells.sqref): rules for cells, rules in sheet.conditional_formatting._cf_rules.items()}
    bars = rules.pop("H5:H24")
    assert [(end.type, end.val) for end in bars[0].dataBar.cfvo] == [("num", 0), ("num", 1)]
    # Of 2015 every row has a target. The light stands in O, its ratio in N.
    assert set(rules) == {"O5:O24"}
    assert [rule.formula for rule in rules["O5:O24"]] == [
        ["AND(ISNUMBER($N5),$N5>=1)"],
        ["AND(ISNUMBER($N5),$N5>=0.85)"],
        ["ISNUMBER($N5)"],
        ["NOT(ISNUMBER($N5))"],
    ]
    assert [rule.dxf.numFmt.formatCode for rule in rules["O5:O24"]] == [
        ';;;"● 达序时"',
        ';;;"▲ 略欠"',
        ';;;"■ 落后"',
        ';;;"○ 无数据"',
    ]
    assert "0.85 以上为略欠" in str(sheet.cell(26, 1).value)


def test_it_is_signed_below_its_notes(zhongshan: Plan, leader: User) -> None:
    sheet = sheet_of("annex1", leader)
    assert str(sheet.cell(sheet.max_row, 1).value).startswith("制表单位（盖章）：")
    assert f"A{sheet.max_row}:O{sheet.max_row}" in {str(merged) for merged in sheet.merged_cells.ranges}
