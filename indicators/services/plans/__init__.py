"""Plans: loading one out of its tables, and the twelve tables' definition. Callers import from here."""

from indicators.services.plans.loading import load_plan
from indicators.services.plans.outcome import LoadedPlan
from indicators.services.plans.rows import PlanFaults
from indicators.services.plans.storing import rows_of
from indicators.services.plans.tables import TABLES, Table

__all__ = ["TABLES", "LoadedPlan", "PlanFaults", "Table", "load_plan", "rows_of"]
