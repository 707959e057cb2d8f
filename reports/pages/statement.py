"""镇区对账单: what the city holds of one town, set out for the town to check and both offices to sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.domain.measures import Result
from indicators.domain.periods import Quarter
from indicators.queries.filing.board import units_read_by
from indicators.queries.filing.register import Registered, load_register
from indicators.queries.league import League
from indicators.queries.reading import Reading
from reports.pages.plan_words import Note
from reports.pages.standings import places_won
from reports.pages.town import TownSubject, notes_on, read_town
from reports.pages.town_filings import FilingRow, filing_rows
from reports.pages.town_targets import TargetRow, share_of_city, target_rows
from towns.access import can_read_every_town
from towns.choices import UnitKind

if TYPE_CHECKING:
    from towns.access import Person

Register = Mapping[tuple[int, int], Registered]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """An allocated target: `target` as the town's page has it, and what it holds as strings alone as figures.

    `share` of the city's target is None for a rate.
    """

    target: TargetRow
    share: Result | None
    last_year: Decimal | None


@dataclass(frozen=True, slots=True)
class Place:
    """The town among the others in a published quarter. `moved` places won since the quarter before, None unknown."""

    rank: int | None
    ranked: int
    score: Decimal | None
    moved: int | None
    due: int
    unreported: int


@dataclass(frozen=True, slots=True)
class StatementQuarter:
    """A quarter of the year. `place` is None while it is unpublished.

    `filing` is where its return stands, `registered` when it came and was decided on, None for those who read no
    returns.
    """

    filing: FilingRow
    place: Place | None
    registered: Registered | None


@dataclass(frozen=True, slots=True)
class StatementPage:
    """`knows_returns`: the reader may know when returns came. `ranks_by_indicator`: the rows carry their places."""

    city: str
    town: str
    plan: str
    quarter: Quarter
    is_published: bool
    is_demonstration: bool
    yellow_from: Decimal
    rows: tuple[StatementRow, ...]
    quarters: tuple[StatementQuarter, ...]
    knows_returns: bool
    ranks_by_indicator: bool
    notes: tuple[Note, ...]
    stands_in: bool

    @property
    def corrected(self) -> tuple[str, ...]:
        """The indicators whose figure of the quarter is being corrected."""
        targets = [row.target for row in self.rows]
        return tuple(target.short_name for target in targets if target.shown.actual.in_correction)


def build(reading: Reading, user: Person, code: str, *, today: date) -> StatementPage:
    """Nine queries at most. Raises Http404 for a town that is not there, or not this reader's to open."""
    subject = read_town(reading, user, code)
    facts, town = subject.facts, subject.town
    rows = _rows(reading, user, subject)
    units = list(units_read_by(user).filter(area=town, kind=UnitKind.TOWN))
    periods = [period for period in reading.periods if period.year == reading.period.year]
    register = load_register(periods, units, today=today)
    filings = filing_rows(reading, user, facts, town, today=today)
    return StatementPage(
        city=facts.city.name,
        town=town.name,
        plan=reading.plan.name,
        quarter=reading.quarter,
        is_published=reading.period.is_published,
        is_demonstration=reading.plan.demonstration,
        yellow_from=reading.plan.yellow_from,
        rows=rows,
        quarters=tuple(
            StatementQuarter(
                filing=filing,
                place=_place(subject.leagues, subject, period.quarter),
                registered=next((register[period.pk, unit.pk] for unit in units), None),
            )
            for period, filing in zip(periods, filings, strict=True)
        ),
        knows_returns=bool(units),
        ranks_by_indicator=can_read_every_town(user),
        notes=notes_on(reading, town),
        stands_in=any(row.target.stands_in for row in rows),
    )


def _rows(reading: Reading, user: Person, subject: TownSubject) -> tuple[StatementRow, ...]:
    facts, town, year = subject.facts, subject.town, reading.quarter.year
    indicator_of = {indicator.code: indicator for indicator in facts.indicators}
    return tuple(
        StatementRow(
            target=target,
            share=share_of_city(facts, indicator_of[target.code], town, year),
            last_year=facts.actual(indicator_of[target.code], town, reading.quarter.same_last_year),
        )
        for target in target_rows(reading, user, facts, town, charted="")
    )


def _place(leagues: Mapping[Quarter, League], subject: TownSubject, quarter: Quarter) -> Place | None:
    league = leagues.get(quarter)
    if league is None:
        return None
    standing = league.of[subject.town.pk]
    return Place(
        rank=standing.rank,
        ranked=sum(one.rank is not None for one in league.standings),
        score=standing.score,
        moved=places_won(leagues, quarter, subject.town),
        due=standing.due,
        unreported=standing.unreported,
    )
