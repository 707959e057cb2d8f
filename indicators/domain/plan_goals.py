"""The plan's yearly targets against its own goals and its own text (domain.md sections 1 and 2)."""

import re
from collections.abc import Iterator
from decimal import Decimal

from indicators.choices import GoalKind, Reason
from indicators.domain.growth import average_growth
from indicators.domain.numbers import convert, decimals_of, format_plain, round_half_up
from indicators.domain.plan_rows import (
    Check,
    Disagreement,
    PlanBaseline,
    PlanIndicator,
    PlanRows,
    PlanTarget,
)

YearValue = tuple[int, Decimal]

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def check_goals(rows: PlanRows) -> Iterator[Disagreement]:
    """The city's yearly targets against what 我市目标 states.

    TOTAL: their sum. GROWTH: the average a year from the baseline, or from the first year's target where
    there is no baseline, rounded to the digits that the plan prints. RISE: the last target less the
    baseline.

    >>> from indicators.choices import Kind
    >>> audits = PlanIndicator("audits", "清洁生产审核", "家", Kind.FLOW, "", "", GoalKind.TOTAL, Decimal(9))
    >>> targets = [PlanTarget("audits", "zhongshan", year, Decimal(4)) for year in (2015, 2016)]
    >>> [found.sentence for found in check_goals(PlanRows("zhongshan", {}, [audits], targets))]
    ['清洁生产审核：各年目标合计 8家，我市目标为 9家。']
    """
    for indicator in rows.indicators:
        values, goal = rows.city_values(indicator.code), indicator.goal_value
        if not values or goal is None:
            continue
        baseline = rows.baseline(indicator.code)
        if indicator.goal_kind == GoalKind.TOTAL:
            yield from _check_total(rows, indicator, values, goal)
        elif indicator.goal_kind == GoalKind.GROWTH:
            start = (baseline.year, baseline.value) if baseline else values[0]
            yield from _check_growth(rows, indicator, start, values[-1], goal)
        elif indicator.goal_kind == GoalKind.RISE and baseline is not None:
            yield from _check_rise(rows, indicator, baseline, values[-1], goal)


def check_figures(rows: PlanRows) -> Iterator[Disagreement]:
    """A figure of the text against the plan's target, in its unit and to the digits printed there.

    >>> from indicators.choices import Kind
    >>> from indicators.domain.plan_rows import PlanFigure
    >>> output = PlanIndicator("output", "高新技术产品产值", "万亿元", Kind.FLOW)
    >>> target = PlanTarget("output", "zhongshan", 2017, Decimal("0.38"), "0.38")
    >>> text = PlanFigure("output", "zhongshan", 2017, Decimal(3726), "亿元")
    >>> rows = PlanRows("zhongshan", {"zhongshan": "中山市"}, [output], [target], figures=[text])
    >>> [found.sentence for found in check_figures(rows)]
    ['中山市2017年：高新技术产品产值正文为 3,726亿元，目标表为 0.38万亿元。']
    """
    for figure in rows.figures:
        indicator = rows.indicator_of.get(figure.indicator)
        if indicator is None:
            continue
        target = rows.target_of.get((figure.indicator, figure.area, figure.year))
        value = convert(figure.value, figure.unit, indicator.unit)
        beside = _beside(indicator, target, value)
        if beside:
            said = f"{format_plain(figure.value)}{figure.unit}"
            sentence = (
                f"{rows.area_name(figure.area)}{figure.year}年：{indicator.name}正文为 {said}，{beside}。"
            )
            left, right = figure.value if value is None else value, target.value if target else None
            yield Disagreement(Check.TEXT, indicator.code, figure.area, figure.year, left, right, sentence)


def _beside(indicator: PlanIndicator, target: PlanTarget | None, value: Decimal | None) -> str:
    """What stands in the target table beside a figure of the text; empty when the two agree."""
    if target is None or target.value is None:
        return "目标表没有列出"
    if value is None:
        return f"与目标表的单位“{indicator.unit}”不能换算"
    if round_half_up(value, _printed_decimals(target.printed, target.value)) == target.value:
        return ""
    return f"目标表为 {indicator.figure(target.value)}"


def _check_total(
    rows: PlanRows, indicator: PlanIndicator, values: list[YearValue], goal: Decimal
) -> Iterator[Disagreement]:
    total, (last_year, _) = sum((value for _, value in values), Decimal(0)), values[-1]
    if total != goal:
        sentence = (
            f"{indicator.name}：各年目标合计 {indicator.figure(total)}，我市目标为 {indicator.figure(goal)}。"
        )
        yield Disagreement(Check.GOAL, indicator.code, rows.city, last_year, total, goal, sentence)


def _check_rise(
    rows: PlanRows, indicator: PlanIndicator, baseline: PlanBaseline, last: YearValue, goal: Decimal
) -> Iterator[Disagreement]:
    last_year, value = last
    rise = value - baseline.value
    if rise != goal:
        sentence = (
            f"{indicator.name}：{last_year}年目标比{baseline.year}年提高 {indicator.rise(rise)}，"
            f"我市目标为提高 {indicator.rise(goal)}。"
        )
        yield Disagreement(Check.GOAL, indicator.code, rows.city, last_year, rise, goal, sentence)


def _check_growth(
    rows: PlanRows, indicator: PlanIndicator, start: YearValue, last: YearValue, goal: Decimal
) -> Iterator[Disagreement]:
    (first_year, first), (last_year, value) = start, last
    growth = average_growth(value, first, last_year - first_year)
    printed = decimals_of(goal)
    if isinstance(growth, Reason) or round_half_up(growth * 100, printed) == goal:
        return
    reached = round_half_up(growth * 100, printed + 1)
    sentence = (
        f"{indicator.name}：从{first_year}年的 {indicator.figure(first)}到{last_year}年的 "
        f"{indicator.figure(value)}，折合年均增长 {reached}%，我市目标为年均增长 {format_plain(goal)}%。"
    )
    yield Disagreement(Check.GOAL, indicator.code, rows.city, last_year, reached, goal, sentence)


def _printed_decimals(printed: str, value: Decimal) -> int:
    """How many decimals the plan prints a target with: 2 for "0.38", also where it prints more around it."""
    numbers = _NUMBER.findall(printed.replace(",", ""))
    same = next((number for number in numbers if Decimal(number) == value), None)
    return decimals_of(value) if same is None else len(same.partition(".")[2])
