"""The benchmark of the pages: its cities can be read, its counts are the pages', its bounds would be missed."""

from __future__ import annotations

import pytest
from django.test import override_settings

from bench.big_city import build_city
from bench.page_report import faults_of, table
from bench.page_scene import Growth, reader
from bench.page_times import Floor, PageTime, measure
from indicators.models import Actual, Plan, Target

FLOOR = Floor(empty=1.0, greeting=2.0)
CITY = PageTime("总览", "/", cold=20.0, warm=2.6, cold_queries=8, warm_queries=3, size=16.0)


def test_a_city_of_any_size_is_read_like_the_first(zhongshan: Plan) -> None:
    leader = build_city("few", 3)
    assert Target.objects.filter(area__city_code="few").count() == 40  # the city has targets too
    assert Actual.objects.filter(area__city_code="few").count() == 60
    with override_settings(ROOT_URLCONF="bench.floor"):
        client = reader(leader)
        floor, [city] = measure(client, [("总览", "/")], rounds=1)
    assert 1 < city.warm_queries <= 3 < city.cold_queries <= 8
    assert min(floor.empty, floor.greeting, city.cold, city.warm) > 0
    page = client.get("/towns/").content.decode()
    assert "第3镇" in page
    assert "小榄镇" not in page


def test_what_keeps_its_bounds_is_no_fault() -> None:
    assert faults_of(FLOOR, [CITY], [Growth("240 towns", 80.0, 4.0, 4.0)]) == []


@pytest.mark.parametrize(
    ("city", "growth", "fault"),
    [
        (PageTime("总览", "/", 20.1, 2.6, 8, 3, 16.0), [], "cold, the overview costs 20.1 empty views"),
        (PageTime("总览", "/", 20.0, 2.7, 8, 3, 16.0), [], "warm, the overview costs 1.35 greetings"),
        (CITY, [Growth("240 towns", 90.0, 4.5, 4.0)], "240 towns: 4.50 times"),
    ],
)
def test_each_bound_that_is_missed_is_named(city: PageTime, growth: list[Growth], fault: str) -> None:
    assert faults_of(FLOOR, [city], growth) == [fault]


def test_the_table_sets_each_page_against_the_floor() -> None:
    told = table("sqlite", FLOOR, [CITY], [Growth("240 towns", 80.0, 4.0, 4.0)]).splitlines()
    assert told[2].split() == ["总览", "20.0", "20.0", "2.6", "1.30", "8/3", "16.0"]
    assert told[3] == "240 towns: 80.0 ms, 4.00 times (at most 4.0)"
