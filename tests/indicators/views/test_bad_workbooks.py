"""Workbooks that come back wrong: each is refused in a sentence or read correctly, quickly, and nothing is written."""

from __future__ import annotations

import html
import io
import json
import os
import re
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from indicators.queries.filing.returns import StoredReturn, load_return
from indicators.services.filing import open_period
from indicators.workbooks.returns.refusals import RefusedFileError
from indicators.workbooks.returns.template import read_template
from tests.indicators.workbooks.returns.bad_workbooks import CASES, REFUSED, Case, Downloads
from tests.people import account, unit
from tests.plan_fixtures import stored
from tests.plans.tables import ZHONGSHAN
from tests.scenes import rolled_back
from towns.choices import Role

# A file is refused before the database is asked; what one writes is told of in the tests of its page.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Of the processor: how busy the machine is otherwise is not the file's fault.
MOST_SECONDS, MOST_MEGABYTES = 2.0, 200
UPLOAD = "/returns/2015Q2/xiaolan/upload/"
TAG, BLANKS = re.compile(r"<[^>]+>"), re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Desk:
    """小榄镇's official with the quarter's page open, and what can be downloaded there and elsewhere."""

    client: Client
    stored: StoredReturn
    downloads: Downloads

    def upload(self, content: bytes) -> HttpResponse:
        return self.client.post(UPLOAD, {"workbook": SimpleUploadedFile("季报表.xlsx", content)})


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    with rolled_back(django_db_blocker):
        yield _desk()


def _desk() -> Desk:
    plan = stored(ZHONGSHAN)
    office = account("office", Role.OFFICE, unit_code="jingxin")
    people = {code: account(code, Role.TOWN, unit_code=code) for code in ("xiaolan", "guzhen")}
    today = timezone.localdate()
    periods = {period.code: period for period in plan.periods.select_related("plan__city")}
    for code in ("2015Q1", "2015Q2"):
        first = periods[code].quarter.next.first_day
        open_period(
            periods[code], opens_on=first, due_on=today + timedelta(days=5), by=office, at=timezone.now()
        )
    client = Client()

    def download(person: User, address: str) -> bytes:
        client.force_login(person, backend="towns.backends.MembershipBackend")
        answer = client.get(address)
        assert answer.status_code == 200, address
        return answer.content

    downloads = Downloads(
        towns=download(office, "/periods/2015Q2/towns.xlsx"),
        other_unit=download(people["guzhen"], "/returns/2015Q2/guzhen/template.xlsx"),
        other_quarter=download(people["xiaolan"], "/returns/2015Q1/xiaolan/template.xlsx"),
        own=download(people["xiaolan"], "/returns/2015Q2/xiaolan/template.xlsx"),
    )
    here = load_return(periods["2015Q2"], unit("xiaolan"), people["xiaolan"], today=today)
    return Desk(client, here, downloads)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_is_answered_in_a_sentence_and_nothing_is_written(desk: Desk, case: Case) -> None:
    content = case.make(desk.downloads)
    before = rows()
    start = time.process_time()
    answer = desk.upload(content)
    seconds = time.process_time() - start
    said = words_of(answer)
    assert answer.status_code == case.status, said
    for words in case.words:
        assert words in said
    assert ("按“应用”后才保存" in said) == (case.status == 200)
    assert rows() == before
    assert seconds < MOST_SECONDS


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_is_read_in_little_time_and_memory(desk: Desk, case: Case) -> None:
    found = measured(case.make(desk.downloads), desk.stored)
    assert found["refused"] == (case.status == REFUSED)
    assert found["seconds"] < MOST_SECONDS
    assert found["megabytes"] < MOST_MEGABYTES


def test_there_are_at_least_forty_of_them() -> None:
    assert len(CASES) >= 40


def rows() -> dict[str, int]:
    """How many rows every table holds, but for the sessions."""
    return {
        model.__name__: model.objects.count() for model in apps.get_models() if model.__name__ != "Session"
    }


def words_of(answer: HttpResponse) -> str:
    """The page's words, one blank between them; a `<` of the text itself stays escaped."""
    words = BLANKS.sub(" ", TAG.sub(" ", answer.content.decode()))
    return html.unescape(words.replace("&lt;", "&amp;lt;").replace("&gt;", "&amp;gt;"))


def measured(content: bytes, here: StoredReturn) -> dict[str, Any]:
    """Read the file in a child process, whose peak of memory is its own: {refused, seconds, megabytes}."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        try:
            found = _read(content, here)
        except BaseException as error:
            # The child must end here, whatever happens.
            found = {"error": repr(error)}
        os.write(writing, json.dumps(found).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said)


def _read(content: bytes, here: StoredReturn) -> dict[str, Any]:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    try:
        read_template(io.BytesIO(content), here)
        refused = False
    except RefusedFileError:
        refused = True
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "refused": refused,
        "seconds": time.process_time() - start,
        "megabytes": (peak - before) / 1024,
    }
