"""Which plan and which quarter a reader looks at: one query for the plans they may see and all their periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Case, Exists, OuterRef, Value, When
from django.http import Http404

from indicators.domain.periods import Quarter
from indicators.models import Actual, Period, Plan
from indicators.queries.filing.todo import Todo, todo_of, with_todo

if TYPE_CHECKING:
    from towns.access import Person

Coded = TypeVar("Coded", Plan, Period)


@dataclass(frozen=True, slots=True)
class Reading:
    """A reader's plan and quarter. `plans` and `periods` are what they may choose from, in the plan's order."""

    plans: tuple[Plan, ...]
    plan: Plan
    periods: tuple[Period, ...]
    period: Period
    plan_is_default: bool
    period_is_default: bool

    @property
    def quarter(self) -> Quarter:
        return self.period.quarter

    def todo(self, today: date) -> Todo:
        """What waits for this reader in the plan; no query."""
        return todo_of(self.periods, today=today)

    @property
    def query(self) -> dict[str, str]:
        """What the address must carry so that plan and quarter stay from page to page; empty for the defaults."""
        chosen: dict[str, str] = {}
        if not self.plan_is_default:
            chosen["plan"] = self.plan.code
        if not self.period_is_default:
            chosen["period"] = self.period.code
        return chosen


def read_plan(user: Person, *, plan_code: str = "", period_code: str = "") -> Reading:
    """Resolve the addressed plan and quarter for this reader.

    Default plan: the latest of the reader's city with a published quarter, else the latest. Default quarter: the
    latest published, else the latest with figures, else the first; never today's date.
    Raises Http404 with a Chinese sentence for a plan or quarter that does not exist for the reader.
    """
    plans, default_plan, plan, periods = _plans_of(user, plan_code)
    default_period = _default_period(periods)
    period = _quarter_of(plan, periods, period_code) if period_code else default_period
    return Reading(plans, plan, periods, period, plan == default_plan, period == default_period)


def read_quarter(user: Person, *, plan_code: str, period_code: str) -> Reading:
    """The same for an address whose path names the quarter: no link needs to carry it, and no default is looked up."""
    plans, default_plan, plan, periods = _plans_of(user, plan_code)
    period = _quarter_of(plan, periods, period_code)
    return Reading(plans, plan, periods, period, plan == default_plan, period_is_default=True)


def _plans_of(user: Person, plan_code: str) -> tuple[tuple[Plan, ...], Plan, Plan, tuple[Period, ...]]:
    """The reader's plans, the default one, the one addressed and its quarters; one query."""
    published = Period.objects.filter(plan=OuterRef("plan"), published_at__isnull=False)
    # By the return each figure came in: by year and quarter PostgreSQL would walk through all other plans' figures.
    of_quarter = Actual.objects.filter(filed_in__period=OuterRef("pk"))
    # Looked up only where no quarter of the plan is published yet.
    has_figures = Case(When(Exists(published), then=Value(value=False)), default=Exists(of_quarter))
    periods_of_all = (
        Period.objects.visible_to(user)
        .select_related("plan__city")
        .annotate(has_figures=has_figures)
        .order_by("year", "number")
    )
    visible = list(with_todo(periods_of_all, user))
    by_plan: dict[int, list[Period]] = {}
    for period in visible:
        by_plan.setdefault(period.plan_id, []).append(period)
    plans = sorted(
        (group[0].plan for group in by_plan.values()), key=lambda plan: (-plan.first_year, plan.code)
    )
    if not plans:
        raise Http404("还没有可以查看的行动计划。请联系联席会议办公室载入计划。")
    default_plan = next((p for p in plans if any(q.is_published for q in by_plan[p.pk])), plans[0])
    plan = _by_code(plans, plan_code, f"没有代码为“{plan_code}”的行动计划。") if plan_code else default_plan
    return tuple(plans), default_plan, plan, tuple(by_plan[plan.pk])


def _quarter_of(plan: Plan, periods: Sequence[Period], code: str) -> Period:
    return _by_code(periods, code, f"“{plan.name}”没有“{code}”这一报送期。")


def _by_code(choices: Sequence[Coded], code: str, sentence: str) -> Coded:
    found = next((choice for choice in choices if choice.code == code), None)
    if found is None:
        raise Http404(sentence)
    return found


def _default_period(periods: tuple[Period, ...]) -> Period:
    published = [period for period in periods if period.is_published]
    with_figures = [period for period in periods if period.has_figures]  # type: ignore[attr-defined]
    return (published or with_figures or periods[:1])[-1]
