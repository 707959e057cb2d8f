"""A return that saves itself while it is typed asks the database the same few times, however much of it was typed."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.models import Plan
from tests.scenes import opened

# Session, account, plan with its quarters, unit; the six of a save; what its answer says anew: the return, its
# entries, its indicators, the targets and figures beside them, their areas; and what the form was asked for.
MOST_QUERIES = 16


@pytest.fixture
def signed_in(client: Client, zhongshan: Plan, office: User, xiaolan: User) -> Client:
    opened(zhongshan, "2015Q2", by=office)
    client.force_login(xiaolan, backend="towns.backends.MembershipBackend")
    return client


def queries_of_saving(client: Client, version: int, rows: dict[str, str]) -> int:
    sent = {f"value-{code}": text for code, text in rows.items()}
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(
            "/returns/2015Q2/xiaolan/draft/", {"version": version, "key": uuid4().hex, **sent}
        )
    assert answer.status_code == 200, answer.content.decode()
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return len([query for query in asked if not query["sql"].startswith(marks)])


def test_a_saving_costs_the_same_few_queries_for_one_cell_as_for_all(signed_in: Client) -> None:
    one = {"industrial-investment": "9"}
    whole = {
        "industrial-investment": "14.51",
        "upgrade-investment": "6.2",
        "upgraded-firms": "35",
        "upgraded-firms-large": "22",
        "equipment-investment": "5",
        "equipment-value-added": "7",
        "robot-firms": "3",
        "motor-efficiency": "1.2",
    }
    first = queries_of_saving(signed_in, 0, one)
    counted = [queries_of_saving(signed_in, 1, whole), queries_of_saving(signed_in, 2, {"robot-firms": "4"})]
    assert [first, *counted] == [first] * 3
    assert first <= MOST_QUERIES
