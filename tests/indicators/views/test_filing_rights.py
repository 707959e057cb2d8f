"""What filing's pages answer beside the table of tests/access: nonsense, another city, a stranger, GET."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.models import Period, Plan, QuarterlyReturn
from tests.indicators.filing_steps import opened, submitted
from tests.people import account
from towns.choices import Role


def status(person: User, address: str, sent: dict[str, object] | None = None) -> int:
    client = Client()
    client.force_login(person, backend="towns.backends.MembershipBackend")
    answer = client.get(address) if sent is None else client.post(address, sent)
    return answer.status_code


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office)


@pytest.mark.parametrize(
    "address",
    [
        "/returns/2015Q5/xiaolan/",
        "/returns/2019Q1/xiaolan/",
        "/returns/2015Q2/atlantis/",
        "/returns/2015Q2/xiaolan/?period=2015/Q2",
        "/periods/x/",
        "/periods/2015Q2/?period=2015/Q2",
    ],
)
def test_an_unknown_quarter_or_unit_is_a_404_with_a_way_back(
    period: Period, office: User, address: str
) -> None:
    client = Client()
    client.force_login(office, backend="towns.backends.MembershipBackend")
    answer = client.get(address)
    assert answer.status_code == 404
    assert "返回首页" in answer.content.decode()


def test_the_office_of_another_city_finds_nothing_here(period: Period, linhai: Plan, xiaolan: User) -> None:
    stranger = account("linhai_office", Role.OFFICE, unit_code="gongxin", city="linhaiwan")
    submitted(period, "xiaolan", xiaolan)
    assert status(stranger, "/returns/2015Q2/xiaolan/") == 404
    assert status(stranger, "/returns/2015Q2/xiaolan/?plan=zhongshan-2015-2017") == 404
    assert status(stranger, "/returns/2015Q2/xiaolan/approve/", {"version": 2}) == 404
    assert status(stranger, "/periods/2015Q2/", {}) == 404


def test_a_strangers_request_is_sent_to_the_sign_in_page(period: Period) -> None:
    answer = Client().get("/returns/2015Q2/xiaolan/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_get_never_writes(period: Period, xiaolan: User, office: User) -> None:
    for person in (xiaolan, office):
        assert status(person, "/returns/2015Q2/xiaolan/") == 200
    assert not QuarterlyReturn.objects.exists()
    for act in ("withdraw", "approve", "send-back", "reopen"):
        assert status(office, f"/returns/2015Q2/xiaolan/{act}/") == 405


def test_another_quarter_chosen_in_the_frame_leads_to_that_quarters_return(
    period: Period, xiaolan: User
) -> None:
    client = Client()
    client.force_login(xiaolan, backend="towns.backends.MembershipBackend")
    answer = client.get("/returns/2015Q2/xiaolan/?period=2015Q1")
    assert (answer.status_code, answer["Location"]) == (302, "/returns/2015Q1/xiaolan/")
