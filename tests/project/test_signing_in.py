"""Signing in: one page, and a lock after five failures for one account from one address."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from tests.people import PASSWORD as PEOPLES_PASSWORD
from tests.people import account
from towns.choices import Role

LOGIN = "/accounts/login/"
PASSWORD = "correct horse battery"


@pytest.fixture
def clerk(db: None) -> User:
    return User.objects.create_user("clerk", password=PASSWORD)


def sign_in(password: str, *, username: str = "clerk", address: str = "10.0.0.1") -> HttpResponse:
    return Client().post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address)


def fail_five_times(**who: str) -> list[HttpResponse]:
    return [sign_in("wrong", **who) for _ in range(5)]


@pytest.mark.usefixtures("clerk")
def test_right_password_signs_in_and_leads_where_one_wanted_to_go() -> None:
    response = Client().post(f"{LOGIN}?next=/plan/", {"username": "clerk", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/plan/")


@pytest.mark.usefixtures("clerk")
def test_signing_in_never_leads_off_the_site() -> None:
    response = Client().post(
        f"{LOGIN}?next=//elsewhere.example/", {"username": "clerk", "password": PASSWORD}
    )
    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.usefixtures("clerk")
def test_wrong_password_says_so_in_chinese() -> None:
    response = sign_in("wrong")
    assert response.status_code == 200
    assert "用户名或密码不正确" in response.content.decode()


@pytest.mark.usefixtures("clerk")
def test_five_failures_lock_the_account_even_for_the_right_password() -> None:
    answers = fail_five_times()
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    locked = sign_in(PASSWORD)
    assert locked.status_code == 429
    assert "暂停登录" in locked.content.decode()


@pytest.mark.usefixtures("clerk")
def test_a_lock_holds_for_one_address_and_one_account() -> None:
    User.objects.create_user("colleague", password=PASSWORD)
    fail_five_times()
    assert sign_in(PASSWORD, address="10.0.0.2").status_code == 302
    assert sign_in(PASSWORD, username="colleague").status_code == 302


@pytest.mark.usefixtures("clerk")
def test_a_success_forgets_the_failures_before_it() -> None:
    for _ in range(4):
        sign_in("wrong")
    assert sign_in(PASSWORD).status_code == 302
    assert sign_in("wrong").status_code == 200
    assert sign_in(PASSWORD).status_code == 302


def test_signing_out_takes_a_form_and_ends_at_the_sign_in_page(clerk: User) -> None:
    client = Client()
    client.force_login(clerk)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/")["Location"] == LOGIN
    assert client.get("/accounts/password/").status_code == 302


@pytest.mark.parametrize(
    ("username", "role", "unit_code", "home"),
    [
        ("town", Role.TOWN, "xiaolan", "/towns/xiaolan/"),
        ("department", Role.DEPARTMENT, "keji", "/returns/"),
        ("office", Role.OFFICE, "jingxin", "/"),
        ("leader", Role.LEADER, "", "/"),
        ("auditor", Role.AUDITOR, "", "/"),
    ],
)
@pytest.mark.usefixtures("db")
def test_everybody_begins_with_what_they_come_for(
    username: str, role: Role, unit_code: str, home: str
) -> None:
    account(username, role, unit_code=unit_code)
    assert sign_in(PEOPLES_PASSWORD, username=username)["Location"] == home
    wanted = Client().post(f"{LOGIN}?next=/plan/", {"username": username, "password": PEOPLES_PASSWORD})
    assert wanted["Location"] == "/plan/"


def test_the_administrator_begins_with_the_accounts_and_finds_back_to_them(admin_account: User) -> None:
    signed_in = sign_in(PEOPLES_PASSWORD, username="admin_account")
    assert signed_in["Location"] == "/admin/"
    client = Client()
    client.force_login(admin_account)
    for address, status in (("/", 403), ("/no-such-page/", 404)):
        refused = client.get(address)
        assert refused.status_code == status
        assert '<a class="button" href="/admin/">' in refused.content.decode()
