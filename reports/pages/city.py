"""总览 `/`: the city at a quarter. Eight queries at most, with session and reader, whatever the number of towns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from indicators.choices import Listing, ReturnState
from indicators.domain.numbers import format_percent
from indicators.domain.periods import Quarter
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.filing_progress import UNFILED, FilingProgress, load_filing_progress
from indicators.queries.league import League, load_leagues_of_year
from indicators.queries.reading import Reading
from reports.figures import DASH
from reports.pages.board import (
    BoardGroup,
    BoardRow,
    LightCount,
    assessed,
    board_groups,
    board_rows,
    count_lights,
)
from reports.pages.board_filter import FIGURES, count_links
from reports.pages.city_board import CityBoard, build_city_board
from reports.pages.city_map import MAP, CityMap, build_city_map
from reports.pages.heat_rows import ROWS
from reports.pages.heatmap import HeatMap, build_heatmap
from reports.pages.links import link, links
from reports.pages.shortfalls import Shortfall, largest_shortfalls, no_shortfall
from reports.pages.standings import ShownStanding, show_standing
from towns.access import can_read_every_return, readable_towns, unit_of
from towns.models import Unit

if TYPE_CHECKING:
    from towns.access import Person

# A city of more towns shows so many of either end, and the league table has them all.
MOST_RANKS, END_RANKS = 40, 15
NOTHING_ASKED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RankRow:
    """A town's place, and its page for those who may open it."""

    town: str
    standing: ShownStanding
    href: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class FilingList:
    """Units in one state, as the office and the auditor may see them."""

    label: str
    units: tuple[str, ...]

    @property
    def names(self) -> str:
        return "、".join(self.units)


@dataclass(frozen=True, slots=True)
class Filing:
    """`own_state` is the reader's own return, in words, and `own_href` leads to it; empty for those who file none."""

    units: int
    approved: int
    share: str
    width: str
    is_open: bool
    due: str
    lists: tuple[FilingList, ...]
    shows_every_unit: bool
    own_state: str
    own_href: str

    @property
    def has_details(self) -> bool:
        """Whether the reader may see more than the counts."""
        return self.shows_every_unit or bool(self.own_state)


@dataclass(frozen=True, slots=True)
class SubmittedSwitch:
    """For those who may read what is not approved yet: whether it is shown, and the address that turns it on or off.

    `count` is how many figures on the page are only submitted.
    """

    is_on: bool
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class CityPage:
    """Everything that the overview shows. `ranking` is None for a quarter that is not published."""

    city: str
    quarter: Quarter
    is_published: bool
    pace: str
    headline: str
    counts: tuple[LightCount, ...]
    total: int
    groups: tuple[BoardGroup, ...]
    board: CityBoard
    rows: tuple[BoardRow, ...]
    text_rows: tuple[BoardRow, ...]
    text_later: int
    shortfalls: tuple[Shortfall, ...]
    no_shortfall: str
    heatmap: HeatMap
    town_map: CityMap | None
    ranking: tuple[RankRow, ...] | None
    filing: Filing
    submitted: SubmittedSwitch | None
    indicators_href: str
    towns_href: str

    @property
    def has_changes(self) -> bool:
        """Whether the quarter before, of the same year, is published too: places won and lost can be told."""
        return any(row.standing.change for row in self.ranking or ())

    @property
    def ranking_parts(self) -> tuple[tuple[RankRow, ...], ...]:
        """The ranking to be read at a look: whole, or of many towns the first, the reader's own and the last."""
        rows = self.ranking or ()
        if len(rows) <= MOST_RANKS:
            return (rows,)
        first, middle, last = rows[:END_RANKS], rows[END_RANKS:-END_RANKS], rows[-END_RANKS:]
        own = tuple(row for row in middle if row.is_own)
        return tuple(part for part in (first, own, last) if part)

    @property
    def ranks_left_out(self) -> int:
        return len(self.ranking or ()) - sum(map(len, self.ranking_parts))

    @property
    def own_rank(self) -> RankRow | None:
        """The place of the reader's own town, for its officials."""
        return next((row for row in self.ranking or () if row.is_own), None)


def build(
    reading: Reading,
    user: Person,
    *,
    with_submitted: bool = False,
    asked: Mapping[str, str] = NOTHING_ASKED,
) -> CityPage:
    """Read this year's and last year's facts once and compute the page from them.

    `with_submitted` shows what waits for approval too, to those alone who may read it; ranks stay what they are.
    `asked` is the address's query, which narrows the board and puts it in order.
    """
    quarter = reading.quarter
    with_submitted = with_submitted and can_read_every_return(user)
    asked = {name: value for name, value in asked.items() if name != FIGURES or with_submitted}
    facts = load_facts(reading.plan, user, at=quarter, with_submitted=with_submitted, for_ranks=True)
    rows = board_rows(reading, facts, Listing.ANNEX)
    texts = board_rows(reading, facts, Listing.TEXT)
    counted = assessed(rows)
    groups = board_groups(facts, rows)
    board, chosen = build_city_board(reading, facts, groups, asked)
    counts = count_links(reading, count_lights(reading.plan, counted), chosen)
    state = {MAP: asked.get(MAP, ""), ROWS: asked.get(ROWS, ""), **chosen.query}
    state = {name: value for name, value in state.items() if value}
    heatmap = build_heatmap(
        reading, user, facts, asked.get(ROWS, ""), {name: state[name] for name in state if name != ROWS}
    )
    leagues = load_leagues_of_year(reading, user, facts, latest=2)
    return CityPage(
        city=facts.city.name,
        quarter=quarter,
        is_published=reading.period.is_published,
        pace=_usual_pace(counted),
        headline=_headline(counts, len(counted)),
        counts=counts,
        total=len(counted),
        groups=groups,
        board=board,
        rows=rows,
        text_rows=tuple(row for row in texts if row.has_figures),
        text_later=sum(not row.has_figures for row in texts),
        shortfalls=largest_shortfalls(counted, facts, user, quarter),
        no_shortfall=no_shortfall(counted),
        heatmap=heatmap,
        town_map=build_city_map(reading, user, facts, heatmap, leagues.get(quarter), state),
        ranking=_ranking(reading, user, leagues),
        submitted=_submitted(reading, user, facts, is_on=with_submitted),
        filing=_filing(reading, load_filing_progress(facts.city, reading.period, user)),
        indicators_href=link(reading, "indicators"),
        towns_href=link(reading, "towns"),
    )


def _usual_pace(rows: tuple[BoardRow, ...]) -> str:
    """The pace of the year: the one that most indicators share, since some may carry a curve of their own."""
    paces = [row.progress.pace for row in rows]
    return format_percent(max(paces, key=paces.count), 0) if paces else DASH


def _headline(counts: tuple[LightCount, ...], total: int) -> str:
    if not total:
        return "本年度没有附件1指标的目标。"
    parts = [f"{count.count} 项{count.label}" for count in counts if count.count]
    return f"{total} 项附件1指标中，" + "，".join(parts) + "。"


def _ranking(reading: Reading, user: Person, leagues: Mapping[Quarter, League]) -> tuple[RankRow, ...] | None:
    league, own = leagues.get(reading.quarter), unit_of(user)
    if league is None:
        return None
    at = links(reading, "town")
    readable = {town.pk for town in readable_towns(user, (one.town for one in league.standings))}
    return tuple(
        RankRow(
            town=one.town.name,
            standing=show_standing(reading.plan, leagues, reading.quarter, one.town),
            href=at(one.town.code) if one.town.pk in readable else "",
            is_own=own is not None and own.area_id == one.town.pk,
        )
        for one in league.standings
    )


def _filing(reading: Reading, progress: FilingProgress) -> Filing:
    own_state = own_href = ""
    if progress.filings and not progress.shows_every_unit:
        own = progress.filings[0]
        own_state = _state_words(own.state)
        own_href = link(reading, "return", reading.period.code, own.unit.code)
    groups = (
        ("未报送", UNFILED),
        ("已退回", {ReturnState.RETURNED}),
        ("待审核", {ReturnState.SUBMITTED}),
    )
    lists = [FilingList(label, _names(progress.in_state(states))) for label, states in groups]
    share = format_percent(_ratio(progress), 0) if progress.units else DASH
    return Filing(
        units=progress.units,
        approved=progress.approved,
        share=share,
        width=share if progress.units else "0%",
        is_open=reading.period.opens_on is not None,
        due=f"{reading.period.due_on:%Y年%-m月%-d日}",
        lists=tuple(one for one in lists if one.units) if progress.shows_every_unit else (),
        shows_every_unit=progress.shows_every_unit,
        own_state=own_state,
        own_href=own_href,
    )


def _submitted(reading: Reading, user: Person, facts: PlanFacts, *, is_on: bool) -> SubmittedSwitch | None:
    if not can_read_every_return(user):
        return None
    kept = reading.query if is_on else {**reading.query, "figures": "submitted"}
    here = (reading.quarter.year, reading.quarter.number)
    return SubmittedSwitch(
        is_on=is_on,
        count=sum(key[2:] == here for key in facts.submitted),
        href=f"{reverse('city')}?{urlencode(kept)}" if kept else reverse("city"),
    )


def _ratio(progress: FilingProgress) -> Decimal:
    return Decimal(progress.approved) / progress.units


def _names(units: tuple[Unit, ...]) -> tuple[str, ...]:
    return tuple(unit.short_name for unit in units)


def _state_words(state: ReturnState | None) -> str:
    return "未报送" if state in UNFILED else str(state.label)
