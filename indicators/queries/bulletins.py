"""Published bulletins: what one froze of its quarter, and what is another figure, light or rank by now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from indicators.choices import Light, Listing
from indicators.domain.bulletins import Changed, ShownFigure, ShownRank, changes
from indicators.domain.numbers import plain_digits
from indicators.domain.periods import Quarter
from indicators.models import Actual, Bulletin, Indicator, Period, Plan
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.league import League, league_of
from indicators.queries.server_reading import server_reader
from towns.access import readable_towns
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person

FIGURES, RANKS = "figures", "ranks"
Key = tuple[str, str]
"""(area code, indicator code)."""


@dataclass(frozen=True, slots=True)
class ChangedFigure:
    """A figure of a bulletin that is told otherwise now. `correction` is the approved figure that came since, or None:
    what it was judged by has moved: its target, the base, the pace or the threshold of the lights."""

    area: Area
    indicator: Indicator
    then: ShownFigure
    now: ShownFigure
    correction: Actual | None


@dataclass(frozen=True, slots=True)
class ChangedRank:
    """A town's public place and score that are others now."""

    town: Area
    then: ShownRank
    now: ShownRank


NO_FIGURE = ShownFigure(None, None, Light.GREY)
NO_RANK = ShownRank(None, None)


def figures_of(period: Period) -> dict[str, Any]:
    """All that could be told of the quarter now, as JSON; three queries. See Bulletin.figures."""
    facts = load_facts(period.plan, server_reader(period.plan), at=period.quarter)
    towns = (facts.city, *facts.towns)
    return {
        FIGURES: {
            "/".join(key): [_digits(one.value), _digits(one.target), one.light.value]
            for key, one in _shown(facts, towns, period.quarter).items()
        },
        RANKS: {
            code: [one.rank, _digits(one.score)]
            for code, one in _ranks(league_of(facts, period.quarter)).items()
        },
    }


def changed_figures(bulletin: Bulletin, facts: PlanFacts, user: Person) -> tuple[ChangedFigure, ...]:
    """What is told otherwise now of the areas that the reader may see, in the plan's order; one query.

    `facts` are the reader's own of the quarter.
    """
    quarter = bulletin.period.quarter
    areas = {area.code: area for area in (facts.city, *readable_towns(user, facts.towns))}
    indicators = {indicator.code: indicator for indicator in facts.indicators}
    then = {key: one for key, one in _frozen(bulletin).items() if key[0] in areas and key[1] in indicators}
    moved = list(changes(then, _shown(facts.approved(), areas.values(), quarter)))
    corrections = _corrections(bulletin, user) if moved else {}
    return tuple(_changed_figure(one, areas, indicators, corrections) for one in moved)


def corrected_bulletins(plan: Plan, user: Person) -> frozenset[int]:
    """The ids of the plan's bulletins of which a figure that the reader may see has another value now, or none, or has
    come since; three queries. Approved again with the same value it is the same figure.
    """
    city = plan.city
    areas = [area for area in Area.objects.of_city(city) if not area.is_city]
    readable = {city.code, *(area.code for area in readable_towns(user, areas))}
    now: dict[tuple[int, int], dict[Key, Decimal]] = {}
    rows = Actual.objects.of(plan).visible_to(user).order_by()
    for *key, year, number, value in rows.values_list(
        "area__code", "indicator__code", "year", "quarter", "value"
    ):
        now.setdefault((year, number), {})[key[0], key[1]] = value
    bulletins = Bulletin.objects.visible_to(user).filter(period__plan=plan).select_related("period")
    return frozenset(
        bulletin.pk
        for bulletin in bulletins
        if any(
            one.value != now.get((bulletin.period.year, bulletin.period.number), {}).get(key)
            for key, one in _frozen(bulletin).items()
            if key[0] in readable
        )
    )


def changed_ranks(bulletin: Bulletin, league: League | None) -> tuple[ChangedRank, ...]:
    """The towns whose published place or score is another now, best first; every reader's to know. No query."""
    if league is None:
        return ()
    towns = {standing.town.code: standing.town for standing in league.standings}
    then = {
        code: ShownRank(rank, _number(score))
        for code, (rank, score) in bulletin.figures[RANKS].items()
        if code in towns
    }
    moved = changes(then, _ranks(league))
    return tuple(ChangedRank(towns[one.key], one.then or NO_RANK, one.now or NO_RANK) for one in moved)


def _changed_figure(
    one: Changed[Key, ShownFigure],
    areas: Mapping[str, Area],
    indicators: Mapping[str, Indicator],
    corrections: Mapping[Key, Actual],
) -> ChangedFigure:
    area, indicator = one.key
    then, now = one.then or NO_FIGURE, one.now or NO_FIGURE
    moved = then.value != now.value
    return ChangedFigure(
        areas[area], indicators[indicator], then, now, corrections.get(one.key) if moved else None
    )


def _corrections(bulletin: Bulletin, user: Person) -> dict[Key, Actual]:
    """{(area, indicator): the actual that was approved after the bulletin}."""
    period = bulletin.period
    rows = (
        Actual.objects.of(period.plan)
        .visible_to(user)
        .filter(year=period.year, quarter=period.number, approved_at__gt=bulletin.published_at)
        .select_related("area", "indicator", "filed_in__unit")
        .order_by()
    )
    return {(row.area.code, row.indicator.code): row for row in rows}


def _shown(facts: PlanFacts, areas: Iterable[Area], quarter: Quarter) -> dict[Key, ShownFigure]:
    """The city's indicators of 附件1 and every area's allocated ones."""
    allocated = facts.allocated()
    of_city = [one for one in facts.indicators if one.listing == Listing.ANNEX or one in allocated]
    shown = {}
    for area in areas:
        for indicator in of_city if area.is_city else allocated:
            progress = facts.progress(indicator, area, quarter)
            shown[area.code, indicator.code] = ShownFigure(progress.actual, progress.target, progress.light)
    return shown


def _ranks(league: League) -> dict[str, ShownRank]:
    """Scores as they are given out: a difference that nobody can see is none."""
    return {one.town.code: ShownRank(one.rank, one.score) for one in league.standings}


def _frozen(bulletin: Bulletin) -> dict[Key, ShownFigure]:
    frozen = {}
    for key, (value, target, light) in bulletin.figures[FIGURES].items():
        area, _, indicator = key.partition("/")
        frozen[area, indicator] = ShownFigure(_number(value), _number(target), Light(light))
    return frozen


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else plain_digits(value)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
