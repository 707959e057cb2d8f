"""附件2 in Excel: row for row and column for column as the plan prints it; others' actuals for nobody's eyes."""

from __future__ import annotations

import re

from django.contrib.auth.models import User

from indicators.models import Plan
from tests.plans import printed
from tests.reports.guzhen_half_year import GUZHEN_2015Q2
from tests.reports.results import publish, record
from tests.reports.workbooks.cells import row_headed, sheet_of, values

TOTAL_ROW = 6
COLUMNS = 10
ACTUALS, RATES = 2 + COLUMNS, 2 + 2 * COLUMNS


def as_figure(cell: str) -> object:
    """A printed cell: a number, or the text of a whole with its part."""
    return cell if "（" in cell else float(cell)


def test_the_total_row_reads_as_the_plans(zhongshan: Plan, leader: User) -> None:
    sheet = sheet_of("annex2", leader)
    assert values(sheet, TOTAL_ROW, 1, 1 + COLUMNS) == [
        "中山市合计", 11, 280, 130, "350（220）", 480, 120, 4, 80, 24, 1,
    ]  # fmt: skip


def test_every_town_stands_in_its_row_with_its_printed_targets(zhongshan: Plan, leader: User) -> None:
    sheet = sheet_of("annex2", leader)
    _, towns = printed.annex2()
    names = [name for name in towns if "合计" not in name]
    assert len(names) == 24
    for row, name in enumerate(names, start=TOTAL_ROW + 1):
        assert sheet.cell(row, 1).value == re.sub("（.*", "", name)
        assert values(sheet, row, 2, 1 + COLUMNS) == [as_figure(cell) for cell in towns[name]], name


def test_headings_are_merged_over_their_columns_as_printed(zhongshan: Plan, leader: User) -> None:
    sheet = sheet_of("annex2", leader)
    merged = {str(cells) for cells in sheet.merged_cells.ranges}
    # 一 has one column, 二 three, 三 to 五 two each.
    assert {"A3:A4", "B3:K3", "L3:U3", "V3:AE3", "C4:E4", "F4:G4", "H4:I4", "J4:K4"} <= merged
    assert sheet["B4"].value == "一、强化企业自主创新主体地位"
    assert sheet["J4"].value == "五、推进工业绿色发展"
    headings, _ = printed.annex2()
    # The plan drops 累计 from this one name in 附件2.
    names = [str(cell).replace("骨干企业累计", "骨干企业") for cell in values(sheet, 5, 2, 1 + COLUMNS)]
    assert names == headings


def test_actuals_and_rates_stand_beside(zhongshan: Plan, leader: User, office: User) -> None:
    record(zhongshan, "2015Q2", GUZHEN_2015Q2 | {("industrial-investment", "zhongshan"): "132.40"})
    publish(zhongshan, "2015Q2", office)
    sheet = sheet_of("annex2", leader)
    row = row_headed(sheet, "古镇镇")
    assert values(sheet, row, ACTUALS, ACTUALS + 4) == ["—", 5.2, 1.2, "4（2）", "—"]
    rates = [sheet.cell(row, RATES + at) for at in range(4)]
    assert [cell.value for cell in rates[1:]] == [0.5, 0.4705882352941176, 0.4]
    assert rates[0].value == "—"
    assert [cell.number_format for cell in rates[1:]] == ['"● "0.0%', '"▲ "0.0%', '"■ "0.0%']
    # Of the towns only 古镇 has reported: 5.20 of the city's 132.40.
    sums, difference = row_headed(sheet, "各镇区相加"), row_headed(sheet, "与合计差额")
    assert [sheet.cell(at, ACTUALS + 1).value for at in (sums, difference)] == [5.2, -127.2]
    assert [sheet.cell(at, 6).value for at in (sums, difference)] == [479.97, -0.03]


def test_a_towns_official_gets_their_own_actuals_only(
    zhongshan: Plan, xiaolan: User, guzhen: User, office: User
) -> None:
    record(zhongshan, "2015Q2", GUZHEN_2015Q2)
    publish(zhongshan, "2015Q2", office)
    own, others = sheet_of("annex2", guzhen), sheet_of("annex2", xiaolan)
    row = row_headed(own, "古镇镇")
    assert own.cell(row, ACTUALS + 1).value == 5.2
    assert set(values(others, row, ACTUALS, RATES + COLUMNS - 1)) == {None}
    assert values(others, row, 2, 3) == [10, 10.4]
    sums = row_headed(others, "各镇区相加")
    assert set(values(others, sums, ACTUALS, ACTUALS + COLUMNS - 1)) == {"—"}
    assert any(
        "其他镇区的实绩不在" in str(others.cell(at, 1).value) for at in range(sums, others.max_row + 1)
    )


def test_another_citys_plan_is_laid_out_with_no_code_of_its_own(linhai: Plan, outsider: User) -> None:
    sheet = sheet_of("annex2", outsider, "2021Q2")
    assert values(sheet, TOTAL_ROW, 1, 7) == ["临海湾市合计", 1200.5, 60.5, 20.25, "60（40）", 20, 850]
    assert sheet.cell(TOTAL_ROW, 2).number_format == "#,##0.0"
    assert sheet.cell(TOTAL_ROW + 6, 1).value is not None
    assert sheet.cell(TOTAL_ROW + 7, 1).value == "各镇区相加"


def test_colours_are_the_lights_and_do_not_follow_a_rate_that_somebody_types(
    zhongshan: Plan, leader: User
) -> None:
    """The light is of the progress ratio, which a completion rate alone does not decide."""
    record(zhongshan, "2015Q2", GUZHEN_2015Q2)
    sheet = sheet_of("annex2", leader)
    assert list(sheet.conditional_formatting) == []
    row = row_headed(sheet, "古镇镇")
    grounds = [sheet.cell(row, RATES + at).fill.fgColor.rgb for at in range(4)]
    assert grounds == ["00000000", "FFDCF0E3", "FFFCEFC9", "FFFBE0DD"]


def test_it_is_signed_below_its_notes(zhongshan: Plan, leader: User) -> None:
    sheet = sheet_of("annex2", leader)
    assert str(sheet.cell(sheet.max_row, 1).value).startswith("制表单位（盖章）：")
