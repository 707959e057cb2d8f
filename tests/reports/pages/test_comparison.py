"""Towns side by side: worked by hand, four at most, and of other towns only what is public."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.http import Http404

from indicators.models import Plan
from reports.pages import towns
from reports.pages.comparison import ComparedRow, Comparison
from reports.pages.towns_asked import read_asked
from tests.reports.guzhen_half_year import GUZHEN_2015Q2, SCORE
from tests.reports.results import publish, reading, record


def comparison_of(user: User, *codes: str, quarter: str = "2015Q2") -> Comparison:
    page = towns.build(reading(user, quarter), user, read_asked("", codes))
    assert page.comparison is not None
    return page.comparison


def row_of(comparison: Comparison, short_name: str) -> ComparedRow:
    return next(row for row in comparison.rows if row.short_name == short_name)


@pytest.fixture
def half_year(zhongshan: Plan, office: User) -> Plan:
    """小榄镇 with 14.76 of 24.60: 60%, ten points ahead; 古镇镇 exactly on pace."""
    record(zhongshan, "2015Q2", GUZHEN_2015Q2 | {("industrial-investment", "xiaolan"): "14.76"})
    publish(zhongshan, "2015Q2", office)
    return zhongshan


def test_a_row_holds_each_towns_target_actual_completion_lead_and_light(
    half_year: Plan, leader: User
) -> None:
    comparison = comparison_of(leader, "xiaolan,guzhen")
    assert [town.name for town in comparison.towns] == ["小榄镇", "古镇镇"]
    assert len(comparison.rows) == 11
    cells = []
    for one in row_of(comparison, "工业投资").figures:
        assert one.shown is not None
        cells.append(
            (str(one.target), str(one.shown.actual), str(one.shown.completion), one.shown.lead_words)
        )
    assert cells == [
        ("24.60", "14.76", "60.0%", "超序时 10.0 个百分点"),
        ("10.40", "5.20", "50.0%", "与序时持平"),
    ]
    assert comparison.sentence == ""


def test_the_best_of_a_row_is_furthest_ahead_of_its_pace_and_nobody_where_there_is_no_second(
    half_year: Plan, leader: User
) -> None:
    comparison = comparison_of(leader, "xiaolan", "guzhen")
    assert [one.is_best for one in row_of(comparison, "工业投资").figures] == [True, False]
    # Only 古镇镇 has reported its robots.
    assert [one.is_best for one in row_of(comparison, "机器换人企业").figures] == [False, False]
    # 古镇镇 scores 46.8; 小榄镇 one capped 1.2 of its targets.
    assert [town.is_best for town in comparison.towns] == [False, True]
    assert comparison.towns[1].standing is not None
    assert str(comparison.towns[1].standing.score) == SCORE


def test_a_level_is_compared_by_what_it_is_ahead_of_its_pace_as_the_page_shows_it(
    half_year: Plan, leader: User
) -> None:
    """No base is known, so the quarter's mark is the target: 古镇 11.00 of 10, 小榄 12.05 of 11, a lower rate."""
    figures = {("rd-institution-share", "guzhen"): "11.00", ("rd-institution-share", "xiaolan"): "12.05"}
    record(half_year, "2015Q2", figures)
    row = row_of(comparison_of(leader, "guzhen", "xiaolan"), "研发机构比例")
    shown = [(one.shown.lead_words, one.is_best) for one in row.figures if one.shown]
    assert shown == [("超序时 1.00 个百分点", False), ("超序时 1.05 个百分点", True)]


def test_equals_lead_nobody(half_year: Plan, leader: User) -> None:
    comparison = comparison_of(leader, "shiqi", "dongqu")
    assert [town.is_best for town in comparison.towns] == [False, False]
    assert comparison.marks_best is False


def test_a_fifth_is_named_and_the_first_four_are_compared(half_year: Plan, leader: User) -> None:
    comparison = comparison_of(leader, "xiaolan,guzhen,shiqi", "dongqu", "xiqu")
    assert [town.code for town in comparison.towns] == ["xiaolan", "guzhen", "shiqi", "dongqu"]
    assert comparison.sentence == "最多并排比较 4 个镇区，已列出前 4 个；未列入：西区。"
    assert {len(row.figures) for row in comparison.rows} == {4}


def test_a_towns_official_sees_others_targets_places_and_scores_and_their_own_figures(
    half_year: Plan, xiaolan: User
) -> None:
    comparison = comparison_of(xiaolan, "guzhen", "xiaolan")
    guzhen, own = comparison.towns
    assert guzhen.standing is not None
    assert (str(guzhen.standing.score), str(guzhen.standing.rank), guzhen.href) == (SCORE, "1", "")
    assert own.href == "/towns/xiaolan/"
    assert {row.figures[0].shown for row in comparison.rows} == {None}
    investment = row_of(comparison, "工业投资").figures
    assert [str(one.target) for one in investment] == ["10.40", "24.60"]
    assert investment[1].shown is not None
    assert str(investment[1].shown.actual) == "14.76"
    assert not any(one.is_best for row in comparison.rows for one in row.figures)
    assert (comparison.hides_figures, comparison.marks_best, comparison.marks_figures) == (True, True, False)


def test_before_publishing_there_are_no_places_to_compare(half_year: Plan, leader: User) -> None:
    comparison = comparison_of(leader, "guzhen", "xiaolan", quarter="2015Q3")
    assert [(town.standing, town.is_best) for town in comparison.towns] == [(None, False), (None, False)]


@pytest.mark.parametrize("codes", ["atlantis", "zhongshan", "xiaolan,guzhen,shiqi,dongqu,atlantis"])
def test_a_town_that_is_not_there_is_said(half_year: Plan, leader: User, codes: str) -> None:
    with pytest.raises(Http404):
        comparison_of(leader, codes)


def test_a_column_is_taken_away_by_its_link_and_band_and_quarter_stay(half_year: Plan, leader: User) -> None:
    asked = read_asked("red", ["xiaolan,guzhen"])
    page = towns.build(reading(leader, "2015Q2"), leader, asked)
    assert page.comparison is not None
    assert page.comparison.towns[0].remove_href == "/towns/?band=red&compare=guzhen"
    assert page.comparison.leave_href == "/towns/?band=red"
    # 小榄镇 is in the red too, so both boxes stand in the table; in another band the form carries them unseen.
    assert page.held == ()
    elsewhere = towns.build(reading(leader, "2015Q2"), leader, read_asked("green", ["xiaolan,guzhen"]))
    assert elsewhere.held == ("xiaolan", "guzhen")
    assert elsewhere.kept == (("band", "green"),)
