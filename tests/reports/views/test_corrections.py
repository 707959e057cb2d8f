"""A figure whose return is being corrected stands, and says so, to whoever may read it."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.test import Client
from openpyxl import load_workbook

from indicators.models import Plan, QuarterlyReturn
from indicators.queries.facts import load_facts
from indicators.services import filing
from tests.answers import content_of
from tests.indicators.filing_steps import approved, at, opened, saved

MARK = ">更正中</span>"


@pytest.fixture
def corrected(
    zhongshan: Plan, office: User, second_office: User, xiaolan: User, guzhen: User, clerk: User
) -> Plan:
    """2015Q2: 小榄镇 and 市经济和信息化局 correct what was approved, 古镇镇 does not."""
    period = opened(zhongshan, office)
    approved(period, "guzhen", guzhen, office, {"industrial-investment": "7.01"})
    town = approved(period, "xiaolan", xiaolan, office, {"industrial-investment": "14.51"})
    city = approved(period, "jingxin", clerk, second_office, {"industrial-investment": "132.40"})
    for filed in (town, city):
        filing.send_back_return(filed, version=filed.version, reason="漏报一户", by=second_office, at=at(10))
    # What is typed meanwhile changes nothing that is read.
    saved(period, "xiaolan", xiaolan, {"industrial-investment": "15.02"}, when=at(10))
    return zhongshan


def page_of(person: User, address: str) -> str:
    client = Client()
    client.force_login(person, backend="towns.backends.MembershipBackend")
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def marked(page: str) -> list[str]:
    """The figures that carry the mark, as they stand."""
    return re.findall(r"更正中</span>\s*([\d.,]+)", page)


def test_the_pages_mark_it_beside_the_figure_that_stands(corrected: Plan, leader: User) -> None:
    assert marked(page_of(leader, "/?period=2015Q2")) == ["132.40"]
    assert marked(page_of(leader, "/indicators/?period=2015Q2")) == ["132.40"]
    assert marked(page_of(leader, "/towns/xiaolan/?period=2015Q2")) == ["14.51"]
    assert MARK not in page_of(leader, "/towns/guzhen/?period=2015Q2")
    page = page_of(leader, "/indicators/industrial-investment/?period=2015Q2")
    # The quarter, the year, and the town's row; the large figure carries the mark in the line beneath.
    assert sorted(marked(page)) == ["132.40", "132.40", "14.51"]
    assert page.count(MARK) == 4
    heat = page_of(leader, "/?period=2015Q2")
    assert "小榄镇 工业投资：目标 24.60，完成 14.51 亿元，超序时 9.0 个百分点，更正中" in heat
    assert heat.count("heat__cell--marked") == 1
    assert '<span class="heat__mark">数</span>更正中或待审定' in heat


def test_a_towns_official_learns_of_no_other_towns_correction(
    corrected: Plan, guzhen: User, xiaolan: User
) -> None:
    overview = page_of(guzhen, "/?period=2015Q2")
    assert (marked(overview), "heat__cell--marked" in overview) == (["132.40"], False)
    assert "heat__mark" not in overview
    page = page_of(guzhen, "/indicators/industrial-investment/?period=2015Q2")
    assert sorted(marked(page)) == ["132.40", "132.40"]
    assert "14.51" in marked(page_of(xiaolan, "/towns/xiaolan/?period=2015Q2"))
    facts = load_facts(corrected, guzhen, years=[2015])
    assert {facts.city.pk} == {area for _, area, _, _ in facts.in_correction}


def test_the_mark_goes_when_the_new_figure_is_approved(
    corrected: Plan, office: User, xiaolan: User, leader: User
) -> None:
    filed = QuarterlyReturn.objects.get(unit__code="xiaolan")
    again = filing.submit_return(filed, version=filed.version, by=xiaolan, at=at(11))
    assert marked(page_of(leader, "/towns/xiaolan/?period=2015Q2")) == ["14.51"]
    filing.approve_return(again, version=again.version, by=office, at=at(12))
    page = page_of(leader, "/towns/xiaolan/?period=2015Q2")
    assert ("15.02" in page, MARK in page) == (True, False)


def test_the_returns_own_page_says_so(corrected: Plan, xiaolan: User, guzhen: User) -> None:
    assert MARK in page_of(xiaolan, "/returns/2015Q2/xiaolan/")
    assert MARK not in page_of(guzhen, "/returns/2015Q2/guzhen/")


def words_in(person: User, name: str) -> str:
    client = Client()
    client.force_login(person, backend="towns.backends.MembershipBackend")
    content = content_of(client.get(f"/reports/{name}.xlsx?period=2015Q2"))
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


def test_the_files_name_what_is_being_corrected(corrected: Plan, leader: User, guzhen: User) -> None:
    assert "更正中（所出季报已退回更正，新数审定前仍采用此数）：工业投资。" in words_in(leader, "annex1")
    assert "仍采用此数）：中山市、小榄镇。" in words_in(leader, "annex2")
    assert "仍采用此数）：中山市。" in words_in(guzhen, "annex2")
