"""What an address asks of the board: known choices kept, unknown ones named, links that lead to what is counted."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from indicators.choices import Light
from indicators.models import Plan
from reports.pages.board_filter import SORT_WORDS, BoardFilter, address, read_filter
from tests.reports.results import reading
from towns.models import Unit


@pytest.fixture
def units(zhongshan: Plan) -> list[Unit]:
    return list(Unit.objects.filter(code__in=("jingxin", "keji")))


def test_an_address_without_a_query_asks_for_everything_in_the_plans_order(units: list[Unit]) -> None:
    chosen = read_filter({}, units)
    assert chosen == BoardFilter()
    assert not chosen.narrows


def test_a_light_a_department_and_an_order(units: list[Unit]) -> None:
    chosen = read_filter({"light": "red", "unit": "keji", "sort": "-lead"}, units)
    assert (chosen.light, chosen.unit, chosen.sort, chosen.unknown) == (Light.RED, "keji", "-lead", ())
    assert chosen.narrows


def test_an_order_alone_leaves_nothing_out(units: list[Unit]) -> None:
    assert not read_filter({"sort": "lead"}, units).narrows


def test_what_does_not_exist_is_left_out_and_named(units: list[Unit]) -> None:
    # tongji is a department, but leads none of the indicators at hand; "RED" is not how an address spells it.
    asked = {"light": "RED", "unit": "tongji", "sort": "lead; drop", "period": "2015Q2"}
    chosen = read_filter(asked, units)
    assert chosen == BoardFilter(unknown=("状态", "部门", "排序"))


def test_empty_choices_of_the_form_are_no_choice(units: list[Unit]) -> None:
    assert read_filter({"light": "", "unit": " ", "sort": ""}, units) == BoardFilter()


def test_a_link_keeps_quarter_and_figures_and_says_nothing_else(zhongshan: Plan, leader: User) -> None:
    at_2016 = reading(leader, "2016Q1")
    assert address(at_2016, BoardFilter(light=Light.RED)) == "/?period=2016Q1&light=red#board"
    with_submitted = BoardFilter(unit="keji", sort="-lead", figures="submitted")
    assert address(at_2016, with_submitted) == (
        "/?period=2016Q1&figures=submitted&unit=keji&sort=-lead#board"
    )
    assert address(reading(leader), BoardFilter()) == "/#board"


def test_every_order_is_offered_both_ways() -> None:
    ascending = [key for key in SORT_WORDS if not key.startswith("-")]
    assert sorted(SORT_WORDS) == sorted([*ascending, *(f"-{key}" for key in ascending)])
