"""The audit trail: appended in one line, refused by the database when touched, and every damage is found."""

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


@pytest.mark.parametrize("damage", ["update", "delete"])
def test_the_database_itself_refuses_to_change_an_event(three_events: list[AuditEvent], damage: str) -> None:
    second = AuditEvent.objects.filter(pk=three_events[1].pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        second.update(actor_name="someone else") if damage == "update" else second.delete()
    assert AuditEvent.objects.get(pk=three_events[1].pk).actor_name == "officer"


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
