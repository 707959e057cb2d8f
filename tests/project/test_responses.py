"""What every response carries, whoever asks: security headers, a request id, no caching."""

import json
import logging
import re

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from zhongshan_targets.logs import LineFormatter, RequestIdFilter
from zhongshan_targets.middleware import client_address

LOGIN = "/accounts/login/"


def policy_of(header: str) -> dict[str, set[str]]:
    directives = (part.split() for part in header.split(";"))
    return {name: set(values) for name, *values in directives}


@pytest.mark.django_db
def test_content_security_policy_lets_nothing_in_from_outside(client: Client) -> None:
    policy = policy_of(client.get(LOGIN)["Content-Security-Policy"])
    assert policy["default-src"] == {"'none'"}
    assert policy["connect-src"] == {"'self'"}
    assert policy["frame-ancestors"] == {"'none'"}
    assert policy["img-src"] == {"'self'", "data:", "blob:"}
    assert policy["style-src-attr"] == {"'unsafe-inline'"}
    sources = set.union(*policy.values())
    assert "'unsafe-eval'" not in sources
    assert not [source for source in sources if "." in source or "*" in source or source == "https:"]
    for directive in ("script-src", "style-src"):
        assert "'unsafe-inline'" not in policy[directive]


@pytest.mark.django_db
def test_each_page_has_a_nonce_of_its_own_and_its_policy_names_it(client: Client) -> None:
    nonces = []
    for _ in range(2):
        response = client.get(LOGIN)
        [nonce] = set(re.findall(r'nonce="([^"]+)"', response.content.decode()))
        assert f"'nonce-{nonce}'" in policy_of(response["Content-Security-Policy"])["script-src"]
        assert f"'nonce-{nonce}'" in policy_of(response["Content-Security-Policy"])["style-src"]
        nonces.append(nonce)
    assert nonces[0] != nonces[1]


@pytest.mark.django_db
@pytest.mark.parametrize("address", [LOGIN, "/healthz", "/", "/no-such-page/"])
def test_no_page_is_kept_by_a_cache_or_put_into_a_frame(client: Client, address: str) -> None:
    response = client.get(address)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "Content-Security-Policy" in response


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/no-such-page/", "/admin/", "/accounts/password/"])
def test_a_stranger_is_sent_to_sign_in_and_learns_nothing(client: Client, address: str) -> None:
    response = client.get(address, follow=True)
    assert response.redirect_chain[-1] == (f"{LOGIN}?next={address}", 302)
    assert response.templates[0].name == "registration/login.html"


@pytest.mark.django_db
def test_the_admin_has_no_sign_in_page_of_its_own(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/")
    assert response["Location"] == f"{LOGIN}?next=/admin/"
    client.force_login(User.objects.create_user("clerk"))
    assert client.get("/admin/login/?next=/admin/").status_code == 403


@pytest.mark.django_db
def test_secure_connections_are_demanded_in_production(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(LOGIN)["Location"] == f"https://testserver{LOGIN}"
    # A load balancer asks over plain HTTP.
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_healthz_says_that_the_database_answers(client: Client) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok"}


@pytest.mark.django_db
def test_healthz_says_503_and_no_secret_when_the_database_is_gone(client: Client) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("connection to 10.0.0.7 failed for user clerk")

    with connection.execute_wrapper(refuse):
        response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "database": "unreachable"}


@pytest.mark.django_db
def test_request_id_is_new_or_the_proxys_but_never_what_a_client_makes_up(client: Client) -> None:
    assert re.fullmatch("[0-9a-f]{32}", client.get("/healthz")["X-Request-ID"])
    kept = client.get("/healthz", headers={"X-Request-ID": "proxy-0001"})
    assert kept["X-Request-ID"] == "proxy-0001"
    for invented in ("short", 'quote"and{brace}', "x" * 65):
        response = client.get("/healthz", headers={"X-Request-ID": invented})
        assert re.fullmatch("[0-9a-f]{32}", response["X-Request-ID"])


@pytest.mark.django_db
def test_each_answer_is_one_json_line_with_the_request_id(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.handler.addFilter(RequestIdFilter())
    with caplog.at_level(logging.INFO, logger="zhongshan_targets.access"):
        client.get("/healthz?token=typed", headers={"X-Request-ID": "proxy-0001"})
    [record] = [record for record in caplog.records if record.name == "zhongshan_targets.access"]
    text = LineFormatter().format(record)
    assert "\n" not in text
    assert "typed" not in text
    line = json.loads(text)
    assert line["request_id"] == "proxy-0001"
    assert (line["level"], line["logger"]) == ("INFO", "zhongshan_targets.access")
    assert (line["method"], line["path"], line["status"]) == ("GET", "/healthz", 200)
    assert line["milliseconds"] > 0


@pytest.mark.parametrize(
    ("proxies", "forwarded", "believed"),
    [
        (0, "10.0.0.1", "127.0.0.1"),  # nobody stands before us: the header is the client's own
        (1, "10.0.0.1", "10.0.0.1"),
        (1, "1.2.3.4, 10.0.0.1", "10.0.0.1"),  # what stands left of the proxy's entry may be made up
        (2, "1.2.3.4, 10.0.0.1, 10.0.0.2", "10.0.0.1"),
        (2, "10.0.0.1", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_address_of_a_sign_in_is_what_the_trusted_proxy_saw(
    settings: Settings, proxies: int, forwarded: str, believed: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", headers=headers)) == believed
