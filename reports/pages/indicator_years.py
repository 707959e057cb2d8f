"""An indicator's path through the plan's years: baseline, targets, what was reached, where this year will end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.choices import Reason
from indicators.domain.measures import Measure, Result
from indicators.domain.periods import Quarter
from indicators.domain.progress import completion_rate, is_met
from indicators.models import Baseline, Indicator, Target
from indicators.queries.facts import PlanFacts
from reports.figures import Shown, show_figure, show_percent, show_target
from reports.pages.indicator_quarters import covered


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year of the path. `span` says what `actual` covers: 全年, 1-6月, 12月末, 基期.

    `outcome` is 完成, 未完成 or empty; `distance` is actual - target of a year that is over, else None;
    `qualifier` the printed 左右 or 以上. The baseline's year has no target of its own.
    """

    year: int
    span: str
    target: Decimal | None
    actual: Decimal | None
    completion: Result
    distance: Decimal | None
    qualifier: str
    shown_target: Shown
    shown_actual: Shown
    shown_completion: Shown
    printed: str
    source: str
    outcome: str
    is_now: bool
    is_base: bool


def build_years(
    facts: PlanFacts,
    indicator: Indicator,
    quarter: Quarter,
    targets: Mapping[int, Target],
    baseline: Baseline | None,
) -> tuple[YearRow, ...]:
    """The baseline's year, if the plan states one, then every year of the plan; nothing later than the quarter read."""
    years = tuple(_year(facts, indicator, year, quarter, targets.get(year)) for year in facts.plan.years)
    return (_base(facts.measures[indicator.pk], baseline), *years) if baseline else years


def _base(measure: Measure, baseline: Baseline) -> YearRow:
    return YearRow(
        year=baseline.year,
        span="基期",
        target=None,
        actual=baseline.value,
        completion=Reason.NO_TARGET,
        distance=None,
        qualifier="",
        shown_target=Shown(""),
        shown_actual=show_figure(baseline.value, measure.decimals),
        shown_completion=Shown(""),
        printed=baseline.printed,
        source=baseline.clause if baseline.printed else f"{baseline.clause}（由计划推出）",
        outcome="",
        is_now=False,
        is_base=True,
    )


def _year(
    facts: PlanFacts, indicator: Indicator, year: int, quarter: Quarter, target_row: Target | None
) -> YearRow:
    measure = facts.measures[indicator.pk]
    at = _reached_by(year, quarter)
    target = facts.target(indicator, facts.city, year)
    actual = facts.actual(indicator, facts.city, at) if at else None
    reason = measure.unreported(at.number) if at else Reason.NOT_DUE
    completion = completion_rate(measure, target, actual) if actual is not None else reason
    completion = Reason.NO_TARGET if target is None else completion
    is_over = at is not None and at.is_last
    qualifier = target_row.qualifier if target_row else ""
    return YearRow(
        year=year,
        span=_span(measure, at),
        target=target,
        actual=actual,
        completion=completion,
        distance=actual - target if is_over and actual is not None and target is not None else None,
        qualifier=qualifier,
        shown_target=show_target(target, measure, qualifier),
        shown_actual=replace(
            show_figure(actual, measure.decimals, if_none=reason),
            in_correction=at is not None and facts.is_in_correction(indicator, facts.city, at),
        ),
        shown_completion=show_percent(completion),
        printed=target_row.printed if target_row else "",
        source=_source(target_row),
        outcome=_outcome(is_met(measure, at.number, target, actual)) if at else "",
        is_now=year == quarter.year,
        is_base=False,
    )


def _span(measure: Measure, at: Quarter | None) -> str:
    if at is None:
        return ""
    return "全年" if at.is_last and measure.is_flow else covered(measure, at)


def _reached_by(year: int, quarter: Quarter) -> Quarter | None:
    """The quarter whose figure stands for the year: its last, or the one being read; None for years to come."""
    if year > quarter.year:
        return None
    return quarter if year == quarter.year else Quarter(year, 4)


def _source(target: Target | None) -> str:
    if target is None:
        return ""
    if target.demonstration:
        return "演示目标"
    return f"{target.document or target.clause}（已调整）" if target.is_amended else target.clause


def _outcome(met: bool | None) -> str:
    if met is None:
        return ""
    return "完成" if met else "未完成"
