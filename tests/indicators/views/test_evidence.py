"""Evidence through its pages: handed in, listed, fetched as a download, taken out; by whom, and what is said."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from indicators.domain.evidence import MAX_BYTES, MAX_FILES
from indicators.models import Evidence, Period, Plan, QuarterlyReturn
from indicators.services import filing
from tests.evidence_files import DOCX, PDF, PNG
from tests.indicators.filing_steps import approved, at, opened, submitted
from tests.people import unit

pytestmark = pytest.mark.once

XIAOLAN = "/returns/2015Q2/xiaolan/"
MEGABYTE = 1024 * 1024


@pytest.fixture
def quarter(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office)


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="towns.backends.MembershipBackend")
    return client


def sent(client: Client, *files: tuple[str, bytes], address: str = XIAOLAN) -> list[str]:
    """What is said after these files were sent."""
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    answer = client.post(f"{address}evidence/", {"files": uploads})
    assert (answer.status_code, answer["Location"]) == (302, address)
    return [str(message) for message in get_messages(answer.wsgi_request)]


def address_of(name: str) -> str:
    file = Evidence.objects.select_related("quarterly_return__period", "quarterly_return__unit").get(
        name=name
    )
    return f"{file.quarterly_return.get_absolute_url()}evidence/{file.pk}/"


def test_several_files_come_at_once_and_each_refused_one_is_told_with_its_reason(
    quarter: Period, xiaolan: User
) -> None:
    client = browser(xiaolan)
    said = sent(
        client,
        ("合同.pdf", PDF),
        ("照片.png", PNG),
        ("合同副本.pdf", PDF),
        ("宏.xlsm", b"PK\x03\x04"),
        ("假.png", PDF),
        ("另一假.png", b"<html>"),
        ("大.pdf", PDF + bytes(MAX_BYTES)),
    )
    assert said == [
        "“合同副本.pdf”与已有的“合同.pdf”内容相同，没有重复保存。",
        "已上传 2 个佐证材料：合同.pdf、照片.png。",
        "“宏.xlsm”没有上传：含有宏的文件不收，请另存为 docx、xlsx 或 pptx 后再上传。",
        "“假.png”、“另一假.png”没有上传：内容不是 PNG 图片，与扩展名不符。请用原来的程序打开，另存后再上传。",
        "“大.pdf”没有上传：文件超过 10 MB，请压缩图片或拆成几个文件后再上传。",
    ]
    page = client.get(XIAOLAN).content.decode()
    assert re.findall(r"download>([^<]+)</a>", page) == ["合同.pdf", "照片.png"]
    assert "何小榄" in page[page.index("files-section") :]


def test_nothing_chosen_is_said(quarter: Period, xiaolan: User) -> None:
    assert sent(browser(xiaolan)) == ["请先选择要上传的文件。"]
    assert not QuarterlyReturn.objects.exists()


def test_the_eleventh_is_refused_and_the_form_is_gone(quarter: Period, xiaolan: User) -> None:
    client = browser(xiaolan)
    said = sent(client, *((f"{number:02}.pdf", PDF + bytes([number])) for number in range(MAX_FILES + 1)))
    assert said[0].startswith("已上传 10 个佐证材料：00.pdf、")
    assert said[1] == "“10.pdf”没有上传：一张季报表最多附 10 个文件，请先删去不需要的，或合并成一个文件。"
    page = client.get(XIAOLAN).content.decode()
    assert 'type="file" id="evidence-files"' not in page
    assert "已经有 10 个，不能再加" in page


def test_a_file_comes_back_as_a_download_that_no_browser_renders(quarter: Period, xiaolan: User) -> None:
    client = browser(xiaolan)
    sent(client, ("企业 台账.docx", DOCX))
    answer = client.get(address_of("企业 台账.docx"))
    assert b"".join(answer.streaming_content) == DOCX
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('企业 台账.docx')}"
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["Content-Length"] == str(len(DOCX))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert client.head(address_of("企业 台账.docx")).status_code == 200


def test_who_reads_the_return_fetches_its_files_and_others_find_nothing(
    quarter: Period, xiaolan: User, request: pytest.FixtureRequest
) -> None:
    sent(browser(xiaolan), ("合同.pdf", PDF))
    address = address_of("合同.pdf")
    expected = {
        "xiaolan": 200, "office": 200, "second_office": 200, "auditor": 200, "guzhen": 404, "clerk": 404,
        "leader": 403, "admin_account": 403, "outsider": 403, "nobody": 403, "superuser_without_role": 403,
    }  # fmt: skip
    request.getfixturevalue("linhai")
    found = {name: browser(request.getfixturevalue(name)).get(address).status_code for name in expected}
    assert found == expected
    assert Client().get(address)["Location"].startswith("/accounts/login/")


def test_a_file_has_no_second_address_under_another_return(
    quarter: Period, xiaolan: User, guzhen: User, office: User
) -> None:
    """Nor can a town's official reach another town's by its number under their own town."""
    sent(browser(xiaolan), ("合同.pdf", PDF))
    number = Evidence.objects.get().pk
    for person in (guzhen, office):
        assert browser(person).get(f"/returns/2015Q2/guzhen/evidence/{number}/").status_code == 404
        browser(person).post(f"/returns/2015Q2/guzhen/evidence/{number}/remove/")
    assert browser(xiaolan).get(f"/returns/2015Q1/xiaolan/evidence/{number}/").status_code == 404
    assert Evidence.objects.count() == 1


def test_a_town_official_reads_no_name_of_another_towns_file(
    quarter: Period, xiaolan: User, guzhen: User
) -> None:
    sent(browser(xiaolan), ("机密台账.pdf", PDF))
    client = browser(guzhen)
    for address in ("/returns/", "/returns/2015Q2/guzhen/", "/towns/guzhen/", "/?period=2015Q2"):
        assert "机密台账" not in client.get(address).content.decode()
    assert "机密台账" in browser(xiaolan).get(XIAOLAN).content.decode()


def test_a_file_is_taken_out_and_a_second_press_is_told_so(quarter: Period, xiaolan: User) -> None:
    client = browser(xiaolan)
    sent(client, ("合同.pdf", PDF))
    client.get(XIAOLAN)
    address = f"{address_of('合同.pdf')}remove/"
    for said in ("已删除“合同.pdf”。", "这份佐证材料已经删除，没有重复办理。"):
        answer = client.post(address)
        assert (answer.status_code, answer["Location"]) == (302, XIAOLAN)
        assert [str(message) for message in get_messages(answer.wsgi_request)] == [said]
        client.get(XIAOLAN)
    assert not Evidence.objects.exists()


def test_what_is_handed_in_is_listed_without_buttons(
    quarter: Period, xiaolan: User, office: User, auditor: User
) -> None:
    sent(browser(xiaolan), ("合同.pdf", PDF))
    waiting = submitted(quarter, "xiaolan", xiaolan)
    for person in (xiaolan, office, auditor):
        page = browser(person).get(XIAOLAN).content.decode()
        assert address_of("合同.pdf") in page
        assert "/remove/" not in page
        assert 'type="file" id="evidence-files"' not in page
    filing.approve_return(waiting, version=waiting.version, by=office, at=at(9))
    assert address_of("合同.pdf") in browser(auditor).get(XIAOLAN).content.decode()
    [said] = sent(browser(xiaolan), ("照片.png", PNG))
    assert said.startswith("“照片.png”没有上传：这张季报表已由欧阳敏于7月9日10:00审定")


def test_a_return_without_files_says_nothing_of_them_to_whoever_cannot_add(
    quarter: Period, xiaolan: User, guzhen: User, office: User, auditor: User
) -> None:
    approved(quarter, "xiaolan", xiaolan, office)
    assert "佐证材料" not in browser(auditor).get(XIAOLAN).content.decode()
    assert "佐证材料" in browser(guzhen).get("/returns/2015Q2/guzhen/").content.decode()


def test_the_office_hands_in_for_a_town_that_has_not_begun(
    quarter: Period, office: User, xiaolan: User
) -> None:
    client = browser(office)
    assert sent(client, ("合同.pdf", PDF)) == ["已上传 1 个佐证材料：合同.pdf。"]
    page = client.get(XIAOLAN).content.decode()
    assert "代填" in page
    assert QuarterlyReturn.objects.get().editor_units == {office.pk: unit("jingxin").pk}


def test_a_name_that_would_break_the_page_is_text_in_it(quarter: Period, xiaolan: User) -> None:
    client = browser(xiaolan)
    sent(client, ("<script>alert(1)</script>.pdf", PDF))
    page = client.get(XIAOLAN).content.decode()
    assert "<script>alert" not in page
    assert "script_.pdf" in page


def test_listing_files_costs_one_query_and_reads_none_of_their_bytes(quarter: Period, xiaolan: User) -> None:
    client = browser(xiaolan)
    sent(client, ("0.pdf", PDF))
    client.get(XIAOLAN)
    counts = []
    for more in (0, 5):
        for number in range(more):
            filing.add_evidence(
                quarter,
                unit=unit("xiaolan"),
                name=f"{number}.png",
                data=PNG + bytes([number]),
                by=xiaolan,
                at=at(8),
            )
        with CaptureQueriesContext(connection) as queries:
            client.get(XIAOLAN)
        counts.append(len(queries))
        assert [query for query in queries if "evidencecontent" in query["sql"]] == []
    assert counts[0] == counts[1]


def test_a_request_that_names_too_great_a_length_is_refused_unread(quarter: Period, xiaolan: User) -> None:
    answer = browser(xiaolan).post(
        f"{XIAOLAN}evidence/",
        data=b"--x",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(102 * MEGABYTE),
    )
    assert answer.status_code == 413
    assert "一次提交的内容最多 101 MB，这次没有接收" in answer.content.decode()
    assert not Evidence.objects.exists()


def test_ten_of_the_largest_files_fit_into_one_request(settings: Settings) -> None:
    assert MAX_FILES * MAX_BYTES < settings.MAX_REQUEST_BYTES


def test_more_files_than_a_request_may_hold_are_refused_in_a_sentence(quarter: Period, xiaolan: User) -> None:
    uploads = [SimpleUploadedFile(f"{number}.pdf", PDF) for number in range(101)]
    answer = browser(xiaolan).post(f"{XIAOLAN}evidence/", {"files": uploads})
    assert answer.status_code == 400
    assert "超出了允许的大小，数据没有改动" in answer.content.decode()
    assert not Evidence.objects.exists()
