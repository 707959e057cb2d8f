"""计划 `/plan/`: the plan as it was printed, where it disagrees with itself, and how its targets were changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from indicators.choices import Listing
from indicators.domain.numbers import format_plain
from indicators.domain.plan_check import Check, check_plan
from indicators.models import Baseline, Indicator, PlanNote, Target, TargetChange
from indicators.queries.plan_rows import plan_rows
from indicators.queries.reading import Reading
from reports.figures import DASH
from reports.pages.plan_duties import (
    MilestoneRow,
    PeriodRow,
    TaskSection,
    count_tasks,
    period_rows,
    read_milestones,
    read_task_sections,
)
from reports.pages.plan_targets import PlanGroup, city_targets, plan_groups
from towns.models import Area

CHECKS = {
    Check.PART: "其中数大于总数",
    Check.SUM: "镇区相加不等于全市",
    Check.GOAL: "分年度目标与我市目标不合",
    Check.WITHIN: "大于包含它的指标",
    Check.TEXT: "正文与目标表不一",
}


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """What one rule of the plan's own arithmetic finds, in sentences."""

    name: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteRow:
    """Where the plan disagrees with itself; `subject` is the indicator, empty where it is about none."""

    subject: str
    kind: str
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of a target by a person."""

    indicator: str
    area: str
    year: int
    old: str
    new: str
    reason: str
    document: str
    by: str
    on: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Public to every reader of the plan: no actual is on it."""

    name: str
    document: str
    years: tuple[int, ...]
    base_year: int
    year_now: int
    sentence: str
    annex: tuple[PlanGroup, ...]
    texts: tuple[PlanGroup, ...]
    checks: tuple[CheckGroup, ...]
    notes: tuple[NoteRow, ...]
    changes: tuple[ChangeRow, ...]
    sections: tuple[TaskSection, ...]
    task_count: int
    milestones: tuple[MilestoneRow, ...]
    periods: tuple[PeriodRow, ...]


def build(reading: Reading) -> PlanPage:
    """Nine queries whatever the number of towns."""
    plan = reading.plan
    indicators = list(Indicator.objects.of(plan).select_related("category", "lead_unit").order_by("order"))
    areas = list(Area.objects.of_city(plan.city))
    targets = list(Target.objects.filter(indicator__plan=plan).order_by("pk"))
    baselines = list(Baseline.objects.filter(indicator__plan=plan).order_by("pk"))
    notes = list(PlanNote.objects.filter(plan=plan).order_by("pk"))
    rows = plan_rows(
        plan, areas=areas, indicators=indicators, targets=targets, baselines=baselines, notes=notes
    )
    of_city = city_targets(plan, targets)
    stated = {
        row.indicator_id: row
        for row in baselines
        if row.area_id == plan.city_id and row.year == plan.base_year
    }
    sections = read_task_sections(plan)
    return PlanPage(
        name=plan.name,
        document=plan.document,
        years=tuple(plan.years),
        base_year=plan.base_year,
        year_now=reading.period.year,
        sentence=_sentence(indicators, areas, targets, plan.city_id),
        annex=plan_groups(reading, indicators, Listing.ANNEX, of_city, stated),
        texts=plan_groups(reading, indicators, Listing.TEXT, of_city, stated),
        checks=_checks((found.kind, found.sentence) for found in check_plan(rows)),
        notes=_notes(notes, indicators),
        changes=_changes(reading),
        sections=sections,
        task_count=count_tasks(sections),
        milestones=read_milestones(plan),
        periods=period_rows(reading),
    )


def _sentence(
    indicators: Iterable[Indicator], areas: Iterable[Area], targets: Iterable[Target], city_id: int
) -> str:
    """What the plan holds, counted."""
    kinds = Counter((one.listing, one.part_of_id is not None) for one in indicators)
    parts = kinds[Listing.ANNEX, True]
    annex = f"目标表 {kinds[Listing.ANNEX, False]} 项指标" + (f"（另有 {parts} 项其中数）" if parts else "")
    texts = kinds[Listing.TEXT, False] + kinds[Listing.TEXT, True]
    towns = sum(not area.is_city for area in areas)
    allocated = Counter(
        row.year
        for row in targets
        if row.area_id != city_id and row.value is not None and not row.demonstration
    )
    said = f"{annex}，正文另提 {texts} 项；{towns} 个镇区"
    for year, count in sorted(allocated.items()):
        said += f"，{year}年分解目标 {count} 个"
    return said + "。"


def _checks(found: Iterable[tuple[Check, str]]) -> tuple[CheckGroup, ...]:
    sentences: dict[Check, list[str]] = {}
    for kind, sentence in found:
        sentences.setdefault(kind, []).append(sentence)
    return tuple(
        CheckGroup(name, tuple(sentences[kind])) for kind, name in CHECKS.items() if kind in sentences
    )


def _notes(notes: Iterable[PlanNote], indicators: Iterable[Indicator]) -> tuple[NoteRow, ...]:
    name_of = {indicator.pk: indicator.short_name for indicator in indicators}
    return tuple(
        NoteRow(name_of.get(note.indicator_id or 0, ""), str(note.get_kind_display()), note.text, note.clause)
        for note in notes
    )


def _changes(reading: Reading) -> tuple[ChangeRow, ...]:
    changes = (
        TargetChange.objects.filter(target__indicator__plan=reading.plan)
        .select_related("target__indicator", "target__area", "by")
        .order_by("-at", "-pk")
    )
    return tuple(
        ChangeRow(
            indicator=f"{change.target.indicator.short_name}（{change.target.indicator.unit}）",
            area=change.target.area.name,
            year=change.target.year,
            old=_plain(change.old),
            new=_plain(change.new),
            reason=change.reason,
            document=change.document,
            by=change.by.get_full_name() or change.by.get_username(),
            on=f"{timezone.localdate(change.at):%Y-%m-%d}",
        )
        for change in changes
    )


def _plain(value: Decimal | None) -> str:
    return DASH if value is None else format_plain(value)
