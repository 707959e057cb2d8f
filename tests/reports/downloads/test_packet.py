"""Many reports as one zip: what was ticked, as each reader has it; named in Chinese; what cannot be made is told."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from indicators.models import Plan
from reports.downloads.catalogue import REPORTS, Asked, Report, workbook
from reports.downloads.packet import LEFT_OUT, members_of, packet
from tests.answers import content_of
from tests.reports.results import publish, reading, record
from tests.scenes import SHANGHAI

PACKET_SCRIPT = Path(settings.BASE_DIR) / "static/js/packet.js"
AT = datetime(2015, 8, 3, 10, 30, tzinfo=SHANGHAI)


@pytest.fixture
def half_year(zhongshan: Plan, office: User) -> Plan:
    record(zhongshan, "2015Q2", {("industrial-investment", "xiaolan"): "9.36"})
    publish(zhongshan, "2015Q2", office)
    return zhongshan


def names_in(content: bytes) -> list[str]:
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_it_holds_the_files_that_were_ticked_and_says_how_many(
    half_year: Plan, client: Client, leader: User
) -> None:
    client.force_login(leader)
    answer = client.get("/reports/files.zip?file=annex1.xlsx&file=annex2.xlsx&file=annex1.xlsx")
    assert names_in(content_of(answer)) == [
        "中山市附件1目标总表及完成情况2015年第二季度.xlsx",
        "中山市附件2目标分解及完成情况2015年第二季度.xlsx",
    ]
    assert answer["X-Files"] == "2"
    assert "filename*=utf-8''%E4%B8%AD" in answer["Content-Disposition"]


def test_the_mark_that_the_script_counts_begins_each_file_and_nothing_within_one(
    half_year: Plan, leader: User
) -> None:
    """Workbooks and documents are zips too, kept as they are: their own parts must not count."""
    told = re.search(r"BEGINS = \[(.*)\]", PACKET_SCRIPT.read_text())
    assert told is not None
    mark = bytes(int(byte, 16) for byte in told[1].split(","))
    members = members_of(["annex1.xlsx", "details.csv", "bulletin.docx"], reading(leader), leader, AT)
    content = b"".join(packet(members, AT))
    assert content.count(b"PK\x03\x04") > len(members)
    assert content.count(mark) == len(members) == 3


def test_a_report_on_each_indicator_puts_all_of_them_in(half_year: Plan, leader: User) -> None:
    members = members_of(["indicator.xlsx"], reading(leader), leader, AT)
    assert len(members) == half_year.indicators.count()
    (first, *_) = members
    with ZipFile(BytesIO(b"".join(packet([first], AT)))) as archive:
        (info,) = archive.infolist()
        assert info.date_time == (2015, 8, 3, 10, 30, 0)
        book = openpyxl.load_workbook(BytesIO(archive.read(info)))
    assert first.asked.called == "规上工业增加值"
    assert book.active["A1"].value == "中山市规模以上工业增加值目标完成情况"


def test_two_that_are_called_alike_stand_beside_each_other(half_year: Plan, leader: User) -> None:
    half_year.indicators.filter(code="equipment-value-added").update(short_name="规上工业增加值")
    members = members_of(["indicator.xlsx"], reading(leader), leader, AT)
    alike = [one for one in members if one.asked.called == "规上工业增加值"]
    assert names_in(b"".join(packet(alike, AT))) == [
        "指标完成情况表/中山市规上工业增加值指标完成情况表2015年第二季度.xlsx",
        "指标完成情况表/中山市规上工业增加值指标完成情况表2015年第二季度（equipment-value-added）.xlsx",
    ]


def test_a_name_leads_out_of_no_folder(half_year: Plan, leader: User) -> None:
    half_year.indicators.filter(code="industrial-investment").update(short_name='..\\..\\a/b:"c"\n')
    (member,) = [
        one
        for one in members_of(["indicator.xlsx"], reading(leader), leader, AT)
        if one.asked.about == "industrial-investment"
    ]
    assert member.name == "指标完成情况表/中山市..＼..＼a／b：＂c＂指标完成情况表2015年第二季度.xlsx"


def test_a_file_in_it_is_the_file_that_is_downloaded_alone(
    half_year: Plan, client: Client, xiaolan: User
) -> None:
    client.force_login(xiaolan)
    with ZipFile(BytesIO(content_of(client.get("/reports/files.zip?file=annex2.xlsx")))) as archive:
        packed = archive.read(archive.namelist()[0])
    alone = content_of(client.get("/reports/annex2.xlsx"))

    def cells(content: bytes) -> list[list[object]]:
        return [[cell.value for cell in row] for row in openpyxl.load_workbook(BytesIO(content)).active]

    assert cells(packed) == cells(alone)


def test_nothing_ticked_is_said_on_the_page(half_year: Plan, client: Client, leader: User) -> None:
    client.force_login(leader)
    answer = client.get("/reports/files.zip")
    assert answer.status_code == 422
    assert "还没有勾选报表" in answer.content.decode()


@pytest.mark.parametrize("key", ["nonsense.xlsx", "annex1.docx", "annex1", "../annex1.xlsx"])
def test_what_is_no_report_is_not_found(half_year: Plan, client: Client, leader: User, key: str) -> None:
    client.force_login(leader)
    answer = client.get("/reports/files.zip", {"file": ["annex1.xlsx", key]})
    assert answer.status_code == 404


def test_what_cannot_be_made_now_is_named_in_a_text(half_year: Plan, leader: User) -> None:
    def refused(asked: Asked) -> str:
        return "本季度尚未定稿，没有名次。"

    report = Report("ranking", "镇区排名表", "", "", REPORTS["annex1"].writers, refusal=refused)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(REPORTS, "ranking", report)
        members = members_of(["ranking.xlsx", "annex1.xlsx"], reading(leader), leader, AT)
    with ZipFile(BytesIO(b"".join(packet(members, AT)))) as archive:
        assert archive.namelist()[1:] == [LEFT_OUT]
        assert archive.read(LEFT_OUT).decode() == "镇区排名表：本季度尚未定稿，没有名次。"


def test_a_report_that_fails_breaks_the_packet_and_leaves_no_half_of_itself(
    half_year: Plan, leader: User
) -> None:
    def fails(asked: Asked) -> openpyxl.Workbook:
        raise RuntimeError("disk full")

    broken = Report("broken", "坏表", "", "", workbook(fails))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(REPORTS, "broken", broken)
        members = members_of(["annex1.xlsx", "broken.xlsx"], reading(leader), leader, AT)
    sent: list[bytes] = []
    with pytest.raises(RuntimeError, match="disk full"):
        sent.extend(packet(members, AT))
    assert b"".join(sent).startswith(b"PK\x03\x04")
    assert "坏表".encode() not in b"".join(sent)


def test_it_is_sent_while_it_is_made(half_year: Plan, leader: User) -> None:
    """A reader sees the first file begin before the second is made."""
    pieces = packet(members_of(["annex1.xlsx", "annex2.xlsx"], reading(leader), leader, AT), AT)
    first = next(piece for piece in pieces if piece)
    assert first.startswith(b"PK\x03\x04")
    assert "附件2".encode() not in first
