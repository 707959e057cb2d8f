"""What does not add up in Zhongshan's plan, and in plans that were made to disagree."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.choices import GoalKind, Kind
from indicators.domain.numbers import parse_figure, parse_whole_and_part
from indicators.domain.plan_check import (
    Check,
    Disagreement,
    PlanBaseline,
    PlanFigure,
    PlanIndicator,
    PlanRows,
    PlanTarget,
    check_figures,
    check_goals,
    check_parts,
    check_plan,
    check_sums,
    check_within,
)
from tests.indicators.domain import printed_plan


def zhongshan() -> PlanRows:
    """Zhongshan's plan, read from its two annexes as printed."""
    areas = {"zhongshan": "中山市"}
    indicators, targets, baselines = [], [], []
    for line in printed_plan.ANNEX_1.strip().splitlines():
        code, name, unit, kind, *years, baseline, goal_kind, goal = line.split()
        indicators.append(
            PlanIndicator(
                code,
                name,
                unit,
                Kind(kind),
                printed_plan.PART_OF.get(code, ""),
                printed_plan.WITHIN.get(code, ""),
                None if goal_kind == "-" else GoalKind(goal_kind),
                parse_figure(goal, unit=""),
            )
        )
        for year, printed in zip((2015, 2016, 2017), years, strict=True):
            targets.append(PlanTarget(code, "zhongshan", year, parse_figure(printed, unit=unit), printed))
        stated = parse_figure(baseline, unit=unit)
        if stated is not None:
            baselines.append(PlanBaseline(code, "zhongshan", 2014, stated))
    for line in printed_plan.ANNEX_2.strip().splitlines()[1:]:
        town, name, *cells = line.split()
        areas[town] = name
        for code, cell in zip(printed_plan.COLUMNS.split(), cells, strict=True):
            whole, part = parse_whole_and_part(cell, unit="")
            targets.append(PlanTarget(code, town, 2015, whole, cell))
            if part is not None:
                targets.append(PlanTarget(f"{code}-large", town, 2015, part, cell))
    figures = []
    for line in printed_plan.TEXT.strip().splitlines():
        code, stated_for, value, unit = line.split()
        figures.append(PlanFigure(code, "zhongshan", int(stated_for), Decimal(value), unit))
    return PlanRows("zhongshan", areas, indicators, targets, baselines, figures)


def sentences(found: list[Disagreement], kind: Check) -> list[str]:
    return [one.sentence for one in found if one.kind == kind]


def test_the_printed_plan_is_read_whole() -> None:
    rows = zhongshan()

    town_targets = [target for target in rows.targets if target.area != "zhongshan"]
    assert (len(rows.areas), len(town_targets)) == (25, 264)
    # 附件2's 合计 row is 附件1's column of 2015
    city_row = printed_plan.ANNEX_2.strip().splitlines()[0].split()[2:]
    for code, cell in zip(printed_plan.COLUMNS.split(), city_row, strict=True):
        assert parse_whole_and_part(cell, unit="")[0] == rows.value(code, "zhongshan", 2015)


def test_exactly_three_columns_of_annex_2_do_not_add_up() -> None:
    assert sentences(check_plan(zhongshan()), Check.SUM) == [
        "装备制造业投资2015年：各镇区合计 119.96亿元，中山市为 120亿元，相差 -0.04亿元。",
        "装备制造业工业增加值2015年：各镇区合计 479.97亿元，中山市为 480亿元，相差 -0.03亿元。",
        "电机能效提升2015年：各镇区合计 24.01万千瓦，中山市为 24万千瓦，相差 +0.01万千瓦。",
    ]


def test_one_town_figure_raised_by_a_cent_names_its_column_too() -> None:
    rows = zhongshan()
    targets = [
        replace(target, value=Decimal("24.61"))  # 24.60 as printed
        if (target.indicator, target.area) == ("industrial-investment", "xiaolan")
        else target
        for target in rows.targets
    ]

    found = list(check_sums(replace(rows, targets=targets)))

    assert [one.indicator for one in found] == [
        "industrial-investment",
        "equipment-investment",
        "equipment-value-added",
        "motor-efficiency",
    ]
    assert found[0].sentence == "工业投资2015年：各镇区合计 280.01亿元，中山市为 280亿元，相差 +0.01亿元。"


def test_exactly_four_towns_are_to_invest_more_in_equipment_than_in_all() -> None:
    assert sentences(check_plan(zhongshan()), Check.WITHIN) == [
        "民众镇2015年：装备制造业投资 9.45亿元，大于包含它的工业投资 7.1亿元。",
        "坦洲镇2015年：装备制造业投资 11.81亿元，大于包含它的工业投资 9.6亿元。",
        "横栏镇2015年：装备制造业投资 4.72亿元，大于包含它的工业投资 4.5亿元。",
        "板芙镇2015年：装备制造业投资 9.45亿元，大于包含它的工业投资 8.2亿元。",
    ]


def test_the_increment_is_less_than_its_two_parts_together() -> None:
    assert sentences(check_plan(zhongshan()), Check.PART) == [
        "中山市2017年：工业增加值增量其中 100、243 相加为 343亿元，大于总数 341亿元。"
    ]


def test_one_goal_is_not_what_the_years_come_to() -> None:
    # 0.38/0.28 = 1.357143, its cube root 1.1072: 10.7 %, which is no 10 % to the digit printed
    assert sentences(check_plan(zhongshan()), Check.GOAL) == [
        "高新技术产品产值：从2014年的 0.28万亿元到2017年的 0.38万亿元，折合年均增长 10.7%，我市目标为年均增长 10%。"
    ]


def test_the_text_differs_from_the_annex_where_it_does() -> None:
    assert sentences(check_plan(zhongshan()), Check.TEXT) == [
        "中山市2017年：高新技术产品产值正文为 3,726亿元，目标表为 0.38万亿元。",
        "中山市2015年：节能环保产业增加值正文为 350亿元，目标表为 70亿元。",
        "中山市2017年：电机能效提升正文为 48万千瓦，目标表没有列出。",
    ]


# Invented plans, each of one thing.


def plan(
    *targets: PlanTarget, kind: Kind = Kind.FLOW, unit: str = "亿元", part_of: str = "", within: str = ""
) -> PlanRows:
    indicators = [
        PlanIndicator("whole", "总额", "亿元", kind),
        PlanIndicator("part", "其中额", unit, kind, part_of, within),
        PlanIndicator("other", "另一额", "亿元", kind, part_of),
    ]
    return PlanRows("city", {"city": "某市", "east": "东镇", "west": "西镇"}, indicators, targets)


def target(indicator: str, value: str | None, area: str = "city", year: int = 2021) -> PlanTarget:
    return PlanTarget(indicator, area, year, None if value is None else Decimal(value))


def test_a_part_above_its_whole_is_named_where_it_is() -> None:
    rows = plan(
        target("whole", "10", "east"),
        target("part", "10.01", "east"),
        target("whole", "10", "west"),
        target("part", "10", "west"),
        part_of="whole",
    )

    (found,) = check_parts(rows)

    assert (found.indicator, found.area, found.year) == ("part", "east", 2021)
    assert (found.left, found.right) == (Decimal("10.01"), Decimal(10))
    assert found.sentence == "东镇2021年：其中额 10.01亿元，大于包含它的总额 10亿元。"


def test_parts_together_may_fall_short_of_their_whole_but_not_pass_it() -> None:
    def parts(other: str) -> list[Disagreement]:
        rows = plan(target("whole", "10"), target("part", "4"), target("other", other), part_of="whole")
        return list(check_parts(rows))

    assert parts("5") == []
    assert parts("6") == []
    assert [(one.indicator, one.left, one.right) for one in parts("6.5")] == [
        ("whole", Decimal("10.5"), Decimal(10))
    ]


def test_shares_of_one_whole_are_not_added() -> None:
    rows = plan(
        target("whole", "60"), target("part", "50"), target("other", "50"), kind=Kind.RATE, part_of="whole"
    )

    assert list(check_parts(rows)) == []


def test_a_part_is_compared_in_the_unit_of_its_whole() -> None:
    def parts(value: str) -> list[Decimal]:
        rows = plan(target("whole", "1"), target("part", value), part_of="whole", unit="万元")
        return [one.left for one in check_parts(rows)]

    # 10,000 万元 are 1 亿元
    assert parts("10000") == []
    assert parts("10001") == [Decimal("1.0001")]


def test_a_figure_without_its_whole_has_nothing_to_pass() -> None:
    assert list(check_parts(plan(target("part", "9"), part_of="whole"))) == []
    assert list(check_within(plan(target("part", "9"), target("whole", None), within="whole"))) == []


def test_a_figure_within_another_is_held_against_it_year_by_year() -> None:
    rows = plan(
        target("whole", "5", "east", 2021),
        target("part", "6", "east", 2022),
        target("whole", "5", "east", 2022),
        target("part", "5", "east", 2021),
        within="whole",
    )

    assert [(one.area, one.year, one.left) for one in check_within(rows)] == [("east", 2022, Decimal(6))]


def test_towns_without_a_city_target_are_named() -> None:
    rows = plan(target("whole", "5", "east"), target("whole", "6", "west"), target("whole", None))

    (found,) = check_sums(rows)

    assert (found.left, found.right) == (Decimal(11), None)
    assert found.sentence == "总额2021年：各镇区合计 11亿元，某市没有目标。"


def test_a_city_target_that_is_not_allocated_yet_is_no_difference() -> None:
    assert list(check_sums(plan(target("whole", "5"), target("whole", None, "east")))) == []


def test_rates_are_not_added_up() -> None:
    assert list(check_sums(plan(target("whole", "5"), target("whole", "4", "east"), kind=Kind.RATE))) == []


def goal_plan(
    kind: GoalKind, goal: str, *values: str | None, baseline: str | None = None, unit: str = "亿元"
) -> PlanRows:
    indicator = PlanIndicator("whole", "总额", unit, Kind.FLOW, goal_kind=kind, goal_value=Decimal(goal))
    targets = [target("whole", value, year=year) for year, value in enumerate(values, start=2021)]
    baselines = [PlanBaseline("whole", "city", 2020, Decimal(baseline))] if baseline else []
    return PlanRows("city", {"city": "某市"}, [indicator], targets, baselines)


@pytest.mark.parametrize(
    ("rows", "reached"),
    [
        (goal_plan(GoalKind.TOTAL, "9", "3", "3", "3"), []),
        (goal_plan(GoalKind.TOTAL, "9", "3", "3", "3.01"), ["9.01"]),
        (goal_plan(GoalKind.TOTAL, "9", "3", None, "3"), ["6"]),
        (goal_plan(GoalKind.RISE, "0.3", "1.1", "1.3", baseline="1"), []),
        (goal_plan(GoalKind.RISE, "0.3", "1.1", "1.4", baseline="1"), ["0.4"]),
        (goal_plan(GoalKind.RISE, "0.3", "1.1", "1.4"), []),  # no baseline to rise from
        # From the baseline: (121/100) ** (1/2) = 1.1
        (goal_plan(GoalKind.GROWTH, "10", "110", "121", baseline="100"), []),
        # From the first year where there is no baseline: 121/110 = 1.1
        (goal_plan(GoalKind.GROWTH, "10", "110", "121"), []),
        # 1.1049 ** 2 = 1.22080: 10.5 % (10.49) rounds to 10, and to 10.5
        (goal_plan(GoalKind.GROWTH, "10", "110", "122.08", baseline="100"), []),
        (goal_plan(GoalKind.GROWTH, "10.5", "110", "122.08", baseline="100"), []),
        (goal_plan(GoalKind.GROWTH, "10.4", "110", "122.08", baseline="100"), ["10.49"]),
        # A goal that a database stores as 10.0000 is printed as 10
        (goal_plan(GoalKind.GROWTH, "10.0000", "110", "122.08", baseline="100"), []),
        (goal_plan(GoalKind.GROWTH, "10", "110"), []),  # one year alone has no growth
    ],
)
def test_a_goal_is_held_against_the_years(rows: PlanRows, reached: list[str]) -> None:
    assert [one.left for one in check_goals(rows)] == [Decimal(figure) for figure in reached]


def test_a_rise_of_a_percentage_is_said_in_points() -> None:
    (found,) = check_goals(goal_plan(GoalKind.RISE, "0.3", "1.1", "1.4", baseline="1", unit="%"))

    assert found.sentence == "总额：2022年目标比2020年提高 0.4个百分点，我市目标为提高 0.3个百分点。"


@pytest.mark.parametrize(
    ("value", "printed", "stated", "unit", "is_named"),
    [
        ("0.38", "0.38", "3800", "亿元", False),
        ("0.38", "0.38", "3849", "亿元", False),  # 0.3849 rounds to 0.38 as printed
        ("0.38", "0.38", "3850", "亿元", True),  # 0.385 rounds to 0.39
        ("0.38", "0.380", "3804", "亿元", False),  # 0.3804 to three digits is 0.380
        ("0.38", "0.380", "3806", "亿元", True),
        ("0.3800", "", "3849", "亿元", False),  # without the printed text: the digits that are not zeros
        ("350", "350（220）", "350.4", "万亿元", False),
    ],
)
def test_a_figure_of_the_text_is_compared_to_the_digits_printed(
    value: str, printed: str, stated: str, unit: str, is_named: bool
) -> None:
    rows = PlanRows(
        "city",
        {"city": "某市"},
        [PlanIndicator("output", "产值", "万亿元", Kind.FLOW)],
        [PlanTarget("output", "city", 2021, Decimal(value), printed)],
        figures=[PlanFigure("output", "city", 2021, Decimal(stated), unit)],
    )

    assert bool(list(check_figures(rows))) is is_named


def test_a_figure_of_the_text_in_another_kind_of_unit_is_named() -> None:
    rows = replace(plan(target("whole", "5")), figures=[PlanFigure("whole", "city", 2021, Decimal(5), "家")])

    (found,) = check_figures(rows)

    assert found.sentence == "某市2021年：总额正文为 5家，与目标表的单位“亿元”不能换算。"


def test_a_figure_of_the_text_that_repeats_a_difference_is_not_named_twice() -> None:
    rows = replace(
        plan(target("whole", "5"), target("whole", "4", "east")),
        figures=[PlanFigure("whole", "city", 2021, Decimal(4), "亿元")],
    )

    assert [one.kind for one in check_figures(rows)] == [Check.TEXT]
    assert [one.kind for one in check_plan(rows)] == [Check.SUM]


def test_a_figure_of_an_indicator_that_is_not_there_is_passed_over() -> None:
    rows = replace(plan(), figures=[PlanFigure("unknown", "city", 2021, Decimal(5), "亿元")])

    assert check_plan(rows) == []
