"""Appends to the audit trail: each event's hash covers itself and the one before it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.transaction import TransactionManagementError

from indicators.models import AuditChain, AuditEvent


@dataclass(frozen=True, slots=True)
class Act:
    """What happened to which object: `kind` is its table in words, `key` its business key."""

    name: str
    kind: str
    key: str
    old: dict[str, Any]
    new: dict[str, Any]


def record(chain_name: str, act: Act, *, by: User | None, at: datetime, city_code: str = "") -> AuditEvent:
    """Append one event to the chain, inside the caller's transaction.

    The chain's head is locked on PostgreSQL and the whole database on SQLite, so that events form one line. Two
    statements: the head is read, and the database moves it when it takes the event (indicators/triggers.py).
    `by` is None only for a command run on the server; it is then named as such.
    Raises TransactionManagementError outside a transaction: an act and its event stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise TransactionManagementError("an act and its audit event belong into one transaction")
    chain = _hold_chain(chain_name)
    event = AuditEvent(
        chain=chain,
        sequence=chain.length + 1,
        city_code=city_code,
        at=at,
        actor=by,
        actor_name=by.get_username() if by else "命令行",
        act=act.name,
        object_kind=act.kind,
        object_key=act.key,
        old=_plain(act.old),
        new=_plain(act.new),
        previous=chain.head,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    return event


def _hold_chain(name: str) -> AuditChain:
    """The chain's head as it is now, begun where there is none, held until the transaction ends."""
    heads = AuditChain.objects.select_for_update().filter(name=name)
    if (chain := heads.first()) is not None:
        return chain
    AuditChain.objects.bulk_create([AuditChain(name=name)], ignore_conflicts=True)
    return heads.get()


def event_hash(event: AuditEvent) -> str:
    """SHA-256 over the event's content and the hash before it, in one canonical JSON line."""
    content = [
        event.chain_id and event.chain.name,
        event.sequence,
        event.city_code,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.actor_id,
        event.actor_name,
        event.act,
        event.object_kind,
        event.object_key,
        event.old,
        event.new,
        event.previous,
    ]
    line = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # Half a surrogate pair is no text that we write, but one that a forger could: it is hashed as it stands.
    return hashlib.sha256(line.encode(errors="surrogatepass")).hexdigest()


def _plain(content: dict[str, Any]) -> dict[str, Any]:
    """The content as JSON gives it back, so that the hash is the same before and after the database."""
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))
