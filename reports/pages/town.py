"""镇区 `/towns/<code>/`: one town's allocation against its actuals, its place, and what it must still do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.http import Http404
from django.utils import timezone

from indicators.domain.periods import Quarter
from indicators.models import PlanNote
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.league import League, load_leagues_of_year
from indicators.queries.reading import Reading
from reports.pages.links import link
from reports.pages.plan_words import Note
from reports.pages.standings import ShownStanding, show_standing
from reports.pages.status import COUNTS_ROUNDED
from reports.pages.town_filings import FilingRow, filing_rows, full_date
from reports.pages.town_lights import TownLights, count_town_lights
from reports.pages.town_targets import TargetGroup, TargetRow, target_groups, target_rows, worst_first
from towns.access import can_read_every_town, can_read_town
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person

NAMED = 3


@dataclass(frozen=True, slots=True)
class QuarterPlace:
    """The town's place in one published quarter of the year."""

    label: str
    is_now: bool
    standing: ShownStanding


@dataclass(frozen=True, slots=True)
class TownPage:
    """`standing` is None while the quarter is unpublished; `ranked` is how many towns have a rank.

    `trend` is the row whose year is drawn large: the one asked for, else the one furthest behind, else the first.
    `ranks_by_indicator`: the rows carry their places. `sheet_line` stands on the printed sheet alone.
    """

    counts_rounded: ClassVar[str] = COUNTS_ROUNDED
    code: str
    name: str
    quarter: Quarter
    is_published: bool
    index_href: str
    sentence: str
    standing: ShownStanding | None
    ranked: int
    lights: TownLights
    groups: tuple[TargetGroup, ...]
    rows: tuple[TargetRow, ...]
    trend: TargetRow | None
    places: tuple[QuarterPlace, ...]
    filings: tuple[FilingRow, ...]
    sheet_line: str
    ranks_by_indicator: bool
    notes: tuple[Note, ...]
    stands_in: bool


@dataclass(frozen=True, slots=True)
class TownSubject:
    """One town with what its page and its statement are computed from; `leagues` as every reader may know them."""

    town: Area
    facts: PlanFacts
    leagues: Mapping[Quarter, League]


def read_town(reading: Reading, user: Person, code: str) -> TownSubject:
    """Four queries at most. Raises Http404 for a town that is not there, or not this reader's to open."""
    quarter = reading.quarter
    years = (quarter.year - 1, quarter.year)
    facts = load_facts(reading.plan, user, years=years, for_ranks=True)
    town = next((town for town in facts.towns if town.code == code), None)
    if town is None or not can_read_town(user, town):
        raise Http404(f"没有代码为“{code}”的镇区，或不在您的查看范围内。")
    return TownSubject(town, facts, load_leagues_of_year(reading, user, facts))


def build(reading: Reading, user: Person, code: str, charted: str = "", *, today: date) -> TownPage:
    """Read this year's and last year's facts once and compute the page from them; `today` judges the deadlines.

    Raises Http404 with a Chinese sentence for a town that is not there, or not this reader's to open, and for an
    indicator that is not allocated.
    """
    subject = read_town(reading, user, code)
    quarter, facts, town, leagues = reading.quarter, subject.facts, subject.town, subject.leagues
    if charted and charted not in {indicator.code for indicator in facts.allocated()}:
        raise Http404(f"没有分解到镇区的指标“{charted}”。")
    rows = target_rows(reading, user, facts, town, charted)
    league = leagues.get(quarter)
    return TownPage(
        code=town.code,
        name=town.name,
        quarter=quarter,
        is_published=reading.period.is_published,
        index_href=link(reading, "towns"),
        sentence=_sentence(rows, lights := count_town_lights(facts, town, quarter)),
        standing=show_standing(reading.plan, leagues, quarter, town) if league else None,
        ranked=sum(one.rank is not None for one in league.standings) if league else 0,
        lights=lights,
        groups=target_groups(facts, rows),
        rows=rows,
        trend=_trend(rows, charted),
        places=_places(reading, leagues, town),
        filings=filing_rows(reading, user, facts, town, today=today),
        sheet_line=_sheet_line(reading, today),
        ranks_by_indicator=can_read_every_town(user),
        notes=notes_on(reading, town),
        stands_in=any(row.stands_in for row in rows),
    )


def _sentence(rows: tuple[TargetRow, ...], lights: TownLights) -> str:
    """How many targets are on pace, and which lie furthest behind."""
    if not lights.total:
        return "本年度没有分解到本镇区的目标。"
    said = f"{lights.total} 项目标中 {lights.green} 项达序时"
    if lights.grey:
        said += f"，{lights.grey} 项无数据"
    worst = worst_first(row for row in rows if row.has_target)[:NAMED]
    if not worst:
        return said + "。"
    behind = "，".join(f"{row.short_name}{row.shown.lead_words}" for row in worst)
    return f"{said}；进度最慢的是{behind}。"


def _trend(rows: tuple[TargetRow, ...], charted: str) -> TargetRow | None:
    asked = [row for row in rows if row.code == charted]
    with_targets = [row for row in rows if row.has_target]
    return next(iter([*asked, *worst_first(with_targets), *with_targets, *rows]), None)


def _places(reading: Reading, leagues: Mapping[Quarter, League], town: Area) -> tuple[QuarterPlace, ...]:
    return tuple(
        QuarterPlace(
            quarter.span,
            quarter == reading.quarter,
            show_standing(reading.plan, leagues, quarter, town),
        )
        for quarter in leagues
    )


def _sheet_line(reading: Reading, today: date) -> str:
    """What a sheet of paper must say of itself: how far its figures go, whether they are final, when it was printed."""
    published = reading.period.published_at
    state = f"{full_date(timezone.localdate(published))}定稿" if published else "未定稿，数字可能变动"
    until = f"{full_date(reading.quarter.last_day)}（{reading.quarter.span}累计）"
    return f"数据截至{until}，{state}，打印日期{full_date(today)}"


def notes_on(reading: Reading, town: Area) -> tuple[Note, ...]:
    """Where the plan disagrees with itself about this town."""
    notes = PlanNote.objects.filter(plan=reading.plan, area=town)
    return tuple(Note(str(note.get_kind_display()), note.text, note.clause) for note in notes)
