"""代填 of a whole quarter by workbook: the office fills in all towns at once, as drafts in their names."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from indicators.models import Actual, AuditEvent, Entry, Period, Plan, QuarterlyReturn
from tests.indicators.filing_steps import opened, saved, submitted
from tests.indicators.views.test_return_workbooks import SEALED, signed_in
from tests.people import account, unit
from tests.reports.views.test_city import add_towns
from towns.choices import Role

pytestmark = pytest.mark.once

PERIOD = "/periods/2015Q2/"
# 附件2's order of towns from row 7 on, and of columns from B on.
SHIQI, DONGQU, HUOJU, XIAOLAN = 7, 8, 9, 13


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office, due_on=timezone.localdate() + timedelta(days=5))


def sheet_of(client: Client) -> Any:
    return load_workbook(io.BytesIO(client.get(f"{PERIOD}towns.xlsx").content))


def filled(client: Client, cells: Mapping[str, Any]) -> HttpResponse:
    book = sheet_of(client)
    for address, value in cells.items():
        book["镇区代填表"][address] = value
    return upload(client, book)


def upload(client: Client, book: Any) -> HttpResponse:
    file = io.BytesIO()
    book.save(file)
    content = SimpleUploadedFile("代填.xlsx", file.getvalue())
    return client.post(f"{PERIOD}upload/", {"workbook": content})


def apply(client: Client, preview: HttpResponse, **more: Any) -> HttpResponse:
    found = SEALED.search(preview.content.decode())
    assert found, "the preview offers nothing to apply"
    return client.post(f"{PERIOD}apply/", {"sealed": found[1]}, **more)


def figures() -> dict[tuple[str, str], Decimal | None]:
    rows = Entry.objects.values_list("quarterly_return__unit__code", "indicator__code", "value")
    return {(town, code): value for town, code, value in rows}


def test_the_sheet_has_the_towns_down_and_the_plans_columns_across(
    period: Period, second_office: User, xiaolan: User
) -> None:
    saved(period, "xiaolan", xiaolan, {"industrial-investment": "14.51"})
    saved(period, "dongqu", second_office, {"industrial-investment": "3.2"})
    sheet = sheet_of(signed_in(second_office))["镇区代填表"]
    assert [sheet.cell(row, 1).value for row in (SHIQI, DONGQU, XIAOLAN, 30, 31)] == [
        "石岐区",
        "东区",
        "小榄镇",
        "神湾镇",
        "各镇区相加",
    ]
    assert [sheet.cell(4, column).value for column in (2, 3, 7, 9, 11)] == [
        "一、强化企业自主创新主体地位",
        "二、实施新一轮技术改造",
        "三、加快先进装备制造产业发展",
        "四、推动制造业智能化",
        "五、推进工业绿色发展",
    ]
    assert sheet["E5"].value == "开展技改的规模以上工业企业（家）"
    assert (sheet["E6"].value, sheet["F6"].value) == ("总数", "其中：年主营业务收入超5000万元企业")
    assert {"C4:F4", "E5:F5", "C5:C6", "A4:A6"} <= {str(merged) for merged in sheet.merged_cells.ranges}
    # What the office filled in it may go on with; what the town wrote is the town's.
    assert (sheet["C8"].value, sheet["C8"].protection.locked, sheet["M8"].value) == (3.2, False, None)
    assert (sheet["C13"].value, sheet["C13"].protection.locked) == (14.51, True)
    assert "只能由本单位修改" in sheet["M13"].value
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert formulas == [f"=SUM({column}7:{column}30)" for column in "CDEFGHIJKL"]


def test_drafts_in_the_towns_names_in_one_act(period: Period, second_office: User) -> None:
    client = signed_in(second_office)
    preview = filled(client, {"C7": 3.7, "E7": "9（4）", "C8": "1,200.5", "D8": "十", "L9": 1})
    page = preview.content.decode()
    assert "为 3 个镇区保存代填草稿；0 个镇区不能代填，21 个没有变化" in page
    assert "“十”不是数字" in page
    assert not QuarterlyReturn.objects.exists()

    answer = apply(client, preview, follow=True)
    assert "已为 3 个镇区保存代填草稿" in answer.content.decode()
    assert figures() == {
        ("shiqi", "industrial-investment"): Decimal("3.7"),
        ("shiqi", "upgraded-firms"): Decimal(9),
        ("shiqi", "upgraded-firms-large"): Decimal(4),
        ("dongqu", "industrial-investment"): Decimal("1200.5"),
        ("huoju", "circular-parks"): Decimal(1),
    }
    filed = QuarterlyReturn.objects.all()
    assert {(one.state, one.filled_for_unit, one.version) for one in filed} == {("DRAFT", True, 1)}
    events = AuditEvent.objects.filter(act="代填季报").order_by("sequence")
    assert [event.object_key for event in events] == ["2015Q2/shiqi", "2015Q2/dongqu", "2015Q2/huoju"]
    assert {event.actor_name for event in events} == {"second_office"}


def test_a_town_that_has_written_or_submitted_is_left_out_with_the_reason(
    period: Period, second_office: User, xiaolan: User, guzhen: User
) -> None:
    saved(period, "xiaolan", xiaolan, {"industrial-investment": "14.51"})
    submitted(period, "guzhen", guzhen, {"industrial-investment": "7.2"})
    client = signed_in(second_office)
    preview = filled(client, {"C7": 3.7, "C13": 99, "C18": 99})
    page = preview.content.decode()
    assert "为 1 个镇区保存代填草稿；2 个镇区不能代填" in page
    assert "本单位填写过的季报表只能由本单位修改" in page
    assert "季报表处于“已提交”，不能修改。" in page
    apply(client, preview)
    assert figures()["xiaolan", "industrial-investment"] == Decimal("14.51")
    assert figures()["guzhen", "industrial-investment"] == Decimal("7.2")
    assert figures()["shiqi", "industrial-investment"] == Decimal("3.7")


def test_a_second_application_has_no_second_effect(period: Period, second_office: User) -> None:
    client = signed_in(second_office)
    preview = filled(client, {"C7": 3.7, "C8": 5})
    apply(client, preview)
    before = AuditEvent.objects.count()
    assert apply(client, preview).status_code == 302
    assert AuditEvent.objects.count() == before
    assert {one.version for one in QuarterlyReturn.objects.all()} == {1}


def test_one_town_that_moved_after_the_preview_holds_all_back(
    period: Period, second_office: User, office: User, xiaolan: User
) -> None:
    client = signed_in(second_office)
    preview = filled(client, {"C7": 3.7, "C8": 5, "C13": 14})
    saved(period, "dongqu", office, {"industrial-investment": "4.4"})
    saved(period, "xiaolan", xiaolan, {"industrial-investment": "14.51"})
    before = AuditEvent.objects.count()
    answer = apply(client, preview)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "预览之后，东区、小榄的季报表已有变化，整份代填表都没有保存。" in page
    assert '<td class="number" data-label="文件里的">5</td>' in page
    assert "4.4；说明：已核对</td>" in page
    assert not QuarterlyReturn.objects.filter(unit=unit("shiqi")).exists()
    assert AuditEvent.objects.count() == before


def test_a_town_that_moved_after_the_download_is_left_out(
    period: Period, second_office: User, office: User
) -> None:
    client = signed_in(second_office)
    book = sheet_of(client)
    book["镇区代填表"]["C7"], book["镇区代填表"]["C8"] = 3.7, 5
    saved(period, "dongqu", office, {"industrial-investment": "4.4"})
    preview = upload(client, book)
    assert "下载之后，这个镇区的季报表已有改动" in preview.content.decode()
    apply(client, preview)
    assert figures()["dongqu", "industrial-investment"] == Decimal("4.4")
    assert figures()["shiqi", "industrial-investment"] == Decimal("3.7")


def test_towns_moved_renamed_or_merged_are_refused(period: Period, second_office: User) -> None:
    client = signed_in(second_office)
    for change, words in (
        (lambda sheet: sheet.__setitem__("A8", "石岐区"), "A8 应是“东区”"),
        (lambda sheet: sheet.delete_rows(8), "A8 应是“东区”"),
        (lambda sheet: sheet.__setitem__("C5", "技改投资"), "C5 应是“工业投资（亿元）”"),
        (lambda sheet: sheet.merge_cells("C7:C8"), "C7:C8 被合并成了一格"),
    ):
        book = sheet_of(client)
        change(book["镇区代填表"])
        answer = upload(client, book)
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_a_towns_own_template_is_no_towns_sheet(period: Period, second_office: User) -> None:
    client = signed_in(second_office)
    own = load_workbook(io.BytesIO(client.get("/returns/2015Q2/xiaolan/template.xlsx").content))
    answer = upload(client, own)
    assert answer.status_code == 422
    assert "这是一个单位的季报模板" in answer.content.decode()


def test_240_towns_are_read_with_as_few_queries_as_24_and_sent_in_one_field(
    zhongshan: Plan, period: Period, office: User, second_office: User
) -> None:
    client = signed_in(second_office)
    with CaptureQueriesContext(connection) as few:
        client.get(f"{PERIOD}towns.xlsx")
    add_towns(zhongshan, 216)
    Actual.objects.all().delete()
    QuarterlyReturn.objects.all().delete()
    with CaptureQueriesContext(connection) as many:
        client.get(f"{PERIOD}towns.xlsx")
    assert len(many) == len(few)
    book = sheet_of(client)
    for row in range(SHIQI, SHIQI + 240):
        for column in range(2, 13):
            book["镇区代填表"].cell(row, column).value = row + column / 100
    preview = upload(client, book)
    assert "为 240 个镇区保存代填草稿" in preview.content.decode()
    # 2,640 figures arrive whole: another officer is told whose preview it is, not that a form has too many fields.
    answer = apply(signed_in(office), preview)
    assert answer.status_code == 422
    assert "不是给您在这一页看的" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.TOWN, Role.AUDITOR, Role.LEADER])
def test_only_the_office_fills_in_all_towns(period: Period, role: Role) -> None:
    person = account("somebody", role, unit_code="xiaolan" if role == Role.TOWN else "")
    client = signed_in(person)
    assert client.get(f"{PERIOD}towns.xlsx").status_code == 403
    assert client.post(f"{PERIOD}upload/").status_code == 403
    assert client.post(f"{PERIOD}apply/").status_code == 403
