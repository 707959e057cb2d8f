"""The trail as a workbook: what was asked for, a row a thing, text as text, of any length in little memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from indicators.models import Plan
from indicators.queries.trail.content import Line
from indicators.queries.trail.rows import TrailRow
from indicators.services import filing
from indicators.workbooks.audit import COLUMNS, write_trail
from tests.indicators.filing_steps import SHANGHAI, at, opened, submitted

MOMENT = datetime(2015, 7, 8, 10, 2, 33, tzinfo=SHANGHAI)
HEADINGS = ["链上位置", "时间", "经办人", "账号", "行为", "对象", "项目", "原值", "新值"]


def row(number: int = 1, *lines: Line, **given: Any) -> TrailRow:
    told = {
        "place": f"zhongshan #{number}", "at": MOMENT, "day": "2015-07-08", "time": "10:02:33",
        "person": "何小榄", "account": "xiaolan", "act": "保存季报", "kind": "季报表",
        "about": "小榄镇 2015年第二季度", "key": "2015Q2/xiaolan", "href": "",
        "of_person": "", "of_act": "", "of_object": "", "lines": lines, "folded": "",
    }  # fmt: skip
    return TrailRow(**{**told, **given})


def written(*rows: TrailRow) -> Worksheet:
    file = BytesIO()
    write_trail(file, rows, told="中山市")
    return load_workbook(file).active


def values(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(min_row=4, values_only=True))


def test_each_thing_that_an_event_tells_is_a_row() -> None:
    sheet = written(
        row(2, Line("工业投资（亿元）", "14", "14.51"), Line("工作进展", "（空）", "按计划。")), row(1)
    )
    event = (MOMENT.replace(tzinfo=None), "何小榄", "xiaolan", "保存季报", "小榄镇 2015年第二季度")
    assert values(sheet) == [
        ("zhongshan #2", *event, "工业投资（亿元）", "14", "14.51"),
        ("zhongshan #2", *event, "工作进展", "（空）", "按计划。"),
        ("zhongshan #1", *event, None, None, None),
    ]
    assert [cell.value for cell in sheet[3]] == HEADINGS == list(COLUMNS)
    assert [sheet["A1"].value, sheet["A2"].value] == ["审计记录", "中山市"]


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "#N/A", "1/2", "TRUE", "\t=1"]
)
def test_text_is_never_a_formula_nor_anything_else_but_text(text: str) -> None:
    sheet = written(row(1, Line(text, text, text), person=text, account=text, about=text))
    cells = [cell for cell in sheet[4] if cell.value == text]
    assert len(cells) == 6
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}


def test_what_excel_cannot_hold_is_left_out() -> None:
    sheet = written(row(1, Line("工作进展", "a\x00b\x0bc", "长" * 40_000)))
    assert sheet["H4"].value == "abc"
    assert sheet["I4"].value == "长" * 32_767


def test_headings_stay_in_sight_and_on_every_page() -> None:
    sheet = written(row(1))
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape", 1, 0,
    )  # fmt: skip
    assert [sheet.column_dimensions[letter].width for letter in "ABCDEFGHI"] == list(COLUMNS.values())


def test_a_row_is_as_high_as_its_longest_text_needs() -> None:
    """43 Latin characters fit into a line of 新值: 85 need two lines, 45 Chinese ones, twice as wide, three."""
    sheet = written(
        row(3, Line("a", "", "x" * 43)), row(2, Line("a", "", "x" * 85)), row(1, Line("a", "", "长" * 45))
    )
    assert [sheet.row_dimensions[number].height for number in (4, 5, 6)] == [None, 29, 42.5]


def test_rows_beyond_a_sheet_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indicators.workbooks.audit.ROWS_A_SHEET", 2)
    file = BytesIO()
    write_trail(file, [row(number) for number in range(1, 6)], told="中山市")
    book = load_workbook(file)
    assert book.sheetnames == ["审计记录", "审计记录 2", "审计记录 3"]
    assert [values(sheet)[0][0] for sheet in book] == ["zhongshan #1", "zhongshan #3", "zhongshan #5"]


def test_memory_does_not_grow_with_the_rows() -> None:
    def rows(number: int) -> Iterator[TrailRow]:
        for place in range(number):
            yield row(place, Line("工作进展", "", f"{place} " * 30))

    def peak(number: int) -> int:
        tracemalloc.start()
        with open("/dev/null", "wb") as nowhere:  # noqa: PTH123
            write_trail(nowhere, rows(number), told="")
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(10)
    assert peak(2000) < peak(200) + 300_000


@pytest.mark.django_db
def test_the_auditor_downloads_what_was_asked_for(
    client: Client, zhongshan: Plan, office: User, xiaolan: User, guzhen: User, auditor: User
) -> None:
    period = opened(zhongshan, office)
    waiting = submitted(period, "xiaolan", xiaolan)
    filing.send_back_return(waiting, version=waiting.version, reason="=请核对", by=office, at=at(9))
    submitted(period, "guzhen", guzhen)
    client.force_login(auditor, backend="towns.backends.MembershipBackend")
    answer = client.get("/audit.xlsx", {"unit": "xiaolan", "act": "退回季报", "since": "2015-07-01"})
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    event = (at(9).replace(tzinfo=None), "欧阳敏", "office", "退回季报", "小榄镇 2015年第二季度")
    assert [line[1:] for line in values(sheet)] == [
        (*event, "状态", "已提交", "已退回"),
        (*event, "理由", None, "=请核对"),
    ]
    assert sheet["A2"].value.startswith("中山市　行为 退回季报，单位 小榄镇，自 2015-07-01　导出日期：")
