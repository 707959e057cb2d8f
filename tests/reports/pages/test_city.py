"""The overview's data: lights, shortfalls, heat map, ranking and filing equal to the domain's figures."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from indicators.choices import Direction, Kind, Light, ReturnState
from indicators.domain.measures import Measure
from indicators.models import Plan, Target
from reports.pages import city
from reports.pages.board import BoardRow
from reports.pages.city import CityPage
from reports.pages.heat_words import ratio_words
from reports.pages.heatmap import HeatCell
from tests.reports.results import PUBLISHED_2015Q2, filed, period_of, publish, reading, record
from towns.models import Unit


def page_of(user: User, code: str = "2015Q2") -> CityPage:
    return city.build(reading(user, code), user)


def row_of(page: CityPage, code: str) -> BoardRow:
    return next(row for row in page.rows + page.text_rows if row.code == code)


def cell_of(page: CityPage, town: str, column: str) -> HeatCell:
    row = next(row for row in page.heatmap.rows if row.town == town)
    return row.cells[[heading.code for heading in page.heatmap.columns].index(column)]


@pytest.mark.parametrize(
    ("code", "target", "actual", "completion", "lead", "projection", "light"),
    [
        # 647.78 / 1417 = 45.7149%; less 50% = -4.2851; 647.78 / 0.5 = 1295.56; 647.78 / 708.5 = 0.914
        ("industrial-value-added", "1,417.00", "647.78", "45.7%", "-4.3", "1,295.56", Light.YELLOW),
        # 199.58 / 480 = 41.5792%; 199.58 / 240 = 0.832
        ("equipment-value-added", "480.00", "199.58", "41.6%", "-8.4", "399.16", Light.RED),
        # 17.68 / 17.6; 17.68 - (17.1 + 0.25) = 0.33; (17.68 - 17.1) / 0.25 = 2.32
        ("hightech-share", "17.60", "17.68", "100.5%", "+0.33", "17.68", Light.GREEN),
    ],
)
def test_the_published_half_year_of_2015(
    zhongshan: Plan,
    leader: User,
    code: str,
    target: str,
    actual: str,
    completion: str,
    lead: str,
    projection: str,
    light: Light,
) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    shown = row_of(page_of(leader), code).shown
    figures = (shown.target, shown.actual, shown.completion, shown.lead, shown.projection)
    assert tuple(str(figure) for figure in figures) == (target, actual, completion, lead, projection)
    assert shown.light == light


def test_the_mark_on_a_levels_bar_is_what_is_expected_and_not_the_pace(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    page = page_of(leader)
    assert row_of(page, "industrial-value-added").shown.pace_mark == "50.0%"
    assert row_of(page, "hightech-share").shown.pace_mark == "98.6%"  # 17.35 / 17.6


def test_counts_leave_out_parts_and_what_has_no_target_this_year(
    zhongshan: Plan, leader: User, office: User
) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    page = page_of(leader)
    assert [(count.light, count.count) for count in page.counts] == [
        (Light.GREEN, 1),
        (Light.YELLOW, 1),
        (Light.RED, 1),
        (Light.GREY, 16),
    ]
    assert page.total == 19
    assert page.headline == "19 项附件1指标中，1 项达序时，1 项略欠，1 项落后，16 项无数据。"
    # 电机能效提升 and 园区循环化改造 are printed "-" for 2016.
    assert page_of(leader, "2016Q2").total == 17


def test_the_board_has_the_eight_headings_in_the_annexs_order(zhongshan: Plan, leader: User) -> None:
    page = page_of(leader)
    assert [group.name for group in page.groups] == [
        "质量效益明显提高",
        "创新能力显著增强",
        "工业结构持续优化",
        "强化企业自主创新主体地位",
        "实施新一轮技术改造",
        "加快先进装备制造产业发展",
        "推动制造业智能化",
        "推进工业绿色发展",
    ]
    assert sum(len(group.rows) for group in page.groups) == 20
    assert [row.code for row in page.rows if row.is_part] == ["upgraded-firms-large"]


def test_a_figure_that_is_missing_is_a_dash_with_its_reason(zhongshan: Plan, leader: User) -> None:
    page = page_of(leader)
    unreported = row_of(page, "industrial-investment").shown
    assert (str(unreported.actual), unreported.actual.reason) == ("—", "未报送")
    yearly = row_of(page, "rd-intensity").shown
    assert (str(yearly.completion), yearly.completion.reason) == ("—", "未到报送期")
    unset = row_of(page_of(leader, "2016Q2"), "motor-efficiency")
    assert (str(unset.shown.target), unset.shown.target.reason) == ("—", "未定目标")
    assert unset.shown.status == '<span class="muted">未定目标</span>'


def test_a_target_of_zero_is_named_and_does_not_break_the_page(zhongshan: Plan, leader: User) -> None:
    Target.objects.filter(indicator__code="robot-firms", area__code="zhongshan", year=2015).update(value=0)
    record(zhongshan, "2015Q2", {("robot-firms", "zhongshan"): "3"})
    page = page_of(leader)
    shown = row_of(page, "robot-firms").shown
    assert (str(shown.target), str(shown.completion), shown.completion.reason) == ("0", "—", "目标为零")
    # The figure is past what is due, which is 0: no light, as on the heat map, and not counted.
    assert shown.status == '<span class="muted">目标为零</span>'
    assert page.total == 18


def test_a_true_zero_is_shown_as_zero(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", {("robot-firms", "zhongshan"): "0"})
    shown = row_of(page_of(leader), "robot-firms").shown
    assert (str(shown.actual), str(shown.completion), shown.light) == ("0", "0.0%", Light.RED)


def test_figures_of_the_text_stand_apart(zhongshan: Plan, leader: User) -> None:
    page = page_of(leader)
    assert "green-output" in [row.code for row in page.text_rows]
    assert "energy-index" not in [row.code for row in page.text_rows]  # its target is of 2017
    assert page.text_later == 15 - len(page.text_rows)


def test_shortfalls_name_the_amount_and_the_towns_it_lies_in(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    # Half of the targets 200, 41.74 and 33: 小榄 is 15.87 short, 三角 6.50, 火炬 is ahead.
    towns = {"huoju": "120", "xiaolan": "5", "sanjiao": "10"}
    record(zhongshan, "2015Q2", {("equipment-value-added", town): value for town, value in towns.items()})
    shortfalls = page_of(leader).shortfalls
    assert [one.row.code for one in shortfalls] == ["equipment-value-added", "industrial-value-added"]
    assert shortfalls[0].sentence == "欠序时 8.4 个百分点，比应达数少 40.42 亿元"
    assert shortfalls[0].towns == "小榄镇、三角镇"
    assert shortfalls[1].sentence == "欠序时 4.3 个百分点，比应达数少 60.72 亿元"


def test_of_a_share_the_towns_furthest_from_their_own_mark_are_named(zhongshan: Plan, leader: User) -> None:
    """The city has 9.5 of 9 + (11 - 9) / 2 = 10. Towns have no base, so the year's is due: 小榄 lacks 2, 古镇 9."""
    share = "rd-institution-share"
    facts = {(share, "zhongshan"): "9.50", (share, "xiaolan"): "9.00", (share, "guzhen"): "1.00"}
    record(zhongshan, "2015Q2", facts)
    (one,) = page_of(leader).shortfalls
    assert (one.relation, one.towns) == ("离应达数最远的是", "古镇镇、小榄镇")


def test_what_no_town_has_a_target_of_is_said_to_be_so(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", {("industrial-value-added", "zhongshan"): "647.78"})
    (one,) = page_of(leader).shortfalls
    assert one.where == "没有分解到镇区"


def test_shortfalls_name_no_town_to_a_towns_official(zhongshan: Plan, guzhen: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2 | {("equipment-value-added", "guzhen"): "0.10"})
    assert [one.where for one in page_of(guzhen).shortfalls] == ["", ""]


def test_no_shortfall_is_not_said_to_be_all_well_while_nothing_is_known(
    zhongshan: Plan, leader: User
) -> None:
    assert page_of(leader).no_shortfall == "本季度还没有审定的全市数字。"
    record(zhongshan, "2015Q2", {("hightech-share", "zhongshan"): "17.68"})
    assert page_of(leader).no_shortfall == "已有数字的指标都达到序时进度。"


def test_the_heat_map_is_24_towns_by_10_columns(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", {("industrial-investment", "xiaolan"): "9.84"})
    page = page_of(leader)
    assert len(page.heatmap.rows) == 24
    assert {len(row.cells) for row in page.heatmap.rows} == {10}
    cell = cell_of(page, "小榄镇", "industrial-investment")
    assert (str(cell.text), cell.light_class) == ("40.0", "red")  # 9.84 / 24.60; of 12.30 due 0.8
    assert cell.story == "小榄镇 工业投资：目标 24.60，完成 9.84 亿元，欠序时 10.0 个百分点"
    unreported = cell_of(page, "古镇镇", "industrial-investment")
    assert (str(unreported.text), unreported.text.reason, unreported.light_class) == ("—", "未报送", "grey")
    # 附件2 gives 五桂山 no investment in equipment: 0, which nothing can be a share of.
    nothing = cell_of(page, "五桂山", "equipment-investment")
    assert (str(nothing.text), nothing.text.reason, nothing.light_class) == ("—", "目标为零", "none")


def test_the_heat_map_says_what_it_shows(zhongshan: Plan, leader: User) -> None:
    assert page_of(leader).heatmap.sentence == ""
    record(zhongshan, "2015Q2", {("industrial-investment", "guzhen"): "5.20"})
    assert page_of(leader).heatmap.sentence == "有数的 1 项镇区目标没有落后的。"
    investment = {("industrial-investment", town): "0.10" for town in ("dongqu", "nanqu")}
    record(zhongshan, "2015Q2", investment | {("industrial-investment", "xiaolan"): "9.84"})
    heatmap = page_of(leader).heatmap
    # 9.84 of 12.30 due in 小榄镇, 0.10 of 2.25 in 东区 and of 2.90 in 南区: 3.448%.
    assert heatmap.sentence == (
        "有数的 4 项镇区目标中 3 项落后；落后镇区最多的是工业投资（3 个）；"
        "最慢的是南区的工业投资，完成序时应达的 3.4%。"
    )
    assert [str(column.behind) for column in heatmap.columns if column.code == "industrial-investment"] == [
        "3"
    ]


def test_a_column_without_targets_counts_no_towns(zhongshan: Plan, leader: User) -> None:
    # 电机能效提升 has targets in 2015 only.
    town = Target.objects.get(indicator__code="robot-firms", area__code="xiaolan", year=2015)
    Target.objects.create(indicator=town.indicator, area=town.area, year=2016, value=9)
    behind = {column.code: column.behind for column in page_of(leader, "2016Q2").heatmap.columns}
    assert (str(behind["robot-firms"]), behind["motor-efficiency"].reason) == ("0", "未定目标")


@pytest.mark.parametrize(
    ("ratio", "kind", "direction", "words"),
    [
        ("0.324", Kind.FLOW, Direction.HIGHER, "完成序时应达的 32.4%"),
        ("-2.498", Kind.RATE, Direction.HIGHER, "低于年初水平"),
        ("-0.5", Kind.STOCK, Direction.LOWER, "高于年初水平"),
        ("-0.5", Kind.FLOW, Direction.HIGHER, "累计为负数"),
    ],
)
def test_a_ratio_below_zero_is_said_in_words(
    ratio: str, kind: Kind, direction: Direction, words: str
) -> None:
    assert ratio_words(Decimal(ratio), Measure(kind, direction, 2)) == words


def test_a_towns_official_sees_their_own_row_and_the_others_targets(zhongshan: Plan, guzhen: User) -> None:
    record(
        zhongshan,
        "2015Q2",
        {("industrial-investment", "guzhen"): "5.20", ("industrial-investment", "xiaolan"): "9.84"},
    )
    heatmap = page_of(guzhen).heatmap
    assert not heatmap.shows_every_town
    assert [row.town for row in heatmap.rows if row.is_readable] == ["古镇镇"]
    assert heatmap.rows[0].town == "古镇镇"
    others = [row for row in heatmap.rows if not row.is_readable]
    assert len(others) == 23
    assert all(cell.progress is None and not cell.light_class for row in others for cell in row.cells)
    assert all(not row.href for row in others)
    xiaolan = next(row for row in others if row.town == "小榄镇")
    assert str(xiaolan.cells[1].text) == "24.60"


def test_targets_that_only_demonstrate_are_marked(zhongshan: Plan, leader: User) -> None:
    assert not page_of(leader, "2016Q2").heatmap.stands_in
    town = Target.objects.get(indicator__code="robot-firms", area__code="xiaolan", year=2015)
    Target.objects.create(indicator=town.indicator, area=town.area, year=2016, value=9, demonstration=True)
    assert page_of(leader, "2016Q2").heatmap.stands_in
    assert not page_of(leader, "2015Q2").heatmap.stands_in


def test_ranks_are_given_out_for_published_quarters_only(zhongshan: Plan, leader: User, office: User) -> None:
    record(zhongshan, "2015Q2", {("industrial-investment", "xiaolan"): "24.60"})
    assert page_of(leader).ranking is None
    publish(zhongshan, "2015Q2", office)
    ranking = page_of(leader).ranking
    assert ranking is not None
    assert len(ranking) == 24
    assert (ranking[0].town, str(ranking[0].standing.rank)) == ("小榄镇", "1")
    # Eight targets above zero, one of them due and reached 1.2 times at the most: 100 x 1.2 / 8.
    assert str(ranking[0].standing.score) == "15.0"
    assert {str(row.standing.rank) for row in ranking[1:]} == {"2"}
    first, *others = (row.standing for row in ranking)
    assert (first.unreported, first.reported_nothing) == ("7 项未报", False)
    assert {(str(one.score), one.unreported, one.reported_nothing) for one in others} == {
        ("0.0", "未报送", True)
    }


def test_everybodys_rank_and_score_are_public_but_their_pages_are_not(
    zhongshan: Plan, guzhen: User, office: User
) -> None:
    record(zhongshan, "2015Q2", {("industrial-investment", "xiaolan"): "24.60"})
    publish(zhongshan, "2015Q2", office)
    page = page_of(guzhen)
    assert page.ranking is not None
    first = page.ranking[0]
    assert (first.town, str(first.standing.score), first.href) == ("小榄镇", "15.0", "")
    assert page.own_rank is not None
    assert page.own_rank.town == "古镇镇"
    assert page.own_rank.href


def test_the_office_and_the_auditor_see_who_has_not_filed(
    zhongshan: Plan, office: User, auditor: User
) -> None:
    period = period_of(zhongshan, "2015Q2")
    for code, state in (
        ("xiaolan", ReturnState.APPROVED),
        ("guzhen", ReturnState.RETURNED),
        ("keji", ReturnState.SUBMITTED),
        ("tongji", ReturnState.DRAFT),
    ):
        filed(period, Unit.objects.get(code=code), state)
    for reader in (office, auditor):
        filing = page_of(reader).filing
        assert (filing.approved, filing.units, filing.share) == (1, 41, "2%")
        lists = {one.label: one.units for one in filing.lists}
        assert lists["已退回"] == ("古镇",)
        assert lists["待审核"] == ("科技局",)
        assert "统计局" in lists["未报送"]  # a draft is not filed
        assert len(lists["未报送"]) == 38


def test_others_see_the_count_and_their_own_return_alone(
    zhongshan: Plan, leader: User, guzhen: User, science_clerk: User
) -> None:
    period = period_of(zhongshan, "2015Q2")
    filed(period, Unit.objects.get(code="guzhen"), ReturnState.RETURNED)
    filed(period, Unit.objects.get(code="keji"), ReturnState.APPROVED)
    for reader, own in ((leader, ""), (guzhen, "已退回"), (science_clerk, "已审定")):
        filing = page_of(reader).filing
        assert (filing.approved, filing.lists, filing.own_state) == (1, (), own)


def test_an_invented_citys_plan_needs_no_code_of_its_own(linhai: Plan, outsider: User) -> None:
    page = page_of(outsider, "2021Q2")
    assert page.city == linhai.city.name
    assert len(page.heatmap.rows) == 6
    assert page.total == sum(count.count for count in page.counts)
