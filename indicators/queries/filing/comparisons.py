"""What stands beside a figure that is being filed, and what is doubtful about it (domain.md section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.choices import Frequency, Kind
from indicators.domain.filing import EntryRule, Finding, Level, blocks_submission, check_entry, check_part
from indicators.domain.periods import Quarter, is_due
from indicators.models import Indicator, Plan
from indicators.queries.facts import PlanFacts, load_facts
from towns.models import Area


@dataclass(frozen=True, slots=True)
class Figure:
    """What one cell of a return says: a cumulative value in the indicator's unit, or none, and a note."""

    value: Decimal | None = None
    note: str = ""


EMPTY = Figure()
NO_TEXT = Finding(Level.ERROR, "no_text", "本单位本季度没有要填的指标，请填写工作进展。")


@dataclass(frozen=True, slots=True)
class Beside:
    """Approved figures beside a cell, in the indicator's unit; None where there is none.

    `last_quarter` is the quarter before, whichever its year; `earlier` the latest of the same year, which a
    cumulative figure should not fall below; `later` those of the same year after it; `approved` the cell's own.
    """

    target: Decimal | None
    last_quarter: Decimal | None
    last_year: Decimal | None
    earlier: Decimal | None
    later: tuple[Decimal, ...]
    approved: Decimal | None


def load_comparisons(plan: Plan, areas: Iterable[Area], quarters: Sequence[Quarter]) -> PlanFacts:
    """The facts that returns of these areas and quarters are compared with: three queries.

    For the unit's own people, the office and the auditor, who may all see them: access is asked before.
    """
    years = {quarter.year for quarter in quarters}
    return load_facts(plan, None, years=years | {year - 1 for year in years}, areas=areas)


def beside(facts: PlanFacts, indicator: Indicator, area: Area, quarter: Quarter) -> Beside:
    """What stands beside this indicator's cell in the return of an area and quarter."""
    year = {
        number: facts.actuals.get((indicator.pk, area.pk, quarter.year, number)) for number in range(1, 5)
    }
    earlier = [year[number] for number in range(quarter.number - 1, 0, -1) if year[number] is not None]
    later = [figure for number, figure in year.items() if number > quarter.number and figure is not None]
    return Beside(
        target=facts.target(indicator, area, quarter.year),
        last_quarter=facts.actual(indicator, area, quarter.previous),
        last_year=facts.actual(indicator, area, quarter.same_last_year),
        earlier=earlier[0] if earlier else None,
        later=tuple(later),
        approved=year[quarter.number],
    )


def findings_of(
    indicators: Sequence[Indicator],
    figures: Mapping[str, Figure],
    facts: PlanFacts,
    area: Area,
    quarter: Quarter,
) -> dict[str, tuple[Finding, ...]]:
    """Errors and doubts by indicator code, in the order of the rows; codes without any are left out."""
    by_id = {indicator.pk: indicator for indicator in indicators}
    found: dict[str, tuple[Finding, ...]] = {}
    for indicator in indicators:
        figure = figures.get(indicator.code, EMPTY)
        there = beside(facts, indicator, area, quarter)
        findings = check_entry(
            rule_of(indicator, quarter),
            figure.value,
            figure.note,
            target=there.target,
            last_quarter=there.earlier,
            last_year=there.last_year,
            later_quarters=there.later,
            is_correction=there.approved is not None,
        )
        whole = by_id.get(indicator.part_of_id or 0)
        if whole is not None:
            whole_value = figures.get(whole.code, EMPTY).value
            names = {"part_name": indicator.short_name, "whole_name": whole.short_name}
            findings = check_part(figure.value, whole_value, **names) + findings
        if findings:
            found[indicator.code] = tuple(findings)
    return found


def open_findings(
    findings: Mapping[str, Sequence[Finding]], figures: Mapping[str, Figure]
) -> dict[str, tuple[Finding, ...]]:
    """Of the findings, those that still stand in the way of submission."""
    return {
        code: tuple(found)
        for code, found in findings.items()
        if blocks_submission(found, figures.get(code, EMPTY).note)
    }


def standing_in_the_way(
    indicators: Sequence[Indicator],
    figures: Mapping[str, Figure],
    facts: PlanFacts,
    area: Area,
    quarter: Quarter,
    *,
    progress_text: str,
) -> dict[str, tuple[Finding, ...]]:
    """What a return that says this may not be submitted with; "progress_text" for one that says nothing at all."""
    if not indicators:
        return {} if progress_text.strip() else {"progress_text": (NO_TEXT,)}
    return open_findings(findings_of(indicators, figures, facts, area, quarter), figures)


def rule_of(indicator: Indicator, quarter: Quarter) -> EntryRule:
    """What must hold for this indicator's figure, in the domain's words."""
    return EntryRule(
        name=indicator.short_name,
        kind=Kind(indicator.kind),
        decimals=indicator.decimals,
        unit=indicator.unit,
        percent_of_whole=indicator.percent_of_whole,
        signed=indicator.signed,
        due=is_due(Frequency(indicator.frequency), quarter.number),
    )
