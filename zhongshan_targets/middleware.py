"""What every answer carries: a request id, a line in the log, and headers that keep it with its reader."""

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from zhongshan_targets.logs import request_id

GetResponse = Callable[[HttpRequest], HttpResponseBase]

ACCEPTED_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
# Nothing of the site asks for any of these; full screen stays allowed for the meeting room.
REFUSED_FEATURES = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")

access_log = logging.getLogger("zhongshan_targets.access")


class RequestIdMiddleware:
    """Gives each request an id, or keeps the proxy's, and logs one line when it has been answered."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        token = request_id.set(given if ACCEPTED_REQUEST_ID.fullmatch(given) else uuid4().hex)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            access_log.info(
                "answered",
                # The path alone: a query string may hold what somebody typed.
                extra={
                    "method": request.method,
                    "path": request.path,
                    "status": response.status_code,
                    "milliseconds": round((time.perf_counter() - started) * 1000, 1),
                },
            )
            return response
        finally:
            request_id.reset(token)


class RequestSizeMiddleware:
    """Refuses what is too large by the length it names, before anything of it is read.

    The check of a form's token reads the whole form, of strangers too, and keeps its files on the disk meanwhile.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) <= settings.MAX_REQUEST_BYTES:
            return self.get_response(request)
        context = {"megabytes": settings.MAX_REQUEST_BYTES // 1024**2, "request_id": request_id.get()}
        return HttpResponse(render_to_string("413.html", context), status=413)


class ResponseHeadersMiddleware:
    """Keeps pages out of every cache: each is made for one reader, and two readers may not see the same."""

    permissions_policy = ", ".join(f"{feature}=()" for feature in REFUSED_FEATURES)

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response["Cache-Control"] = "private, no-store"
        response["Permissions-Policy"] = self.permissions_policy
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


def client_address(request: HttpRequest) -> str:
    """Return the address that a sign-in comes from: the one that the outermost trusted proxy saw.

    Whatever stands further left in X-Forwarded-For was written by the client and is not believed.
    """
    header = request.headers.get("X-Forwarded-For", "")
    forwarded = [part.strip() for part in header.split(",")] if header else []
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        return forwarded[-settings.TRUSTED_PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))
