"""Every town's return of one quarter, as the office fills them in: what each holds, and whether it may be changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from indicators.choices import Frequency
from indicators.domain.periods import is_due
from indicators.domain.workflow import Refusal
from indicators.models import Entry, Indicator, Period, QuarterlyReturn
from indicators.queries.facts import PlanFacts
from indicators.queries.filing.assignments import assigned_among
from indicators.queries.filing.board import units_read_by
from indicators.queries.filing.comparisons import Figure, load_comparisons
from indicators.queries.filing.returns import NOT_BEGUN
from indicators.queries.filing.standing import standing_of
from towns.choices import UnitKind
from towns.models import Unit

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class TownReturn:
    """One town's return; `version` is NOT_BEGUN where there is none.

    `refusal` says why the reader may not fill it in.
    """

    unit: Unit
    version: int
    figures: Mapping[str, Figure]
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class TownsQuarter:
    """A quarter of all towns: `indicators` are 附件2's columns that are due, each part after its whole."""

    period: Period
    indicators: tuple[Indicator, ...]
    towns: tuple[TownReturn, ...]
    facts: PlanFacts


def load_towns(period: Period, user: Person, *, today: date) -> TownsQuarter:
    """Read every town's return: six queries, however many towns."""
    units = list(units_read_by(user).filter(kind=UnitKind.TOWN).order_by("order"))
    returns = {
        filed.unit_id: filed
        for filed in QuarterlyReturn.objects.filter(period=period, unit__in=units).order_by()
    }
    figures: dict[int, dict[str, Figure]] = defaultdict(dict)
    rows = Entry.objects.filter(quarterly_return__in=returns.values()).order_by()
    columns = ("quarterly_return__unit_id", "indicator__code", "value", "note")
    for unit_id, code, value, note in rows.values_list(*columns):
        figures[unit_id][code] = Figure(value, note)
    facts = load_comparisons(period.plan, [unit.area for unit in units], [period.quarter])
    due = [one for one in facts.indicators if is_due(Frequency(one.frequency), period.number)]
    towns = []
    for unit in units:
        filed = returns.get(unit.pk)
        towns.append(
            TownReturn(
                unit=unit,
                version=filed.version if filed else NOT_BEGUN,
                figures=figures[unit.pk],
                refusal=standing_of(user, period, unit, filed, today=today).may_edit(),
            )
        )
    indicators = assigned_among(due, units[0]) if units else ()
    return TownsQuarter(period, indicators, tuple(towns), facts)
