"""Pages about the site itself: whether it runs, and what is shown when it cannot show what was asked for."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache

from towns.access import can_manage_accounts, role_of, unit_of
from towns.choices import Role
from zhongshan_targets.logs import request_id

log = logging.getLogger(__name__)


class SignInView(LoginView):
    """The one sign-in page; who has signed in before is sent on."""

    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        return home_of(self.request)


def home_of(request: HttpRequest) -> str:
    """Where this reader begins: a town's official at the own town, a department's clerk at what is to be filed.

    The administrator of accounts reads no figures.
    """
    user = getattr(request, "user", None)
    if user is None:
        return settings.LOGIN_REDIRECT_URL
    if can_manage_accounts(user):
        return reverse("admin:index")
    unit = unit_of(user)
    if role_of(user) == Role.TOWN and unit is not None:
        return unit.area.get_absolute_url()
    return reverse("returns") if role_of(user) == Role.DEPARTMENT else settings.LOGIN_REDIRECT_URL


@login_not_required
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Say whether the application can do its work, to whoever watches it: 200, or 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as fault:
        # The message may name hosts and accounts: it stays in the log.
        log.error("database out of reach: %s", fault)
        return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


@login_not_required
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Stand in the admin's own sign-in page's place: the site has one, and one lockout."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", "/admin/"))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that no browser of ours sends."""
    return HttpResponse(render_to_string("400.html", {"request_id": request_id.get()}), status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the page or act exists and is not this reader's, and why where the refusal says it."""
    context = {"home": home_of(request), "sentence": sentence_of(exception)}
    return render(request, "403.html", context, status=403)


def sentence_of(exception: Exception | None) -> str:
    """The Chinese sentence that our own refusals carry; empty for those of libraries, which are in English."""
    said = exception.args[0] if exception is not None and exception.args else ""
    return said if isinstance(said, str) and said.endswith("。") else ""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form is too old to be taken."""
    log.warning("form refused: %s", reason)
    return render(request, "403.html", {"form_is_stale": True, "home": home_of(request)}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Offer a way back; a stranger learns nothing of which addresses exist."""
    user = getattr(request, "user", None)
    if user is None or (not user.is_authenticated and not request.path.startswith(settings.STATIC_URL)):
        return redirect_to_login(request.get_full_path())
    context = {"home": home_of(request), "sentence": sentence_of(exception)}
    return render(request, "404.html", context, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show a page that needs nothing: neither the database, nor the reader, nor a static file."""
    return HttpResponse(render_to_string("500.html", {"request_id": request_id.get()}), status=500)
