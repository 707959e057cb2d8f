"""What an intruder who owns the database does to the audit trail: one act of tampering each, drawn at random.

The intruder hashes like us: a forged event's own hash may well be right.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from django.db.models import F

from indicators.models import AuditChain, AuditEvent
from indicators.services.audit import event_hash

Tampering = Callable[[random.Random], str]

BEYOND = 1_000_000
"""A place that no chain of the tests reaches, to move events out of each other's way."""


def any_event(chance: random.Random) -> AuditEvent:
    return chance.choice(list(AuditEvent.objects.select_related("chain").order_by("pk")))


def change_a_column(chance: random.Random) -> str:
    """One column of one event; sometimes with a fresh hash that fits the forged content."""
    event = any_event(chance)
    column = chance.choice(sorted(CHANGES))
    CHANGES[column](event, chance)
    if column != "hash" and chance.random() < 0.5:
        event.hash = event_hash(event)
        column += " and its hash"
    event.save()
    return f"{column} of {event.pk}"


def _change_json(name: str) -> Callable[[AuditEvent, random.Random], None]:
    def change(event: AuditEvent, chance: random.Random) -> None:
        content = dict(getattr(event, name))
        ways = [
            lambda: content.update(forged=chance.randrange(1000)),
            lambda: content.update(figures={"robot-firms": {"value": str(chance.random()), "note": ""}}),
            lambda: content.update(serial=str(content["serial"])),  # 7 is not "7"
            lambda: content.pop("serial"),
        ]
        chance.choice(ways)()
        setattr(event, name, content)

    return change


def _change_chain(event: AuditEvent, chance: random.Random) -> None:
    """Into another chain, to a place that is free there: past its end."""
    other = AuditChain.objects.exclude(pk=event.chain_id).get()
    event.chain, event.sequence = other, max(event.sequence, other.length + chance.randint(1, 2))


CHANGES: dict[str, Callable[[AuditEvent, random.Random], None]] = {
    "at": lambda event, chance: setattr(
        event, "at", event.at + timedelta(microseconds=chance.choice([-1, 1]) * chance.randint(1, 10**12))
    ),
    "actor": lambda event, chance: setattr(event, "actor", None),
    "actor_name": lambda event, chance: setattr(event, "actor_name", event.actor_name + "2"),
    "act": lambda event, chance: setattr(event, "act", "退回季报"),
    "object_kind": lambda event, chance: setattr(event, "object_kind", "报送期"),
    "object_key": lambda event, chance: setattr(event, "object_key", event.object_key[:-1]),
    "city_code": lambda event, chance: setattr(event, "city_code", "linhaiwan"),
    "old": _change_json("old"),
    "new": _change_json("new"),
    "previous": lambda event, chance: setattr(event, "previous", _other_hash(event.previous, chance)),
    "hash": lambda event, chance: setattr(event, "hash", _other_hash(event.hash, chance)),
    "sequence": lambda event, chance: setattr(event, "sequence", BEYOND + chance.randrange(BEYOND)),
    "chain": _change_chain,
}


def _other_hash(digest: str, chance: random.Random) -> str:
    """Another hash, often one nibble away."""
    if not digest or chance.random() < 0.2:
        return "".join(chance.choices("0123456789abcdef", k=64))
    place = chance.randrange(64)
    nibble = chance.choice([char for char in "0123456789abcdef" if char != digest[place]])
    return digest[:place] + nibble + digest[place + 1 :]


def delete_events(chance: random.Random) -> str:
    """The first, the last, some in the middle, or a scatter."""
    events = list(any_event(chance).chain.events.order_by("sequence"))
    start = chance.randrange(len(events))
    ways = [events[:1], events[-1:], events[start : start + chance.randint(1, 8)]]
    gone = chance.choice([*ways, chance.sample(events, chance.randint(2, len(events) - 1))])
    AuditEvent.objects.filter(pk__in=[event.pk for event in gone]).delete()
    return f"{len(gone)} deleted"


def delete_a_whole_chain(chance: random.Random) -> str:
    chain = any_event(chance).chain
    chain.events.all().delete()
    if chance.random() < 0.5:
        AuditChain.objects.filter(pk=chain.pk).update(length=0, head="")
    return f"all of {chain}"


def swap_two_events(chance: random.Random) -> str:
    """Places exchanged; sometimes the hashes that tie them as well."""
    one, other = chance.sample(list(any_event(chance).chain.events.all()), 2)
    places, ties = (one.sequence, other.sequence), (one.previous, other.previous)
    AuditEvent.objects.filter(pk=one.pk).update(sequence=BEYOND)
    AuditEvent.objects.filter(pk=other.pk).update(sequence=places[0])
    AuditEvent.objects.filter(pk=one.pk).update(sequence=places[1])
    if chance.random() < 0.3:
        AuditEvent.objects.filter(pk=one.pk).update(previous=ties[1])
        AuditEvent.objects.filter(pk=other.pk).update(previous=ties[0])
    return f"{places} swapped"


def insert_a_forged_event(chance: random.Random) -> str:
    """In the middle, those after it pushed on, or at the end; with a hash that is right; the head may be left as is."""
    event = any_event(chance)
    events = event.chain.events
    at_the_end = chance.random() < 0.4
    place = event.chain.length + 1 if at_the_end else event.sequence
    if not at_the_end:
        events.filter(sequence__gte=place).update(sequence=F("sequence") + BEYOND)
        events.filter(sequence__gte=BEYOND).update(sequence=F("sequence") - BEYOND + 1)
        if chance.random() < 0.5:
            AuditChain.objects.filter(pk=event.chain_id).update(length=F("length") + 1)
    before = events.filter(sequence=place - 1).first()
    event.previous = before.hash if before else ""
    _insert_copy(event, place, new={"state": "APPROVED", "serial": chance.randrange(1000)})
    return f"forged at {place}"


def duplicate_an_event(chance: random.Random) -> str:
    """The same row once more: past the end, or at place 0."""
    event = any_event(chance)
    place = chance.choice([0, event.chain.length + 1, event.chain.length + chance.randint(2, 9)])
    event.pk, event.sequence = None, place
    if chance.random() < 0.5:
        event.hash = event_hash(event)
    event.save(force_insert=True)
    return f"a second one at {place}"


def cut_the_tail(chance: random.Random) -> str:
    """The last so many; sometimes with one half of the head made to fit."""
    chain = any_event(chance).chain
    left = chance.randrange(1, chain.length)
    chain.events.filter(sequence__gt=left).delete()
    last = chain.events.get(sequence=left)
    half = chance.choice([{}, {"length": left}, {"head": last.hash}])
    if half:
        AuditChain.objects.filter(pk=chain.pk).update(**half)
    return f"cut after {left}, {sorted(half)} made to fit"


def change_the_head(chance: random.Random) -> str:
    chain = any_event(chance).chain
    step = chance.choice([-chain.length, -1, 1, chance.randint(2, 99)])
    ways = [
        {"length": chain.length + step},
        {"head": _other_hash(chain.head, chance)},
        {"length": chain.length + step, "head": _other_hash(chain.head, chance)},
        {"name": f"{chain.name}-2"},
    ]
    way = chance.choice(ways)
    AuditChain.objects.filter(pk=chain.pk).update(**way)
    return f"head: {sorted(way)}"


def _insert_copy(event: AuditEvent, place: int, *, new: dict[str, object]) -> None:
    event.pk, event.sequence, event.new = None, place, new
    event.hash = event_hash(event)
    event.save(force_insert=True)


TAMPERINGS: tuple[Tampering, ...] = (
    change_a_column,
    change_a_column,
    change_a_column,
    delete_events,
    delete_a_whole_chain,
    swap_two_events,
    insert_a_forged_event,
    duplicate_an_event,
    cut_the_tail,
    change_the_head,
)


def rewrite_from(event: AuditEvent) -> None:
    """Make everything from this event on fit again, the chain's head included: sound in itself."""
    chain = AuditChain.objects.get(pk=event.chain_id)
    before = chain.events.filter(sequence__lt=event.sequence).order_by("sequence").last()
    previous, place = (before.hash, before.sequence) if before else ("", 0)
    for row in chain.events.filter(sequence__gte=event.sequence).order_by("sequence"):
        row.chain = chain
        place += 1
        row.sequence, row.previous = place, previous
        row.hash = event_hash(row)
        row.save()
        previous = row.hash
    AuditChain.objects.filter(pk=chain.pk).update(length=place, head=previous)
