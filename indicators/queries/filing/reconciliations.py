"""The towns' sum beside the city's figure, indicator by indicator, for closing a quarter's books."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.choices import Frequency, Kind, Reason
from indicators.domain.numbers import plain_digits
from indicators.domain.periods import is_due
from indicators.domain.reconciliation import Reconciliation, reconcile
from indicators.models import Indicator, Period, ReconciliationNote
from indicators.queries.facts import load_facts


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One allocated indicator: the comparison, and the note that was written on it, whose difference may be older."""

    indicator: Indicator
    result: Reconciliation
    note: ReconciliationNote | None

    @property
    def needs_explanation(self) -> bool:
        return self.result.within_rounding is False

    @property
    def difference(self) -> Decimal:
        """The towns' sum less the city's figure; only where there is one."""
        if isinstance(self.result.difference, Reason):
            raise ValueError(f"no difference: {self.result.difference}")
        return self.result.difference

    @property
    def difference_as_sent(self) -> str:
        """The difference as a page sends it back with an explanation, to tell which one was looked at."""
        return plain_digits(self.difference)

    @property
    def is_explained(self) -> bool:
        """Whether the note is about the difference as it is now."""
        return self.note is not None and self.note.difference == self.difference


def reconcile_period(period: Period) -> tuple[Reconciled, ...]:
    """Every allocated FLOW and STOCK that is due in the quarter, in the allocation's order; four queries."""
    facts = load_facts(period.plan, None, years=[period.year])
    notes: Mapping[int, ReconciliationNote] = {
        note.indicator_id: note for note in period.reconciliation_notes.select_related("by").order_by()
    }
    rows = []
    for indicator in facts.allocated():
        kind = Kind(indicator.kind)
        if kind == Kind.RATE or not is_due(Frequency(indicator.frequency), period.number):
            continue
        towns = [facts.actual(indicator, town, period.quarter) for town in facts.towns]
        city = facts.actual(indicator, facts.city, period.quarter)
        result = reconcile(kind, indicator.decimals, towns, city)
        rows.append(Reconciled(indicator, result, notes.get(indicator.pk)))
    return tuple(rows)
