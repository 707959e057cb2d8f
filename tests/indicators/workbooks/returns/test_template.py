"""The template itself: what one may type into, what it refuses, and how it comes out of the printer."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.cell import MergedCell

from indicators.models import Period, Plan
from tests.indicators.filing_steps import approved, opened
from tests.indicators.views.test_return_workbooks import RETURN, signed_in

SHEET = "季报表"


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office, due_on=timezone.localdate() + timedelta(days=5))


def book_of(person: User, address: str = RETURN) -> Any:
    return load_workbook(io.BytesIO(signed_in(person).get(f"{address}template.xlsx").content))


def rule_at(sheet: Any, address: str) -> Any:
    return next(rule for rule in sheet.data_validations.dataValidation if address in rule.sqref)


def test_it_reads_like_the_form_it_replaces(
    zhongshan: Plan, period: Period, xiaolan: User, office: User
) -> None:
    opened(zhongshan, office, "2015Q1", due_on=timezone.localdate() + timedelta(days=5))
    first = next(row for row in zhongshan.periods.select_related("plan__city") if row.code == "2015Q1")
    approved(first, "xiaolan", xiaolan, office, {"industrial-investment": "6.2"})
    sheet = book_of(xiaolan)[SHEET]
    assert sheet["A1"].value == "中山市工业转型升级攻坚战三年行动计划（2015-2017年）季报表"
    for words in ("填报单位：小榄镇", "报送期：2015年第二季度（1-6月累计）", "截止日期："):
        assert words in sheet["A2"].value
    assert [cell.value for cell in sheet[4]] == [
        "指标",
        "单位",
        "2015年目标",
        "上季累计\n（2015年第一季度）",
        "上年同期\n（2014年第二季度）",
        "本季累计\n（1-6月）",
        "说明",
    ]
    # 附件2 sets 24.6 for 小榄镇; of 2014 nothing was filed.
    assert [cell.value for cell in sheet[6]] == ["工业投资", "亿元", 24.6, 6.2, "—", None, None]
    assert sheet["A9"].value == "其中：年主营业务收入超5000万元企业"
    assert sheet["A9"].alignment.indent > sheet["A8"].alignment.indent
    assert [sheet[f"A{row}"].value for row in (17, 18, 19)] == ["工作进展", "存在问题", "下一步打算"]
    assert [sheet[at].number_format for at in ("F8", "F6")] == ["#,##0", "#,##0.00"]


def test_only_the_marked_cells_can_be_typed_into(period: Period, xiaolan: User) -> None:
    sheet = book_of(xiaolan)[SHEET]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    cells = [cell for row in sheet.iter_rows() for cell in row if not isinstance(cell, MergedCell)]
    unlocked = {cell.coordinate for cell in cells if not cell.protection.locked}
    marked = {
        cell.coordinate for cell in cells if cell.fill.fill_type and cell.fill.fgColor.rgb == "FFFFF8DC"
    }
    rows = {f"{column}{row}" for column in "FG" for row in range(5, 16)}
    assert unlocked == marked == rows | {"B17", "B18", "B19"}


@pytest.mark.parametrize(
    ("unit", "address", "kind", "least", "most"),
    [
        ("xiaolan", "F5", "decimal", "0", "100"),  # 研发机构比例 is a share of a whole
        ("xiaolan", "F6", "decimal", "0", "99999999999"),
        ("xiaolan", "F8", "whole", "0", "99999999999"),  # 家
        ("jingxin", "F18", "decimal", "-99999999999", "99999999999"),  # 工业技术改造投资增长率 may fall
    ],
)
def test_a_cell_takes_what_its_indicator_can_be(
    period: Period, xiaolan: User, clerk: User, unit: str, address: str, kind: str, least: str, most: str
) -> None:
    person = xiaolan if unit == "xiaolan" else clerk
    sheet = book_of(person, f"/returns/2015Q2/{unit}/")[SHEET]
    rule = rule_at(sheet, address)
    assert (rule.type, rule.formula1, rule.formula2) == (kind, least, most)
    assert (rule.errorStyle, rule.showErrorMessage, rule.showInputMessage) == ("stop", True, True)
    assert "只填数字" in rule.error
    assert "累计数" in rule.prompt
    assert max(len(rule.errorTitle), len(rule.promptTitle)) <= 32
    assert max(len(rule.error), len(rule.prompt)) <= 255


def test_notes_and_texts_are_bounded(period: Period, xiaolan: User) -> None:
    sheet = book_of(xiaolan)[SHEET]
    for address, longest in (("G6", "400"), ("B17", "4000")):
        rule = rule_at(sheet, address)
        assert (rule.type, rule.operator, rule.formula1) == ("textLength", "lessThanOrEqual", longest)


def test_it_prints_on_landscape_a4_with_numbered_pages(period: Period, xiaolan: User) -> None:
    sheet = book_of(xiaolan)[SHEET]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.freeze_panes == "B5"
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_it_knows_whose_it_is_without_showing_it(period: Period, xiaolan: User) -> None:
    hidden = book_of(xiaolan)["校验信息"]
    assert hidden.sheet_state == "veryHidden"
    rows = dict(hidden.iter_rows(values_only=True))
    assert len(rows.pop("校验码")) == 40
    assert rows == {
        "格式": "季报模板/1",
        "市": "zhongshan",
        "计划": "zhongshan-2015-2017",
        "报送期": "2015Q2",
        "xiaolan": "0",
    }
