"""A tile of the map and a place in the ranking as HTML: whatever a name or a word holds is text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indicators.choices import Light
from reports.figures import Shown
from reports.pages.standings import ShownStanding
from reports.pages.tiles import Tile
from tests.reports.pages.test_heat_html import BAD, TEXT


@dataclass(frozen=True)
class Town:
    town: str = "小榄镇"
    short_name: str = "小榄"
    href: str = "/towns/xiaolan/"
    is_own: bool = False


STANDING = ShownStanding(Shown("3"), Shown("92.4"), "up", "2", Light.YELLOW, "77", "", reported_nothing=False)


def test_a_tile_leads_to_its_town_and_says_what_it_shows() -> None:
    assert Tile(Town(), 0, 1, "red", "86.3", "落后").html == (
        '<a href="/towns/xiaolan/" class="tile tile--red" style="--column:0;--row:1" title="小榄镇：落后">'
        '<span class="tile__name">小榄</span><span class="tile__value">86.3</span>'
        '<span class="visually-hidden">落后</span></a>'
    )


def test_a_tile_without_a_page_or_a_figure_is_no_link() -> None:
    tile = Tile(Town(href="", is_own=True), 2, 0, "", "", "", is_marked=True)
    assert tile.html == (
        '<div class="tile tile--marked" style="--column:2;--row:0" aria-current="true">'
        '<span class="tile__name">小榄</span></div>'
    )


def test_nobody_clicks_on_the_wall() -> None:
    assert Tile(Town(), 0, 1, "red", "86.3", "落后").wall_html.startswith(
        '<div class="tile tile--red" style='
    )


def test_markup_in_a_towns_name_is_shown_as_text() -> None:
    shown = Tile(Town(town=BAD, short_name=BAD, href=BAD), 0, 1, "red", BAD, BAD)
    assert shown.html.count(TEXT) == 6
    assert "<b" not in shown.html
    assert "<b" not in shown.wall_html


def test_a_place_won_and_a_score() -> None:
    assert STANDING.change_html == '<span class="change change--up">2</span>'
    assert (
        replace(STANDING, change="same", places="").change_html
        == '<span class="change change--same">持平</span>'
    )
    assert replace(STANDING, change="").change_html == ""
    assert STANDING.score_html == (
        '<span class="score"><span class="score__track"><span class="score__bar" style="--score:77"></span></span>'
        '<span class="score__value">92.4</span></span>'
    )
    assert "score__track--marked" in STANDING.marked_score_html


def test_a_town_that_reported_nothing_or_not_all_says_so() -> None:
    nothing = replace(STANDING, unreported="未报送", reported_nothing=True).score_html
    assert '<span class="score__unreported light light--grey">未报送</span>' in nothing
    assert "score__bar" not in nothing
    some = replace(STANDING, unreported=BAD).score_html
    assert f'<span class="score__mark">{TEXT}</span>' in some


def test_a_score_that_is_none_is_a_dash_with_its_reason() -> None:
    assert replace(STANDING, score=Shown("—", "没有可计分的指标")).score_html.startswith(
        '<span class="missing" title="没有可计分的指标">—'
    )
