"""`/cells/<town>/<indicator>/`: what stands behind one cell of 镇区 × 指标, and where its figure came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.http import Http404
from django.utils import timezone

from indicators.choices import ReturnState, Vintage
from indicators.domain.measures import Measure
from indicators.domain.periods import Quarter
from indicators.models import Actual, Indicator, PlanNote
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.reading import Reading
from reports.figures import DASH, STILL_STANDS, Shown, ShownProgress, lead_unit_of, show_progress
from reports.pages.indicator_quarters import QuarterRow, build_quarters, covered
from reports.pages.links import link
from reports.pages.plan_words import Note
from reports.pages.town_ranks import PROVISIONAL, indicator_rank
from towns.access import can_read_every_return, can_read_every_town, can_read_town, unit_of
from towns.models import Area, Unit

if TYPE_CHECKING:
    from datetime import datetime

    from towns.access import Person


@dataclass(frozen=True, slots=True)
class Origin:
    """Which unit filed the approved figure and when, and when the office approved it; empty where not known.

    Who did so by name is told to readers of every return alone. While a figure is corrected its return's own dates
    are of the correction and stay out. `vintage` is empty but for figures of the annual report.
    """

    unit: str
    filed_for_unit: bool
    submitted: str
    approved: str
    source: str
    vintage: str
    correction: str


@dataclass(frozen=True, slots=True)
class CellStory:
    """`rank` is None for those to whom ranks by indicator are not public; `origin` without an approved figure.

    `earlier` are the year's quarters before this one; `return_href` is empty where the reader may not open the return.
    """

    town: str
    indicator: str
    short_name: str
    unit: str
    lead_unit: str
    is_part: bool
    quarter: Quarter
    is_published: bool
    sentence: str
    shown: ShownProgress
    actual_label: str
    needed_label: str
    rank: Shown | None
    origin: Origin | None
    earlier: tuple[QuarterRow, ...]
    notes: tuple[Note, ...]
    stands_in: bool
    city_href: str
    town_href: str
    indicator_href: str
    return_href: str


def build(
    reading: Reading, user: Person, town_code: str, indicator_code: str, *, with_submitted: bool = False
) -> CellStory:
    """One indicator's facts of all towns that the reader may see; queries as many for any number of towns.

    Raises Http404 with the same sentence for a town or an indicator that is not there, and for a town whose figures
    are not this reader's.
    """
    quarter = reading.quarter
    chosen = Indicator.objects.of(reading.plan).filter(code=indicator_code)
    years = (quarter.year - 1, quarter.year)
    waiting = with_submitted and can_read_every_return(user)
    facts = load_facts(reading.plan, user, years=years, indicators=chosen, with_submitted=waiting)
    indicator = next((one for one in facts.allocated() if one.code == indicator_code), None)
    town = next((one for one in facts.towns if one.code == town_code), None)
    if indicator is None or town is None or not can_read_town(user, town):
        raise Http404("没有这一格，或不在您的查看范围内。请从总览的“镇区 × 指标”进入。")
    measure = facts.measures[indicator.pk]
    shown = show_progress(
        facts.progress(indicator, town, quarter),
        measure,
        indicator.unit,
        in_correction=facts.is_in_correction(indicator, town, quarter),
        is_submitted=facts.is_submitted(indicator, town, quarter),
    )
    settled = facts.approved()
    quarters = build_quarters(settled, indicator, town, quarter)
    unit = Unit.objects.filter(area=town).first()
    return CellStory(
        town=town.name,
        indicator=indicator.name,
        short_name=indicator.short_name,
        unit=indicator.unit,
        lead_unit=lead_unit_of(measure, indicator.unit),
        is_part=indicator.part_of_id is not None,
        quarter=quarter,
        is_published=reading.period.is_published,
        sentence=_sentence(shown, indicator, quarter),
        shown=shown,
        actual_label=_actual_label(measure, quarter),
        needed_label="还可用" if measure.is_flow and measure.is_falling else "还需",
        rank=_rank(reading, user, settled, indicator, town),
        origin=_origin(reading, user, indicator, town),
        earlier=tuple(row for row in quarters if row.quarter < quarter),
        notes=_notes(reading, town, indicator),
        stands_in=(indicator.pk, town.pk, quarter.year) in facts.stand_ins,
        city_href=link(reading, "city") + "#heatmap",
        town_href=link(reading, "town", town.code),
        indicator_href=link(reading, "indicator", indicator.code),
        return_href=_return_href(reading, user, unit),
    )


def _actual_label(measure: Measure, quarter: Quarter) -> str:
    """What the actual covers: "1-6月累计", or of a level "6月末"."""
    return f"{quarter.span}累计" if measure.is_flow else covered(measure, quarter)


def _sentence(shown: ShownProgress, indicator: Indicator, quarter: Quarter) -> str:
    """The cell in words: what is done of what, and how far ahead or behind; or what is missing and what was due."""
    target = shown.target.with_unit(indicator.unit)
    if shown.actual.is_missing:
        told = f"{covered(indicator.measure, quarter)}{shown.actual.reason}"
        if shown.target.is_missing:
            return f"{told}，{shown.target.reason}。"
        return f"{told}；年度目标 {target}，到本季应达 {shown.expected.with_unit(indicator.unit)}。"
    told = f"{_actual_label(indicator.measure, quarter)} {shown.actual.with_unit(indicator.unit)}"
    if shown.completion.is_missing:
        return f"{told}，{shown.completion.reason}。"
    return f"{told}，完成年度目标 {target}的 {shown.completion}，{shown.lead_words}。"


def _rank(reading: Reading, user: Person, facts: PlanFacts, indicator: Indicator, town: Area) -> Shown | None:
    if not can_read_every_town(user):
        return None
    if not reading.period.is_published:
        return Shown(DASH, PROVISIONAL)
    return indicator_rank(facts, indicator, town, reading.quarter)


def _origin(reading: Reading, user: Person, indicator: Indicator, town: Area) -> Origin | None:
    """Where the approved figure comes from; one query."""
    actual = (
        Actual.objects.of(reading.plan)
        .visible_to(user)
        .filter(indicator=indicator, area=town, year=reading.quarter.year, quarter=reading.quarter.number)
        .select_related("filed_in__unit", "filed_in__submitted_by", "filed_in__decided_by")
        .first()
    )
    if actual is None:
        return None
    filed = actual.filed_in
    stands = filed.state == ReturnState.APPROVED
    named = can_read_every_return(user) and stands
    return Origin(
        unit=filed.unit.name,
        filed_for_unit=filed.filled_for_unit and stands,
        submitted=_when(filed.submitted_at, filed.submitted_by if named else None) if stands else "",
        approved=_when(actual.approved_at, filed.decided_by if named else None),
        source=actual.source,
        vintage=str(actual.get_vintage_display()) if actual.vintage != Vintage.FLASH else "",
        correction="" if stands else STILL_STANDS,
    )


def _when(moment: datetime | None, person: User | None) -> str:
    """ "2016年7月8日" in the city's own time, and by whom where the reader may know; empty without a moment."""
    if moment is None:
        return ""
    day = f"{timezone.localdate(moment):%Y年%-m月%-d日}"
    return f"{day}（{person.get_full_name() or person.get_username()}）" if person else day


def _notes(reading: Reading, town: Area, indicator: Indicator) -> tuple[Note, ...]:
    """Where the plan disagrees with itself about this very figure."""
    notes = PlanNote.objects.filter(plan=reading.plan, area=town, indicator=indicator)
    return tuple(Note(str(note.get_kind_display()), note.text, note.clause) for note in notes)


def _return_href(reading: Reading, user: Person, unit: Unit | None) -> str:
    """The return that the figure is filed in: for readers of every return, and for the town's own people."""
    own = unit_of(user)
    if unit is None or reading.period.opens_on is None:
        return ""
    if not (can_read_every_return(user) or (own is not None and own.pk == unit.pk)):
        return ""
    return link(reading, "return", reading.period.code, unit.code)
