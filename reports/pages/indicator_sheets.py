"""One indicator for its workbook: the city by year and quarter, the towns by quarter, as this reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.domain.periods import Quarter, quarters_of
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from indicators.queries.reading import Reading
from reports.pages.indicator import IndicatorPage, page_of
from reports.pages.indicator_quarters import QuarterRow, build_quarters
from reports.pages.indicator_subject import read_subject
from reports.pages.indicator_towns import TownRow, TownShares

if TYPE_CHECKING:
    from towns.access import Person

Figures = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class TownLine:
    """A town's cumulative figures of the year's four quarters; None where the reader may see targets only."""

    row: TownRow
    actuals: Figures | None


@dataclass(frozen=True, slots=True)
class SumLine:
    """The towns added up, the city, or the difference: the year's target and the four quarters."""

    name: str
    is_difference: bool
    target: Decimal | None
    actuals: Figures | None


@dataclass(frozen=True, slots=True)
class IndicatorSheets:
    """`quarters` are those of every year up to the one being read, `settled` the published ones among them.

    `towns` stand as in the plan, whoever reads, and are None where the indicator has none to show. `corrected` names
    the figures that are being corrected, as far as the reader sees them.
    """

    page: IndicatorPage
    plan: str
    city: str
    is_demonstration: bool
    quarters: tuple[QuarterRow, ...]
    settled: frozenset[Quarter]
    towns: tuple[TownLine, ...] | None
    sums: tuple[SumLine, ...]
    corrected: tuple[str, ...]


def build(reading: Reading, user: Person, code: str) -> IndicatorSheets:
    """Raises Http404 with a Chinese sentence for a code that the plan does not have."""
    subject = read_subject(reading, user, code)
    indicator, facts = subject.indicator, subject.facts
    page = page_of(reading, user, subject)
    towns = _towns(facts, indicator, page)
    return IndicatorSheets(
        page=page,
        plan=reading.plan.name,
        city=facts.city.name,
        is_demonstration=reading.plan.demonstration,
        quarters=_quarters(facts, indicator, reading.quarter),
        settled=frozenset(period.quarter for period in reading.periods if period.is_published),
        towns=towns,
        sums=_sums(facts, indicator, page, page.towns, towns) if page.towns and towns else (),
        corrected=_corrected(facts, indicator, reading.quarter),
    )


def _quarters(facts: PlanFacts, indicator: Indicator, now: Quarter) -> tuple[QuarterRow, ...]:
    ends = [Quarter(year, 4) for year in range(facts.plan.first_year, now.year)]
    return tuple(row for end in (*ends, now) for row in build_quarters(facts, indicator, facts.city, end))


def _towns(facts: PlanFacts, indicator: Indicator, page: IndicatorPage) -> tuple[TownLine, ...] | None:
    if page.towns is None:
        return None
    by_name = {row.name: row for row in page.towns.rows}
    lines = []
    for town in facts.towns:
        row = by_name[town.name]
        readable = row.is_readable
        lines.append(TownLine(row, _figures(facts, indicator, town.pk, page.quarter) if readable else None))
    return tuple(lines)


def _figures(facts: PlanFacts, indicator: Indicator, area: int, now: Quarter) -> Figures:
    """Of the year's four quarters; nothing later than the one being read."""
    return tuple(
        facts.actuals.get((indicator.pk, area, now.year, number)) if number <= now.number else None
        for number in range(1, 5)
    )


def _sums(
    facts: PlanFacts,
    indicator: Indicator,
    page: IndicatorPage,
    shares: TownShares,
    towns: tuple[TownLine, ...],
) -> tuple[SumLine, ...]:
    """The city always; the towns' sum where figures add up, of actuals only for readers of every town."""
    own = SumLine(
        f"{facts.city.name}（全市）",
        False,
        page.progress.target,
        _figures(facts, indicator, facts.city.pk, page.quarter),
    )
    if not shares.adds_up:
        return (own,)
    total = _added([town.row.target for town in towns])
    sums = differences = None
    if shares.shows_every_town:
        columns = zip(*(town.actuals for town in towns if town.actuals is not None), strict=True)
        sums = tuple(_added(column) for column in columns)
        differences = tuple(map(_less, sums, own.actuals or ()))
    return (
        SumLine("各镇区相加", False, total, sums),
        own,
        SumLine("相加与全市差额", True, _less(total, own.target), differences),
    )


def _added(values: list[Decimal | None] | tuple[Decimal | None, ...]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _less(total: Decimal | None, stated: Decimal | None) -> Decimal | None:
    return None if total is None or stated is None else total - stated


def _corrected(facts: PlanFacts, indicator: Indicator, now: Quarter) -> tuple[str, ...]:
    """ "中山市2015年第一季度": of the quarters that are told."""
    told = quarters_of(facts.plan.first_year, now.year)
    return tuple(
        f"{area.name}{quarter.label}"
        for quarter in told
        if quarter <= now
        for area in (facts.city, *facts.towns)
        if facts.is_in_correction(indicator, area, quarter)
    )
