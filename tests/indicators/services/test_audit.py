"""The audit trail: appended in one line, refused by the database when touched, and every damage is found."""

# ruff: noqa: S608 - statements of our own, on tables of our own

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.db.transaction import TransactionManagementError

from indicators import triggers
from indicators.models import AuditChain, AuditEvent
from indicators.services.audit import Act, record, verify_chains

pytestmark = pytest.mark.django_db

NOON = datetime(2015, 7, 10, 4, 0, tzinfo=UTC)


@pytest.fixture
def officer() -> User:
    return User.objects.create_user("officer")


@pytest.fixture
def three_events(officer: User) -> list[AuditEvent]:
    return [
        record(
            "zhongshan",
            Act("审定", "季报表", f"2015Q{n}/xiaolan", {"state": "SUBMITTED"}, {"state": "APPROVED"}),
            by=officer,
            at=NOON,
        )
        for n in (1, 2, 3)
    ]


@pytest.fixture
def unguarded() -> Any:
    """The database as an intruder with full rights would have it: without its triggers."""
    triggers.remove(connection)
    yield
    triggers.install(connection)


def test_events_of_a_chain_follow_each_other(three_events: list[AuditEvent]) -> None:
    assert [event.sequence for event in three_events] == [1, 2, 3]
    assert [event.previous for event in three_events] == ["", three_events[0].hash, three_events[1].hash]
    chain = AuditChain.objects.get(name="zhongshan")
    assert (chain.length, chain.head) == (3, three_events[2].hash)


def test_a_whole_trail_verifies_after_a_round_trip_through_the_database(
    three_events: list[AuditEvent],
) -> None:
    assert list(verify_chains()) == []


@pytest.mark.django_db(transaction=True)
def test_an_event_without_its_act_is_refused() -> None:
    act = Act("载入计划", "计划", "zhongshan-2015-2017", {}, {})
    with pytest.raises(TransactionManagementError):
        record("zhongshan", act, by=None, at=NOON)
    assert not AuditEvent.objects.exists()


def test_the_command_line_is_named_as_the_actor(db: None) -> None:
    event = record("zhongshan", Act("载入计划", "计划", "zhongshan-2015-2017", {}, {}), by=None, at=NOON)
    assert (event.actor, event.actor_name) == (None, "命令行")


EVENT_TABLE, CHAIN_TABLE = triggers.EVENTS, triggers.CHAINS
COLUMNS = "chain_id, city_code, at, actor_id, actor_name, act, object_kind, object_key, old, new, hash"
CHANGES_TO_EVENTS = {
    "one is changed": f"UPDATE {EVENT_TABLE} SET actor_name = 'someone else' WHERE sequence = 2",
    "one is moved": f"UPDATE {EVENT_TABLE} SET sequence = 4 WHERE sequence = 3",
    "one is deleted": f"DELETE FROM {EVENT_TABLE} WHERE sequence = 3",
    "all are deleted": f"DELETE FROM {EVENT_TABLE}",
}
# Forged events as a SELECT of the third one's columns: the place, what it is tied to, the rest.
OUT_OF_LINE = {
    "into a place that is taken": ("3", "previous", COLUMNS),
    "before the first": ("0", "''", COLUMNS),
    "behind the last, tied to another": ("4", "previous", COLUMNS),
    "beyond the next place": ("5", "hash", COLUMNS),
    "into a chain that is not there": ("4", "hash", COLUMNS.replace("chain_id", "chain_id + 1")),
}
CHANGES_TO_HEADS = {
    "it is set back": f"UPDATE {CHAIN_TABLE} SET length = 2",
    "it jumps ahead": f"UPDATE {CHAIN_TABLE} SET length = 9",
    "it ends in another hash": f"UPDATE {CHAIN_TABLE} SET head = 'x'",
    "it moves on without an event": f"UPDATE {CHAIN_TABLE} SET length = length + 1, head = 'x'",
    "it is renamed": f"UPDATE {CHAIN_TABLE} SET name = 'another'",
    "it is deleted": f"DELETE FROM {CHAIN_TABLE}",
}
# Foreign keys that are still to be checked would stand in the way, and the triggers untried.
AT_ONCE = "SET CONSTRAINTS ALL IMMEDIATE;"
EMPTIED = {
    "events": f"{AT_ONCE} TRUNCATE {EVENT_TABLE}",
    "heads": f"{AT_ONCE} TRUNCATE {CHAIN_TABLE} CASCADE",
}


def refusal_of(statement: str) -> str:
    """What the database says to a statement; nothing of it stays."""
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return str(refused.value)


@pytest.mark.parametrize("damage", CHANGES_TO_EVENTS)
def test_the_database_itself_refuses_to_change_an_event(three_events: list[AuditEvent], damage: str) -> None:
    assert triggers.APPEND_ONLY_REFUSAL in refusal_of(CHANGES_TO_EVENTS[damage])
    stored = AuditEvent.objects.order_by("sequence").values_list("hash", "actor_name")
    assert list(stored) == [(event.hash, "officer") for event in three_events]


@pytest.mark.parametrize("place", OUT_OF_LINE)
def test_the_database_takes_an_event_only_at_the_end_of_its_chain(
    three_events: list[AuditEvent], place: str
) -> None:
    forged = ", ".join(OUT_OF_LINE[place])
    statement = (
        f"INSERT INTO {EVENT_TABLE} (sequence, previous, {COLUMNS})"
        f" SELECT {forged} FROM {EVENT_TABLE} WHERE sequence = 3"
    )
    assert triggers.IN_LINE_REFUSAL in refusal_of(statement)
    assert AuditEvent.objects.count() == 3


@pytest.mark.parametrize("move", CHANGES_TO_HEADS)
def test_a_chains_head_moves_with_an_event_and_in_no_other_way(
    three_events: list[AuditEvent], move: str
) -> None:
    assert triggers.IN_LINE_REFUSAL in refusal_of(CHANGES_TO_HEADS[move])
    assert AuditChain.objects.values_list("name", "length", "head").get() == (
        "zhongshan",
        3,
        three_events[-1].hash,
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no TRUNCATE")
@pytest.mark.parametrize("table", EMPTIED)
def test_the_tables_cannot_be_emptied_either(three_events: list[AuditEvent], table: str) -> None:
    refusal = refusal_of(EMPTIED[table])
    assert triggers.APPEND_ONLY_REFUSAL in refusal or triggers.IN_LINE_REFUSAL in refusal
    assert AuditEvent.objects.count() == 3


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL replaces no row on an insert")
def test_an_insert_does_not_replace_an_event(three_events: list[AuditEvent]) -> None:
    """It would delete the first event without a word to the triggers on DELETE."""
    replacing = (
        f"INSERT OR REPLACE INTO {EVENT_TABLE} (id, sequence, previous, {COLUMNS})"
        f" SELECT {three_events[0].pk}, 4, hash, {COLUMNS} FROM {EVENT_TABLE} WHERE sequence = 3"
    )
    assert triggers.IN_LINE_REFUSAL in refusal_of(replacing)
    assert list(AuditEvent.objects.order_by("sequence")) == three_events


def test_an_altered_event_is_found(three_events: list[AuditEvent], unguarded: None) -> None:
    AuditEvent.objects.filter(pk=three_events[1].pk).update(new={"state": "RETURNED"})
    assert list(verify_chains()) == ["审计链 zhongshan：第 2 条内容被改动。"]


def test_a_deleted_event_is_found(three_events: list[AuditEvent], unguarded: None) -> None:
    AuditEvent.objects.filter(pk=three_events[1].pk).delete()
    assert list(verify_chains()) == ["审计链 zhongshan：第 2 条至第 2 条缺失。"]


def test_a_cut_tail_is_found(three_events: list[AuditEvent], unguarded: None) -> None:
    AuditEvent.objects.filter(pk=three_events[2].pk).delete()
    assert list(verify_chains()) == ["审计链 zhongshan：末尾应有 3 条，实有 2 条，或末条被替换。"]


def test_reordered_events_are_found(three_events: list[AuditEvent], unguarded: None) -> None:
    first, second = three_events[0].pk, three_events[1].pk
    AuditEvent.objects.filter(pk=first).update(sequence=99)
    AuditEvent.objects.filter(pk=second).update(sequence=1)
    AuditEvent.objects.filter(pk=first).update(sequence=2)
    found = list(verify_chains())
    assert "审计链 zhongshan：第 1 条与前一条不衔接。" in found
    assert "审计链 zhongshan：第 2 条与前一条不衔接。" in found


def test_an_act_and_its_event_fall_together(officer: User) -> None:
    @transaction.atomic
    def fail_after_the_event() -> None:
        record("zhongshan", Act("审定", "季报表", "2015Q2/xiaolan", {}, {}), by=officer, at=NOON)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_the_event()
    assert AuditEvent.objects.count() == 0
    assert list(verify_chains()) == []
