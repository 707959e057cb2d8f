"""The facts: what was promised (plan), achieved (results), filed (filing, evidence), and who did what (audit)."""

from indicators.models.audit import AuditChain, AuditEvent
from indicators.models.bulletins import Bulletin, BulletinFile
from indicators.models.evidence import Evidence, EvidenceContent
from indicators.models.filing import Entry, Period, QuarterlyReturn, ReconciliationNote
from indicators.models.plan import Alias, Baseline, Category, Indicator, Plan, PlanNote
from indicators.models.reminders import Reminder
from indicators.models.results import Actual
from indicators.models.targets import Target, TargetChange
from indicators.models.tasks import KeyTask, KeyTaskUnit, Milestone

__all__ = [
    "Actual",
    "Alias",
    "AuditChain",
    "AuditEvent",
    "Baseline",
    "Bulletin",
    "BulletinFile",
    "Category",
    "Entry",
    "Evidence",
    "EvidenceContent",
    "Indicator",
    "KeyTask",
    "KeyTaskUnit",
    "Milestone",
    "Period",
    "Plan",
    "PlanNote",
    "QuarterlyReturn",
    "ReconciliationNote",
    "Reminder",
    "Target",
    "TargetChange",
]
