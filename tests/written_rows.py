"""Rows that a test finds in its tables, kept as the statements that put them there.

Building an insert of a thousand rows takes Django ten times as long as running it, and it is the same for every test.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.db.models.sql import InsertQuery

from indicators.models import AuditChain

Statement = tuple[str, Sequence[Any]]


def statements_of(model: type[models.Model], rows: Sequence[models.Model]) -> list[Statement]:
    """What inserts the rows under the numbers that they bear."""
    if model is AuditChain:
        # The database moves a chain's head when it takes the events.
        rows = [AuditChain(pk=chain.pk, name=chain.name) for chain in rows if isinstance(chain, AuditChain)]
    if not rows:
        return []
    fields = model._meta.concrete_fields
    most = max(connection.ops.bulk_batch_size(fields, rows), 1)
    return [
        statement
        for start in range(0, len(rows), most)
        for statement in _insert(model, rows[start : start + most])
    ]


def _insert(model: type[models.Model], rows: Sequence[models.Model]) -> Iterable[Statement]:
    query = InsertQuery(model)
    query.insert_values(model._meta.concrete_fields, rows)
    return query.get_compiler(connection=connection).as_sql()


def write(statements: Iterable[Statement]) -> None:
    with connection.cursor() as cursor:
        for statement, values in statements:
            cursor.execute(statement, values)
