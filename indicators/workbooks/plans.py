"""A plan as a folder or a workbook: in as text tables, out as the workbook that loads back to the same plan."""

from __future__ import annotations

from pathlib import Path

from indicators.domain.text_tables import TextTables
from indicators.services.plans import TABLES
from indicators.workbooks.tables import read_tables


def read_plan(path: Path) -> TextTables:
    """The twelve tables of a plan; what is missing, unknown or damaged is among their faults."""
    return read_tables(path, TABLES)
