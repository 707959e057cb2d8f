"""报送情况 in Excel: a unit a row for those who may read its return, times as times, days late as numbers."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from indicators.models import Period, Plan
from indicators.services import filing
from reports.downloads.catalogue import REPORTS, Asked
from reports.pages import filing as filing_page
from tests.reports.results import reading
from tests.reports.workbooks.cells import row_headed, sheet_of, values
from tests.scenes import SHANGHAI, approved, opened, submitted

FIRST, UNIT = 6, 2


def clock(day: int, hour: int, minute: int = 0) -> datetime:
    """A time of July 2015 as a cell holds it, without a zone."""
    return datetime(2015, 7, day, hour, minute)  # noqa: DTZ001


@pytest.fixture
def half_year(zhongshan: Plan, office: User, second_office: User, xiaolan: User, guzhen: User) -> Period:
    """小榄镇 is approved, 古镇镇 sent back, nobody else has begun; read on 3 August, due by 15 July."""
    period = opened(zhongshan, "2015Q2", by=office)
    approved(period, xiaolan, {"industrial-investment": "14.51"}, by=second_office)
    held = submitted(period, guzhen)
    filing.send_back_return(
        held,
        version=held.version,
        reason="投资与统计不符",
        by=second_office,
        at=datetime(2015, 7, 13, 9, 30, tzinfo=SHANGHAI),
    )
    return period


def test_the_office_sees_every_unit_and_what_became_of_its_return(half_year: Period, office: User) -> None:
    sheet = sheet_of("filing", office)
    row = row_headed(sheet, "小榄镇", column=UNIT)
    assert values(sheet, row, 3, 15) == [
        11, 11, "已审定", clock(8, 10), "何小榄", clock(8, 10), "何小榄", 0,
        clock(9, 10), "冯志远", 0, None, None,
    ]  # fmt: skip
    assert [sheet.cell(row, column).number_format for column in (6, 10)] == [
        "yyyy-mm-dd hh:mm", '"逾期 "0" 天";;"按期"',
    ]  # fmt: skip
    row = row_headed(sheet, "古镇镇", column=UNIT)
    assert [sheet.cell(row, column).value for column in (5, 11, 13, 14)] == [
        "已退回", clock(13, 9, 30), 1, "投资与统计不符",
    ]  # fmt: skip
    row = row_headed(sheet, "黄圃镇", column=UNIT)
    assert values(sheet, row, 3, 12) == [11, 0, "未开始", "—", "—", "—", "—", "未报，逾期 19 天", "—", "—"]
    row = row_headed(sheet, "市发展改革局", column=UNIT)
    assert values(sheet, row, 3, 4) == ["仅文字", None]
    assert sheet["A3"].value == (
        "应报 41 个，已审定 1 个，已退回 1 个，未开始 39 个；按期报送 2 个，逾期报送 0 个，逾期未报 39 个。"
    )


def test_the_auditor_sees_the_same_as_the_office(half_year: Period, office: User, auditor: User) -> None:
    both = [
        [[cell.value for cell in row] for row in sheet_of("filing", reader).iter_rows()]
        for reader in (office, auditor)
    ]
    assert both[0] == both[1]


def test_a_unit_sees_its_own_return_alone(half_year: Period, xiaolan: User, science_clerk: User) -> None:
    for reader, name, summary in (
        (xiaolan, "小榄镇", "应报 1 个，已审定 1 个；按期报送 1 个，逾期报送 0 个，逾期未报 0 个。"),
        (science_clerk, "市科技局", "应报 1 个，未开始 1 个；按期报送 0 个，逾期报送 0 个，逾期未报 1 个。"),
    ):
        sheet = sheet_of("filing", reader)
        text = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert sheet["A1"].value == f"{name}2015年第二季度季报报送情况表"
        assert sheet["A3"].value == summary
        assert sheet.cell(FIRST, UNIT).value == name
        assert sheet.cell(FIRST + 1, UNIT).value is None
        assert not any("古镇" in words or "投资与统计不符" in words for words in text)


def test_it_does_not_exist_for_readers_of_figures_alone(leader: User, admin_account: User) -> None:
    assert [REPORTS["filing"].may_read(reader) for reader in (leader, admin_account)] == [False, False]


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (date(2015, 6, 30), "2015年第二季度2015年7月1日开放填报，还没有报送情况。"),
        (date(2015, 7, 1), ""),
    ],
)
def test_before_the_quarter_opens_there_is_nothing_to_report(
    half_year: Period, office: User, on: date, refusal: str
) -> None:
    assert REPORTS["filing"].refusal(Asked(reading(office, "2015Q2"), office, on)) == refusal
    asked = Asked(reading(office, "2015Q4"), office, on)
    assert REPORTS["filing"].refusal(asked) == "2015年第四季度尚未开放填报，没有报送情况。"


def test_it_prints_on_a3_with_its_headings(half_year: Period, office: User) -> None:
    sheet = sheet_of("filing", office)
    assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$4:$5", "C6")
    assert {"A6:A22", "A23:A46", "F4:G4"} <= {str(merged) for merged in sheet.merged_cells.ranges}
    assert str(sheet["A2"].value).startswith(
        "2015年第二季度（季报）　未定稿，数字可能变动　截止日期：2015年7月15日"
    )
    assert sheet.cell(sheet.max_row, 1).value.startswith("制表单位（盖章）：")


def test_it_takes_four_queries(
    half_year: Period, office: User, xiaolan: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for reader in (office, xiaolan):
        asked = reading(reader, "2015Q2")
        with django_assert_num_queries(4):
            filing_page.build(asked, reader, today=date(2015, 8, 3))
