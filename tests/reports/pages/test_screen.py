"""大屏's slides: the overview's rows, each on one slide, in order, no more on one than can be read across a room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import User

from indicators.models import Plan
from reports.pages import screen
from reports.pages.screen import ScreenPage, Slide
from tests.reports.results import PUBLISHED_2015Q2, publish, reading, record
from towns.models import Area

MOST_LINES = 10


def page_of(user: User, code: str = "2015Q2") -> ScreenPage:
    return screen.build(reading(user, code), user)


def of_kind(page: ScreenPage, kind: str) -> list[Slide]:
    return [slide for slide in page.slides if slide.kind == kind]


@pytest.fixture
def published(zhongshan: Plan, office: User) -> Plan:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2 | {("industrial-investment", "xiaolan"): "24.60"})
    publish(zhongshan, "2015Q2", office)
    return zhongshan


def test_slides_go_from_the_whole_to_the_parts(published: Plan, leader: User) -> None:
    page = page_of(leader)
    assert [slide.key for slide in page.slides] == [
        "summary",
        "board-1",
        "board-2",
        "board-3",
        "board-4",
        "ranking-1",
        "shortfalls",
        "map",
    ]
    assert page.slides[1].title == "晴雨表 1/4"
    assert (page.period, page.plan) == ("2015Q2", published.code)


def test_every_row_of_the_board_stands_on_one_slide_in_its_order(published: Plan, leader: User) -> None:
    page = page_of(leader)
    slides = of_kind(page, "board")
    assert [group for slide in slides for group in slide.groups] == list(page.city.groups)
    # 20 rows under eight headings; 3 + 3 + 4 lines would fit one slide, 28 lines do not fit three by whole headings.
    assert sum(slide.lines for slide in slides) == 28
    assert max(slide.lines for slide in slides) <= MOST_LINES


def test_headings_are_shared_out_evenly(published: Plan, leader: User) -> None:
    """Four headings of 2, 5, 2 and 5 lines: by twos 7 and 7, where filling up would make 9 and 5."""
    row = page_of(leader).city.rows[0]
    group = page_of(leader).city.groups[0]
    groups = [replace(group, name=str(at), rows=(row,) * rows) for at, rows in enumerate((1, 4, 1, 4))]
    assert [slide.lines for slide in screen.board_slides(groups)] == [7, 7]


def test_a_heading_with_more_rows_than_a_slide_holds_goes_on_under_its_name(
    published: Plan, leader: User
) -> None:
    row = page_of(leader).city.rows[0]
    group = replace(page_of(leader).city.groups[0], rows=(row,) * 11)
    slides = list(screen.board_slides([group]))
    assert [[part.name for part in slide.groups] for slide in slides] == [[group.name], [group.name]]
    assert [slide.lines for slide in slides] == [MOST_LINES, 3]


def test_a_plan_without_rows_has_no_board(published: Plan) -> None:
    assert list(screen.board_slides([])) == []


def test_the_towns_stand_in_two_columns_by_rank(published: Plan, leader: User) -> None:
    [slide] = of_kind(page_of(leader), "ranking")
    assert [len(column) for column in slide.columns] == [12, 12]
    assert (slide.columns[0][0].town, str(slide.columns[0][0].standing.rank)) == ("小榄镇", "1")
    assert slide.title == "镇区排名"


def test_a_quarter_that_is_not_published_ranks_nobody(zhongshan: Plan, leader: User, guzhen: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    page = page_of(leader)
    assert of_kind(page, "ranking") == []
    assert len(of_kind(page, "map")) == 1
    # A town's official would see a map of empty squares.
    assert of_kind(page_of(guzhen), "map") == []


def test_a_towns_official_sees_public_ranks_and_no_town_behind_a_shortfall(
    published: Plan, guzhen: User
) -> None:
    page = page_of(guzhen)
    assert len(of_kind(page, "ranking")) == 1
    assert page.city.own_rank is not None
    assert page.city.own_rank.town == "古镇镇"
    assert {one.towns for one in page.city.shortfalls} == {""}


def test_a_city_without_places_on_a_map_has_no_map(published: Plan, leader: User) -> None:
    Area.objects.filter(city_code="zhongshan").update(tile_column=None, tile_row=None)
    assert of_kind(page_of(leader), "map") == []


def test_an_invented_city_needs_no_code_of_its_own(linhai: Plan, outsider: User) -> None:
    page = page_of(outsider, "2021Q2")
    assert page.city.city == linhai.city.name
    assert sum(len(group.rows) for slide in page.slides for group in slide.groups) == len(page.city.rows)
