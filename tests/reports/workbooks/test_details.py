"""明细数据 in Excel: a status line, headings to filter by, numbers as numbers and words as words, of any length."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from openpyxl import load_workbook

from indicators.domain.periods import Quarter
from indicators.models import Actual, Category, Indicator, Plan, Target
from reports.pages.details import Detail, DetailsPage
from reports.workbooks import details
from tests.reports.results import PUBLISHED_2015Q2, record
from tests.reports.workbooks.cells import ON, sheet_of, values
from towns.models import Area

FORMULA = '=HYPERLINK("http://example.com","点此")'
FIRST_ROW = 5
VALUE, APPROVED_ON = 12, 16


def figure(value: str = "9.84", source: str = "台账") -> Detail:
    return Detail(
        2015, 2, "2015Q2", "xiaolan", "小榄镇", "推进工业绿色发展", "industrial-investment", "工业投资", "亿元",
        "年度流量", "实绩", Decimal(value), "", source, "快报", date(2015, 7, 28), "已定稿",
    )  # fmt: skip


def page_of(rows: Iterator[Detail]) -> DetailsPage:
    decimals = {"industrial-investment": 2}
    return DetailsPage("行动计划", Quarter(2015, 2), True, False, True, decimals, rows)


def test_what_the_figures_are_stands_above_headings_to_filter_by(zhongshan: Plan, leader: User) -> None:
    sheet = sheet_of("details", leader)
    assert sheet["A1"].value == f"{zhongshan.name}明细数据"
    assert sheet["A2"].value == (
        "2015年第二季度（及以前各季）　未定稿，数字可能变动　计量单位见“单位”列　制表日期：2015年8月3日"
    )
    assert values(sheet, 4, 1, 17) == [
        "年", "季", "季度", "地区代码", "地区", "目标分类", "指标代码", "指标", "单位", "口径性质", "数据类别", "数值",
        "目标修饰", "来源", "版本", "审定日期", "状态",
    ]  # fmt: skip
    # 13 baselines and 351 targets below row 4.
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.max_row) == ("A5", "A4:Q368", 368)


def test_figures_are_numbers_in_their_decimals_and_days_are_days(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    sheet = sheet_of("details", leader)
    row = next(
        row for row in range(FIRST_ROW, sheet.max_row + 1)
        if values(sheet, row, 7, 7) == ["industrial-value-added"] and sheet.cell(row, 11).value == "实绩"
    )  # fmt: skip
    assert values(sheet, row, 1, 5) == [2015, 2, "2015Q2", "zhongshan", "中山市"]
    assert (sheet.cell(row, VALUE).value, sheet.cell(row, VALUE).number_format) == (647.78, "#,##0.00")
    day = sheet.cell(row, APPROVED_ON)
    assert (day.value, day.number_format) == (datetime(2015, 7, 28), "yyyy-mm-dd")  # noqa: DTZ001
    motors = [row for row in range(FIRST_ROW, row) if sheet.cell(row, 7).value == "motor-efficiency"]
    none = [row for row in motors if sheet.cell(row, 17).value == "未定目标"]
    assert [sheet.cell(row, VALUE).value for row in none] == [None, None]


def test_a_towns_official_is_told_what_is_not_in_the_file(zhongshan: Plan, guzhen: User) -> None:
    record(
        zhongshan,
        "2015Q2",
        {("industrial-investment", "xiaolan"): "9.84", ("industrial-investment", "guzhen"): "5.23"},
    )
    sheet = sheet_of("details", guzhen)
    assert "其他镇区的实绩不在本账号的查看范围内" in str(sheet["A3"].value)
    told = {sheet.cell(row, VALUE).value for row in range(FIRST_ROW, sheet.max_row + 1)}
    assert told & {9.84, 5.23} == {5.23}


@pytest.mark.parametrize("words", [FORMULA, "+1", "-1", "@SUM(A1)", "\t=1+1", "a\x0bb", "#N/A"])
def test_text_is_never_a_formula(zhongshan: Plan, leader: User, words: str) -> None:
    record(zhongshan, "2015Q2", {("industrial-investment", "xiaolan"): "9.84"})
    Plan.objects.update(name=words)
    Category.objects.update(name=words)
    Indicator.objects.filter(code="industrial-investment").update(name=words, unit=words[:20])
    Area.objects.filter(code="xiaolan").update(name=words)
    Target.objects.update(qualifier=words[:10], clause=words)
    Actual.objects.update(source=words)
    sheet = sheet_of("details", leader)
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    planted = {cell.column for cell in cells if cell.row > 4 and str(cell.value) == words.replace("\x0b", "")}
    assert planted >= {5, 6, 8, 14}


def test_rows_beyond_a_sheet_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.workbooks.details.ROWS_A_SHEET", 2)
    file = BytesIO()
    details.write(page_of(figure(str(number)) for number in range(1, 6)), file, ON)
    book = load_workbook(file)
    assert book.sheetnames == ["明细数据", "明细数据 2", "明细数据 3"]
    assert [sheet.cell(FIRST_ROW, VALUE).value for sheet in book] == [1, 3, 5]
    assert [sheet.auto_filter.ref for sheet in book] == ["A4:Q6", "A4:Q6", "A4:Q5"]


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(number: int) -> int:
        tracemalloc.start()
        with Path("/dev/null").open("wb") as nowhere:
            details.write(page_of(figure(str(at), f"第{at}号台账" * 20) for at in range(number)), nowhere, ON)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(10)
    # 360 rows more, of 17 cells each: kept, they would be 2 MB.
    assert peak(400) < peak(40) + 500_000
