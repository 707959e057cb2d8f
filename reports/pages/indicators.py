"""指标 `/indicators/`: all of the plan's indicators with their whole path, 附件1 first, those of the text after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import Listing, Reason
from indicators.domain.periods import Quarter
from indicators.models import Indicator, PlanNote
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.reading import Reading
from reports.figures import Shown, show_figure, show_target
from reports.pages.board import BoardRow, board_groups, board_rows

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class PathCell:
    """A year's target; `is_now` marks the year that is being read."""

    year: int
    target: Shown
    is_now: bool


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """A board row with the path around it. `notes` is how many places the plan disagrees with itself here."""

    row: BoardRow
    baseline: Shown
    path: tuple[PathCell, ...]
    goal: str
    lead_unit: str
    notes: int


@dataclass(frozen=True, slots=True)
class LineGroup:
    name: str
    is_campaign: bool
    lines: tuple[IndicatorLine, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """附件1 or the text, whose figures are not assessed. `has_goals`: a line has a 我市目标; `width` counts columns."""

    key: str
    title: str
    note: str
    is_assessed: bool
    has_goals: bool
    width: int
    groups: tuple[LineGroup, ...]


@dataclass(frozen=True, slots=True)
class IndicatorsPage:
    quarter: Quarter
    is_published: bool
    base_year: int
    years: tuple[int, ...]
    annex_count: int
    parts_count: int
    text_count: int
    sections: tuple[Section, ...]


COLUMNS = 5  # name, baseline, cumulative, completion, lead unit; the years, light and goal come on top


def build(reading: Reading, user: Person) -> IndicatorsPage:
    facts = load_facts(reading.plan, user, areas=[reading.plan.city])
    notes = _notes_by_indicator(reading)
    annex = board_rows(reading, facts, Listing.ANNEX)
    text = board_rows(reading, facts, Listing.TEXT)
    years = tuple(reading.plan.years)
    width = COLUMNS + len(years)
    sections = (
        _section(
            "annex",
            "附件1",
            "年度目标、累计和完成率均为全市",
            True,
            width,
            _groups(reading, facts, annex, notes),
        ),
        _section("text", "正文指标", "只跟踪，不评定", False, width, _groups(reading, facts, text, notes)),
    )
    return IndicatorsPage(
        quarter=reading.quarter,
        is_published=reading.period.is_published,
        base_year=reading.plan.base_year,
        years=years,
        annex_count=sum(not row.is_part for row in annex),
        parts_count=sum(row.is_part for row in annex),
        text_count=len(text),
        sections=tuple(section for section in sections if section.groups),
    )


def _section(
    key: str, title: str, note: str, is_assessed: bool, width: int, groups: tuple[LineGroup, ...]
) -> Section:
    has_goals = any(line.goal for group in groups for line in group.lines)
    return Section(key, title, note, is_assessed, has_goals, width + is_assessed + has_goals, groups)


def _groups(
    reading: Reading, facts: PlanFacts, rows: tuple[BoardRow, ...], notes: dict[int, int]
) -> tuple[LineGroup, ...]:
    indicator_of = {indicator.code: indicator for indicator in facts.indicators}
    return tuple(
        LineGroup(
            group.name,
            group.is_campaign,
            tuple(_line(reading, facts, indicator_of[row.code], row, notes) for row in group.rows),
        )
        for group in board_groups(facts, rows)
    )


def _notes_by_indicator(reading: Reading) -> dict[int, int]:
    counts: dict[int, int] = {}
    noted = PlanNote.objects.filter(plan=reading.plan, indicator__isnull=False)
    for indicator_id in noted.values_list("indicator_id", flat=True):
        counts[indicator_id] = counts.get(indicator_id, 0) + 1
    return counts


def _line(
    reading: Reading, facts: PlanFacts, indicator: Indicator, row: BoardRow, notes: dict[int, int]
) -> IndicatorLine:
    measure = facts.measures[indicator.pk]
    baseline = facts.baselines.get((indicator.pk, facts.city.pk))
    return IndicatorLine(
        row=row,
        baseline=show_figure(baseline, measure.decimals, if_none=Reason.NO_BASE),
        path=tuple(
            PathCell(
                year,
                show_target(facts.target(indicator, facts.city, year), measure),
                year == reading.period.year,
            )
            for year in reading.plan.years
        ),
        goal=indicator.goal_text if indicator.goal_text != "-" else "",
        lead_unit=indicator.lead_unit.short_name if indicator.lead_unit else "",
        notes=notes.get(indicator.pk, 0),
    )
