"""One indicator's data: its years, its quarters, its towns, its sums, and what the plan says of it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.http import Http404

from indicators.choices import Light
from indicators.models import Indicator, Plan, ReconciliationNote
from reports.pages import indicator, indicators
from reports.pages.indicator import IndicatorPage
from tests.reports.results import APPROVED_AT, PUBLISHED_2015Q2, period_of, reading, record


def page_of(user: User, code: str, quarter: str = "2015Q2") -> IndicatorPage:
    return indicator.build(reading(user, quarter), user, code)


def test_value_added_at_the_half_year_of_2015(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    page = page_of(leader, "industrial-value-added")
    assert page.sentence == (
        "1-6月累计 647.78 亿元，完成年度目标的 45.7%，欠序时 4.3 个百分点；按序时进度推算全年 1,295.56 亿元。"
    )
    assert str(page.shown.needed) == "384.61"  # (1417 - 647.78) / 2
    assert (page.shown.light, page.projection_note) == (Light.YELLOW, "按序时进度推算")


def test_a_level_is_told_as_of_the_months_end(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    sentence = page_of(leader, "hightech-share").sentence
    assert sentence == "6月末 17.68%，完成年度目标的 100.5%，超序时 0.33 个百分点。"


def test_of_a_level_the_months_end_is_named_everywhere(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q4", {("hightech-share", "zhongshan"): "17.57"})
    page = page_of(leader, "hightech-share", "2015Q4")
    assert [row.span for row in page.quarters] == ["3月末", "6月末", "9月末", "12月末"]
    assert [row.span for row in page.years] == ["基期", "12月末", "", ""]


def test_while_a_quarter_has_no_figure_the_last_one_is_told(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    assert page_of(leader, "industrial-value-added", "2015Q3").sentence == (
        "1-9月累计：未报送。最近一次为 1-6月 647.78 亿元，完成年度目标的 45.7%。"
    )
    assert page_of(leader, "rd-intensity", "2015Q2").sentence == "6月末：未到报送期。"


def test_the_first_quarters_projection_is_for_reference_only(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q1", {("industrial-investment", "zhongshan"): "60"})
    page = page_of(leader, "industrial-investment", "2015Q1")
    assert page.projection_note == "按序时进度推算，仅供参考"


def test_the_path_from_the_baseline_to_the_last_year(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q4", {("industrial-value-added", "zhongshan"): "1420"})
    record(zhongshan, "2016Q2", {("industrial-value-added", "zhongshan"): "700"})
    record(zhongshan, "2016Q3", {("industrial-value-added", "zhongshan"): "999.99"})
    years = page_of(leader, "industrial-value-added", "2016Q2").years
    assert [
        (row.year, str(row.shown_target), str(row.shown_actual), row.span, row.outcome) for row in years
    ] == [
        (2014, "", "1,312.00", "基期", ""),
        (2015, "1,417.00", "1,420.00", "全年", "完成"),
        (2016, "1,530.00", "700.00", "1-6月", ""),
        (2017, "1,653.00", "—", "", ""),
    ]
    assert years[0].printed == "1312亿元"
    assert years[0].source == "一(三)"


def test_a_baseline_that_the_plan_only_implies_says_so(zhongshan: Plan, leader: User) -> None:
    base = page_of(leader, "smart-leaders").years[0]
    assert (str(base.shown_actual), base.source) == ("3", "附件1（由计划推出）")


def test_a_year_without_a_target_is_no_target_and_not_zero(zhongshan: Plan, leader: User) -> None:
    page = page_of(leader, "motor-efficiency", "2016Q2")
    row = next(row for row in page.years if row.year == 2016)
    assert (str(row.shown_target), row.shown_target.reason, row.printed) == ("—", "未定目标", "-")
    assert page.sentence == "2016年未定目标。"
    assert page.shown.status == '<span class="muted">未定目标</span>'
    assert (page.shown.projection.is_missing, page.projection_note) == (True, "")


def test_the_year_by_quarter_with_last_year_behind_it(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q1", {("industrial-investment", "zhongshan"): "60"})
    record(zhongshan, "2015Q2", {("industrial-investment", "zhongshan"): "140"})
    record(zhongshan, "2015Q4", {("industrial-investment", "zhongshan"): "280"})
    record(zhongshan, "2016Q1", {("industrial-investment", "zhongshan"): "72"})
    record(zhongshan, "2016Q2", {("industrial-investment", "zhongshan"): "150"})
    first, second, third, fourth = page_of(leader, "industrial-investment", "2016Q1").quarters
    assert first.shown is not None
    assert (str(first.shown_expected), str(first.shown.actual), str(first.shown_last_year)) == (
        "80.00",
        "72.00",
        "60.00",
    )
    assert str(first.shown.year_on_year) == "+20.0%"  # 72 / 60 - 1
    assert str(first.shown.projection) == "336.00"  # 72 / (60 / 280)
    # Quarters after the one being read show what is due, and nothing that came in since.
    assert (second.shown, str(second.shown_expected), str(second.shown_last_year)) == (
        None,
        "160.00",
        "140.00",
    )
    assert (str(third.shown_last_year), third.shown_last_year.reason) == ("—", "无可比基数")
    assert str(fourth.shown_expected) == "320.00"


def test_the_goal_of_three_years_to_date(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q4", {("industrial-investment", "zhongshan"): "280"})
    record(zhongshan, "2016Q2", {("industrial-investment", "zhongshan"): "210"})
    goal = page_of(leader, "industrial-investment", "2016Q2").goal
    assert goal is not None
    assert (goal.label, str(goal.value), goal.stated) == ("2015年以来完成", "50.0%", "三年累计980亿元")


def test_the_goal_is_unknown_while_an_earlier_year_is_missing(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2016Q2", {("industrial-investment", "zhongshan"): "210"})
    goal = page_of(leader, "industrial-investment", "2016Q2").goal
    assert goal is not None
    assert (str(goal.value), goal.value.reason) == ("—", "未报送")


def test_average_growth_is_of_full_years_and_a_rise_is_in_points(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q4", {("industrial-value-added", "zhongshan"): "1443.2"})
    record(zhongshan, "2015Q2", {("hightech-share", "zhongshan"): "17.68"})
    growth = page_of(leader, "industrial-value-added", "2016Q2").goal
    assert growth is not None
    assert (growth.label, str(growth.value)) == ("2014年以来年均增长", "+10.0%")  # 1443.2 / 1312
    early = page_of(leader, "industrial-value-added", "2015Q2").goal
    assert early is not None
    assert early.value.reason == "未到报送期"
    rise = page_of(leader, "hightech-share", "2015Q2").goal
    assert rise is not None
    assert (rise.label, str(rise.value)) == ("比2014年提高", "+0.58")


def test_an_explanation_of_a_difference_that_has_moved_says_which_it_was_about(
    zhongshan: Plan, leader: User, office: User
) -> None:
    """14.5 of the towns against 15: written when it was 1.11 short."""
    figures = {"zhongshan": "15", "xiaolan": "10", "guzhen": "4.5"}
    record(zhongshan, "2015Q2", {("industrial-investment", area): value for area, value in figures.items()})
    ReconciliationNote.objects.create(
        period=period_of(zhongshan, "2015Q2"),
        indicator=Indicator.objects.get(plan=zhongshan, code="industrial-investment"),
        difference="-1.11",
        text="有镇区未报送",
        by=office,
        at=APPROVED_AT,
    )
    towns = page_of(leader, "industrial-investment").towns
    assert towns is not None
    assert towns.sums is not None
    assert towns.sums.note == "差额有变，须重新说明；原说明针对差额 -1.11：有镇区未报送"


def test_where_there_is_no_difference_any_more_nothing_need_be_explained_again(
    zhongshan: Plan, leader: User, office: User
) -> None:
    """The city's figure was withdrawn after the note was written."""
    record(zhongshan, "2015Q2", {("industrial-investment", "xiaolan"): "10"})
    ReconciliationNote.objects.create(
        period=period_of(zhongshan, "2015Q2"),
        indicator=Indicator.objects.get(plan=zhongshan, code="industrial-investment"),
        difference="-1.11",
        text="有镇区未报送",
        by=office,
        at=APPROVED_AT,
    )
    towns = page_of(leader, "industrial-investment").towns
    assert towns is not None
    assert towns.sums is not None
    assert towns.sums.verdict == "1/24 个镇区已有审定数；全市数或镇区数未报送，暂不能核对。"
    assert towns.sums.note == ""


def test_the_towns_sum_stands_beside_the_citys_figure(zhongshan: Plan, leader: User, office: User) -> None:
    record(
        zhongshan,
        "2015Q2",
        {
            ("industrial-investment", "zhongshan"): "15",
            ("industrial-investment", "xiaolan"): "10",
            ("industrial-investment", "guzhen"): "4.5",
        },
    )
    ReconciliationNote.objects.create(
        period=period_of(zhongshan, "2015Q2"),
        indicator=Indicator.objects.get(plan=zhongshan, code="industrial-investment"),
        difference="-0.5",
        text="跨镇区项目由市直接统计",
        by=office,
        at=APPROVED_AT,
    )
    towns = page_of(leader, "industrial-investment").towns
    assert towns is not None
    assert towns.sums is not None
    assert (str(towns.sums.total), str(towns.sums.city), str(towns.sums.difference)) == (
        "14.50",
        "15.00",
        "-0.50",
    )
    assert towns.sums.verdict == "2/24 个镇区已有审定数；镇区合计比全市数少 0.50 亿元。"
    assert towns.sums.note == "跨镇区项目由市直接统计"
    assert str(towns.target_total) == "280.00"
    xiaolan = next(row for row in towns.rows if row.name == "小榄镇")
    # 24.60 / 2 - 10; 古镇 10.40 / 2 - 4.5
    assert (str(xiaolan.shown_balance), towns.behind, towns.reported) == ("-2.30", 2, 2)


def test_where_the_citys_shortfall_lies(zhongshan: Plan, leader: User) -> None:
    """Due by June: 140 of 280; 小榄 12.30, 火炬 38.60, 古镇 5.20, 板芙 4.10, 东凤 9.05."""
    figures = {
        "zhongshan": "99.58",
        "xiaolan": "10",
        "huoju": "29.5",
        "guzhen": "5.1",
        "banfu": "4",
        "dongfeng": "10",
    }
    record(zhongshan, "2015Q2", {("industrial-investment", area): value for area, value in figures.items()})
    towns = page_of(leader, "industrial-investment").towns
    assert towns is not None
    # Short: 9.10 + 2.30 + 0.10 + 0.10 = 11.60; 19 towns have not reported.
    assert towns.gap_sentence == (
        "全市比应达数少 40.42 亿元；4 个镇区合计少 11.60 亿元，其中火炬开发区 9.10、小榄镇 2.30、古镇镇 0.10；"
        "东凤镇多 0.95 亿元；19 个镇区未报送，应达 70.75 亿元。"
    )
    assert [(row.name, str(row.shown_balance), str(row.gap_share)) for row in towns.rows[:6]] == [
        ("火炬开发区", "-9.10", "78.4%"),  # 9.10 / 11.60
        ("小榄镇", "-2.30", "19.8%"),
        ("古镇镇", "-0.10", "0.9%"),
        ("板芙镇", "-0.10", "0.9%"),
        ("东凤镇", "+0.95", "0.0%"),
        ("石岐区", "—", "—"),
    ]
    assert str(towns.balance_total) == "-10.65"


def test_of_a_figure_that_should_fall_more_is_what_is_short(linhai: Plan, outsider: User) -> None:
    """Due by June: 425 of 850 in the city, 75 of 150 in 东区, 120.25 of 240.5 in 港湾."""
    figures = {"linhaiwan": "500", "dongqu": "80", "gangwan": "120", "shiqiao": "94.75", "baisha": "65"}
    record(linhai, "2021Q2", {("waste-water", area): value for area, value in figures.items()})
    towns = page_of(outsider, "waste-water", "2021Q2").towns
    assert towns is not None
    assert towns.gap_sentence.startswith("全市比应达数多 75.0 万吨；东区多 5.0 万吨；")
    assert "少 0.3 万吨" in towns.gap_sentence  # 120.25 - 120, rounded half up
    assert (towns.rows[0].name, str(towns.rows[0].shown_balance), str(towns.rows[0].gap_share)) == (
        "东区",
        "-5.0",
        "100.0%",
    )


def test_a_whole_leads_to_its_part_and_back(zhongshan: Plan, leader: User) -> None:
    whole, part = page_of(leader, "upgraded-firms"), page_of(leader, "upgraded-firms-large")
    assert [one.href for one in whole.parts] == ["/indicators/upgraded-firms-large/?period=2015Q2"]
    assert (part.part_of, part.part_of_href) == (whole.name, "/indicators/upgraded-firms/?period=2015Q2")
    assert part.parts == ()


def test_a_rate_has_no_sum(zhongshan: Plan, leader: User) -> None:
    towns = page_of(leader, "rd-institution-share").towns
    assert towns is not None
    assert (towns.adds_up, towns.sums) == (False, None)


def test_an_indicator_without_an_allocation_has_no_towns(zhongshan: Plan, leader: User) -> None:
    assert page_of(leader, "industrial-value-added").towns is None


def test_towns_without_target_or_figure_are_not_a_table_of_dashes(zhongshan: Plan, leader: User) -> None:
    page = page_of(leader, "motor-efficiency", "2016Q2")
    assert (page.towns, page.is_allocated) == (None, True)


def test_a_towns_official_sees_all_targets_and_their_own_figures(zhongshan: Plan, guzhen: User) -> None:
    record(
        zhongshan,
        "2015Q2",
        {("industrial-investment", "guzhen"): "5.2", ("industrial-investment", "xiaolan"): "9.84"},
    )
    towns = page_of(guzhen, "industrial-investment").towns
    assert towns is not None
    assert (towns.sums, towns.shows_every_town, towns.reported) == (None, False, 1)
    assert towns.own is not None
    assert (towns.own.name, str(towns.own.shown.actual if towns.own.shown else "")) == ("古镇镇", "5.20")
    assert [row.name for row in towns.rows if row.progress] == ["古镇镇"]
    assert all(not row.shown_target.is_missing for row in towns.rows)


def test_the_plans_words_and_its_disagreements(zhongshan: Plan, leader: User) -> None:
    words = page_of(leader, "hightech-output").words
    assert words.goal == "年均增长10%"
    assert "正文写2017年末达3726亿元（合0.3726万亿元），附件1为0.38万亿元。" in [
        note.text for note in words.notes
    ]
    assert page_of(leader, "equipment-value-added").words.scope.startswith("智能制造装备、海洋工程装备")


def test_an_unknown_indicator_is_404(zhongshan: Plan, leader: User) -> None:
    with pytest.raises(Http404, match="没有代码为“no-such”的指标"):
        page_of(leader, "no-such")


def test_the_list_shows_every_indicator_with_its_path(zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    page = indicators.build(reading(leader, "2015Q2"), leader)
    assert (page.annex_count, page.parts_count, page.text_count) == (19, 1, 15)
    lines = {
        line.row.code: line for section in page.sections for group in section.groups for line in group.lines
    }
    assert len(lines) == 35
    output = lines["hightech-output"]
    assert [str(cell.target) for cell in output.path] == ["0.3100", "0.3400", "0.3800"]
    assert (str(output.baseline), output.goal, output.lead_unit, output.notes) == (
        "0.2800",
        "年均增长10%",
        "科技局",
        2,
    )
    assert [cell.is_now for cell in output.path] == [True, False, False]
    assert lines["motor-efficiency"].goal == ""  # printed "-"
