"""One indicator in Excel, read back: the figures of its page, as numbers; others' actuals for nobody's eyes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.contrib.auth.models import User
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from indicators.models import Category, Indicator, Plan, PlanNote
from indicators.workbooks.official import saved
from reports.figures import show_figure, show_growth, show_percent, show_signed
from reports.pages import indicator as indicator_page
from reports.pages import indicator_sheets
from reports.workbooks import indicator
from tests.reports.results import PUBLISHED_2015Q2, publish, reading, record
from tests.reports.workbooks.cells import values
from towns.models import Area

ON = date(2015, 8, 3)
FORMULA = '=HYPERLINK("http://example.com","点此")'
FIRST_TOWN = 5
CUMULATIVE = 4
NOW = CUMULATIVE + 4


def book_of(user: User, code: str, quarter: str = "2015Q2") -> Workbook:
    sheets = indicator_sheets.build(reading(user, quarter), user, code)
    return openpyxl.load_workbook(BytesIO(saved(indicator.make(sheets, ON))))


def row_of(sheet: Worksheet, name: str) -> int:
    """The number of the row whose first cell is just this."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == name)


def test_the_city_by_year_and_by_quarter(zhongshan: Plan, leader: User, office: User) -> None:
    record(zhongshan, "2015Q1", {("industrial-value-added", "zhongshan"): "300"})
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    record(zhongshan, "2015Q3", {("industrial-value-added", "zhongshan"): "999.99"})
    publish(zhongshan, "2015Q1", office)
    sheet = book_of(leader, "industrial-value-added")["全市"]
    assert sheet["A1"].value == "中山市规模以上工业增加值目标完成情况"
    assert sheet["A2"].value == (
        "2015年第二季度（1-6月累计）　未定稿，数字可能变动　计量单位：亿元　制表日期：2015年8月3日"
    )
    assert values(sheet, row_of(sheet, "2014年"), 1, 6) == [
        "2014年", None, "1312亿元", "一(三)", 1312, "基期",
    ]  # fmt: skip
    year = row_of(sheet, "2015年")
    assert values(sheet, year, 2, 8) == [1417, "1417", "附件1", 647.78, "1-6月", pytest.approx(0.457149), "—"]
    assert sheet.cell(year, 5).number_format == "#,##0.00"
    half = row_of(sheet, "2015年第二季度")
    assert half > year + 2
    # 708.50 due; 45.7149 - 50 points; 647.78 / 50%; nothing of 2014's first half.
    assert values(sheet, half, 2, 11) == [
        708.5, 647.78, pytest.approx(0.457149), pytest.approx(-4.285110), "—", "—", 1295.56,
        "按序时进度推算", "▲ 略欠", "未定稿",
    ]  # fmt: skip
    first = row_of(sheet, "2015年第一季度")
    assert (sheet.cell(first, 9).value, sheet.cell(first, 11).value) == ("按序时进度推算，仅供参考", "已定稿")
    # What came in after the quarter being read stays out.
    assert values(sheet, half + 1, 1, 3) == ["2015年第三季度", 1062.75, "—"]
    assert 999.99 not in [cell.value for row in sheet.iter_rows() for cell in row]


def test_the_towns_by_quarter_with_their_sum_beside_the_city(zhongshan: Plan, leader: User) -> None:
    record(
        zhongshan,
        "2015Q1",
        {("industrial-investment", "xiaolan"): "4", ("industrial-investment", "zhongshan"): "66"},
    )
    record(
        zhongshan,
        "2015Q2",
        {
            ("industrial-investment", "zhongshan"): "15",
            ("industrial-investment", "xiaolan"): "10",
            ("industrial-investment", "guzhen"): "4.5",
        },
    )
    sheet = book_of(leader, "industrial-investment")["各镇区"]
    assert values(sheet, FIRST_TOWN, 1, 2) == ["石岐区", 3.5]
    assert [sheet.cell(4, CUMULATIVE + at).value for at in range(4)] == [
        "1-3月（未定稿）", "1-6月（未定稿）", "1-9月", "1-12月",
    ]  # fmt: skip
    xiaolan = row_of(sheet, "小榄镇")
    assert values(sheet, xiaolan, 2, NOW - 1) == [24.6, pytest.approx(24.6 / 280), 4, 10, "—", "—"]
    # 12.30 due; 10 / 24.60; 2.30 and, with 古镇's 0.70, 3.00 short.
    assert values(sheet, xiaolan, NOW, NOW + 6) == [
        12.3, pytest.approx(0.406504), pytest.approx(-9.349593), -2.3, pytest.approx(0.766667), "—", "■ 落后",
    ]  # fmt: skip
    sums = [row_of(sheet, name) for name in ("各镇区相加", "中山市（全市）", "相加与全市差额")]
    assert [values(sheet, row, 2, 6) for row in sums] == [
        [280, None, 4, 14.5, "—"],
        [280, None, 66, 15, "—"],
        [0, None, -62, -0.5, "—"],
    ]
    notes = [str(sheet.cell(row, 1).value) for row in range(sums[-1] + 1, sheet.max_row + 1)]
    assert notes[0].startswith(
        "注：全市比应达数少 125.00 亿元；2 个镇区合计少 3.00 亿元，即小榄镇 2.30、古镇镇 0.70；"
    )
    assert any("镇区合计比全市数少 0.50 亿元" in note for note in notes)


def test_a_towns_official_gets_the_others_targets_and_nothing_more(zhongshan: Plan, guzhen: User) -> None:
    figures = {"zhongshan": "132.4", "guzhen": "5.2", "xiaolan": "9.84", "huoju": "31.07"}
    record(zhongshan, "2015Q2", {("industrial-investment", area): value for area, value in figures.items()})
    sheet = book_of(guzhen, "industrial-investment")["各镇区"]
    own, other = row_of(sheet, "古镇镇"), row_of(sheet, "小榄镇")
    assert values(sheet, own, 2, 7) == [10.4, pytest.approx(10.4 / 280), "—", 5.2, "—", "—"]
    assert values(sheet, other, 2, 3) == [24.6, pytest.approx(24.6 / 280)]
    assert {sheet.cell(other, column).value for column in range(CUMULATIVE, sheet.max_column + 1)} == {None}
    assert [sheet.cell(FIRST_TOWN + at, 1).value for at in range(3)] == ["石岐区", "东区", "火炬开发区"]
    sums, city, less = (row_of(sheet, name) for name in ("各镇区相加", "中山市（全市）", "相加与全市差额"))
    assert [values(sheet, row, 4, 5) for row in (sums, city, less)] == [["—", "—"], ["—", 132.4], ["—", "—"]]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "其他镇区的实绩不在本账号的查看范围内" in text
    assert "占欠数" not in text
    assert "合计少" not in text


@pytest.mark.parametrize("code", ["industrial-investment", "rd-institution-share", "smart-leaders"])
def test_every_figure_of_the_file_reads_as_the_pages(zhongshan: Plan, leader: User, code: str) -> None:
    """A FLOW, a RATE and a STOCK: what the cells hold, shown as pages show figures, is what the page says."""
    for quarter, figures in (("2015Q1", ("60", "4")), ("2015Q2", ("77", "11"))):
        city, town = figures
        record(
            zhongshan, quarter, {(code, "zhongshan"): city, (code, "xiaolan"): town, (code, "guzhen"): town}
        )
    page = indicator_page.build(reading(leader, "2015Q2"), leader, code)
    book = book_of(leader, code)

    def told(cell: Cell) -> str:
        value = cell.value
        if isinstance(value, str):
            return value
        number = Decimal(str(value))
        if "%" in cell.number_format:
            return (show_growth if "+" in cell.number_format else show_percent)(number).text
        if "+" in cell.number_format:
            return show_signed(number, len(cell.number_format.split(";")[-1].partition(".")[2])).text
        return show_figure(number, page.measure.decimals).text

    for line in page.quarters[:2]:
        row = row_of(book["全市"], line.quarter.label)
        shown = line.shown
        assert shown is not None
        assert [told(book["全市"].cell(row, column)) for column in range(2, 9)] == [
            line.shown_expected.text, shown.actual.text, shown.completion.text, shown.lead.text,
            line.shown_last_year.text, shown.year_on_year.text, shown.projection.text,
        ]  # fmt: skip
    assert page.towns is not None
    last = book["各镇区"].max_column
    for town_row in page.towns.rows:
        row = row_of(book["各镇区"], town_row.name)
        shown = town_row.shown
        assert shown is not None
        first = 4 if page.towns.adds_up else 3
        cells = [
            told(book["各镇区"].cell(row, column)) for column in (2, first + 1, *range(first + 4, last - 1))
        ]
        amounts = [town_row.shown_balance.text] if page.measure.is_flow else []
        amounts += [town_row.gap_share.text] if page.towns.has_gap else []
        assert cells == [
            shown.target.text, shown.actual.text, shown.expected.text, shown.completion.text, shown.lead.text,
            *amounts,
        ]  # fmt: skip


def test_a_rate_has_no_sums(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", {("rd-institution-share", "xiaolan"): "10.5"})
    sheet = book_of(leader, "rd-institution-share")["各镇区"]
    assert str(sheet["A2"].value).startswith("2015年第二季度（6月末）　未定稿")
    assert row_of(sheet, "中山市（全市）")
    names = [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]
    assert "各镇区相加" not in names
    assert [sheet.cell(3, column).value for column in (2, 3)] == ["2015年目标", "2015年各季期末数"]
    assert [sheet.cell(4, column).value for column in (3, 4)] == ["3月末（未定稿）", "6月末（未定稿）"]
    assert values(sheet, row_of(sheet, "小榄镇"), 2, 5) == [11, "—", 10.5, "—"]


def test_one_sheet_where_there_are_no_towns_and_dashes_where_there_is_no_target(
    zhongshan: Plan, leader: User
) -> None:
    book = book_of(leader, "motor-efficiency", "2016Q2")
    assert book.sheetnames == ["全市"]
    row = row_of(book["全市"], "2016年第二季度")
    assert values(book["全市"], row, 2, 10) == ["—"] * 8 + ["未定目标"]


def test_it_prints_on_a4_across_with_its_headings_on_every_page(zhongshan: Plan, leader: User) -> None:
    for sheet in book_of(leader, "industrial-investment"):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.freeze_panes is not None
        assert sheet.print_title_rows is not None
        assert str(sheet.cell(sheet.max_row, 1).value).startswith("制表单位（盖章）：")


@pytest.mark.parametrize("words", [FORMULA, "+1", "-1", "@SUM(A1)", "\t=1+1", "a\x0bb"])
def test_text_is_never_a_formula(zhongshan: Plan, leader: User, words: str) -> None:
    Category.objects.filter(code="technical-upgrade").update(name=words)
    Indicator.objects.filter(code="industrial-investment").update(
        name=words, short_name=words, unit=words[:20], goal_text=words, scope=words
    )
    Area.objects.filter(code="xiaolan").update(name=words)
    PlanNote.objects.filter(code="huoju-heading").update(text=words)
    record(zhongshan, "2015Q2", {("industrial-investment", "xiaolan"): "10"})
    cells = [
        cell
        for sheet in book_of(leader, "industrial-investment")
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell for cell in cells if str(cell.value).startswith(words.replace("\x0b", ""))]


def test_a_source_of_two_lines_has_a_row_as_high(zhongshan: Plan, leader: User) -> None:
    """ "二(一)1（由计划推出）" is wider than its column; "附件1" is not."""
    sheet = book_of(leader, "rd-institution-share")["全市"]
    heights = [sheet.row_dimensions[row_of(sheet, year)].height for year in ("2014年", "2015年")]
    assert heights == [31, 18]
