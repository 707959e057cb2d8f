"""通报 from the draft to the frozen file: published by the office, the same for ever, with what has changed since."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from docx import Document

from indicators.models import Bulletin, Period, Plan
from tests.closed_quarter import correct

PAGE = "/reports/bulletins/2015Q2/"
NUMBER = "中经信〔2015〕12号"


def sent(period: Period, **changed: object) -> dict[str, object]:
    revision = Plan.objects.get(pk=period.plan_id).revision
    return {
        "issuer": "联席会议办公室",
        "number": NUMBER,
        "issued_on": "2015-07-28",
        "revision": revision,
        **changed,
    }


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="towns.backends.MembershipBackend")
    return client


def text_in(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_what_is_published_carries_its_number_and_date(closed_quarter: Period, office: User) -> None:
    answer = signed_in(office).post(PAGE, sent(closed_quarter, has_red_head="on"), follow=True)
    assert f"通报“{NUMBER}”已发布" in answer.content.decode()
    text = text_in(signed_in(office).get(f"{PAGE}1.docx").content)
    assert NUMBER in text
    assert "2015年7月28日" in text


def test_the_file_is_the_same_before_and_after_a_correction(
    closed_quarter: Period, office: User, second_office: User, xiaolan: User, leader: User
) -> None:
    signed_in(office).post(PAGE, sent(closed_quarter))
    client = signed_in(leader)
    before = client.get(f"{PAGE}1.docx").content
    assert "发布以来，您可查看的数字、灯号和名次没有变动。" in client.get(PAGE).content.decode()
    correct(closed_quarter, xiaolan, second_office)
    assert client.get(f"{PAGE}1.docx").content == before
    page = client.get(PAGE).content.decode()
    assert "发布以来有变动：1 个数字或灯号、1 个镇区的名次或得分。" in page
    assert "14.51" in page
    assert "<strong>11.50</strong>" in page
    assert page.index("light--green") < page.index("light--yellow")
    assert "小榄镇更正，2099年7月31日 09:00审定" in page


def test_a_light_that_another_threshold_moved_is_not_put_down_to_last_year(
    closed_quarter: Period, office: User, leader: User
) -> None:
    """The city's 132.40 of 140 is yellow from 0.9 on, red below 0.95."""
    signed_in(office).post(PAGE, sent(closed_quarter))
    Plan.objects.update(yellow_from="0.95")
    page = signed_in(leader).get(PAGE).content.decode()
    assert "发布以来有变动：1 个数字或灯号。" in page
    assert "判定灯号所依据的基数、序时进度或界线有变动" in page


def test_the_towns_edition_holds_no_towns_figure(
    closed_quarter: Period, office: User, leader: User, guzhen: User
) -> None:
    signed_in(office).post(PAGE, sent(closed_quarter))
    full = signed_in(leader).get(f"{PAGE}1.docx").content
    towns = signed_in(guzhen).get(f"{PAGE}1.docx").content
    assert full != towns
    assert "132.40" in text_in(towns)
    for figure in ("14.51", "3.01"):
        assert figure not in text_in(towns)


def test_a_towns_official_sees_their_own_corrections_alone(
    closed_quarter: Period, office: User, second_office: User, xiaolan: User, guzhen: User
) -> None:
    signed_in(office).post(PAGE, sent(closed_quarter))
    correct(closed_quarter, xiaolan, second_office)
    page = signed_in(guzhen).get(PAGE).content.decode()
    assert "14.51" not in page
    assert "11.50" not in page
    assert "1 个镇区的名次或得分" in page
    assert "<strong>11.50</strong>" in signed_in(xiaolan).get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number": ""}, "请写明文号"),
        ({"issuer": " "}, "请写明发文单位。"),
        ({"issued_on": "28/7"}, "成文日期应写作 2015-08-03。"),
        ({"number": "号" * 61}, "文号最多 60 字，请缩短。"),
        ({"number": "㍿" * 60}, "文号最多 60 字，请缩短。"),
        ({"number": "\u200b"}, "请写明文号和发文单位。"),
        ({"issued_on": "2015-06-30"}, "成文日期应在本季结束以后"),
        ({"revision": 0}, "没有发布；请重新看样稿核对，再发布。"),
    ],
)
def test_what_is_refused_is_said_and_nothing_typed_is_lost(
    closed_quarter: Period, office: User, changed: dict[str, object], sentence: str
) -> None:
    answer = signed_in(office).post(PAGE, sent(closed_quarter, **changed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert ('value="联席会议办公室"' in page) == ("issuer" not in changed)
    assert not Bulletin.objects.exists()


def test_after_a_refusal_for_moved_figures_sending_again_publishes(
    closed_quarter: Period, office: User
) -> None:
    page = signed_in(office).post(PAGE, sent(closed_quarter, revision=0)).content.decode()
    revision = Plan.objects.get(pk=closed_quarter.plan_id).revision
    assert f'name="revision" value="{revision}"' in page
    signed_in(office).post(PAGE, sent(closed_quarter))
    assert Bulletin.objects.get().number == NUMBER


def test_sent_twice_it_is_published_once(closed_quarter: Period, office: User) -> None:
    client, form = signed_in(office), sent(closed_quarter)
    client.post(PAGE, form)
    again = client.post(PAGE, form)
    assert "没有重复发布" in again.content.decode()
    assert Bulletin.objects.count() == 1


def test_a_proof_bears_the_number_and_says_that_it_is_a_draft(closed_quarter: Period, office: User) -> None:
    answer = signed_in(office).post(PAGE, sent(closed_quarter, number="中经信[2015]12号", proof="yes"))
    text = text_in(answer.content)
    assert NUMBER in text
    assert "草稿" in text
    assert quote("中山市2015年第二季度工作通报（样稿）.docx") in answer["Content-Disposition"]
    assert not Bulletin.objects.exists()


@pytest.mark.parametrize(
    "changed", [{"number": "\u200b"}, {"issuer": "\u200b"}, {"issued_on": "1900-01-01"}], ids=list
)
def test_there_is_no_proof_of_what_would_not_be_published(
    closed_quarter: Period, office: User, changed: dict[str, str]
) -> None:
    answer = signed_in(office).post(PAGE, sent(closed_quarter, proof="yes", **changed))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_the_editions_are_told_apart_by_name_and_in_the_file(
    closed_quarter: Period, office: User, leader: User, guzhen: User
) -> None:
    signed_in(office).post(PAGE, sent(closed_quarter))
    for reader, mark in ((leader, "全本"), (guzhen, "镇区本")):
        answer = signed_in(reader).get(f"{PAGE}1.docx")
        assert quote(f"（{NUMBER}，{mark}）") in answer["Content-Disposition"]
        assert ("镇区本" in text_in(answer.content)) == (mark == "镇区本")


def test_the_download_page_marks_a_bulletin_that_was_corrected(
    closed_quarter: Period, office: User, second_office: User, xiaolan: User, leader: User, guzhen: User
) -> None:
    signed_in(office).post(PAGE, sent(closed_quarter))
    assert "有变动" not in signed_in(leader).get("/reports/").content.decode()
    correct(closed_quarter, xiaolan, second_office)
    assert "有变动" in signed_in(leader).get("/reports/").content.decode()
    assert "有变动" not in signed_in(guzhen).get("/reports/").content.decode()


@pytest.mark.parametrize(("value", "is_corrected"), [("14.51", False), ("-", True)])
def test_a_figure_that_was_withdrawn_is_corrected_and_one_approved_anew_is_not(
    closed_quarter: Period,
    office: User,
    second_office: User,
    xiaolan: User,
    leader: User,
    guzhen: User,
    value: str,
    is_corrected: bool,
) -> None:
    signed_in(office).post(PAGE, sent(closed_quarter))
    correct(closed_quarter, xiaolan, second_office, value)
    assert ("有变动" in signed_in(leader).get("/reports/").content.decode()) == is_corrected
    assert ("个数字或灯号" in signed_in(leader).get(PAGE).content.decode()) == is_corrected
    assert "有变动" not in signed_in(guzhen).get("/reports/").content.decode()


def test_the_leader_reads_and_does_not_publish(closed_quarter: Period, leader: User) -> None:
    client = signed_in(leader)
    assert "<form" not in client.get(PAGE).content.decode().split("<main", 1)[1].replace('role="search"', "")
    assert client.post(PAGE, sent(closed_quarter)).status_code == 403


def test_a_bulletin_that_is_not_there_is_not_found(closed_quarter: Period, leader: User) -> None:
    assert signed_in(leader).get(f"{PAGE}1.docx").status_code == 404
    assert signed_in(leader).get("/reports/bulletins/2031Q2/").status_code == 404


def test_an_open_quarter_says_what_comes_first(zhongshan: Plan, office: User) -> None:
    page = signed_in(office).get("/reports/bulletins/2015Q3/").content.decode()
    assert "请先在" in page
    assert "并定稿，再发布通报" in page


def test_the_download_page_lists_it(closed_quarter: Period, office: User, leader: User) -> None:
    client = signed_in(leader)
    assert NUMBER not in client.get("/reports/").content.decode()
    signed_in(office).post(PAGE, sent(closed_quarter))
    assert NUMBER in client.get("/reports/").content.decode()
