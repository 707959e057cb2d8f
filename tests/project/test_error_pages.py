"""Faults are explained in Chinese, with a way back, and without a traceback."""

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from indicators.models import Plan
from zhongshan_targets.urls import handler400, handler403, handler404, handler500, urlpatterns


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault planted by the test")


# This module is a URL configuration: the site's own, and one address that fails.
urlpatterns = [*urlpatterns, path("broken/", broken)]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@pytest.fixture
def signed_in(db: None) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_user("clerk"))
    return client


def test_unknown_address_is_a_chinese_page_with_a_way_back(signed_in: Client) -> None:
    response = signed_in.get("/no-such-page/")
    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_a_fault_of_ours_is_a_chinese_page_with_the_request_id_and_nothing_else(signed_in: Client) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        response = signed_in.get("/broken/", headers={"X-Request-ID": "proxy-0001"})
    assert response.status_code == 500
    text = response.content.decode()
    assert "系统出错" in text
    assert "proxy-0001" in text
    assert "planted" not in text
    # It stands without any other file, so it looks the same while static files or the database are away.
    assert "<link" not in text
    assert "<script" not in text


def test_a_stale_form_is_refused_in_chinese(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/accounts/login/", {"username": "clerk", "password": "x"})
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()


def test_too_many_fields_are_a_chinese_page(signed_in: Client) -> None:
    response = signed_in.post("/accounts/password/", {f"field{number}": "1" for number in range(1001)})
    assert response.status_code == 400
    assert "请求无法处理" in response.content.decode()


def test_a_refusal_of_ours_says_why(client: Client, leader: User, xiaolan: User, zhongshan: Plan) -> None:
    client.force_login(leader)
    refused = client.get("/returns/")
    assert refused.status_code == 403
    assert "您的账号不查看季报。" in refused.content.decode()
    unknown = client.get("/?period=2031Q1")
    assert unknown.status_code == 404
    assert "没有“2031Q1”这一报送期" in unknown.content.decode()
    assert 'href="/"' in unknown.content.decode()
