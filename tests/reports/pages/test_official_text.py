"""Sections with their numbers, and how often the letters ask the database."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Plan
from indicators.queries.reading import Reading
from reports.pages import bulletin, half_year
from reports.pages.official_text import Section, Subsection, numbered
from tests.reports.guzhen_half_year import GUZHEN_2015Q2
from tests.reports.results import publish, reading, record
from tests.reports.views.test_city import add_towns


def test_sections_that_are_not_there_leave_no_gap() -> None:
    below = (Subsection("甲", ()), Subsection("乙", ()))
    made = numbered([Section("总体情况"), None, Section("存在问题", subsections=below)])
    assert [section.title for section in made] == ["一、总体情况", "二、存在问题"]
    assert [one.title for one in made[1].subsections] == ["（一）甲", "（二）乙"]


@pytest.mark.parametrize(("reader", "most"), [("leader", 5), ("guzhen", 5), ("auditor", 6)])
def test_as_many_queries_for_24_towns_as_for_240(
    zhongshan: Plan, office: User, request: pytest.FixtureRequest, reader: str, most: int
) -> None:
    record(zhongshan, "2015Q2", GUZHEN_2015Q2)
    publish(zhongshan, "2015Q2", office)
    user = request.getfixturevalue(reader)
    read = reading(user, "2015Q2")
    few = queries_of(read, user)
    add_towns(zhongshan, 216)
    assert queries_of(read, user) == few
    assert few == [most, most - 1]


def queries_of(read: Reading, user: User) -> list[int]:
    counts = []
    for build in (bulletin.build, half_year.build):
        with CaptureQueriesContext(connection) as asked:
            build(read, user)
        counts.append(len(asked))
    return counts
