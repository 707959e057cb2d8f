"""指标 `/indicators/<code>/`: one indicator with all that is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import Listing, Reason
from indicators.domain.measures import Measure, Result
from indicators.domain.periods import Quarter
from indicators.domain.progress import Progress
from indicators.models import Indicator
from indicators.queries.reading import Reading
from reports.figures import Shown, ShownProgress, lead_unit_of, show_progress, show_signed
from reports.pages.indicator_goal import Goal, goal_of
from reports.pages.indicator_quarters import QuarterRow, build_quarters, covered
from reports.pages.indicator_subject import Subject, read_subject
from reports.pages.indicator_towns import TownShares, build_town_shares
from reports.pages.indicator_years import YearRow, build_years
from reports.pages.links import link
from reports.pages.plan_words import PlanWords

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class Part:
    """An indicator that the plan counts within this one (其中)."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """`is_assessed` is False for figures of the text alone, which are tracked and carry no light.

    `needed_unit` is that of what is still needed; `distance` is how far the year ended from its target, and
    `outcome` 完成, 未完成 or empty, for the fourth quarter. `no_baseline` says that the plan states no figure of
    the year before it.
    """

    code: str
    name: str
    short_name: str
    unit: str
    lead_unit: str
    category: str
    is_assessed: bool
    part_of: str
    part_of_href: str
    parts: tuple[Part, ...]
    index_href: str
    workbook_href: str
    quarter: Quarter
    is_published: bool
    measure: Measure
    progress: Progress
    shown: ShownProgress
    sentence: str
    actual_label: str
    held_label: str
    needed_label: str
    needed_unit: str
    projection_note: str
    distance: Shown
    outcome: str
    no_baseline: str
    goal: Goal | None
    years: tuple[YearRow, ...]
    quarters: tuple[QuarterRow, ...]
    towns: TownShares | None
    is_allocated: bool
    words: PlanWords


def build(reading: Reading, user: Person, code: str) -> IndicatorPage:
    """Raises Http404 with a Chinese sentence for a code that the plan does not have."""
    return page_of(reading, user, read_subject(reading, user, code))


def page_of(reading: Reading, user: Person, subject: Subject) -> IndicatorPage:
    """Compute the page from what has been read; no query."""
    indicator, facts, printed = subject.indicator, subject.facts, subject.printed
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
    lead_unit = lead_unit_of(measure, indicator.unit)
    years = build_years(facts, indicator, quarter, printed.targets, printed.baseline)
    quarters = build_quarters(facts, indicator, facts.city, quarter)
    return IndicatorPage(
        code=indicator.code,
        name=indicator.name,
        short_name=indicator.short_name,
        unit=indicator.unit,
        lead_unit=lead_unit,
        category=indicator.category.name,
        is_assessed=indicator.listing == Listing.ANNEX,
        part_of=part_of.name if part_of else "",
        part_of_href=link(reading, "indicator", part_of.code) if part_of else "",
        parts=tuple(
            Part(one.name, link(reading, "indicator", one.code))
            for one in facts.indicators
            if one.part_of_id == indicator.pk
        ),
        index_href=link(reading, "indicators"),
        workbook_href=link(reading, "indicator_workbook", indicator.code),
        quarter=quarter,
        is_published=reading.period.is_published,
        measure=measure,
        progress=progress,
        shown=shown,
        actual_label=_actual_label(measure, quarter),
        held_label="累计" if measure.is_flow else "期末",
        sentence=_sentence(indicator, measure, quarter, progress, shown) + _latest(quarters, indicator.unit),
        needed_label=_needed_label(measure),
        needed_unit=indicator.unit if measure.is_flow else lead_unit,
        projection_note=_projection_note(quarter, shown),
        distance=show_signed(_distance(progress, measure, quarter), measure.decimals),
        outcome=next((row.outcome for row in years if row.is_now), ""),
        no_baseline="" if printed.baseline else f"计划未载明{facts.plan.base_year}年基期数。",
        goal=goal_of(facts, indicator, lead_unit, quarter),
        years=years,
        quarters=quarters,
        towns=build_town_shares(reading, user, facts, indicator, subject.explanation),
        is_allocated=indicator.allocation_order is not None,
        words=printed.words,
    )


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
        said += _caution(quarter)
    return said + "。"


def _latest(quarters: Sequence[QuarterRow], unit: str) -> str:
    """While the quarter's figure is not there, the last one of the year that is; else empty."""
    read = [row for row in quarters if row.shown]
    if read[-1].shown and not read[-1].shown.actual.is_missing:
        return ""
    for row in reversed(read):
        if row.shown and not row.shown.actual.is_missing:
            done = "" if row.shown.completion.is_missing else f"，完成年度目标的 {row.shown.completion}"
            return f"最近一次为 {row.span} {row.shown.actual.with_unit(unit)}{done}。"
    return ""


def _actual_label(measure: Measure, quarter: Quarter) -> str:
    """What the actual covers: the year so far, or for a level the end of the quarter's last month."""
    return f"{quarter.span}累计" if measure.is_flow else covered(measure, quarter)


def _needed_label(measure: Measure) -> str:
    return "每季还可用" if measure.is_flow and measure.is_falling else "每季还需"


def _projection_note(quarter: Quarter, shown: ShownProgress) -> str:
    """How the projection was made; empty where there is none."""
    if shown.projection.is_missing:
        return ""
    return f"{shown.projection_method}{_caution(quarter)}"


def _caution(quarter: Quarter) -> str:
    """One quarter says little of a year."""
    return "，仅供参考" if quarter.number == 1 else ""


def _distance(progress: Progress, measure: Measure, quarter: Quarter) -> Result:
    """Actual - target: above 0 is more than the target, in either direction."""
    if progress.target is None:
        return Reason.NO_TARGET
    if progress.actual is None:
        return measure.unreported(quarter.number)
    return progress.actual - progress.target
