"""Database triggers that keep the audit trail and what was published, on SQLite and on PostgreSQL alike.

Append-only: an event is never changed or deleted. In line: an event is taken only where it continues its chain, and
moves the chain's head with it; the head itself moves in no other way. Frozen: a published bulletin and its files are
never changed or deleted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

EVENTS, CHAINS = "indicators_auditevent", "indicators_auditchain"
APPEND_ONLY_REFUSAL = "audit events are append-only"
IN_LINE_REFUSAL = "audit events continue their chain"


@dataclass(frozen=True, slots=True)
class Guard:
    """Statements that set up one rule, and those that take it away; both harmless when repeated."""

    install: tuple[str, ...]
    remove: tuple[str, ...]


SQLITE_APPEND_ONLY = Guard(
    install=(
        f"""CREATE TRIGGER IF NOT EXISTS auditevent_no_update BEFORE UPDATE ON {EVENTS}
            BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY_REFUSAL}'); END""",
        f"""CREATE TRIGGER IF NOT EXISTS auditevent_no_delete BEFORE DELETE ON {EVENTS}
            BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY_REFUSAL}'); END""",
    ),
    remove=(
        "DROP TRIGGER IF EXISTS auditevent_no_update",
        "DROP TRIGGER IF EXISTS auditevent_no_delete",
    ),
)
# "INSERT OR REPLACE" deletes the row of the same id without asking the triggers on DELETE: it is refused as an insert.
SQLITE_IN_LINE = Guard(
    install=(
        f"""CREATE TRIGGER IF NOT EXISTS auditevent_in_line BEFORE INSERT ON {EVENTS}
            WHEN NOT EXISTS (SELECT 1 FROM {CHAINS} WHERE id = NEW.chain_id
                             AND length = NEW.sequence - 1 AND head = NEW.previous)
                 OR EXISTS (SELECT 1 FROM {EVENTS} WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, '{IN_LINE_REFUSAL}'); END""",
        f"""CREATE TRIGGER IF NOT EXISTS auditevent_moves_head AFTER INSERT ON {EVENTS}
            BEGIN UPDATE {CHAINS} SET length = NEW.sequence, head = NEW.hash WHERE id = NEW.chain_id; END""",
        f"""CREATE TRIGGER IF NOT EXISTS auditchain_only_grows BEFORE UPDATE ON {CHAINS}
            WHEN NEW.id <> OLD.id OR NEW.name <> OLD.name OR NEW.length <> OLD.length + 1
                 OR NOT EXISTS (SELECT 1 FROM {EVENTS} WHERE chain_id = NEW.id
                                AND sequence = NEW.length AND hash = NEW.head)
            BEGIN SELECT RAISE(ABORT, '{IN_LINE_REFUSAL}'); END""",
        f"""CREATE TRIGGER IF NOT EXISTS auditchain_no_delete BEFORE DELETE ON {CHAINS}
            BEGIN SELECT RAISE(ABORT, '{IN_LINE_REFUSAL}'); END""",
    ),
    remove=(
        "DROP TRIGGER IF EXISTS auditevent_in_line",
        "DROP TRIGGER IF EXISTS auditevent_moves_head",
        "DROP TRIGGER IF EXISTS auditchain_only_grows",
        "DROP TRIGGER IF EXISTS auditchain_no_delete",
    ),
)
POSTGRESQL_APPEND_ONLY = Guard(
    install=(
        f"""CREATE OR REPLACE FUNCTION auditevent_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{APPEND_ONLY_REFUSAL}'
               USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        f"""CREATE OR REPLACE TRIGGER auditevent_no_change BEFORE UPDATE OR DELETE ON {EVENTS}
            FOR EACH ROW EXECUTE FUNCTION auditevent_refuse()""",
        f"""CREATE OR REPLACE TRIGGER auditevent_no_truncate BEFORE TRUNCATE ON {EVENTS}
            FOR EACH STATEMENT EXECUTE FUNCTION auditevent_refuse()""",
    ),
    remove=(
        f"DROP TRIGGER IF EXISTS auditevent_no_change ON {EVENTS}",
        f"DROP TRIGGER IF EXISTS auditevent_no_truncate ON {EVENTS}",
        "DROP FUNCTION IF EXISTS auditevent_refuse()",
    ),
)
# The head moves before the row is there, since what follows the rows of one statement comes after all of them; and
# within the trigger alone (depth above 0), never by a statement of its own.
POSTGRESQL_IN_LINE = Guard(
    install=(
        f"""CREATE OR REPLACE FUNCTION auditchain_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{IN_LINE_REFUSAL}'
               USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        f"""CREATE OR REPLACE FUNCTION auditevent_move_head() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN
               UPDATE {CHAINS} SET length = NEW.sequence, head = NEW.hash
               WHERE id = NEW.chain_id AND length = NEW.sequence - 1 AND head = NEW.previous;
               IF NOT FOUND THEN RAISE EXCEPTION '{IN_LINE_REFUSAL}'
                  USING ERRCODE = 'integrity_constraint_violation'; END IF;
               RETURN NEW; END $$""",
        f"""CREATE OR REPLACE TRIGGER auditevent_in_line BEFORE INSERT ON {EVENTS}
            FOR EACH ROW EXECUTE FUNCTION auditevent_move_head()""",
        f"""CREATE OR REPLACE TRIGGER auditchain_only_grows BEFORE UPDATE ON {CHAINS} FOR EACH ROW
            WHEN (pg_trigger_depth() = 0
                  OR NEW.id <> OLD.id OR NEW.name <> OLD.name OR NEW.length <> OLD.length + 1)
            EXECUTE FUNCTION auditchain_refuse()""",
        f"""CREATE OR REPLACE TRIGGER auditchain_no_delete BEFORE DELETE ON {CHAINS}
            FOR EACH ROW EXECUTE FUNCTION auditchain_refuse()""",
        f"""CREATE OR REPLACE TRIGGER auditchain_no_truncate BEFORE TRUNCATE ON {CHAINS}
            FOR EACH STATEMENT EXECUTE FUNCTION auditchain_refuse()""",
    ),
    remove=(
        f"DROP TRIGGER IF EXISTS auditevent_in_line ON {EVENTS}",
        f"DROP TRIGGER IF EXISTS auditchain_only_grows ON {CHAINS}",
        f"DROP TRIGGER IF EXISTS auditchain_no_delete ON {CHAINS}",
        f"DROP TRIGGER IF EXISTS auditchain_no_truncate ON {CHAINS}",
        "DROP FUNCTION IF EXISTS auditevent_move_head()",
        "DROP FUNCTION IF EXISTS auditchain_refuse()",
    ),
)
BULLETINS = ("indicators_bulletin", "indicators_bulletinfile")
SAME_PUBLISHED = (
    "period_id = NEW.period_id AND serial = NEW.serial",
    "bulletin_id = NEW.bulletin_id AND edition = NEW.edition",
)
"""What no two rows of these tables share, beside their ids."""
FROZEN_REFUSAL = "published bulletins are frozen"
# "INSERT OR REPLACE" is refused as an insert here too.
SQLITE_FROZEN = Guard(
    install=(
        *(
            f"""CREATE TRIGGER IF NOT EXISTS {table}_no_{act} BEFORE {act} ON {table}
                BEGIN SELECT RAISE(ABORT, '{FROZEN_REFUSAL}'); END"""
            for table in BULLETINS
            for act in ("update", "delete")
        ),
        *(
            f"""CREATE TRIGGER IF NOT EXISTS {table}_no_replace BEFORE INSERT ON {table}
                WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR ({same}))
                BEGIN SELECT RAISE(ABORT, '{FROZEN_REFUSAL}'); END"""
            for table, same in zip(BULLETINS, SAME_PUBLISHED, strict=True)
        ),
    ),
    remove=tuple(
        f"DROP TRIGGER IF EXISTS {table}_no_{act}"
        for table in BULLETINS
        for act in ("update", "delete", "replace")
    ),
)
POSTGRESQL_FROZEN = Guard(
    install=(
        f"""CREATE OR REPLACE FUNCTION bulletin_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{FROZEN_REFUSAL}'
               USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        *(
            f"""CREATE OR REPLACE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION bulletin_refuse()"""
            for table in BULLETINS
        ),
        *(
            f"""CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION bulletin_refuse()"""
            for table in BULLETINS
        ),
    ),
    remove=(
        *(
            f"DROP TRIGGER IF EXISTS {table}_{rule} ON {table}"
            for table in BULLETINS
            for rule in ("frozen", "no_truncate")
        ),
        "DROP FUNCTION IF EXISTS bulletin_refuse()",
    ),
)
APPEND_ONLY = {"sqlite": SQLITE_APPEND_ONLY, "postgresql": POSTGRESQL_APPEND_ONLY}
IN_LINE = {"sqlite": SQLITE_IN_LINE, "postgresql": POSTGRESQL_IN_LINE}
FROZEN = {"sqlite": SQLITE_FROZEN, "postgresql": POSTGRESQL_FROZEN}


def freeze_bulletins(connection: BaseDatabaseWrapper) -> None:
    _run(connection, FROZEN[connection.vendor].install)


def thaw_bulletins(connection: BaseDatabaseWrapper) -> None:
    """For reversing the migration, and for tests that empty their database."""
    _run(connection, FROZEN[connection.vendor].remove)


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the trail's triggers; harmless when they are there."""
    _run(connection, APPEND_ONLY[connection.vendor].install)
    install_in_line(connection)


def install_in_line(connection: BaseDatabaseWrapper) -> None:
    _run(connection, IN_LINE[connection.vendor].install)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the trail's triggers: for reversing migrations, and for tests that empty or tamper with their database."""
    remove_in_line(connection)
    _run(connection, APPEND_ONLY[connection.vendor].remove)


def remove_in_line(connection: BaseDatabaseWrapper) -> None:
    _run(connection, IN_LINE[connection.vendor].remove)


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
