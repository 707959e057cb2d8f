"""Whatever is done to the audit table behind our back, verify_audit finds it: 1,000 tamperings drawn at random."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from indicators import triggers
from indicators.models import AuditChain, AuditEvent
from indicators.services.audit import Act, Anchor, record, verify_chains
from tests.indicators.services.tamperings import (
    CHANGES,
    TAMPERINGS,
    any_event,
    change_a_column,
    rewrite_from,
)

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]

NOON = datetime(2015, 7, 10, 4, 0, tzinfo=UTC)
SEED = 2015
TAMPERED = 1000


@pytest.fixture
def trail(db: None) -> Iterator[None]:
    """28 events of a plan and 12 of the accounts, in a database without its triggers."""
    officer = User.objects.create_user("officer")
    for number in range(1, 41):
        chain = "accounts" if number % 10 in (3, 6, 9) else "zhongshan-2015-2017"
        act = Act(
            "审定季报",
            "季报表",
            f"2015Q2/town-{number}",
            {"state": "SUBMITTED", "serial": number},
            {"state": "APPROVED", "serial": number, "actuals": {"robot-firms": str(number)}},
        )
        record(chain, act, by=officer, at=NOON + timedelta(minutes=number), city_code="zhongshan")
    triggers.remove(connection)
    yield
    triggers.install(connection)


def drawn() -> random.Random:
    """Chance that falls the same way each time."""
    return random.Random(SEED)  # noqa: S311


class UndoneError(Exception):
    """Takes a tampering back."""


def found_after(tamper: Callable[[], object]) -> list[str]:
    """What the verification says of the trail as it is after the tampering, which is then undone."""
    found: list[str] = []
    try:
        with transaction.atomic():
            tamper()
            found = list(verify_chains())
            raise UndoneError
    except UndoneError:
        return found


def test_the_trail_is_whole_before_anybody_touches_it(trail: None) -> None:
    assert dict(AuditChain.objects.values_list("name", "length")) == {
        "accounts": 12,
        "zhongshan-2015-2017": 28,
    }
    assert list(verify_chains()) == []


def test_verification_finds_each_of_many_tamperings(trail: None) -> None:
    chance = drawn()
    missed: list[str] = []
    done: Counter[str] = Counter()

    for _ in range(TAMPERED):
        tampering = chance.choice(TAMPERINGS)
        told: list[str] = []
        if not found_after(lambda tampering=tampering, told=told: told.append(tampering(chance))):
            missed += told
        done[tampering.__name__] += 1

    assert missed == []
    assert set(done) == {tampering.__name__ for tampering in TAMPERINGS}
    assert min(done.values()) >= TAMPERED / 20
    assert list(verify_chains()) == []


@pytest.mark.parametrize("column", sorted(CHANGES))
def test_a_change_of_any_column_is_found(trail: None, column: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.indicators.services.tamperings.CHANGES", {column: CHANGES[column]})
    chance = drawn()
    missed = [n for n in range(10) if not found_after(lambda: change_a_column(chance))]
    assert missed == []


def test_every_column_of_an_event_is_tampered_with() -> None:
    columns = {field.name for field in AuditEvent._meta.concrete_fields}
    assert columns - set(CHANGES) == {"id"}


def test_a_chain_rewritten_with_its_head_is_sound_in_itself_and_found_by_an_anchor(trail: None) -> None:
    """Any of the plan's events changed or cut out, all after it hashed anew: the head noted before tells."""
    plan = AuditChain.objects.get(name="zhongshan-2015-2017")
    anchors = [Anchor(plan.name, plan.length, plan.head)]
    for place in range(1, plan.length + 1):
        with transaction.atomic():
            event = plan.events.get(sequence=place)
            AuditEvent.objects.filter(pk=event.pk).update(actor_name="somebody else")
            rewrite_from(event)
            assert list(verify_chains()) == []
            assert [fault for fault in verify_chains(anchors) if "校验点" in fault]
            transaction.set_rollback(True)


def test_a_tail_cut_together_with_the_head_is_found_by_an_anchor(trail: None) -> None:
    plan = AuditChain.objects.get(name="zhongshan-2015-2017")
    last = plan.events.get(sequence=20)
    plan.events.filter(sequence__gt=20).delete()
    AuditChain.objects.filter(pk=plan.pk).update(length=20, head=last.hash)
    assert list(verify_chains()) == []
    assert list(verify_chains([Anchor(plan.name, plan.length, plan.head)])) == [
        "审计链 zhongshan-2015-2017：只有 20 条，记下校验点时已有 28 条。"
    ]
    assert list(verify_chains([Anchor(plan.name, 20, last.hash)])) == []


def test_a_chain_that_is_gone_with_its_head_is_found_by_an_anchor(trail: None) -> None:
    plan = AuditChain.objects.get(name="zhongshan-2015-2017")
    plan.events.all().delete()
    plan.delete()
    assert list(verify_chains([Anchor(plan.name, plan.length, plan.head)])) == [
        "审计链 zhongshan-2015-2017：记下过校验点，而这条链已不存在。"
    ]


def test_events_appended_after_a_head_was_noted_do_not_matter_to_it(trail: None) -> None:
    plan = AuditChain.objects.get(name="zhongshan-2015-2017")
    noted = [Anchor(event.chain.name, event.sequence, event.hash) for event in plan.events.all()]
    assert len(noted) == 28
    assert list(verify_chains(noted)) == []


@pytest.mark.parametrize(
    ("column", "junk"),
    [("at", "'yesterday'"), ("at", "'2015-13-45 10:00:00'"), ("at", "''"), ("actor_name", "x'ff'"),
     ("sequence", "'last'"), ("sequence", "7.5"), ("new", "'\"\\ud800\"'"), ("hash", "7")],
)  # fmt: skip
def test_a_row_that_is_no_event_at_all_is_found_and_the_rest_still_verified(
    trail: None, column: str, junk: str
) -> None:
    event = AuditEvent.objects.get(chain__name="accounts", sequence=5)
    statement = f"UPDATE {triggers.EVENTS} SET {column} = {junk} WHERE id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [event.pk])
    AuditEvent.objects.filter(chain__name="zhongshan-2015-2017", sequence=9).delete()
    found = list(verify_chains())
    assert [fault for fault in found if "accounts" in fault]
    assert "审计链 zhongshan-2015-2017：第 9 条至第 9 条缺失。" in found


def test_the_command_says_how_far_each_chain_goes(trail: None, capsys: pytest.CaptureFixture[str]) -> None:
    heads = dict(AuditChain.objects.values_list("name", "head"))
    plan = f"zhongshan-2015-2017:28:{heads['zhongshan-2015-2017']}"
    call_command("verify_audit", anchor=[plan])
    assert capsys.readouterr().out.splitlines() == [
        f"accounts:12:{heads['accounts']}　完整",
        f"{plan}　完整",
        "审计记录完整，共 40 条，1 个校验点都在链上。",
    ]


def test_the_command_fails_on_a_broken_trail_and_says_where(
    trail: None, capsys: pytest.CaptureFixture[str]
) -> None:
    AuditEvent.objects.filter(chain__name="accounts", sequence=5).update(actor_name="nobody")
    with pytest.raises(CommandError, match="审计记录不完整：1 处。"):
        call_command("verify_audit")
    said = capsys.readouterr()
    assert said.err.splitlines() == ["审计链 accounts：第 5 条内容被改动。"]
    assert said.out.splitlines()[0].endswith("　有误")


def test_the_command_counts_what_it_does_not_list(
    trail: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Renamed, no event of the chain fits its hash: 28 faults, of which 3 are to be listed."""
    monkeypatch.setattr("indicators.management.commands.verify_audit.MOST_SHOWN", 3)
    AuditChain.objects.filter(name="zhongshan-2015-2017").update(name="another")
    with pytest.raises(CommandError, match="28 处"):
        call_command("verify_audit")
    assert capsys.readouterr().err.splitlines()[-1] == "另有 25 处，未一一列出。"


@pytest.mark.parametrize(
    "text", ["", "accounts", "accounts:0:" + "a" * 64, "accounts:3:xyz", ":3:" + "a" * 64]
)
def test_an_anchor_that_was_copied_wrongly_is_refused(db: None, text: str) -> None:
    with pytest.raises(CommandError, match="不是校验点"):
        call_command("verify_audit", anchor=[text])


def test_long_chains_are_read_in_pages(trail: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of 7: 12 events end inside a page, 28 with one."""
    monkeypatch.setattr("indicators.services.audit.verification.PAGE", 7)
    assert list(verify_chains()) == []
    event = any_event(drawn())
    AuditEvent.objects.filter(pk=event.pk).update(act="伪造")
    assert len(list(verify_chains())) == 1
