"""The league: ranks and scores public for published quarters, lights only where the reader may see them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.http import Http404

from indicators.choices import Light
from indicators.models import Plan
from reports.pages import towns
from reports.pages.league_pages import cut_league
from reports.pages.towns_asked import TownsAsked, read_asked
from tests.reports.guzhen_half_year import GUZHEN_2015Q2, SCORE
from tests.reports.results import publish, reading, record
from towns.models import Area


def page_of(user: User, quarter: str = "2015Q2") -> towns.TownsPage:
    return towns.build(reading(user, quarter), user)


@pytest.fixture
def half_year(zhongshan: Plan, office: User) -> Plan:
    record(zhongshan, "2015Q2", GUZHEN_2015Q2)
    publish(zhongshan, "2015Q2", office)
    return zhongshan


def test_the_leader_sees_ranks_scores_and_lights(half_year: Plan, leader: User) -> None:
    page = page_of(leader)
    first, second = page.rows[:2]
    assert first.standing is not None
    assert second.standing is not None
    assert first.lights is not None
    assert (first.town, str(first.standing.rank), str(first.standing.score)) == ("古镇镇", "1", SCORE)
    assert (first.lights.green, first.lights.yellow, first.lights.red, first.lights.grey) == (2, 1, 1, 4)
    # Nobody else has reported: 0 points each, all of them second, in the plan's order.
    assert (second.town, str(second.standing.rank), str(second.standing.score)) == ("石岐区", "2", "0.0")
    assert (
        page.headline == "24 个镇区中 0 个得分在 100 分以上；古镇镇第 1，46.8 分；23 个镇区未报送，得分计 0。"
    )
    assert all(row.href and row.lights for row in page.rows)


def test_a_towns_official_sees_everybodys_rank_and_their_own_lights(
    half_year: Plan, leader: User, xiaolan: User
) -> None:
    page = page_of(xiaolan)
    seen = [(row.town, row.standing) for row in page.rows]
    assert seen == [(row.town, row.standing) for row in page_of(leader).rows]
    assert [row.town for row in page.rows if row.lights or row.href] == ["小榄镇"]
    assert page.own is not None
    assert page.own.town == "小榄镇"
    assert page.shows_lights is False


def test_ranks_are_by_the_whole_score_of_which_one_decimal_is_given_out(
    zhongshan: Plan, leader: User, office: User
) -> None:
    """One of eight figures of either: 2.12 / 5.20 / 8 = 5.096 % and 5.00 / 12.30 / 8 = 5.081 %."""
    figures = {("industrial-investment", "xiaolan"): "5.00", ("industrial-investment", "guzhen"): "2.12"}
    record(zhongshan, "2015Q2", figures)
    publish(zhongshan, "2015Q2", office)
    places = [(row.town, str(row.standing.rank), str(row.standing.score)) for row in page_of(leader).rows[:2]]
    assert places == [("古镇镇", "1", "5.1"), ("小榄镇", "2", "5.1")]


def test_unpublished_quarters_have_no_ranks(zhongshan: Plan, leader: User, guzhen: User) -> None:
    record(zhongshan, "2015Q2", GUZHEN_2015Q2)
    page = page_of(leader)
    assert page.is_published is False
    assert page.headline == "本季度尚未定稿，不计分、不排名。"
    assert {row.standing for row in page.rows} == {None}
    assert [row.town for row in page.rows][:3] == ["石岐区", "东区", "火炬开发区"]
    assert {tile.band for tile in page.tiles} == {""}
    own = page_of(guzhen)
    assert [row.town for row in own.rows] == ["古镇镇"]
    assert own.tiles == ()


def test_the_map_stands_where_the_plan_says_and_shows_what_is_public(half_year: Plan, xiaolan: User) -> None:
    page = page_of(xiaolan)
    tile = next(tile for tile in page.tiles if tile.row.town == "古镇镇")
    assert (tile.column, tile.line, tile.value, tile.band, tile.row.href) == (0, 2, SCORE, "red", "")
    assert len(page.tiles) == 24
    assert page.tile_columns == 6


def test_bands_count_scores_from_100_and_from_the_plans_threshold(half_year: Plan, leader: User) -> None:
    bands = page_of(leader).bands
    assert [(band.light, band.count) for band in bands] == [
        (Light.GREEN, 0),
        (Light.YELLOW, 0),
        (Light.RED, 1),
        (Light.GREY, 23),
    ]
    assert [band.label for band in bands] == ["得分达序时", "得分略欠", "得分落后", "未报送"]
    assert [band.note for band in bands] == [
        "100 分以上",
        "90 分以上，不足 100 分",
        "不足 90 分",
        "到期各项均未报送",
    ]


def test_a_town_that_reported_nothing_keeps_its_0_and_is_no_worst_performer(
    half_year: Plan, xiaolan: User
) -> None:
    page = page_of(xiaolan)
    guzhen, shiqi = (row.standing for row in page.rows[:2])
    assert guzhen is not None
    assert shiqi is not None
    # Eight targets of 古镇 above zero, four of them reported.
    assert (guzhen.reported_nothing, guzhen.unreported, guzhen.band) == (False, "4 项未报", Light.RED)
    assert (shiqi.reported_nothing, shiqi.unreported, shiqi.band) == (True, "未报送", Light.GREY)
    tiles = {tile.row.town: tile for tile in page.tiles}
    assert tiles["古镇镇"].words == "得分 46.8，第 1 名，落后，4 项未报"
    nothing = tiles["石岐区"]
    assert (nothing.band, nothing.value) == ("grey", "未报送")
    assert nothing.words == "得分 0.0，第 2 名，未报送"


def test_the_last_is_the_lowest_of_those_that_reported_and_equals_are_named_together(
    half_year: Plan, leader: User
) -> None:
    # A true 0 is reported: shares the second place with the towns without figures, and is the lowest of two.
    record(half_year, "2015Q2", {("industrial-investment", "xiaolan"): "0"})
    assert page_of(leader).headline == (
        "24 个镇区中 0 个得分在 100 分以上；古镇镇第 1，46.8 分；"
        "已报的镇区中小榄镇第 2，0.0 分；22 个镇区未报送，得分计 0。"
    )
    record(
        half_year, "2015Q2", {("industrial-investment", town): "0" for town in ("dongqu", "sanjiao", "huoju")}
    )
    assert "已报的镇区中东区、火炬开发区、小榄镇等 4 个镇区并列第 2，0.0 分" in page_of(leader).headline


def test_a_quarter_in_which_no_town_reported_has_no_first_and_no_last(
    zhongshan: Plan, office: User, leader: User
) -> None:
    publish(zhongshan, "2015Q2", office)
    assert page_of(leader).headline == "24 个镇区均未报送，得分计 0。"


def test_changes_are_shown_once_an_earlier_quarter_of_the_year_is_published(
    half_year: Plan, office: User, leader: User
) -> None:
    assert page_of(leader).has_changes is False
    publish(half_year, "2015Q1", office)
    page = page_of(leader)
    assert page.has_changes is True
    standing = page.rows[0].standing
    # All 24 shared the first place without figures; 古镇 keeps it, the others fall by one, which is no movement.
    assert standing is not None
    assert (standing.change, standing.places) == ("same", "")
    assert {(row.standing.change, row.standing.places) for row in page.rows[1:] if row.standing} == {("", "")}


def test_the_league_narrows_to_a_band_of_the_score_for_every_reader(half_year: Plan, xiaolan: User) -> None:
    page = towns.build(reading(xiaolan, "2015Q2"), xiaolan, read_asked("red", []))
    assert [row.town for row in page.rows] == ["古镇镇"]
    assert page.filter_words == "只列得分落后的 1 个镇区"
    assert len(page.tiles) == 24
    assert {band.key: (band.href, band.is_asked) for band in page.bands} == {
        "green": ("/towns/?band=green", False),
        "yellow": ("/towns/?band=yellow", False),
        "red": ("/towns/", True),
        "unreported": ("/towns/?band=unreported", False),
    }
    unreported = towns.build(reading(xiaolan, "2015Q2"), xiaolan, read_asked("unreported", []))
    assert len(unreported.rows) == 23
    assert unreported.own is not None


def test_an_unknown_band_is_said_and_a_known_one_narrows_nothing_before_publishing(
    half_year: Plan, leader: User
) -> None:
    with pytest.raises(Http404):
        towns.build(reading(leader, "2015Q2"), leader, read_asked("purple", []))
    assert len(towns.build(reading(leader, "2015Q3"), leader, read_asked("red", [])).rows) == 24


@pytest.mark.parametrize(
    ("compare", "compared", "left_out"),
    [
        (["xiaolan,guzhen"], ("xiaolan", "guzhen"), ()),
        (["xiaolan", "guzhen"], ("xiaolan", "guzhen"), ()),
        (["xiaolan, xiaolan", ",", ""], ("xiaolan",), ()),
        (["a,b,c", "d,e"], ("a", "b", "c", "d"), ("e",)),
        ([], (), ()),
    ],
)
def test_towns_to_compare_are_read_from_one_parameter_or_several(
    compare: list[str], compared: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    asked = read_asked("", compare)
    assert (asked.compared, asked.left_out) == (compared, left_out)


@pytest.mark.parametrize(
    ("page", "first", "last", "words", "earlier", "later"),
    [
        (1, 1, 60, "第 1-60 个，共 130 个", "", "/towns/?period=2015Q3&band=red&page=2#league"),
        (
            2,
            61,
            120,
            "第 61-120 个，共 130 个",
            "/towns/?period=2015Q3&band=red#league",
            "/towns/?period=2015Q3&band=red&page=3#league",
        ),
        (3, 121, 130, "第 121-130 个，共 130 个", "/towns/?period=2015Q3&band=red&page=2#league", ""),
        (9, 121, 130, "第 121-130 个，共 130 个", "/towns/?period=2015Q3&band=red&page=2#league", ""),
    ],
)
def test_a_long_league_is_cut_into_pages_that_keep_what_was_asked(
    half_year: Plan, leader: User, page: int, first: int, last: int, words: str, earlier: str, later: str
) -> None:
    many = [Area(pk=n, code=f"town-{n}", order=n) for n in range(1, 131)]
    found = cut_league(reading(leader, "2015Q3"), TownsAsked(band="red", page=page), many)
    assert (found.towns[0].pk, found.towns[-1].pk, found.words) == (first, last, words)
    assert (found.earlier, found.later) == (earlier, later)


def test_24_towns_stand_on_one_page_whatever_page_is_asked_for(half_year: Plan, leader: User) -> None:
    page = towns.build(reading(leader, "2015Q2"), leader, read_asked("", [], "7"))
    assert (len(page.rows), page.page.words) == (24, "")


@pytest.mark.parametrize(
    ("page", "number"), [("2", 2), ("", 1), ("0", 1), ("-3", 1), ("x", 1), ("２", 1), ("9" * 30, 1)]
)
def test_what_is_no_pages_number_is_the_first_page(page: str, number: int) -> None:
    assert read_asked("", [], page).page == number
