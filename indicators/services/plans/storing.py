"""Brings a table of the database to what the rows say: adds what is missing, updates what differs, deletes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Model, QuerySet, Value
from django.db.models.functions import Concat

from indicators.models import Indicator, Plan
from indicators.services.plans.rows import PlanRow
from indicators.services.plans.tables import AREAS, PLAN, UNITS, Table

BATCH = 200

Key = tuple[Any, ...]


@dataclass(frozen=True)
class TableChange:
    """What a load did to one table.

    `old` and `new` hold the changed columns of each updated row, `{"rd-intensity": {"unit": "%"}}`, in the
    words of the plan's tables; `left` names the rows of the database that the load does not have.
    """

    table: Table
    total: int
    added: int
    old: Mapping[str, Mapping[str, Any]]
    new: Mapping[str, Mapping[str, Any]]
    left: Sequence[str]

    @property
    def changed(self) -> int:
        return len(self.new)


@dataclass
class Stored:
    """The rows of one plan that are in the database, by table and key; grows while the plan is stored.

    A key names other rows by their primary key. `codes` gives a referenced row's code back.
    """

    city_code: str
    plan: Plan | None = None
    by_code: dict[str, dict[str, int]] = field(default_factory=dict)
    codes: dict[str, dict[int, str]] = field(default_factory=dict)

    def objects(self, table: Table) -> dict[Key, Any]:
        found = rows_of(table, city_code=self.city_code, plan=self.plan).order_by("pk")
        return {self._key(table, one): one for one in found}

    def remember(self, table: Table, objects: Iterable[Any]) -> None:
        """Let the rows stored so far be found by their codes."""
        if "code" in table.column_names:
            self.by_code[table.name] = {one.code: one.pk for one in objects}
            self.codes[table.name] = {one.pk: one.code for one in objects}

    def fields(self, table: Table, row: PlanRow) -> dict[str, Any]:
        """The row as the model has it, its references as primary keys; one not stored yet is left open."""
        values = dict(row.values)
        for column in table.references:
            code = values.pop(column.name)
            values[f"{column.name}_id"] = self.by_code.get(column.refers_to, {}).get(code)
        return values

    def build(self, table: Table, row: PlanRow, **more: Any) -> Model:
        values = self.fields(table, row) | more
        if table.owner in ("city_code", "plan"):
            values[table.owner] = _owner(table, self.city_code, self.plan)
        return table.model(**values)

    def key_of(self, table: Table, row: PlanRow) -> Key:
        values = self.fields(table, row)
        return tuple(values[name] for name in _key_fields(table))

    def words(self, table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values of the model in the words of the tables: references as codes."""
        by_field = {f"{column.name}_id": column for column in table.references}
        return {
            (by_field[name].name if name in by_field else name): (
                self.codes[by_field[name].refers_to].get(value) if name in by_field else value
            )
            for name, value in values.items()
        }

    def name(self, table: Table, key: Key) -> str:
        """A key as people name it: codes parted by "/"."""
        words = self.words(table, dict(zip(_key_fields(table), key, strict=True)))
        return "/".join(str(word) for word in words.values())

    @staticmethod
    def _key(table: Table, one: Any) -> Key:
        return tuple(getattr(one, name) for name in _key_fields(table))


def rows_of(table: Table, *, city_code: str, plan: Plan | None) -> QuerySet[Any]:
    """The table's rows in the database: the city's areas and units, and what belongs to the plan."""
    return table.model._default_manager.filter(**{table.owner: _owner(table, city_code, plan)})


def _owner(table: Table, city_code: str, plan: Plan | None) -> Any:
    if table in (AREAS, UNITS):
        return city_code
    return plan.code if table is PLAN and plan else plan


def store_table(table: Table, rows: Sequence[PlanRow], stored: Stored) -> TableChange:
    """Add and update one table's rows.

    Rows that refer to rows of their own table are added first and tied together afterwards.
    """
    existing = stored.objects(table)
    missing = {key: row for row in rows if (key := stored.key_of(table, row)) not in existing}
    created = table.model._default_manager.bulk_create(
        [stored.build(table, row) for row in missing.values()], batch_size=BATCH
    )
    objects = existing | dict(zip(missing, created, strict=True))
    stored.remember(table, objects.values())
    old, new = update_rows(table, rows, objects, stored)
    given = {stored.key_of(table, row) for row in rows}
    left = [stored.name(table, key) for key in existing if key not in given]
    added = {stored.name(table, key) for key in missing}
    return TableChange(table, len(rows), len(missing), _without(old, added), _without(new, added), left)


def update_rows(
    table: Table, rows: Sequence[PlanRow], objects: Mapping[Key, Any], stored: Stored
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """Write the columns that differ; returns what they held and what they hold now, by row."""
    old: dict[str, dict[str, Any]] = {}
    new: dict[str, dict[str, Any]] = {}
    changed: list[Any] = []
    for row in rows:
        key = stored.key_of(table, row)
        before, after = differences(objects[key], stored.fields(table, row))
        if after:
            name = stored.name(table, key)
            old[name], new[name] = stored.words(table, before), stored.words(table, after)
            changed.append(assign(objects[key], after))
    write(table, changed, {column for values in new.values() for column in values})
    return old, new


def differences(found: Any, fields: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of a stored row that differ: what they hold, and what they should."""
    after = {name: value for name, value in fields.items() if getattr(found, name) != value}
    return {name: getattr(found, name) for name in after}, after


def assign(found: Any, values: Mapping[str, Any]) -> Any:
    for name, value in values.items():
        setattr(found, name, value)
    return found


def write(table: Table, changed: Sequence[Any], columns: Iterable[str]) -> None:
    if not changed:
        return
    if table.model is Indicator and "name" in columns:
        # Two indicators may exchange their names; the database compares row by row.
        renamed = Indicator.objects.filter(pk__in=[one.pk for one in changed])
        renamed.update(name=Concat(Value("~"), F("code")))
    table.model._default_manager.bulk_update(changed, sorted(columns), batch_size=BATCH)


def _key_fields(table: Table) -> tuple[str, ...]:
    references = {column.name for column in table.references}
    return tuple(f"{name}_id" if name in references else name for name in table.key)


def _without(changes: Mapping[str, Any], added: set[str]) -> dict[str, Any]:
    return {name: change for name, change in changes.items() if name not in added}
