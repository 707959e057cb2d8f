"""Pages that are kept: the same for whoever may see the same, and never what was there before an act."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from indicators.models import Plan
from tests.people import account
from tests.reports.results import PUBLISHED_2015Q2, publish, record
from tests.reports.views.test_city import queries_of
from towns.choices import Role

WARM = 3  # session, reader, plan with its quarters
PAGES = ("/", "/indicators/", "/indicators/industrial-investment/", "/plan/")
OF_THE_REQUEST = re.compile(r'nonce="[^"]*"|value="[^"]{64}"')


@pytest.fixture
def half_year(zhongshan: Plan, office: User) -> Plan:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    return zhongshan


def reader(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="towns.backends.MembershipBackend")
    return client


def text_of(client: Client, address: str) -> str:
    return OF_THE_REQUEST.sub("", client.get(address).content.decode())


@pytest.mark.parametrize("address", PAGES)
def test_a_second_look_costs_three_queries_and_shows_the_same(
    half_year: Plan, leader: User, address: str
) -> None:
    client = reader(leader)
    first = text_of(client, address)
    assert queries_of(client, address) <= WARM
    assert text_of(client, address) == first


@pytest.mark.parametrize("address", PAGES)
def test_it_is_what_a_page_drawn_anew_shows(half_year: Plan, leader: User, address: str) -> None:
    client = reader(leader)
    text_of(client, address)
    kept = text_of(client, address)
    cache.clear()
    assert text_of(client, address) == kept


def test_readers_of_one_scope_share_it_under_their_own_names(half_year: Plan, leader: User) -> None:
    text_of(reader(leader), "/indicators/")
    other = reader(account("mayor", Role.LEADER, full_name="林市长"))
    assert queries_of(other, "/indicators/") <= WARM
    page = text_of(other, "/indicators/")
    assert "林市长" in page
    assert leader.get_full_name() not in page or not leader.get_full_name()


def test_readers_of_other_scopes_do_not(half_year: Plan, leader: User, xiaolan: User, guzhen: User) -> None:
    for person in (leader, xiaolan, guzhen):
        assert queries_of(reader(person), "/indicators/") > WARM


def test_what_is_published_is_there_at_once(half_year: Plan, leader: User, office: User) -> None:
    client = reader(leader)
    assert "未定稿" in text_of(client, "/indicators/?period=2015Q2")
    publish(half_year, "2015Q2", office)
    half_year.refresh_from_db()
    page = text_of(client, "/indicators/?period=2015Q2")
    assert "未定稿" not in page.split('id="content"')[1]


def test_each_answer_has_a_nonce_of_its_own(half_year: Plan, leader: User) -> None:
    client = reader(leader)
    answers = [client.get("/indicators/") for _ in range(2)]
    nonces = [set(re.findall(r'nonce="([^"]*)"', answer.content.decode())) for answer in answers]
    assert nonces[0].isdisjoint(nonces[1])
    for answer, found in zip(answers, nonces, strict=True):
        assert all(nonce in answer.headers["Content-Security-Policy"] for nonce in found)
