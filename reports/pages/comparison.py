"""Up to four towns side by side: their places, and every allocated target with what each has done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import Http404

from indicators.domain.periods import Quarter
from indicators.domain.ranking import shared_ranks
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from indicators.queries.league import League
from indicators.queries.reading import Reading
from reports.figures import Shown, ShownProgress, show_progress, show_target
from reports.pages.links import link
from reports.pages.standings import ShownStanding, show_standing
from reports.pages.town_ranks import comparable_lead
from reports.pages.towns_asked import MOST_COMPARED, TownsAsked, towns_href
from towns.access import can_read_town
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class ComparedTown:
    """One column. `standing` is None while unpublished; `href` empty where the reader may not open the town.

    `is_best` marks the highest score among these towns; `remove_href` asks for the comparison without this one.
    """

    code: str
    name: str
    href: str
    remove_href: str
    standing: ShownStanding | None
    is_best: bool


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """One town's figures of one indicator. `shown` is None where only the target is the reader's to see."""

    town: str
    target: Shown
    shown: ShownProgress | None
    is_best: bool


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One allocated indicator over the towns, in their order."""

    short_name: str
    unit: str
    href: str
    is_part: bool
    figures: tuple[ComparedFigure, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`sentence` says who is compared and who was left out; `marks_best` when anything is marked as leading.

    `marks_figures` when that is a figure, so that the page must say what the figures are compared by.
    `hides_figures` when of some towns only targets, places and scores are the reader's to see.
    """

    sentence: str
    towns: tuple[ComparedTown, ...]
    rows: tuple[ComparedRow, ...]
    marks_best: bool
    marks_figures: bool
    hides_figures: bool
    leave_href: str


def build_comparison(
    reading: Reading, user: Person, facts: PlanFacts, leagues: Mapping[Quarter, League], asked: TownsAsked
) -> Comparison | None:
    """None where no town is asked for; no query. Raises Http404 with a Chinese sentence for a town that is not there.

    `facts` are the reader's own: of a town that is not theirs to read there is the target alone.
    """
    if not asked.compared:
        return None
    by_code = {town.code: town for town in facts.towns}
    left_out = [_known(by_code, code) for code in asked.left_out]
    chosen = [_known(by_code, code) for code in asked.compared]
    towns = _towns(reading, user, leagues, asked, chosen)
    rows = tuple(_row(reading, user, facts, indicator, chosen) for indicator in facts.allocated())
    marks_figures = any(one.is_best for row in rows for one in row.figures)
    return Comparison(
        sentence=_sentence(chosen, left_out),
        towns=towns,
        rows=rows,
        marks_best=marks_figures or any(town.is_best for town in towns),
        marks_figures=marks_figures,
        hides_figures=not all(can_read_town(user, town) for town in chosen),
        leave_href=towns_href(reading, TownsAsked(band=asked.band, page=asked.page)),
    )


def _known(towns: Mapping[str, Area], code: str) -> Area:
    if code not in towns:
        raise Http404(f"没有代码为“{code}”的镇区。")
    return towns[code]


def _sentence(chosen: Sequence[Area], left_out: Sequence[Area]) -> str:
    if left_out:
        names = "、".join(town.name for town in left_out)
        return f"最多并排比较 {MOST_COMPARED} 个镇区，已列出前 {MOST_COMPARED} 个；未列入：{names}。"
    if len(chosen) == 1:
        return f"只选了{chosen[0].name}，在下表再勾选镇区可并排比较，最多 {MOST_COMPARED} 个。"
    return ""


def _towns(
    reading: Reading,
    user: Person,
    leagues: Mapping[Quarter, League],
    asked: TownsAsked,
    chosen: Sequence[Area],
) -> tuple[ComparedTown, ...]:
    league = leagues.get(reading.quarter)
    best = _best([league.of[town.pk].score if league else None for town in chosen])
    return tuple(
        ComparedTown(
            code=town.code,
            name=town.name,
            href=link(reading, "town", town.code) if can_read_town(user, town) else "",
            remove_href=towns_href(reading, asked.without(town.code)),
            standing=show_standing(reading.plan, leagues, reading.quarter, town) if league else None,
            is_best=is_best,
        )
        for town, is_best in zip(chosen, best, strict=True)
    )


def _row(
    reading: Reading, user: Person, facts: PlanFacts, indicator: Indicator, chosen: Sequence[Area]
) -> ComparedRow:
    """The leading town is the one furthest ahead of its pace, among those that are the reader's."""
    quarter = reading.quarter
    leads = [
        comparable_lead(facts, indicator, town, quarter) if can_read_town(user, town) else None
        for town in chosen
    ]
    return ComparedRow(
        short_name=indicator.short_name,
        unit=indicator.unit,
        href=link(reading, "indicator", indicator.code),
        is_part=indicator.part_of_id is not None,
        figures=tuple(
            _figure(user, facts, indicator, town, quarter, is_best=is_best)
            for town, is_best in zip(chosen, _best(leads), strict=True)
        ),
    )


def _figure(
    user: Person, facts: PlanFacts, indicator: Indicator, town: Area, quarter: Quarter, *, is_best: bool
) -> ComparedFigure:
    measure = facts.measures[indicator.pk]
    shown = None
    if can_read_town(user, town):
        corrected = facts.is_in_correction(indicator, town, quarter)
        progress = facts.progress(indicator, town, quarter)
        shown = show_progress(progress, measure, indicator.unit, in_correction=corrected)
    target = facts.target(indicator, town, quarter.year)
    return ComparedFigure(town.name, show_target(target, measure), shown, is_best)


def _best(values: Sequence[Decimal | None]) -> list[bool]:
    """Which share the first place; none where fewer than two are known or all are equal."""
    ranks = shared_ranks(dict(enumerate(values)))
    known = [rank for rank in ranks.values() if rank is not None]
    return [len(known) > 1 and max(known) > 1 and rank == 1 for rank in ranks.values()]
