"""Database triggers that keep the audit trail append-only, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "indicators_auditevent"
REFUSAL = "audit events are append-only"

SQLITE_INSTALL = (
    f"""CREATE TRIGGER IF NOT EXISTS auditevent_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS auditevent_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
)
SQLITE_REMOVE = (
    "DROP TRIGGER IF EXISTS auditevent_no_update",
    "DROP TRIGGER IF EXISTS auditevent_no_delete",
)
POSTGRESQL_INSTALL = (
    f"""CREATE OR REPLACE FUNCTION auditevent_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE OR REPLACE TRIGGER auditevent_no_change BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION auditevent_refuse()""",
    f"""CREATE OR REPLACE TRIGGER auditevent_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION auditevent_refuse()""",
)
POSTGRESQL_REMOVE = (
    f"DROP TRIGGER IF EXISTS auditevent_no_change ON {TABLE}",
    f"DROP TRIGGER IF EXISTS auditevent_no_truncate ON {TABLE}",
    "DROP FUNCTION IF EXISTS auditevent_refuse()",
)
STATEMENTS = {
    "sqlite": (SQLITE_INSTALL, SQLITE_REMOVE),
    "postgresql": (POSTGRESQL_INSTALL, POSTGRESQL_REMOVE),
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; harmless when they are there."""
    _run(connection, STATEMENTS[connection.vendor][0])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for reversing the migration, and for the tests that empty their database."""
    _run(connection, STATEMENTS[connection.vendor][1])


def _run(connection: BaseDatabaseWrapper, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
