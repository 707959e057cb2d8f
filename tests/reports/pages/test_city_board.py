"""晴雨表 narrowed and put in order, its sparks, and places won and lost beside it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from indicators.choices import Light
from indicators.models import Plan
from reports.pages import city
from reports.pages.city import CityPage
from reports.pages.city_board import BoardLine
from tests.reports.results import PUBLISHED_2015Q2, publish, reading, record

FIRMS = {("upgraded-firms", "zhongshan"): "175", ("upgraded-firms-large", "zhongshan"): "80"}


def page_of(user: User, code: str = "2015Q2", **asked: str) -> CityPage:
    with_submitted = asked.get("figures") == "submitted"
    return city.build(reading(user, code), user, with_submitted=with_submitted, asked=asked)


def lines_of(page: CityPage) -> list[BoardLine]:
    return [line for group in page.board.groups for line in group.lines]


def codes_of(page: CityPage) -> list[str]:
    return [line.row.code for line in lines_of(page)]


@pytest.fixture
def half_year(zhongshan: Plan) -> Plan:
    """Value added is yellow, equipment's red, the high-tech share green; both rows of upgraded firms as below."""
    # 175 of 350, half of which is due: green. 80 of 220, of 110 due: 0.727, red.
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2 | FIRMS)
    return zhongshan


def test_the_whole_board_stands_under_its_headings(half_year: Plan, leader: User) -> None:
    page = page_of(leader)
    assert [group.name for group in page.board.groups] == [group.name for group in page.groups]
    assert codes_of(page) == [row.code for row in page.rows]
    assert (page.board.is_narrowed, page.board.said, page.board.unknown) == (False, "", "")


def test_a_count_leads_to_just_the_rows_that_it_counts(half_year: Plan, leader: User) -> None:
    counts = {count.light: count for count in page_of(leader).counts}
    assert (counts[Light.GREEN].count, counts[Light.YELLOW].count, counts[Light.RED].count) == (2, 1, 1)
    assert counts[Light.YELLOW].href == "/?light=yellow#board"
    yellow = page_of(leader, light="yellow")
    assert codes_of(yellow) == ["industrial-value-added"]
    assert yellow.board.said == "略欠的指标 1 项。"
    assert [group.name for group in yellow.board.groups] == ["质量效益明显提高"]


def test_the_counts_count_everything_whatever_the_board_shows(half_year: Plan, leader: User) -> None:
    every, red = page_of(leader), page_of(leader, light="red", unit="tongji")
    assert [count.count for count in red.counts] == [count.count for count in every.counts]
    assert (red.total, red.headline, red.rows) == (every.total, every.headline, every.rows)
    assert [count.light for count in red.counts if count.is_chosen] == [Light.RED]
    assert not any(count.is_chosen for count in every.counts)


def test_a_part_goes_by_its_own_light_and_is_told_apart(half_year: Plan, leader: User) -> None:
    red = page_of(leader, light="red")
    assert codes_of(red) == ["upgraded-firms-large", "equipment-value-added"]
    assert red.board.said == "落后的指标 1 项，另列“其中”项 1 项。"
    # Its whole is green and does not stand above it here, so the part names it.
    assert (lines_of(red)[0].part_of, lines_of(red)[0].follows) == ("开展技改企业其中：", False)
    whole = next(line for line in lines_of(page_of(leader)) if line.row.is_part)
    assert (whole.part_of, whole.follows) == ("其中：", True)


def test_rows_without_a_target_are_of_no_light(zhongshan: Plan, leader: User) -> None:
    # 电机能效提升 and 园区循环化改造 are printed "-" for 2016: 20 rows, two of them unjudged, one a part.
    grey = page_of(leader, "2016Q2", light="grey")
    assert len(codes_of(grey)) == 18
    assert not {"motor-efficiency", "circular-parks"} & set(codes_of(grey))
    assert grey.board.said == "无数据的指标 17 项，另列“其中”项 1 项。"
    assert {count.light: count.count for count in grey.counts}[Light.GREY] == 17


def test_a_departments_indicators(half_year: Plan, leader: User) -> None:
    page = page_of(leader, unit="keji")
    assert codes_of(page) == [
        "rd-intensity",
        "hightech-output",
        "rd-institution-share",
        "innovation-platforms",
    ]
    assert page.board.said == "科技局牵头的指标 4 项。"
    assert {line.led_by for line in lines_of(page)} == {"科技局"}
    assert [option.value for option in page.board.units if option.is_chosen] == ["keji"]


def test_both_at_once_and_an_empty_board_says_so(half_year: Plan, leader: User) -> None:
    assert codes_of(page_of(leader, light="red", unit="tongji")) == ["equipment-value-added"]
    empty = page_of(leader, light="red", unit="keji", sort="lead")
    assert empty.board.groups == ()
    assert empty.board.said == "没有科技局牵头、落后的指标。"
    assert empty.board.all_href == "/?sort=lead#board"


def test_what_does_not_exist_is_said_and_nothing_is_left_out(half_year: Plan, leader: User) -> None:
    page = page_of(leader, light="purple", unit="no-such", sort="no-such")
    assert page.board.unknown == "地址中的状态、部门、排序没有对应的选项，已略过。"
    assert codes_of(page) == codes_of(page_of(leader))


def test_ordered_by_lead_the_headings_step_aside_and_the_missing_stand_last(
    half_year: Plan, leader: User
) -> None:
    # Percentage points: 199.58 / 480 - 50% = -8.42; 647.78 / 1417 - 50% = -4.29; 175 / 350 - 50% = 0; the share
    # +0.33 in its own unit. The part's -13.6 points do not count: it stays under its whole.
    worst_first = page_of(leader, sort="lead")
    known = ["equipment-value-added", "industrial-value-added", "upgraded-firms", "hightech-share"]
    (group,) = worst_first.board.groups
    assert group.name == ""
    assert [line.row.code for line in group.lines[:5]] == [
        *known[:3],
        "upgraded-firms-large",
        known[3],
    ]
    assert all(line.row.progress.actual is None for line in group.lines[5:])
    assert group.lines[0].heading == "加快先进装备制造产业发展"
    assert worst_first.board.directions["lead"] == "ascending"
    assert worst_first.board.directions["progress"] == "none"
    best_first = page_of(leader, sort="-lead")
    assert [code for code in codes_of(best_first)[:5] if code != "upgraded-firms-large"] == known[::-1]
    assert codes_of(best_first)[5:] == codes_of(worst_first)[5:]
    assert best_first.board.directions["lead"] == "descending"


def test_ordered_by_progress_red_comes_before_yellow_before_green(half_year: Plan, leader: User) -> None:
    lines = [line for line in lines_of(page_of(leader, sort="progress")) if not line.row.is_part]
    assert [line.row.light for line in lines[:5]] == [
        Light.RED,
        Light.YELLOW,
        Light.GREEN,
        Light.GREEN,
        Light.GREY,
    ]


def test_values_to_sort_by_are_the_shown_lead_and_empty_for_none(half_year: Plan, leader: User) -> None:
    values = {line.row.code: line.values for line in lines_of(page_of(leader))}
    assert values["equipment-value-added"]["lead"] == "-8.420833"  # points
    assert values["hightech-share"]["lead"] == "0.330000"  # its own unit, per cent
    assert values["equipment-value-added"]["progress"] == "0.831583"
    assert set(values["robot-firms"].values()) == {""}


def test_the_year_so_far_is_drawn_up_to_the_quarter_being_read(half_year: Plan, leader: User) -> None:
    record(half_year, "2015Q3", {("equipment-value-added", "zhongshan"): "360"})
    line = next(line for line in lines_of(page_of(leader)) if line.row.code == "equipment-value-added")
    assert line.spark is not None
    # Between 0 and 480 on 24 less margins of 2: 199.58 / 480 of 20 is 8.3 above 22; nothing of the third quarter.
    assert line.spark.line == "0,22.0 44,13.7"
    assert line.spark.pace == "0,22.0 22,17.0 44,12.0 66,7.0 88,2.0"
    assert line.spark.label == "装备制造业增加值本年走势（亿元）：1-6月 199.58；欠序时 8.4 个百分点"


def test_a_level_starts_from_its_base_and_one_point_is_no_path(half_year: Plan, leader: User) -> None:
    sparks = {line.row.code: line for line in lines_of(page_of(leader))}
    share = sparks["hightech-share"].spark
    assert share is not None
    # From 17.1 to 17.68, past the target 17.6: the whole height; the target is 0.5 / 0.58 of it, 17.2 of 20 above 22.
    assert share.line == "0,22.0 44,2.0"
    assert share.pace.split()[-1] == "88,4.8"
    assert sparks["rd-intensity"].spark is None
    assert "本年已知数不足两个，不成走势" in sparks["rd-intensity"].no_spark


def test_the_form_carries_quarter_and_the_pages_other_choices(
    half_year: Plan, leader: User, office: User
) -> None:
    publish(half_year, "2015Q1", office)
    page = page_of(office, light="red", map="robot-firms", figures="submitted", anything="else")
    assert dict(page.board.kept) == {"period": "2015Q2", "figures": "submitted", "map": "robot-firms"}
    assert page.board.all_href == "/?period=2015Q2&figures=submitted#board"
    assert page_of(office, "2015Q1", map="no-such", figures="no-such").board.kept == ()
    assert page_of(leader, "2015Q1", figures="submitted").board.kept == ()  # not theirs to see


def test_places_won_and_lost_since_the_quarter_before(zhongshan: Plan, leader: User, office: User) -> None:
    record(zhongshan, "2015Q1", {("industrial-investment", "xiaolan"): "9.00"})
    record(
        zhongshan,
        "2015Q2",
        {("industrial-investment", "xiaolan"): "9.84", ("industrial-investment", "guzhen"): "10.40"},
    )
    publish(zhongshan, "2015Q2", office)
    assert not page_of(leader).has_changes
    publish(zhongshan, "2015Q1", office)
    page = page_of(leader)
    assert page.has_changes
    assert page.ranking is not None
    moved = {row.town: (str(row.standing.rank), row.standing.change) for row in page.ranking[:2]}
    # In the first quarter 小榄 alone had figures; 古镇 shared the second place with all others.
    assert moved == {"古镇镇": ("1", "up"), "小榄镇": ("2", "down")}
    assert {row.standing.change for row in page.ranking[2:]} == {""}  # nothing reported: moved nowhere


def test_an_invented_citys_board_offers_its_own_departments(linhai: Plan, outsider: User) -> None:
    page = page_of(outsider, "2021Q2")
    led_by = {line.led_by for line in lines_of(page)} - {""}
    assert {option.label for option in page.board.units} == led_by
