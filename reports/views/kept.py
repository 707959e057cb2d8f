"""Pages kept from one request to the next: drawn once for each state of the city's plans and each scope of reader.

A plan's `revision` rises with every act that changes what its pages show, in the act's own transaction, and is read
with every request. So what was drawn before an act is never asked for again, in no process: nothing has to be dropped.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from functools import cache as once
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.html import escape

from indicators.queries.revisions import revisions_of
from reports.context import reader_name
from towns.access import can_read_figures, role_of, unit_of

View = Callable[..., HttpResponse]

KEPT_FOR = 12 * 60 * 60
LONGEST_QUERY = 200
"""Longer ones are answered and not kept."""

# What stands in a kept page in the place of what is each request's own.
READER = "⟦reader⟧"
NAME, NONCE, TOKEN = READER.encode(), "⟦nonce⟧".encode(), "⟦token⟧".encode()
MARKS = re.compile(b"(" + b"|".join((NAME, NONCE, TOKEN)) + b")")
TOKENS = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')


def kept(view: View) -> View:
    """Keep a page that depends on its address, the day, the plans and the reader's role and unit alone.

    The reader's name, the form token and the nonce of the content security policy are put in anew for each request. A
    refusal, a missing page or one with a message on it is not kept.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        is_kept = (
            can_read_figures(request.user) and len(query) <= LONGEST_QUERY and not len(get_messages(request))
        )
        if not is_kept:
            return view(request, *args, **kwargs)
        key = key_of(request)
        page = cache.get(key)
        if page is None:
            answer = _drawn(view, request, *args, **kwargs)
            page = _without_the_request(request, answer.content)
            if answer.status_code != 200:
                answer.content = _with_the_request(request, page)
                return answer
            cache.set(key, page, KEPT_FOR)
        return HttpResponse(_with_the_request(request, page))

    return shown


def _drawn(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The view's answer with a mark where the frame calls the reader."""
    request.reader_mark = READER  # type: ignore[attr-defined]
    try:
        return view(request, *args, **kwargs)
    finally:
        del request.reader_mark  # type: ignore[attr-defined]


def key_of(request: HttpRequest) -> str:
    """The same for two requests exactly when they are to be shown the same, but for what is each request's own.

    What somebody may see depends on their role and unit (towns/access.py); some pages count the days to a deadline.
    """
    unit = unit_of(request.user)
    parts = (
        _release(),
        request.get_full_path(),
        revisions_of(request.user),
        (role_of(request.user), unit.pk if unit else None),
        timezone.localdate().isoformat(),
    )
    return "page:" + hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _without_the_request(request: HttpRequest, page: bytes) -> list[bytes]:
    """The page cut at what is each request's own, a mark in its place; in bytes, since that is what is sent."""
    nonce = str(request.csp_nonce).encode()  # type: ignore[attr-defined]
    marked = TOKENS.sub(rb"\g<1>" + TOKEN, page.replace(nonce, NONCE))
    return MARKS.split(marked)


def _with_the_request(request: HttpRequest, page: list[bytes]) -> bytes:
    own = {
        NONCE: str(request.csp_nonce).encode(),  # type: ignore[attr-defined]
        NAME: escape(reader_name(request)).encode(),
    }
    if TOKEN in page:
        own[TOKEN] = get_token(request).encode()
    return b"".join(own.get(part, part) for part in page)


@once
def _release() -> str:
    """Changes with the program, since a shared cache outlives it."""
    folders = [Path(settings.BASE_DIR) / name for name in ("templates", "reports", "indicators", "static")]
    files = sorted(path for folder in folders for path in folder.rglob("*.*") if path.suffix != ".pyc")
    told = "|".join(f"{path}:{path.stat().st_mtime_ns}" for path in files)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
