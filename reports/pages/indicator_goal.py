"""How far the plan's whole goal of an indicator (我市目标) has come, where it can be computed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from indicators.choices import GoalKind, Reason
from indicators.domain.measures import Result
from indicators.domain.numbers import format_figure
from indicators.domain.periods import Quarter
from indicators.domain.progress import average_growth, plan_to_date
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from reports.figures import Shown, show_growth, show_percent, show_signed


@dataclass(frozen=True, slots=True)
class Goal:
    """A label, the figure, its unit where it has one, what it is made of, and what the plan states."""

    label: str
    value: Shown
    unit: str
    made_of: str
    stated: str


def goal_of(facts: PlanFacts, indicator: Indicator, unit: str, quarter: Quarter) -> Goal | None:
    """A total of all years, an average growth, or a rise since the baseline; None where the plan states none.

    `unit` is that of a difference: "个百分点" for a percentage.
    """
    if indicator.goal_value is None:
        return None
    if indicator.goal_kind == GoalKind.TOTAL:
        return _total(facts, indicator, indicator.goal_value, quarter)
    if indicator.goal_kind == GoalKind.GROWTH:
        return _growth(facts, indicator, quarter)
    return _rise(facts, indicator, unit, quarter)


def _total(facts: PlanFacts, indicator: Indicator, total: Decimal, quarter: Quarter) -> Goal:
    city, first_year = facts.city, facts.plan.first_year
    ends = [facts.actual(indicator, city, Quarter(year, 4)) for year in range(first_year, quarter.year)]
    now = facts.actual(indicator, city, quarter)
    known = [figure for figure in (*ends, now) if figure is not None]
    made_of = ""
    if len(known) == len(ends) + 1:
        decimals = facts.measures[indicator.pk].decimals
        made_of = f"累计 {format_figure(sum(known, Decimal(0)), decimals)} {indicator.unit}"
    value = show_percent(plan_to_date(ends, now, total))
    return Goal(f"{first_year}年以来完成", value, "", made_of, indicator.goal_text)


def _growth(facts: PlanFacts, indicator: Indicator, quarter: Quarter) -> Goal:
    city, plan = facts.city, facts.plan
    last_full = quarter.year if quarter.is_last else quarter.year - 1
    value = facts.actual(indicator, city, Quarter(last_full, 4)) if last_full >= plan.first_year else None
    years = last_full - plan.base_year
    baseline = facts.baselines.get((indicator.pk, city.pk))
    growth = average_growth(value, baseline, years) if years else Reason.NOT_DUE
    made_of = f"到{last_full}年末" if isinstance(growth, Decimal) else ""
    return Goal(f"{plan.base_year}年以来年均增长", show_growth(growth), "", made_of, indicator.goal_text)


def _rise(facts: PlanFacts, indicator: Indicator, unit: str, quarter: Quarter) -> Goal:
    measure = facts.measures[indicator.pk]
    actual = facts.actual(indicator, facts.city, quarter)
    baseline = facts.baselines.get((indicator.pk, facts.city.pk))
    risen: Result = Reason.NO_BASE if baseline is None else measure.unreported(quarter.number)
    if actual is not None and baseline is not None:
        risen = actual - baseline
    shown = show_signed(risen, measure.decimals)
    return Goal(f"比{facts.plan.base_year}年提高", shown, unit, "", indicator.goal_text)
