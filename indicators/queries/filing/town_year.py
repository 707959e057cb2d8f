"""A town's returns over a year, as this reader may know them: one query, or none for the town's own people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import ReturnState
from indicators.models import Period, QuarterlyReturn
from indicators.queries.filing.board import units_read_by
from towns.access import can_read_every_return, unit_of
from towns.choices import UnitKind
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class TownQuarter:
    """One quarter. `unit_code` is whose return the reader may open, empty for those who read no returns.

    `filed` holds state and reopening alone, and is None without a return, or for those who read none. `is_approved`
    is every reader's to know, since approval is what lets them see the figures.
    """

    period: Period
    unit_code: str
    filed: QuarterlyReturn | None
    is_approved: bool


def load_town_year(periods: Sequence[Period], town: Area, user: Person) -> tuple[TownQuarter, ...]:
    """The town's quarter in each of these periods, which were read with what waits for the reader."""
    own = unit_of(user)
    if own is not None and own.area_id == town.pk:
        return tuple(_quarter(period, own.code, _own_return(period)) for period in periods)
    return (
        _every_state(periods, town, user) if can_read_every_return(user) else _approved_alone(periods, town)
    )


def _every_state(periods: Sequence[Period], town: Area, user: Person) -> tuple[TownQuarter, ...]:
    units = units_read_by(user).filter(area=town, kind=UnitKind.TOWN).order_by()
    columns = ("code", "returns__period_id", "returns__state", "returns__reopened_until")
    rows = list(units.values_list(*columns))
    code = rows[0][0] if rows else ""
    filed = {row[1]: QuarterlyReturn(state=row[2], reopened_until=row[3]) for row in rows if row[1]}
    return tuple(_quarter(period, code, filed.get(period.pk)) for period in periods)


def _approved_alone(periods: Sequence[Period], town: Area) -> tuple[TownQuarter, ...]:
    returns = QuarterlyReturn.objects.filter(unit__area=town, period__in=periods, state=ReturnState.APPROVED)
    approved = set(returns.order_by().values_list("period_id", flat=True))
    return tuple(TownQuarter(period, "", None, period.pk in approved) for period in periods)


def _own_return(period: Period) -> QuarterlyReturn | None:
    """What `with_todo` read along; no query."""
    state = getattr(period, "own_state", None)
    if state is None:
        return None
    return QuarterlyReturn(state=state, reopened_until=getattr(period, "own_reopened_until", None))


def _quarter(period: Period, unit_code: str, filed: QuarterlyReturn | None) -> TownQuarter:
    return TownQuarter(period, unit_code, filed, filed is not None and filed.state == ReturnState.APPROVED)
