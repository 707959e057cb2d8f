"""What waits for review, with the doubts beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from indicators.choices import Frequency, ReturnState
from indicators.domain.periods import is_due
from indicators.domain.workflow import EDITABLE
from indicators.models import Entry, Plan, QuarterlyReturn
from indicators.queries.facts import PlanFacts
from indicators.queries.filing.assignments import assigned_among
from indicators.queries.filing.comparisons import Figure, findings_of, load_comparisons
from indicators.queries.filing.standing import Standing, standing_of
from indicators.queries.filing.wording import moment, name_of

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding and the note that answers it; `note` is empty where none was written."""

    message: str
    note: str


@dataclass(frozen=True, slots=True)
class WaitingReturn:
    """One return that waits. `refusal` says why this reader may not approve it, empty when they may."""

    filed: QuarterlyReturn
    submitted: str
    late: bool
    figures: str
    doubts: tuple[Doubt, ...]
    marks: tuple[str, ...]
    refusal: str


def load_review_queue(plan: Plan, user: Person, *, today: date) -> tuple[WaitingReturn, ...]:
    """The plan's returns that wait for a decision, the longest waiting first; five queries at most."""
    returns = list(
        QuarterlyReturn.objects.visible_to(user)
        .filter(
            Q(state=ReturnState.SUBMITTED) | Q(state__in=EDITABLE, filled_for_unit=True, submitted_at=None)
        )
        .filter(period__plan=plan)
        .select_related("period__plan__city", "unit__area", "submitted_by")
        .order_by("-state", "submitted_at", "unit__order")
    )
    if not returns:
        return ()
    figures = _figures_of(returns)
    quarters = sorted({filed.period.quarter for filed in returns})
    facts = load_comparisons(plan, {filed.unit.area for filed in returns}, quarters)
    standings = [standing_of(user, filed.period, filed.unit, filed, today=today) for filed in returns]
    return tuple(
        _waiting(filed, standing, facts, figures.get(filed.pk, {}), today)
        for filed, standing in zip(returns, standings, strict=True)
        if standing.state == ReturnState.SUBMITTED or standing.filled_in_by_office
    )


def _figures_of(returns: list[QuarterlyReturn]) -> dict[int, dict[str, Figure]]:
    figures: dict[int, dict[str, Figure]] = {}
    entries = Entry.objects.filter(quarterly_return__in=returns).order_by()
    for return_id, code, value, note in entries.values_list(
        "quarterly_return_id", "indicator__code", "value", "note"
    ):
        figures.setdefault(return_id, {})[code] = Figure(value, note)
    return figures


def _waiting(
    filed: QuarterlyReturn,
    standing: Standing,
    facts: PlanFacts,
    figures: dict[str, Figure],
    today: date,
) -> WaitingReturn:
    period, unit = filed.period, filed.unit
    due = [row for row in facts.indicators if is_due(Frequency(row.frequency), period.number)]
    asked = assigned_among(due, unit)
    found = findings_of(asked, figures, facts, unit.area, period.quarter)
    doubts = [
        Doubt(finding.message, figures[code].note if code in figures else "")
        for code, findings in found.items()
        for finding in findings
    ]
    marks = ["代填"] if filed.filled_for_unit else []
    if any(facts.actual(indicator, unit.area, period.quarter) is not None for indicator in asked):
        marks.append("更正")
    if filed.source:
        marks.append("导入")
    reported = sum(figure.value is not None for figure in figures.values())
    refusal = standing.may_approve()
    return WaitingReturn(
        filed=filed,
        submitted=f"{name_of(filed.submitted_by)} {moment(filed.submitted_at, today, period)} 提交"
        if filed.submitted_at
        else "草稿，未提交",
        late=filed.submitted_at is not None and timezone.localdate(filed.submitted_at) > period.due_on,
        figures=f"{reported}/{len(asked)} 项" if asked else "仅文字",
        doubts=tuple(doubts),
        marks=tuple(marks),
        refusal=refusal.sentence if refusal else "",
    )
