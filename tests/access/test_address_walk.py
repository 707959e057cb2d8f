"""Every address of the site, asked for by everybody: who gets what, and that only acts change anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404

from indicators.models import (
    Actual,
    AuditEvent,
    Bulletin,
    Entry,
    Evidence,
    Period,
    Plan,
    QuarterlyReturn,
    ReconciliationNote,
)
from tests.access.walk_table import PEOPLE, lines
from tests.access.world import World
from tests.evidence_files import PNG
from tests.scenes import NOTE
from towns.models import Membership, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]

WATCHED = (
    User,
    Membership,
    Plan,
    Period,
    QuarterlyReturn,
    Entry,
    Evidence,
    Actual,
    ReconciliationNote,
    Bulletin,
)
NEW_PASSWORD = "tongji-nianbao-2016"
ACCOUNT_FORM = {
    "username": "newcomer",
    "first_name": "新同事",
    "is_active": "on",
    "usable_password": "true",
    "password1": NEW_PASSWORD,
    "password2": NEW_PASSWORD,
    "date_joined_0": "2015-01-05",
    "date_joined_1": "09:00:00",
    "membership-TOTAL_FORMS": "1",
    "membership-MIN_NUM_FORMS": "1",
    "membership-MAX_NUM_FORMS": "1",
}
FILING_FORM = {
    "action": "save",
    "progress_text": "走访企业二十家。",
    "reason": "与统计月报不一致",
    "reopened_until": "2099-12-31",
    "until": "2099-12-31",
}


def by_address(method: str) -> list[Any]:
    return [pytest.param(address, expected, id=address) for by, address, expected in lines() if by == method]


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every pattern of the site, as ResolverMatch names it."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern, route)


def test_the_table_names_every_address_with_both_methods() -> None:
    known: dict[str, set[str]] = {}
    for method, address, _ in lines():
        try:
            match = resolve(address.partition("?")[0].replace("{town}", "1").replace("{file}", "1"))
        except Resolver404:
            continue
        known.setdefault(match.route, set()).add(method)
    assert known == {route: {"GET", "POST"} for route in routes(get_resolver())}


@pytest.mark.parametrize(("address", "expected"), by_address("GET"))
def test_looking_at(world: World, address: str, expected: dict[str, str]) -> None:
    before = {model: model.objects.count() for model in apps.get_models()}
    with connection.execute_wrapper(refuse_to_write):
        answers = {person: world.client(person).get(at(world, address)) for person in PEOPLE}
        found = {person: outcome(world, person, response) for person, response in answers.items()}
    assert found == expected
    assert {model: model.objects.count() for model in apps.get_models()} == before


@pytest.mark.parametrize(("address", "expected"), by_address("POST"))
def test_acting_on(world: World, address: str, expected: dict[str, str]) -> None:
    before = state()
    found = {}
    for person in PEOPLE:
        with transaction.atomic():
            with connection.execute_wrapper(written := Written()):
                response = world.client(person).post(at(world, address), form_for(world, address))
            changed = written.anything and state() != before
            found[person] = outcome(world, person, response)
            transaction.set_rollback(True)
        if changed:
            answered = 200 if address.endswith("/draft/") else 302
            assert response.status_code == answered, (
                f"{person} got {response.status_code} and changed something"
            )
            found[person] = "done"
    assert found == expected


def at(world: World, address: str) -> str:
    return address.replace("{town}", str(world.people["town"].pk)).replace("{file}", str(world.file.pk))


def outcome(world: World, person: str, response: HttpResponse) -> str:
    """The status, after the admin's own redirects; "in" for the sign-in page that leads back."""
    for _ in range(3):
        target = response.headers.get("Location", "")
        if response.status_code != 302 or not target.startswith("/admin/"):
            break
        response = world.client(person).get(target)
    if response.status_code == 302 and response["Location"].startswith("/accounts/login/?next="):
        return "in"
    return str(response.status_code)


def refuse_to_write(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    assert sql.lstrip(" (").split()[0].upper() in {"SELECT", "SAVEPOINT", "RELEASE"}, sql
    return execute(sql, params, many, context)


class Written:
    """Notes whether anything was written, but for sessions: most are refused, and to read what there is takes long."""

    anything = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        is_read = sql.lstrip(" (").split()[0].upper() in {"SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"}
        self.anything |= not is_read and "django_session" not in sql
        return execute(sql, params, many, context)


def state() -> list[list[tuple[Any, ...]]]:
    """Every row that an act could change; passwords among them, sessions not."""
    rows = [list(model.objects.order_by("pk").values_list()) for model in WATCHED]
    return [*rows, list(AuditEvent.objects.order_by("pk").values_list("hash"))]


def form_for(world: World, address: str) -> dict[str, Any]:
    """What the page at this address would send, complete and in order; for addresses without one, all the same."""
    if address.startswith("/admin/"):
        town = world.people["town"]
        given = {} if "/add/" in address else {"username": "xiaolan", "membership-INITIAL_FORMS": "1"}
        return {
            "membership-INITIAL_FORMS": "0",
            **ACCOUNT_FORM,
            "membership-0-id": str(town.membership.pk) if given else "",
            "membership-0-user": str(town.pk) if given else "",
            "membership-0-role": "TOWN",
            "membership-0-city": str(town.membership.city_id),
            "membership-0-unit": str(town.membership.unit_id),
            **given,
        }
    if address.endswith("/evidence/"):
        return {"files": SimpleUploadedFile("照片.png", PNG)}
    if address == "/returns/review/approve/":
        waiting = QuarterlyReturn.objects.filter(unit__code__in=["xiaolan", "dongqu"], state="SUBMITTED")
        named = waiting.select_related("period", "unit")
        return {"chosen": [f"{row.period.code}/{row.unit.code}/{row.version}" for row in named]}
    if address.startswith("/returns/20"):
        return {**FILING_FORM, **_figures(*address.strip("/").split("/")[1:3])}
    if address.startswith("/reports/bulletins/"):
        city = "linhaiwan" if "/202" in address else "zhongshan"
        revision = Plan.objects.get(city__city_code=city).revision
        issued_on = "2021-04-30" if city == "linhaiwan" else "2015-07-30"
        head = {"issuer": "联席会议办公室", "number": "中经信〔2015〕9号", "issued_on": issued_on}
        return {**head, "revision": str(revision)}
    if address.startswith("/periods/"):
        dates = {"opens_on": "2099-01-01", "due_on": "2099-01-15", "closes_on": "2099-02-01"}
        return {**dates, "unit": "baisha" if "/202" in address else "xiaolan", "until": "2099-12-31"}
    return {"username": "xiaolan", "password": "wrong"}


def _figures(period: str, unit_code: str) -> dict[str, str]:
    """The return as it stands there, every figure blank with its reason."""
    unit = Unit.objects.get(
        code=unit_code, city_code="linhaiwan" if period.startswith("202") else "zhongshan"
    )
    year, number = period.split("Q")
    filed = QuarterlyReturn.objects.filter(period__year=year, period__number=number, unit=unit).first()
    codes = Plan.objects.get(city__city_code=unit.city_code).indicators.values_list("code", flat=True)
    cells = {f"value-{code}": "-" for code in codes} | {f"note-{code}": NOTE for code in codes}
    return {"version": str(filed.version if filed else 0), **cells}
