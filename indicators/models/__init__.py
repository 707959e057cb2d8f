"""The facts: what was promised (plan), achieved (results), filed (filing), and who did it (audit)."""

from indicators.models.audit import AuditChain, AuditEvent
from indicators.models.filing import (
    Entry,
    Period,
    QuarterlyReturn,
    ReconciliationNote,
    ReturnEditor,
)
from indicators.models.plan import Alias, Baseline, Category, Indicator, Plan, PlanNote
from indicators.models.results import Actual
from indicators.models.targets import Target, TargetChange
from indicators.models.tasks import KeyTask, KeyTaskUnit, Milestone

__all__ = [
    "Actual",
    "Alias",
    "AuditChain",
    "AuditEvent",
    "Baseline",
    "Category",
    "Entry",
    "Indicator",
    "KeyTask",
    "KeyTaskUnit",
    "Milestone",
    "Period",
    "Plan",
    "PlanNote",
    "QuarterlyReturn",
    "ReconciliationNote",
    "ReturnEditor",
    "Target",
    "TargetChange",
]
