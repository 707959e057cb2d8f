"""Demonstration data: the same everywhere, plausible, whole, and never beside filed figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from indicators.choices import Edition, Kind, ReturnState
from indicators.domain.periods import Quarter
from indicators.models import Actual, Bulletin, Period, Plan, QuarterlyReturn, Target
from indicators.queries.bulletins import changed_figures
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.server_reading import server_reader
from indicators.services.demonstration.loading import PUBLISHED_QUARTERS, load_demonstration
from indicators.services.demonstration.people import PASSWORD
from indicators.services.results.check import ResultRow
from tests.scenes import rolled_back
from towns.access import role_of

# What is loaded is computed before it is stored; that it is stored alike on both engines is for stories to say.
pytestmark = [pytest.mark.once, pytest.mark.long]

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
PUBLISHED = [
    ResultRow("第 2 行", "2015Q2", "规模以上工业增加值", "中山市", "647.78", "亿元", "中山日报 2015-07-28"),
    ResultRow("第 3 行", "2015Q2", "装备制造业工业增加值", "中山市", "199.58", "亿元", "同上"),
    ResultRow("第 4 行", "2017Q1", "规模以上工业增加值", "中山市", "327.49", "亿元", "广东省统计局"),
]


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, demonstrated: Callable[[], Plan]
) -> Iterator[Plan]:
    """Zhongshan's plan with its demonstration, as `manage.py load_demo` loads it."""
    with rolled_back(django_db_blocker):
        yield demonstrated()


@pytest.fixture
def facts(demo: Plan, db: None) -> PlanFacts:
    return load_facts(demo, None)


def test_six_quarters_are_published_and_the_seventh_is_open(demo: Plan, db: None) -> None:
    periods = list(demo.periods.order_by("year", "number"))
    assert [period.is_published for period in periods] == [True] * PUBLISHED_QUARTERS + [False] * 6
    assert periods[6].code == "2016Q3"
    assert periods[6].opens_on < timezone.localdate() < periods[6].due_on


def test_the_city_shows_lights_of_every_colour(demo: Plan, facts: PlanFacts) -> None:
    lights = Counter(
        facts.progress(row, facts.city, Quarter(2016, 2)).light.value for row in facts.indicators
    )
    assert set(lights) == {"GREEN", "YELLOW", "RED", "GREY"}
    assert min(lights["GREEN"], lights["YELLOW"], lights["RED"]) >= 3


def test_one_town_is_late_one_is_missing_and_one_was_sent_back(demo: Plan, db: None) -> None:
    last = Period.objects.get(plan=demo, year=2016, number=2)
    filed = QuarterlyReturn.objects.filter(period=last)
    late = [row.unit.name for row in filed if row.submitted_at.date() > last.due_on]
    assert (len(late), filed.count()) == (1, 40)
    opened = QuarterlyReturn.objects.filter(period__plan=demo, period__year=2016, period__number=3)
    states = Counter(opened.values_list("state", flat=True))
    assert states[ReturnState.RETURNED] == 1
    assert min(states[ReturnState.DRAFT], states[ReturnState.SUBMITTED]) >= 5


def test_published_figures_keep_their_places_and_their_sources(demo: Plan, db: None) -> None:
    real = Actual.objects.filter(indicator__plan=demo).exclude(source="演示数据")
    assert set(real.values_list("indicator__code", "year", "quarter", "value")) == {
        ("industrial-value-added", 2015, 2, Decimal("647.78")),
        ("equipment-value-added", 2015, 2, Decimal("199.58")),
        ("hightech-share", 2015, 2, Decimal("17.68")),
    }
    assert all(row.source.startswith(("中山日报 2015-07-28", "同上")) for row in real)


def test_towns_add_up_to_the_city_where_all_have_filed(demo: Plan, facts: PlanFacts) -> None:
    quarter = Quarter(2015, 4)
    for indicator in facts.allocated():
        if indicator.kind != Kind.RATE:
            towns = sum((facts.actual(indicator, town, quarter) for town in facts.towns), Decimal(0))
            assert towns == facts.actual(indicator, facts.city, quarter), indicator.code


def test_a_part_never_exceeds_its_whole(demo: Plan, facts: PlanFacts) -> None:
    part = next(row for row in facts.indicators if row.code == "upgraded-firms-large")
    whole = next(row for row in facts.indicators if row.code == "upgraded-firms")
    quarters = [Quarter(year, number) for year in (2015, 2016) for number in (1, 2, 3, 4)][:6]
    for quarter in quarters:
        for town in facts.towns:
            figures = facts.actual(part, town, quarter), facts.actual(whole, town, quarter)
            assert None in figures or figures[0] <= figures[1], (town, quarter)


def test_stand_in_targets_are_marked_and_add_up_to_the_citys(demo: Plan, db: None) -> None:
    stand_ins = Target.objects.filter(indicator__plan=demo, demonstration=True)
    assert set(stand_ins.values_list("year", flat=True)) == {2016}
    investment = stand_ins.filter(indicator__code="industrial-investment").values_list("value", flat=True)
    assert (len(investment), sum(investment)) == (24, Decimal(320))
    assert not stand_ins.exclude(document__contains="演示").exists()


def test_there_is_an_account_of_every_role_with_the_known_password(demo: Plan, db: None) -> None:
    people = User.objects.select_related("membership__city", "membership__unit").all()
    assert Counter(role_of(person) for person in people) == Counter(
        OFFICE=2, LEADER=1, AUDITOR=1, ADMIN=1, TOWN=24, DEPARTMENT=17
    )
    assert all(person.check_password(PASSWORD) for person in people[:2])


def test_a_second_load_changes_nothing(demo: Plan, db: None) -> None:
    before = (Actual.objects.count(), User.objects.count())
    assert not load_demonstration(demo, published=PUBLISHED, at=NOW)
    assert (Actual.objects.count(), User.objects.count()) == before


def test_the_last_quarter_but_one_has_its_bulletin_and_a_correction_after_it(demo: Plan, db: None) -> None:
    bulletin = Bulletin.objects.select_related("period__plan__city").get()
    assert bulletin.period.code == "2016Q1"
    assert set(bulletin.files.values_list("edition", flat=True)) == set(Edition)
    reader = server_reader(demo)
    facts = load_facts(demo, reader, at=bulletin.period.quarter)
    (changed,) = changed_figures(bulletin, facts, reader)
    assert changed.indicator.kind == Kind.RATE
    assert changed.then.light != changed.now.light
    assert changed.correction is not None
    assert changed.correction.approved_at > bulletin.published_at
