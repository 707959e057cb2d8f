"""Reads a file of published figures, CSV or workbook, into rows of text that know their place."""

from __future__ import annotations

from pathlib import Path

from indicators.services.results.check import ResultRow
from indicators.workbooks.tables import read_table

COLUMNS = ("period", "indicator", "area", "value", "unit", "source")


class UnreadableResultsError(ValueError):
    """The file is no table of published figures; its message is one or more Chinese sentences."""


def read_results(path: Path) -> list[ResultRow]:
    """The rows of the file, unchecked. Raises UnreadableResultsError for what cannot be read as such a table."""
    if not path.is_file():
        raise UnreadableResultsError(f"没有“{path.name}”这个文件。")
    table, faults = read_table(path, "results")
    if faults:
        raise UnreadableResultsError(" ".join(str(fault) for fault in faults))
    if missing := [column for column in COLUMNS if column not in table.columns]:
        raise UnreadableResultsError(
            f"{table.place}缺少列：{'、'.join(missing)}；应有 {'、'.join(COLUMNS)}。"
        )
    return [
        ResultRow(f"{table.place}第 {row.number} 行", **{column: row[column] for column in COLUMNS})
        for row in table.rows
    ]
