"""What the plan itself prints of an indicator: figures, scope, clauses, and where it disagrees with itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.models import Alias, Baseline, Indicator, PlanNote, Target
from towns.models import Area

DASHES = {"", "-"}


@dataclass(frozen=True, slots=True)
class Note:
    kind: str
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class PlanWords:
    """`own_choices` names what of the indicator is this system's choice and not printed in the plan."""

    goal: str
    scope: str
    clause: str
    kind: str
    direction: str
    frequency: str
    lead_unit: str
    aliases: tuple[str, ...]
    notes: tuple[Note, ...]
    own_choices: str


@dataclass(frozen=True, slots=True)
class PrintedPlan:
    """The city's rows of the plan for one indicator, as they are printed."""

    targets: Mapping[int, Target]
    baseline: Baseline | None
    words: PlanWords


CHOICES = {
    "name": "名称",
    "short_name": "简称",
    "unit": "单位",
    "kind": "类型",
    "direction": "方向",
    "frequency": "报送频率",
    "decimals": "小数位",
    "lead_unit": "牵头单位",
    "scope": "口径",
    "pace": "序时进度",
    "percent_of_whole": "占比上限",
    "signed": "可否为负",
    "within": "包含关系",
    "allocation_order": "分解列序",
    "goal_kind": "目标类型",
    "goal_value": "目标值",
}


def read_printed_plan(indicator: Indicator, city: Area) -> PrintedPlan:
    """Four queries: the city's targets and baseline, other spellings, notes."""
    targets = {target.year: target for target in Target.objects.filter(indicator=indicator, area=city)}
    baseline = Baseline.objects.filter(indicator=indicator, area=city, year=indicator.plan.base_year).first()
    aliases = Alias.objects.filter(indicator=indicator).values_list("alias", flat=True)
    notes = PlanNote.objects.filter(indicator=indicator)
    return PrintedPlan(
        targets=targets,
        baseline=baseline,
        words=PlanWords(
            goal="" if indicator.goal_text in DASHES else indicator.goal_text,
            scope=indicator.scope,
            clause=indicator.clause,
            kind=str(indicator.get_kind_display()),
            direction=str(indicator.get_direction_display()),
            frequency=str(indicator.get_frequency_display()),
            lead_unit=indicator.lead_unit.name if indicator.lead_unit else "",
            aliases=tuple(aliases),
            notes=tuple(Note(str(note.get_kind_display()), note.text, note.clause) for note in notes),
            own_choices="、".join(_own_choices(indicator)),
        ),
    )


def _own_choices(indicator: Indicator) -> list[str]:
    return [CHOICES.get(column, column) for column in indicator.derived.split(";") if column]
