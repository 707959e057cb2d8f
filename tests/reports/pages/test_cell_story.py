"""One cell's story: the domain's figures, the place among the towns, and where the figure came from."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.http import Http404

from indicators.models import Plan
from indicators.services import filing
from reports.pages import cell_story
from reports.pages.cell_story import CellStory
from tests.indicators.filing_steps import approved, at, opened
from tests.reports.results import publish, reading, record


def story_of(user: User, town: str = "xiaolan", quarter: str = "2015Q2") -> CellStory:
    return cell_story.build(reading(user, quarter), user, town, "industrial-investment")


@pytest.fixture
def half_year(zhongshan: Plan, office: User, xiaolan: User) -> Plan:
    """小榄镇 files 9.84 of 24.60, the office approves it; 古镇镇 has 5.20 of 10.40."""
    period = opened(zhongshan, office)
    approved(period, "xiaolan", xiaolan, office, {"industrial-investment": "9.84"})
    record(zhongshan, "2015Q2", {("industrial-investment", "guzhen"): "5.20"})
    return zhongshan


def test_the_figures_are_the_domains(half_year: Plan, leader: User) -> None:
    story = story_of(leader)
    shown = story.shown
    # 9.84 / 24.60; less 50%; (24.60 - 9.84) / 2
    assert [str(one) for one in (shown.target, shown.actual, shown.completion, shown.lead, shown.needed)] == [
        "24.60", "9.84", "40.0%", "-10.0", "7.38",
    ]  # fmt: skip
    assert story.sentence == "1-6月累计 9.84 亿元，完成年度目标 24.60 亿元的 40.0%，欠序时 10.0 个百分点。"
    assert story.needed_label == "还需"


def test_a_level_is_of_a_day_and_not_cumulative(half_year: Plan, leader: User) -> None:
    record(half_year, "2015Q2", {("rd-institution-share", "guzhen"): "4.50"})
    story = cell_story.build(reading(leader, "2015Q2"), leader, "guzhen", "rd-institution-share")
    assert story.actual_label == "6月末"
    # 4.50 of 10; where the year began is not known, so that 10 itself is due: 4.50 - 10.
    assert story.sentence == "6月末 4.50%，完成年度目标 10.00%的 45.0%，欠序时 5.50 个百分点。"


def test_an_unreported_cell_says_what_was_due(half_year: Plan, leader: User) -> None:
    story = story_of(leader, "dongqu")
    assert story.sentence.startswith("1-6月未报送；年度目标 ")
    assert story.origin is None


def test_the_place_is_given_out_once_published_and_never_to_a_towns_official(
    half_year: Plan, leader: User, office: User, xiaolan: User
) -> None:
    rank = story_of(leader).rank
    assert rank is not None
    assert (str(rank), rank.reason) == ("—", "未定稿，不排名")
    publish(half_year, "2015Q2", office)
    assert [str(story_of(leader, town).rank) for town in ("guzhen", "xiaolan")] == ["1/2", "2/2"]
    assert story_of(xiaolan).rank is None


def test_the_unit_and_the_days_are_told_to_all_and_names_to_readers_of_every_return(
    half_year: Plan, leader: User, xiaolan: User, office: User, auditor: User
) -> None:
    for reader in (leader, xiaolan):
        origin = story_of(reader).origin
        assert origin is not None
        assert (origin.unit, origin.submitted, origin.approved) == ("小榄镇", "2015年7月8日", "2015年7月9日")
    for reader in (office, auditor):
        origin = story_of(reader).origin
        assert origin is not None
        assert origin.submitted == "2015年7月8日（何小榄）"
        assert origin.approved == "2015年7月9日（欧阳敏）"


def test_a_figure_being_corrected_stands_says_so_and_keeps_the_corrections_days_to_itself(
    half_year: Plan, leader: User, second_office: User
) -> None:
    held = half_year.periods.get(year=2015, number=2).returns.get(unit__code="xiaolan")
    filing.send_back_return(held, version=held.version, reason="漏报一户", by=second_office, at=at(10))
    story = story_of(leader)
    assert story.shown.actual.in_correction
    assert story.origin is not None
    assert (story.origin.submitted, story.origin.approved) == ("", "2015年7月9日")
    assert story.origin.correction


def test_the_return_is_linked_for_those_who_may_open_it(
    half_year: Plan, leader: User, xiaolan: User, office: User
) -> None:
    assert story_of(leader).return_href == ""
    assert [story_of(reader).return_href.partition("?")[0] for reader in (office, xiaolan)] == [
        "/returns/2015Q2/xiaolan/"
    ] * 2


@pytest.mark.parametrize(
    ("town", "indicator"),
    [
        ("guzhen", "industrial-investment"),
        ("nowhere", "industrial-investment"),
        ("zhongshan", "industrial-investment"),
        ("xiaolan", "industrial-value-added"),
    ],
)
def test_what_is_not_there_and_what_is_not_theirs_are_refused_alike(
    half_year: Plan, xiaolan: User, town: str, indicator: str
) -> None:
    with pytest.raises(Http404, match="没有这一格，或不在您的查看范围内"):
        cell_story.build(reading(xiaolan, "2015Q2"), xiaolan, town, indicator)
