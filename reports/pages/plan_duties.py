"""Who must do what by when: the plan's key tasks and safeguards, its promises in words, its periods of filing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone

from indicators.choices import TaskKind, TaskRole
from indicators.models import KeyTask, Milestone, Period, Plan
from indicators.queries.reading import Reading

ALL_TOWNS = "各镇区"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """`lead` is the unit named first; `support` the others, with 各镇区 where the plan names them."""

    title: str
    text: str
    lead: str
    support: str
    clause: str


@dataclass(frozen=True, slots=True)
class TaskSection:
    kind: str
    name: str
    rows: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    name: str
    year: int
    lead_unit: str
    clause: str


@dataclass(frozen=True, slots=True)
class PeriodRow:
    label: str
    span: str
    opens: str
    due: str
    closes: str
    state: str
    is_now: bool


def read_task_sections(plan: Plan) -> tuple[TaskSection, ...]:
    """Two queries: the tasks in the plan's order, and their units."""
    tasks = KeyTask.objects.filter(plan=plan).prefetch_related("responsible__unit").order_by("order")
    ordered = sorted(tasks, key=lambda task: (task.kind != TaskKind.TASK, task.order))
    sections = groupby(ordered, key=lambda task: (task.get_kind_display(), task.section))
    return tuple(
        TaskSection(str(kind), name, tuple(_task(task) for task in group)) for (kind, name), group in sections
    )


def _task(task: KeyTask) -> TaskRow:
    units = sorted(task.responsible.all(), key=lambda one: one.order)
    leads = [one.unit.name for one in units if one.role == TaskRole.LEAD]
    others = [one.unit.name for one in units if one.role != TaskRole.LEAD]
    if task.all_towns:
        others.append(ALL_TOWNS)
    return TaskRow(task.title, task.text, "、".join(leads), "、".join(others), task.clause)


def read_milestones(plan: Plan) -> tuple[MilestoneRow, ...]:
    rows = Milestone.objects.filter(plan=plan).select_related("lead_unit").order_by("order")
    return tuple(
        MilestoneRow(row.name, row.year, row.lead_unit.name if row.lead_unit else "", row.clause)
        for row in rows
    )


def period_rows(reading: Reading) -> tuple[PeriodRow, ...]:
    return tuple(_period(period, is_now=period == reading.period) for period in reading.periods)


def _period(period: Period, *, is_now: bool) -> PeriodRow:
    return PeriodRow(
        label=period.quarter.label,
        span=period.quarter.span,
        opens=_day(period.opens_on),
        due=_day(period.due_on),
        closes=_day(period.closes_on) or "不限",
        state=_state(period),
        is_now=is_now,
    )


def _state(period: Period) -> str:
    if period.published_at is not None:
        return f"{_day(timezone.localdate(period.published_at))} 定稿"
    return "已开放，未定稿" if period.opens_on else "未开放"


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


def count_tasks(sections: Iterable[TaskSection]) -> int:
    return sum(len(section.rows) for section in sections)
