"""The office's queue: every return that waits for a decision, the longest waiting first, narrowed as one asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from indicators.choices import ReturnState
from indicators.domain.history import changes_since_last_decision
from indicators.domain.workflow import EDITABLE
from indicators.models import Entry, Evidence, Plan, QuarterlyReturn
from indicators.queries.filing.comparisons import Figure, load_comparisons
from indicators.queries.filing.history import load_histories
from indicators.queries.filing.standing import standing_of
from indicators.queries.filing.waiting import WaitingReturn, Weighed, weigh
from towns.choices import UnitKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from towns.access import Person

PAGE = 30
"""So many returns a page: all of a city's, of one with hundreds of towns a page that still loads at once."""

TOWNS, DEPARTMENTS = "towns", "departments"
WITH_DOUBTS, WITHOUT_DOUBTS = "with", "without"
YES = "yes"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the queue is narrowed to; an empty one narrows nothing. Values it does not know keep nothing."""

    quarter: str = ""
    units: str = ""
    doubts: str = ""
    mine: str = ""

    def keeps(self, one: Weighed) -> bool:
        filed = one.filed
        kind = TOWNS if filed.unit.kind == UnitKind.TOWN else DEPARTMENTS
        doubts = WITH_DOUBTS if one.found else WITHOUT_DOUBTS
        return (
            self.quarter in ("", filed.period.code)
            and self.units in ("", kind)
            and self.doubts in ("", doubts)
            and (not self.mine or one.is_mine_to_decide)
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the queue: the filter it leads to, and how many returns it would show."""

    label: str
    number: int
    filter: QueueFilter
    chosen: bool


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """One page of what waits. `number` counts what the filter keeps, `total` all, `doubtful` those with doubts.

    `drafts` of them were filled in by the office and not submitted: the navigation counts what was submitted alone.
    """

    rows: tuple[WaitingReturn, ...]
    choices: tuple[tuple[Choice, ...], ...]
    number: int
    total: int
    doubtful: int
    drafts: int
    page: int
    pages: int


def load_review_queue(
    plan: Plan, user: Person, *, today: date, chosen: QueueFilter | None = None, page: int = 1
) -> ReviewQueue:
    """The plan's returns that wait for a decision: six queries at most, whatever their number."""
    chosen = chosen or QueueFilter()
    returns = list(_waiting(plan, user))
    figures = _figures_of(returns)
    areas, quarters = {filed.unit.area for filed in returns}, sorted({row.period.quarter for row in returns})
    facts = load_comparisons(plan, areas, quarters) if returns else None
    weighed = []
    for filed in returns:
        standing = standing_of(user, filed.period, filed.unit, filed, today=today)
        if facts and (standing.state == ReturnState.SUBMITTED or standing.filled_in_by_office):
            weighed.append(weigh(filed, standing, facts, figures.get(filed.pk, {}), reader_id=user.pk))
    kept = [one for one in weighed if chosen.keeps(one)]
    pages = max(1, -(-len(kept) // PAGE))
    page = min(max(page, 1), pages)
    here = kept[(page - 1) * PAGE : page * PAGE]
    histories = load_histories([one.filed for one in here])
    return ReviewQueue(
        rows=tuple(one.shown(changes_since_last_decision(histories[one.filed.pk])) for one in here),
        choices=_choices(weighed, chosen),
        number=len(kept),
        total=len(weighed),
        doubtful=sum(bool(one.found) for one in weighed),
        drafts=sum(one.filed.state != ReturnState.SUBMITTED for one in weighed),
        page=page,
        pages=pages,
    )


def returns_by_key(plan: Plan, user: Person, keys: Iterable[str]) -> Mapping[str, QuarterlyReturn]:
    """Of these keys ("2015Q2/xiaolan") those that name a return of the plan which this reader may see; one query."""
    units = {key.partition("/")[2] for key in keys}
    rows = QuarterlyReturn.objects.visible_to(user).filter(period__plan=plan, unit__code__in=units)
    found = {f"{row.period.code}/{row.unit.code}": row for row in rows.select_related("period__plan", "unit")}
    return {key: found[key] for key in keys if key in found}


def _waiting(plan: Plan, user: Person) -> QuerySet[QuarterlyReturn]:
    """What is submitted, and what the office filled in for a unit that has not handed it in; with files counted."""
    files = (
        Evidence.objects.filter(quarterly_return=OuterRef("pk"))
        .order_by()
        .values("quarterly_return")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        QuarterlyReturn.objects.visible_to(user)
        .filter(
            Q(state=ReturnState.SUBMITTED) | Q(state__in=EDITABLE, filled_for_unit=True, submitted_at=None)
        )
        .filter(period__plan=plan)
        .annotate(files=Coalesce(Subquery(files, output_field=IntegerField()), 0))
        .select_related("period__plan__city", "unit__area", "submitted_by", "review_begun_by")
        .order_by("-state", "submitted_at", "unit__order")
    )


def _figures_of(returns: list[QuarterlyReturn]) -> dict[int, dict[str, Figure]]:
    figures: dict[int, dict[str, Figure]] = {}
    entries = Entry.objects.filter(quarterly_return__in=returns).order_by()
    for return_id, code, value, note in entries.values_list(
        "quarterly_return_id", "indicator__code", "value", "note"
    ):
        figures.setdefault(return_id, {})[code] = Figure(value, note)
    return figures


def _choices(weighed: list[Weighed], chosen: QueueFilter) -> tuple[tuple[Choice, ...], ...]:
    """Each way to narrow, counted as it would stand beside the other choices; ways that part nothing are left out."""
    quarters = {one.filed.period.code: one.filed.period.quarter.label for one in weighed}
    asked = {
        "quarter": {"": "全部季度", **dict(sorted(quarters.items()))},
        "units": {"": "全部单位", TOWNS: "镇区", DEPARTMENTS: "部门"},
        "doubts": {"": "不论疑点", WITH_DOUBTS: "有疑点", WITHOUT_DOUBTS: "没有疑点"},
        "mine": {"": "全部", YES: "可由我办理"},
    }
    groups = []
    for name, labels in asked.items():
        group = []
        for value, label in labels.items():
            narrowed = replace(chosen, **{name: value})
            number = sum(narrowed.keeps(one) for one in weighed)
            group.append(Choice(label, number, narrowed, getattr(chosen, name) == value))
        parts = any(0 < choice.number < group[0].number for choice in group[1:])
        if parts or getattr(chosen, name):
            groups.append(tuple(group))
    return tuple(groups)
