"""How far a quarter's filing has come, as this reader may know it: one query (domain.md section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from indicators.choices import ReturnState
from indicators.models import Period, QuarterlyReturn
from towns.access import can_read_every_return, unit_of
from towns.models import Area, Unit

if TYPE_CHECKING:
    from towns.access import Person

UNFILED = frozenset({None, ReturnState.DRAFT})


@dataclass(frozen=True, slots=True)
class UnitFiling:
    """A unit and the state of its return; None when it has none."""

    unit: Unit
    state: ReturnState | None


@dataclass(frozen=True, slots=True)
class FilingProgress:
    """`units` file in this quarter, of which `approved` are approved: both for every reader.

    `filings` are the units whose state the reader may know, in the plan's order: all of them for the office and the
    auditor, their own for those who file, none for others, since what is not approved is not theirs to see.
    """

    units: int
    approved: int
    filings: tuple[UnitFiling, ...]
    shows_every_unit: bool

    def in_state(self, states: Iterable[ReturnState | None]) -> tuple[Unit, ...]:
        wanted = set(states)
        return tuple(filing.unit for filing in self.filings if filing.state in wanted)


def load_filing_progress(city: Area, period: Period, user: Person) -> FilingProgress:
    """Every unit of the city with the state of its return in the quarter."""
    state = QuarterlyReturn.objects.filter(period=period, unit=OuterRef("pk")).values("state")[:1]
    units = Unit.objects.of_city(city).annotate(state=Subquery(state)).order_by("order")
    filings = tuple(UnitFiling(unit, ReturnState(unit.state) if unit.state else None) for unit in units)
    every = can_read_every_return(user)
    own = unit_of(user)
    return FilingProgress(
        units=len(filings),
        approved=sum(filing.state == ReturnState.APPROVED for filing in filings),
        filings=tuple(
            filing for filing in filings if every or (own is not None and filing.unit.pk == own.pk)
        ),
        shows_every_unit=every,
    )
