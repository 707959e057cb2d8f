"""What pages are measured against: a view that does nothing, and one that only knows who reads."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from zhongshan_targets import urls

EMPTY, GREETING = "/floor/empty/", "/floor/greeting/"
GREETS = engines["django"].from_string(
    "<!doctype html><title>您好</title><p>您好，{{ user.get_username }}。</p>"
)


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def greeting(request: HttpRequest) -> HttpResponse:
    return HttpResponse(GREETS.render({}, request))


urlpatterns = [
    path(EMPTY.strip("/") + "/", empty),
    path(GREETING.strip("/") + "/", greeting),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
