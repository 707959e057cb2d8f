"""One indicator as its page and its workbook read it: what it is, its facts of all years, what the plan prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404

from indicators.models import Indicator, ReconciliationNote
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.reading import Reading
from reports.pages.plan_words import PrintedPlan, read_printed_plan
from towns.access import can_read_every_town

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class Subject:
    """`explanation` is the office's note on the difference between the towns' sum and the city; None for none.

    The difference may have moved since it was written.
    """

    indicator: Indicator
    facts: PlanFacts
    printed: PrintedPlan
    explanation: ReconciliationNote | None


def read_subject(reading: Reading, user: Person, code: str) -> Subject:
    """The facts of every year, as far as this reader may see them.

    Raises Http404 with a Chinese sentence for a code that the plan does not have.
    """
    indicator = (
        Indicator.objects.of(reading.plan)
        .select_related("plan", "category", "lead_unit", "part_of")
        .filter(code=code)
        .first()
    )
    if indicator is None:
        raise Http404(f"“{reading.plan.name}”没有代码为“{code}”的指标。")
    facts = load_facts(reading.plan, user, indicators=[indicator])
    printed = read_printed_plan(indicator, facts.city)
    return Subject(indicator, facts, printed, _explanation(reading, user, indicator))


def _explanation(reading: Reading, user: Person, indicator: Indicator) -> ReconciliationNote | None:
    """It speaks of the towns' figures: for readers of every town only."""
    if not can_read_every_town(user):
        return None
    return ReconciliationNote.objects.filter(period=reading.period, indicator=indicator).first()
