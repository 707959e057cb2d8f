"""One town's page: its allocation against its actuals, worked by hand; its place; nobody else's town."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.http import Http404

from indicators.choices import Light
from indicators.models import Plan, Target
from reports.pages import town
from reports.pages.town_targets import TargetRow
from tests.reports.guzhen_half_year import GUZHEN_2015Q2, SCORE
from tests.reports.results import publish, reading, record

TODAY = date(2015, 7, 20)


def page_of(user: User, code: str = "guzhen", quarter: str = "2015Q2", charted: str = "") -> town.TownPage:
    return town.build(reading(user, quarter), user, code, charted, today=TODAY)


def row_of(page: town.TownPage, code: str) -> TargetRow:
    return next(row for row in page.rows if row.code == code)


@pytest.fixture
def half_year(zhongshan: Plan, office: User) -> Plan:
    record(zhongshan, "2015Q2", GUZHEN_2015Q2)
    publish(zhongshan, "2015Q2", office)
    return zhongshan


def test_each_target_with_what_is_done_and_what_is_needed(half_year: Plan, guzhen: User) -> None:
    page = page_of(guzhen)
    assert [row.code for row in page.rows][3:5] == ["upgraded-firms", "upgraded-firms-large"]
    investment = row_of(page, "industrial-investment")
    # 5.20 of 10.40 is left for two quarters; 10.40 of the city's 280 is 3.71%.
    assert (str(investment.shown.target), str(investment.shown.actual)) == ("10.40", "5.20")
    assert (investment.shown.bar, investment.shown.pace_mark, str(investment.shown.needed)) == (
        "50.0%",
        "50.0%",
        "2.60",
    )
    assert (str(investment.share), investment.shown.lead_words) == ("3.7%", "与序时持平")
    upgrade = row_of(page, "upgrade-investment")
    # 1.20 / 2.55 - 0.5 = -2.94 points
    assert (str(upgrade.shown.completion), str(upgrade.shown.lead), upgrade.light) == (
        "47.1%",
        "-2.9",
        Light.YELLOW,
    )
    assert row_of(page, "upgraded-firms").light == Light.RED
    assert row_of(page, "robot-firms").light == Light.GREEN


def test_a_rate_has_no_share_of_the_city(half_year: Plan, guzhen: User) -> None:
    share = row_of(page_of(guzhen), "rd-institution-share").share
    assert (str(share), share.reason) == ("—", "比率不由镇区相加")


def test_the_counts_leave_out_parts_and_targets_of_zero(half_year: Plan, guzhen: User) -> None:
    page = page_of(guzhen)
    assert (page.lights.green, page.lights.yellow, page.lights.red, page.lights.grey) == (2, 1, 1, 4)
    assert page.sentence == (
        "8 项目标中 2 项达序时，4 项无数据；"
        "进度最慢的是开展技改企业欠序时 10.0 个百分点，工业技改投资欠序时 2.9 个百分点。"
    )


def test_a_target_of_zero_carries_its_word_and_no_light(half_year: Plan, guzhen: User) -> None:
    record(half_year, "2015Q2", {("smart-leaders", "guzhen"): "0"})
    page = page_of(guzhen)
    row = row_of(page, "smart-leaders")
    assert (row.shown.unjudged, row.shown.status) == ("目标为零", '<span class="muted">目标为零</span>')
    assert row.quarters[1].shown is not None
    assert row.quarters[1].shown.status == row.shown.status
    assert row_of(page, "robot-firms").shown.status == '<span class="light light--green">达序时</span>'
    assert page.lights.total == 8


def test_the_place_among_24_for_a_published_quarter_only(half_year: Plan, guzhen: User) -> None:
    page = page_of(guzhen)
    assert page.standing is not None
    assert (str(page.standing.rank), str(page.standing.score), page.ranked) == ("1", SCORE, 24)
    unpublished = page_of(guzhen, quarter="2015Q3")
    assert (unpublished.standing, unpublished.is_published) == (None, False)
    assert [place.label for place in unpublished.places] == ["1-6月"]


def test_places_won_within_the_year(half_year: Plan, office: User, guzhen: User) -> None:
    record(half_year, "2015Q1", {("industrial-investment", "xiaolan"): "9.00"})
    publish(half_year, "2015Q1", office)
    places = page_of(guzhen).places
    # In the first quarter 小榄 alone had figures: 古镇 shared the second place with the others.
    assert [(str(place.standing.rank), place.standing.change, place.standing.places) for place in places] == [
        ("2", "", ""),
        ("1", "up", "1"),
    ]


def test_the_one_furthest_behind_is_drawn_unless_another_is_asked_for(half_year: Plan, guzhen: User) -> None:
    furthest = page_of(guzhen).trend
    asked = page_of(guzhen, charted="robot-firms").trend
    assert furthest is not None
    assert furthest.code == "upgraded-firms"
    assert asked is not None
    assert asked.code == "robot-firms"


def test_the_year_so_far_in_points_of_a_small_drawing(half_year: Plan, guzhen: User) -> None:
    spark = row_of(page_of(guzhen), "industrial-investment").spark
    assert spark is not None
    # From 0 at the left, nothing in the first quarter, 5.20 of 10.40 at the second: half of 24 less margins.
    assert spark.line == "0,22.0 44,12.0"
    assert spark.pace == "0,22.0 22,17.0 44,12.0 66,7.0 88,2.0"


def test_demonstration_targets_are_marked(half_year: Plan, guzhen: User) -> None:
    assert page_of(guzhen).stands_in is False
    Target.objects.filter(indicator__code="robot-firms", area__code="guzhen").update(demonstration=True)
    page = page_of(guzhen)
    assert page.stands_in is True
    assert [row.code for row in page.rows if row.stands_in] == ["robot-firms"]


def test_the_plans_word_on_the_town(half_year: Plan, leader: User) -> None:
    notes = page_of(leader, "minzhong").notes
    assert [note.text for note in notes] == ["民众镇装备制造业投资9.45亿元，大于该镇全部工业投资7.10亿元。"]


@pytest.mark.parametrize("code", ["xiaolan", "zhongshan", "atlantis"])
def test_no_other_town_for_a_towns_official(half_year: Plan, guzhen: User, code: str) -> None:
    with pytest.raises(Http404):
        page_of(guzhen, code)


def test_an_indicator_that_is_not_allocated_is_not_there(half_year: Plan, guzhen: User) -> None:
    with pytest.raises(Http404):
        page_of(guzhen, charted="patents")


def test_the_rank_by_indicator_among_those_who_reported_for_readers_of_every_town_alone(
    half_year: Plan, leader: User, guzhen: User
) -> None:
    # 小榄镇 with 14.76 of 24.60 is ahead of 古镇镇, which is on pace; 22 towns have reported nothing.
    record(half_year, "2015Q2", {("industrial-investment", "xiaolan"): "14.76"})
    page = page_of(leader)
    assert page.ranks_by_indicator is True
    places = {row.code: row.place for row in page.rows}
    assert all(places.values())
    assert [
        (str(places[code]), places[code].reason)
        for code in ("industrial-investment", "robot-firms", "equipment-investment", "smart-leaders")
    ] == [("2/2", ""), ("1/1", ""), ("—", "未报送"), ("—", "没有大于零的目标")]
    assert {str(row.place) for row in page_of(leader, quarter="2015Q3").rows} == {"—"}
    own = page_of(guzhen)
    assert own.ranks_by_indicator is False
    assert {row.place for row in own.rows} == {None}


def test_the_sheet_says_how_far_its_figures_go_and_when_it_was_printed(half_year: Plan, guzhen: User) -> None:
    assert page_of(guzhen).sheet_line == (
        "数据截至2015年6月30日（1-6月累计），2015年7月28日定稿，打印日期2015年7月20日"
    )
    assert page_of(guzhen, quarter="2015Q3").sheet_line == (
        "数据截至2015年9月30日（1-9月累计），未定稿，数字可能变动，打印日期2015年7月20日"
    )
