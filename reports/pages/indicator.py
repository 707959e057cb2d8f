"""指标 `/indicators/<code>/`: one indicator with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404

from indicators.choices import GoalKind, Listing, Reason
from indicators.domain.measures import Measure, Result
from indicators.domain.periods import Quarter
from indicators.domain.progress import Progress, average_growth, plan_to_date
from indicators.models import Indicator, ReconciliationNote
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.reading import Reading
from reports.figures import (
    Shown,
    ShownProgress,
    lead_unit_of,
    show_growth,
    show_percent,
    show_progress,
    show_signed,
)
from reports.pages.indicator_quarters import QuarterRow, build_quarters
from reports.pages.indicator_towns import TownShares, build_town_shares
from reports.pages.indicator_years import YearRow, build_years
from reports.pages.links import link
from reports.pages.plan_words import PlanWords, read_printed_plan
from towns.access import can_read_every_town

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class Goal:
    """How far the plan's whole goal (我市目标) has come: a label, the figure, and what the plan states."""

    label: str
    value: Shown
    stated: str


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """`is_assessed` is False for figures of the text alone, which are tracked and carry no light."""

    code: str
    name: str
    short_name: str
    unit: str
    lead_unit: str
    category: str
    is_assessed: bool
    part_of: str
    part_of_href: str
    index_href: str
    quarter: Quarter
    is_published: bool
    measure: Measure
    progress: Progress
    shown: ShownProgress
    sentence: str
    actual_label: str
    needed_label: str
    projection_note: str
    goal: Goal | None
    years: tuple[YearRow, ...]
    quarters: tuple[QuarterRow, ...]
    towns: TownShares | None
    is_allocated: bool
    words: PlanWords


def build(reading: Reading, user: Person, code: str) -> IndicatorPage:
    """Read the indicator's facts of all years and compute the page from them.

    Raises Http404 with a Chinese sentence for a code that the plan does not have.
    """
    indicator = (
        Indicator.objects.of(reading.plan)
        .select_related("plan", "category", "lead_unit", "part_of")
        .filter(code=code)
        .first()
    )
    if indicator is None:
        raise Http404(f"“{reading.plan.name}”没有代码为“{code}”的指标。")
    facts = load_facts(reading.plan, user, indicators=[indicator])
    printed = read_printed_plan(indicator, facts.city)
    quarter = reading.quarter
    measure = facts.measures[indicator.pk]
    progress = facts.progress(indicator, facts.city, quarter)
    target = printed.targets.get(quarter.year)
    shown = show_progress(
        progress,
        measure,
        indicator.unit,
        target.qualifier if target else "",
        in_correction=facts.is_in_correction(indicator, facts.city, quarter),
    )
    part_of = indicator.part_of
    return IndicatorPage(
        code=indicator.code,
        name=indicator.name,
        short_name=indicator.short_name,
        unit=indicator.unit,
        lead_unit=lead_unit_of(measure, indicator.unit),
        category=indicator.category.name,
        is_assessed=indicator.listing == Listing.ANNEX,
        part_of=part_of.name if part_of else "",
        part_of_href=link(reading, "indicator", part_of.code) if part_of else "",
        index_href=link(reading, "indicators"),
        quarter=quarter,
        is_published=reading.period.is_published,
        measure=measure,
        progress=progress,
        shown=shown,
        actual_label=_actual_label(measure, quarter),
        sentence=_sentence(indicator, measure, quarter, progress, shown),
        needed_label=_needed_label(measure),
        projection_note=_projection_note(quarter, shown),
        goal=_goal(facts, indicator, quarter),
        years=build_years(facts, indicator, quarter, printed.targets, printed.baseline),
        quarters=build_quarters(facts, indicator, facts.city, quarter),
        towns=build_town_shares(reading, user, facts, indicator, _note(reading, user, indicator)),
        is_allocated=indicator.allocation_order is not None,
        words=printed.words,
    )


def _note(reading: Reading, user: Person, indicator: Indicator) -> str:
    """The office's explanation speaks of the towns' figures: for readers of every town only."""
    if not can_read_every_town(user):
        return ""
    notes = ReconciliationNote.objects.filter(period=reading.period, indicator=indicator)
    return notes.values_list("text", flat=True).first() or ""


def _sentence(
    indicator: Indicator, measure: Measure, quarter: Quarter, progress: Progress, shown: ShownProgress
) -> str:
    """What is seen, in a sentence: how much is done, against what, and where the year will end."""
    if progress.actual is None and progress.target is None:
        return f"{quarter.year}年未定目标。"
    if progress.actual is None:
        return f"{_actual_label(measure, quarter)}：{shown.actual.reason}。"
    said = f"{_actual_label(measure, quarter)} {shown.actual.with_unit(indicator.unit)}"
    if isinstance(progress.completion, Reason):
        return f"{said}，{progress.completion.label}。"
    said += f"，完成年度目标的 {shown.completion}，{shown.lead_words}"
    if measure.is_flow and not quarter.is_last and not isinstance(progress.projection, Reason):
        said += f"；{shown.projection_method}全年 {shown.projection.with_unit(indicator.unit)}"
    return said + "。"


def _actual_label(measure: Measure, quarter: Quarter) -> str:
    """What the actual covers: the year so far, or for a level the end of the quarter's last month."""
    return f"{quarter.span}累计" if measure.is_flow else f"{quarter.number * 3}月末"


def _needed_label(measure: Measure) -> str:
    return "每季还可用" if measure.is_flow and measure.is_falling else "每季还需"


def _projection_note(quarter: Quarter, shown: ShownProgress) -> str:
    """How the projection was made; empty where there is none."""
    if shown.projection.is_missing:
        return ""
    return f"{shown.projection_method}{'，仅供参考' if quarter.number == 1 else ''}"


def _goal(facts: PlanFacts, indicator: Indicator, quarter: Quarter) -> Goal | None:
    """The plan's whole goal where it can be computed: a total, an average growth, a rise since the baseline."""
    if indicator.goal_value is None:
        return None
    city, plan = facts.city, facts.plan
    baseline = facts.baselines.get((indicator.pk, city.pk))
    if indicator.goal_kind == GoalKind.TOTAL:
        ends = [
            facts.actual(indicator, city, Quarter(year, 4)) for year in range(plan.first_year, quarter.year)
        ]
        done = plan_to_date(ends, facts.actual(indicator, city, quarter), indicator.goal_value)
        return Goal(f"{plan.first_year}年以来完成", show_percent(done), indicator.goal_text)
    if indicator.goal_kind == GoalKind.GROWTH:
        last_full = quarter.year if quarter.is_last else quarter.year - 1
        value = facts.actual(indicator, city, Quarter(last_full, 4)) if last_full >= plan.first_year else None
        years = last_full - plan.base_year
        growth = average_growth(value, baseline, years) if years else Reason.NOT_DUE
        return Goal(f"{plan.base_year}年以来年均增长", show_growth(growth), indicator.goal_text)
    return Goal(f"比{plan.base_year}年提高", _rise(facts, indicator, quarter), indicator.goal_text)


def _rise(facts: PlanFacts, indicator: Indicator, quarter: Quarter) -> Shown:
    measure = facts.measures[indicator.pk]
    actual = facts.actual(indicator, facts.city, quarter)
    baseline = facts.baselines.get((indicator.pk, facts.city.pk))
    risen: Result = Reason.NO_BASE if baseline is None else measure.unreported(quarter.number)
    if actual is not None and baseline is not None:
        risen = actual - baseline
    return show_signed(risen, measure.decimals)
