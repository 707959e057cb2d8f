"""A plan's rows with their values: what the text of its tables says, cell by cell and without the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from indicators.choices import GoalKind
from indicators.domain.text_tables import HEADER_ROW, Fault, TextRow, TextTable, TextTables
from indicators.services.plans.cells import CellFault, Column
from indicators.services.plans.tables import TABLES, Table

BLANK = "不能为空。"


class PlanFaults(ValueError):  # noqa: N818 - the list is what people know: 错误清单
    """A plan that cannot be loaded: every fault that was found, in the order of the tables and rows."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row: `values` by column; references are codes, a faulty cell is absent."""

    place: str
    number: int
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        """The value; None for a blank cell without another meaning, and for a faulty one."""
        return self.values.get(column)

    def fault(self, column: str, sentence: str) -> Fault:
        return Fault(self.place, self.number, column, sentence)


@dataclass(frozen=True)
class ParsedPlan:
    """All rows of a plan by table, and what people call each table; one that could not be read is absent."""

    tables: Mapping[str, Sequence[PlanRow]]
    places: Mapping[str, str]

    def of(self, name: str) -> Sequence[PlanRow]:
        return self.tables.get(name, ())

    @cached_property
    def plan(self) -> PlanRow:
        """The plan's own row; an empty one when the table is missing or empty."""
        return next(iter(self.of("plan")), PlanRow(self.places.get("plan", ""), 0, {}))

    @cached_property
    def city(self) -> str:
        """The code of the city's area, empty when the plan does not name one of its areas."""
        return self.plan["city"] if self.plan["city"] in self.areas else ""

    @cached_property
    def indicators(self) -> Mapping[str, PlanRow]:
        return self._by_code("indicators")

    @cached_property
    def areas(self) -> Mapping[str, PlanRow]:
        return self._by_code("areas")

    @cached_property
    def units(self) -> Mapping[str, PlanRow]:
        return self._by_code("units")

    @property
    def towns(self) -> list[PlanRow]:
        return [area for code, area in self.areas.items() if code != self.city]

    def _by_code(self, name: str) -> dict[str, PlanRow]:
        return {row["code"]: row for row in self.of(name) if row["code"]}


def parse_rows(tables: TextTables) -> tuple[ParsedPlan, list[Fault]]:
    """The rows of the plan and all faults of single cells, headers, keys and references."""
    faults = list(tables.faults)
    units = _units_of_indicators(tables)
    rows: dict[str, list[PlanRow]] = {}
    for name, table in TABLES.items():
        written = tables.tables.get(name)
        if written is None and not tables.faults:
            faults.append(Fault(tables.place, 0, "", f"缺少 {name} 表。"))
        if written is None or not written.columns:
            continue
        faults += _header_faults(table, written)
        rows[name] = [_parse_row(table, written, row, units, faults) for row in written.rows]
    plan = ParsedPlan(rows, {name: table.place for name, table in tables.tables.items()})
    for name in rows:
        faults += [*_duplicates(TABLES[name], plan), *_unknown_codes(TABLES[name], plan)]
    return plan, faults


def _units_of_indicators(tables: TextTables) -> dict[str, str]:
    written = tables.tables.get("indicators")
    return {row["code"]: row["unit"] for row in written.rows} if written else {}


def _header_faults(table: Table, written: TextTable) -> Iterator[Fault]:
    for column in table.column_names:
        if column not in written.columns:
            yield Fault(written.place, HEADER_ROW, column, "缺少这一列。")
    for column in written.columns:
        if column and column not in table.column_names:
            sentence = f"不认识这一列，可用的列为：{'、'.join(table.column_names)}。"
            yield Fault(written.place, HEADER_ROW, column, sentence)


def _parse_row(
    table: Table, written: TextTable, row: TextRow, units: Mapping[str, str], faults: list[Fault]
) -> PlanRow:
    values: dict[str, Any] = {}
    unit = _unit_of_row(table, row, units)
    for column in table.columns:
        if column.name in written.columns:
            try:
                values[column.name] = _parse_cell(table, column, row[column.name], unit)
            except CellFault as fault:
                faults.append(written.fault(row, column.name, str(fault)))
    return PlanRow(written.place, row.number, values)


def _unit_of_row(table: Table, row: TextRow, units: Mapping[str, str]) -> str:
    """In which unit the figures of a row are: a goal of growth is in per cent, whatever grows."""
    if table.name == "indicators" and row["goal_kind"] == GoalKind.GROWTH:
        return "%"
    return row["unit"] if "unit" in table.column_names else units.get(row["indicator"], "")


def _parse_cell(table: Table, column: Column, written: str, unit: str) -> Any:
    if not written:
        if column.required:
            raise CellFault(BLANK)
        return column.blank
    value = column.parse(written, unit)
    if value is None and column.required:
        raise CellFault(BLANK)
    limit = table.length_limit(column.name)
    if limit is not None and isinstance(value, str):
        if "\n" in value:
            raise CellFault("不能换行，请写在一行里。")
        if len(value) > limit:
            raise CellFault(f"有 {len(value)} 个字，最多 {limit} 个。")
    return value


def _duplicates(table: Table, plan: ParsedPlan) -> Iterator[Fault]:
    for columns in (table.key, *((column,) for column in table.unique)):
        first: dict[tuple[Any, ...], PlanRow] = {}
        for row in plan.of(table.name):
            values = tuple(row[column] for column in columns)
            if None in values:
                continue
            if values in first:
                named = "、".join(map(str, values))
                yield row.fault(
                    "、".join(columns), f"“{named}”与第 {first[values].number} 行重复，请改正或只留一行。"
                )
            first.setdefault(values, row)


def _unknown_codes(table: Table, plan: ParsedPlan) -> Iterator[Fault]:
    for column in table.references:
        if column.refers_to not in plan.tables:
            continue
        known = {row["code"] for row in plan.of(column.refers_to)}
        for row in plan.of(table.name):
            if row[column.name] and row[column.name] not in known:
                noun = TABLES[column.refers_to].noun
                yield row.fault(
                    column.name, f"没有代码为“{row[column.name]}”的{noun}，请在 {column.refers_to} 表中列出。"
                )
