"""The overview's tile map: the score that everybody may know, and one indicator as far as the reader may see it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from indicators.models import Plan
from reports.pages import city
from reports.pages.city_map import CityMap
from reports.pages.tiles import Tile
from tests.reports.results import publish, reading, record
from towns.models import Area

HALF_YEAR = {("industrial-investment", "xiaolan"): "9.84", ("industrial-investment", "guzhen"): "5.20"}


def map_of(user: User, by: str = "", quarter: str = "2015Q2") -> CityMap:
    found = city.build(reading(user, quarter), user, asked={"map": by}).town_map
    assert found is not None
    return found


def tile_of(shown: CityMap, town: str) -> Tile:
    return next(tile for tile in shown.tiles if tile.row.town == town)


@pytest.fixture
def half_year(zhongshan: Plan, office: User) -> Plan:
    record(zhongshan, "2015Q2", HALF_YEAR)
    publish(zhongshan, "2015Q2", office)
    return zhongshan


def test_without_a_choice_it_is_the_total_score_for_everybody(
    half_year: Plan, leader: User, guzhen: User
) -> None:
    for reader in (leader, guzhen):
        shown = map_of(reader)
        xiaolan = tile_of(shown, "小榄镇")
        # One of eight targets above zero reported, 9.84 / 12.30 = 0.8: 100 x 0.8 / 8 = 10.
        assert (xiaolan.column, xiaolan.line, xiaolan.value, xiaolan.band) == (0, 1, "10.0", "red")
        assert (len(shown.tiles), shown.columns) == (24, 6)
        assert [key.label for key in shown.keys] == ["落后 2", "无数据 22"]
        assert [choice.label for choice in shown.choices if choice.is_chosen] == ["总得分"]


def test_by_an_indicator_a_leader_sees_every_towns_completion_in_its_lights_colour(
    half_year: Plan, leader: User
) -> None:
    shown = map_of(leader, "industrial-investment")
    xiaolan, guzhen, shiqi = (tile_of(shown, town) for town in ("小榄镇", "古镇镇", "石岐区"))
    assert (xiaolan.value, xiaolan.band) == ("40.0%", "red")  # 9.84 / 24.60
    assert (guzhen.value, guzhen.band) == ("50.0%", "green")  # 5.20 / 10.40
    assert (shiqi.value, shiqi.band) == ("—", "grey")
    assert xiaolan.words == ("小榄镇 工业投资：目标 24.60，完成 9.84 亿元，欠序时 10.0 个百分点，落后")
    assert xiaolan.row.href.startswith("/cells/xiaolan/industrial-investment/")
    assert [key.label for key in shown.keys] == ["达序时 1", "落后 1", "无数据 22"]
    assert len(shown.choices) == 11


def test_by_an_indicator_a_towns_official_sees_their_own_colour_and_the_others_public_targets(
    half_year: Plan, guzhen: User
) -> None:
    shown = map_of(guzhen, "industrial-investment")
    own = tile_of(shown, "古镇镇")
    assert (own.value, own.band, own.row.is_own) == ("50.0%", "green", True)
    others = [tile for tile in shown.tiles if not tile.row.is_own]
    assert len(others) == 23
    assert {(tile.band, tile.row.href) for tile in others} == {("", "")}
    xiaolan = tile_of(shown, "小榄镇")
    assert (xiaolan.value, xiaolan.words) == ("24.60", "年度目标 24.60 亿元")
    assert shown.keys == ()


def test_before_publishing_there_is_no_score_and_only_ones_own_lights(zhongshan: Plan, guzhen: User) -> None:
    record(zhongshan, "2015Q2", HALF_YEAR)
    shown = map_of(guzhen)
    assert tile_of(shown, "古镇镇").value == "1/8"
    assert {tile.value for tile in shown.tiles if not tile.row.is_own} == {""}
    assert {tile.band for tile in shown.tiles} == {""}


def test_a_map_asked_for_in_vain_is_named_and_the_score_shown(half_year: Plan, leader: User) -> None:
    # 规模以上工业增加值 is not allocated to the towns.
    shown = map_of(leader, "industrial-value-added")
    assert shown.unknown == "地址中的示意图指标没有对应的选项，已略过。"
    assert tile_of(shown, "小榄镇").value == "10.0"


def test_a_city_whose_towns_have_no_places_has_no_map(half_year: Plan, leader: User) -> None:
    Area.objects.update(tile_column=None, tile_row=None)
    assert city.build(reading(leader, "2015Q2"), leader).town_map is None


def test_the_form_carries_along_what_the_rest_of_the_page_was_asked_for(
    half_year: Plan, leader: User
) -> None:
    asked = {"map": "robot-firms", "light": "red", "period": "2015Q2", "nonsense": "1"}
    page = city.build(reading(leader, "2015Q2"), leader, asked=asked)
    assert page.town_map is not None
    assert page.town_map.kept == (("light", "red"),)  # 2015Q2 is the default quarter
