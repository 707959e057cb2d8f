"""What waits for approval, shown on request to the office and the auditor, and to nobody else."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.models import Plan
from indicators.queries.facts import load_facts
from indicators.services import filing
from tests.indicators.filing_steps import approved, at, opened, submitted
from tests.reports.results import publish
from towns.models import Area

ON = "/?period=2015Q2&figures=submitted"
WAITING = re.compile(r"待审定</span>\s*([\d.,]+)")


@pytest.fixture
def half_year(
    zhongshan: Plan, office: User, second_office: User, xiaolan: User, guzhen: User, clerk: User
) -> Plan:
    """工业投资 of 2015Q2: the city's is corrected from 132.40 to 140.00, 小榄镇 waits with 14.51, 古镇镇 has 7.01."""
    period = opened(zhongshan, office)
    approved(period, "guzhen", guzhen, office, {"industrial-investment": "7.01"})
    city = approved(period, "jingxin", clerk, second_office, {"industrial-investment": "132.40"})
    filing.send_back_return(city, version=city.version, reason="漏报一户", by=second_office, at=at(10))
    submitted(period, "jingxin", clerk, {"industrial-investment": "140.00"})
    submitted(period, "xiaolan", xiaolan, {"industrial-investment": "14.51"})
    return zhongshan


def page_of(person: User, address: str) -> str:
    client = Client()
    client.force_login(person, backend="towns.backends.MembershipBackend")
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_office_sees_it_when_asked_marked_at_each_figure(half_year: Plan, office: User) -> None:
    page = page_of(office, ON)
    assert "140.00" in WAITING.findall(page)
    assert "132.40" not in page
    assert "含待审定数" in page
    assert "完成 14.51 亿元" in page


def test_without_asking_only_what_is_approved_stands(half_year: Plan, office: User) -> None:
    page = page_of(office, "/?period=2015Q2")
    assert "132.40" in page
    assert "140.00" not in page
    assert "14.51" not in page
    assert 'href="/?figures=submitted"' in page


def test_to_the_auditor_it_is_shown_too(half_year: Plan, auditor: User) -> None:
    assert "140.00" in WAITING.findall(page_of(auditor, ON))


@pytest.mark.parametrize("reader", ["leader", "clerk", "xiaolan", "guzhen"])
def test_nobody_else_sees_it_or_is_offered_it(
    half_year: Plan, request: pytest.FixtureRequest, reader: str
) -> None:
    page = page_of(request.getfixturevalue(reader), ON)
    assert "140.00" not in page
    assert "14.51" not in page
    assert "待审定" not in page
    assert "连同已提交" not in page


def test_ranks_are_given_out_for_what_is_approved_alone(half_year: Plan, office: User) -> None:
    publish(half_year, "2015Q2", office)
    ranking = re.compile(r'id="ranking".*?</table>', re.DOTALL)
    with_it, without = (ranking.search(page_of(office, address)) for address in (ON, "/?period=2015Q2"))
    assert with_it is not None
    assert without is not None
    assert with_it[0].replace("&amp;figures=submitted", "") == without[0]


def test_the_facts_tell_which_they_are_and_what_they_stand_in_front_of(half_year: Plan, office: User) -> None:
    facts = load_facts(half_year, office, with_submitted=True)
    code = {indicator.code: indicator for indicator in facts.indicators}["industrial-investment"]
    area = {area.code: area.pk for area in Area.objects.all()}
    told = {key[1]: old for key, old in facts.submitted.items() if key[0] == code.pk}
    assert {pk: None if old is None else f"{old:.2f}" for pk, old in told.items()} == {
        facts.city.pk: "132.40",
        area["xiaolan"]: None,
    }
    settled = facts.approved()
    assert settled.actuals == load_facts(half_year, office).actuals
    assert settled.submitted == {}
