"""The twelve tables of a plan: the one definition by which they are read, checked, stored and written.

A column bears the name of the model's field; the order is that of the foreign keys, and of a workbook's sheets.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Model

from indicators.choices import Direction, Frequency, GoalKind, Kind, Listing, NoteKind, TaskKind, TaskRole
from indicators.models import (
    Alias,
    Baseline,
    Category,
    Indicator,
    KeyTask,
    KeyTaskUnit,
    Milestone,
    Plan,
    PlanNote,
    Target,
)
from indicators.services.plans.cells import (
    Column,
    choice,
    code,
    figure,
    flag,
    integer,
    pace,
    reference,
    share,
    text,
)
from towns.choices import UnitKind
from towns.models import Area, Unit

SOURCE = (text("clause"), text("derived", required=False))


@dataclass(frozen=True)
class Table:
    """One table: its Chinese noun, the model its rows are stored in, and the columns that identify a row.

    `owner` is the path from a row to what it belongs to: rows of another plan or city are another's.
    Each of the columns `unique` must not repeat a value either.
    """

    name: str
    noun: str
    model: type[Model]
    owner: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @cached_property
    def references(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.refers_to)

    def length_limit(self, column: str) -> int | None:
        """The longest text that the database holds, where it sets a limit."""
        return getattr(self.model._meta.get_field(column), "max_length", None)


PLAN = Table(
    "plan",
    "计划",
    Plan,
    "code",
    ("code",),
    (
        code(),
        text("name"),
        reference("city", "areas"),
        integer("first_year"),
        integer("last_year"),
        share("yellow_from"),
        text("document"),
        integer("filing_due_days"),
        *SOURCE,
    ),
)
AREAS = Table(
    "areas",
    "地区",
    Area,
    "city_code",
    ("code",),
    (
        code(),
        text("name"),
        text("short_name"),
        integer("order"),
        integer("tile_column", required=False),
        integer("tile_row", required=False),
        *SOURCE,
    ),
    unique=("name", "order"),
)
UNITS = Table(
    "units",
    "填报单位",
    Unit,
    "city_code",
    ("code",),
    (
        code(),
        text("name"),
        text("short_name"),
        choice("kind", UnitKind),
        reference("area", "areas"),
        flag("is_office"),
        integer("order"),
        *SOURCE,
    ),
    unique=("name", "order"),
)
CATEGORIES = Table(
    "categories",
    "目标分类",
    Category,
    "plan",
    ("code",),
    (code(), text("name"), flag("is_campaign"), integer("order"), *SOURCE),
    unique=("name", "order"),
)
INDICATORS = Table(
    "indicators",
    "指标",
    Indicator,
    "plan",
    ("code",),
    (
        code(),
        reference("category", "categories"),
        text("name"),
        text("short_name"),
        text("unit"),
        choice("kind", Kind),
        choice("direction", Direction),
        choice("frequency", Frequency),
        integer("decimals"),
        choice("listing", Listing),
        reference("part_of", "indicators", required=False),
        reference("within", "indicators", required=False),
        integer("order"),
        integer("allocation_order", required=False),
        pace("pace"),
        flag("percent_of_whole"),
        flag("signed"),
        reference("lead_unit", "units"),
        text("goal_text", required=False),
        choice("goal_kind", GoalKind, required=False),
        figure("goal_value"),
        text("scope", required=False),
        *SOURCE,
    ),
    unique=("name", "order", "allocation_order"),
)
ALIASES = Table(
    "aliases",
    "别名",
    Alias,
    "plan",
    ("alias",),
    (reference("indicator", "indicators"), text("alias"), *SOURCE),
)
BASELINES = Table(
    "baselines",
    "基期",
    Baseline,
    "indicator__plan",
    ("indicator", "area", "year"),
    (
        reference("indicator", "indicators"),
        reference("area", "areas"),
        integer("year"),
        figure("value", required=True),
        text("printed", required=False),
        *SOURCE,
    ),
)
TARGETS = Table(
    "targets",
    "年度目标",
    Target,
    "indicator__plan",
    ("indicator", "area", "year"),
    (
        reference("indicator", "indicators"),
        reference("area", "areas"),
        integer("year"),
        figure("value"),
        text("qualifier", required=False),
        text("printed", required=False),
        *SOURCE,
    ),
)
NOTES = Table(
    "notes",
    "原文不一致",
    PlanNote,
    "plan",
    ("code",),
    (
        code(),
        choice("kind", NoteKind),
        reference("indicator", "indicators", required=False),
        reference("area", "areas", required=False),
        integer("year", required=False),
        figure("value"),
        text("unit", required=False),
        text("text"),
        *SOURCE,
    ),
)
TASKS = Table(
    "tasks",
    "重点任务",
    KeyTask,
    "plan",
    ("code",),
    (
        code(),
        choice("kind", TaskKind),
        text("section"),
        integer("order"),
        text("title"),
        text("text", required=False),
        flag("all_towns"),
        *SOURCE,
    ),
)
TASK_UNITS = Table(
    "task_units",
    "任务责任单位",
    KeyTaskUnit,
    "task__plan",
    ("task", "unit"),
    (
        reference("task", "tasks"),
        reference("unit", "units"),
        choice("role", TaskRole),
        integer("order"),
        *SOURCE,
    ),
)
MILESTONES = Table(
    "milestones",
    "里程碑",
    Milestone,
    "plan",
    ("code",),
    (
        code(),
        text("name"),
        integer("year"),
        reference("lead_unit", "units", required=False),
        integer("order"),
        *SOURCE,
    ),
)
TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        PLAN,
        AREAS,
        UNITS,
        CATEGORIES,
        INDICATORS,
        ALIASES,
        BASELINES,
        TARGETS,
        NOTES,
        TASKS,
        TASK_UNITS,
        MILESTONES,
    )
}
