"""Copies of the tests' plans with something in them changed, as people change a plan: row by row, or the whole file."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.plans.tables import Row
from tests.plans.workbook import write_workbook


class PlanCopy:
    """A plan's folder of one's own. Rows are named by columns that they hold: `{"code": "xiaolan"}`."""

    def __init__(self, folder: Path, to: Path) -> None:
        self.path = Path(shutil.copytree(folder, to / folder.name, ignore=shutil.ignore_patterns("*.txt")))

    def file(self, table: str) -> Path:
        return self.path / f"{table}.csv"

    def change(self, table: str, row: Mapping[str, str], **cells: str) -> int:
        """Put other cells into the one row that is meant; returns its number, as Excel counts."""
        header, rows = self._read(table)
        number, found = self._find(rows, row)
        found |= cells
        self._write(table, header, rows)
        return number

    def remove(self, table: str, row: Mapping[str, str]) -> None:
        header, rows = self._read(table)
        rows.remove(self._find(rows, row)[1])
        self._write(table, header, rows)

    def add(self, table: str, like: Mapping[str, str], **cells: str) -> int:
        """Append a row that differs from another in some cells; returns its number."""
        return self.add_many(table, like, [cells])

    def add_many(self, table: str, like: Mapping[str, str], cells: Iterable[Mapping[str, str]]) -> int:
        """Append rows that differ from another in some cells; returns the last one's number."""
        header, rows = self._read(table)
        pattern = self._find(rows, like)[1]
        rows += [pattern | one for one in cells]
        self._write(table, header, rows)
        return len(rows) + 1

    def as_workbook(self) -> Path:
        path = self.path.with_suffix(".xlsx")
        write_workbook(self.path, path)
        return path

    def _read(self, table: str) -> tuple[list[str], list[Row]]:
        with self.file(table).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
        return list(reader.fieldnames or []), rows

    def _write(self, table: str, header: list[str], rows: list[Row]) -> None:
        with self.file(table).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(rows)

    @staticmethod
    def _find(rows: list[Row], meant: Mapping[str, str]) -> tuple[int, Row]:
        found = [pair for pair in enumerate(rows, start=2) if meant.items() <= pair[1].items()]
        assert len(found) == 1, f"{meant} names {len(found)} rows"
        return found[0]
