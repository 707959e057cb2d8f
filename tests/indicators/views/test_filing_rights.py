"""Who reaches which of filing's pages: 404 where it does not exist for them, 403 where it is not theirs to do."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.models import Period, Plan, QuarterlyReturn
from tests.indicators.filing_steps import opened, submitted
from tests.people import account
from towns.choices import Role

EVERYBODY = (
    "office",
    "clerk",
    "xiaolan",
    "guzhen",
    "leader",
    "auditor",
    "admin_account",
    "outsider",
    "nobody",
    "superuser_without_role",
)


def status(person: User, address: str, sent: dict[str, object] | None = None) -> int:
    client = Client()
    client.force_login(person, backend="towns.backends.MembershipBackend")
    answer = client.get(address) if sent is None else client.post(address, sent)
    return answer.status_code


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office)


@pytest.fixture
def everybody(request: pytest.FixtureRequest, zhongshan: Plan, linhai: Plan) -> dict[str, User]:
    return {name: request.getfixturevalue(name) for name in EVERYBODY}


PAGES = {
    # Order of EVERYBODY.
    "/returns/": (200, 200, 200, 200, 403, 200, 403, 403, 403, 403),
    "/returns/review/": (200, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "/returns/2015Q2/xiaolan/": (200, 404, 200, 404, 403, 200, 403, 403, 403, 403),
    "/returns/2015Q2/jingxin/": (200, 200, 404, 404, 403, 200, 403, 403, 403, 403),
    "/periods/2015Q2/": (200, 403, 403, 403, 403, 403, 403, 403, 403, 403),
}


@pytest.mark.parametrize("address", PAGES)
def test_each_page_opens_for_those_it_is_for(
    period: Period, everybody: dict[str, User], address: str
) -> None:
    answers = tuple(status(everybody[name], address) for name in EVERYBODY)
    assert dict(zip(EVERYBODY, answers, strict=True)) == dict(zip(EVERYBODY, PAGES[address], strict=True))


ACTS = {
    "/returns/2015Q2/xiaolan/withdraw/": (403, 404, 302, 404, 403, 403, 403, 403, 403, 403),
    "/returns/2015Q2/xiaolan/approve/": (302, 404, 403, 404, 403, 403, 403, 403, 403, 403),
    "/returns/2015Q2/xiaolan/send-back/": (302, 404, 403, 404, 403, 403, 403, 403, 403, 403),
    "/returns/2015Q2/xiaolan/reopen/": (302, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    # Submitted already: the office, which might have filled it in before, is told so like the unit itself.
    "/returns/2015Q2/xiaolan/": (302, 404, 302, 404, 403, 403, 403, 403, 403, 403),
    "/periods/2015Q2/": (302, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "/periods/2015Q2/open/": (302, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "/periods/2015Q2/close/": (302, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "/periods/2015Q2/reopen/": (302, 403, 403, 403, 403, 403, 403, 403, 403, 403),
    "/periods/2015Q2/explain/": (422, 403, 403, 403, 403, 403, 403, 403, 403, 403),
}


@pytest.mark.parametrize("address", ACTS)
def test_each_act_is_taken_from_those_alone_who_may(
    period: Period, everybody: dict[str, User], address: str
) -> None:
    filed = submitted(period, "xiaolan", everybody["xiaolan"])
    sent = {"version": filed.version, "reason": "请核对", "until": "2035-01-01"}
    sent |= {"opens_on": "2015-07-01", "due_on": "2015-07-20"}
    # Those who may not come first, so that the one who may still finds the return as it was.
    answers = {}
    for name in sorted(EVERYBODY, key=lambda name: ACTS[address][EVERYBODY.index(name)] == 302):
        answers[name] = status(everybody[name], address, sent)
        if answers[name] in (403, 404):
            assert QuarterlyReturn.objects.get(pk=filed.pk).version == filed.version
    assert answers == dict(zip(EVERYBODY, ACTS[address], strict=True))


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
