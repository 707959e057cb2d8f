"""What the rows of a plan must say together; single cells are judged when they are read."""

from __future__ import annotations

from collections.abc import Iterator

from indicators.domain.text_tables import Fault
from indicators.services.plans.checking.figures import check_figures, value_faults
from indicators.services.plans.checking.indicators import check_indicators
from indicators.services.plans.checking.places import check_places
from indicators.services.plans.rows import ParsedPlan
from indicators.services.plans.tables import TABLES

__all__ = ["check_rows", "value_faults"]


def check_rows(plan: ParsedPlan) -> Iterator[Fault]:
    """Every fault between the rows of a plan; rows with faulty cells are judged by what is left of them."""
    yield from check_places(plan)
    yield from check_indicators(plan)
    yield from check_figures(plan)
    yield from _check_derived(plan)


def _check_derived(plan: ParsedPlan) -> Iterator[Fault]:
    """`derived` names columns of its own table, parted by semicolons."""
    for name, table in TABLES.items():
        for row in plan.of(name):
            for column in filter(None, (row["derived"] or "").split(";")):
                if column not in table.column_names:
                    yield row.fault("derived", f"“{column}”不是本表的列；多列之间用英文分号隔开。")
