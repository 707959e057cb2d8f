"""Pages of the trail, newest first, and all of it in an iterator; a page costs the same however long the trail is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.utils import timezone

from indicators.models import AuditChain, AuditEvent, Period, Plan
from indicators.models.audit import ACCOUNTS_CHAIN
from indicators.queries.trail.asked import Asked, matching
from indicators.queries.trail.content import Line, fold, lines_of
from indicators.queries.trail.names import Names, load_names, quarter_words

if TYPE_CHECKING:
    from indicators.models.audit import AuditEventQuerySet
    from towns.access import Person
    from towns.models import Area

PAGE = 50
COUNTED = 10_000
"""Beyond so many events it is only said that there are more: counting on would read the whole trail."""


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One event as strings, and `at` as the city's clock had it.

    `place` is its chain and number there, `about` what it is about, `href` that one's page. `of_person`, `of_act` and
    `of_object` are the queries that ask for those alone.
    """

    place: str
    at: datetime
    day: str
    time: str
    person: str
    account: str
    act: str
    kind: str
    about: str
    key: str
    href: str
    of_person: str
    of_act: str
    of_object: str
    lines: tuple[Line, ...]
    folded: str


@dataclass(frozen=True, slots=True)
class ChainHead:
    """A chain's name in words, its length, and its head as `verify_audit --anchor` takes it."""

    label: str
    length: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Around:
    """What the reader may choose from, by code, and what codes are called."""

    names: Names
    people: Mapping[str, str]
    quarters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TrailPage:
    """One page; `newer` and `older` are the queries of its neighbours, empty at the ends."""

    rows: tuple[TrailRow, ...]
    count: str
    is_long: bool
    newer: str
    older: str


def load_around(city: Area) -> Around:
    """Names, people and quarters of a city; six queries."""
    people = User.objects.filter(membership__city=city).order_by("username")
    periods = Period.objects.filter(plan__city=city).order_by("-year", "-number")
    codes = dict.fromkeys(period.code for period in periods)
    return Around(
        names=load_names(city),
        people={user.get_username(): user.get_full_name() for user in people},
        quarters={code: quarter_words(code) for code in codes},
    )


def load_heads(names: Names) -> tuple[ChainHead, ...]:
    """The chains that hold a city's events: its plans', and that of all accounts; one query."""
    labels = {**names.plans, ACCOUNTS_CHAIN: "账号与角色（全系统共用）"}
    chains = {chain.name: chain for chain in AuditChain.objects.filter(name__in=labels)}
    return tuple(
        ChainHead(label, chains[name].length, f"{name}:{chains[name].length}:{chains[name].head}")
        for name, label in labels.items()
        if name in chains
    )


def holds_demonstration(city: Area) -> bool:
    return Plan.objects.filter(city=city, demonstration=True).exists()


def asked_events(user: Person, asked: Asked, around: Around) -> AuditEventQuerySet:
    """The events of the reader's city that are asked for, newest first."""
    found = matching(
        AuditEvent.objects.visible_to(user),
        asked,
        people=around.people,
        units=around.names.units,
        quarters=around.quarters,
        indicators={code: name for (_, code), (name, _) in around.names.indicators.items()},
    )
    return found.select_related("chain", "actor").order_by("-pk")


def load_trail(
    user: Person, asked: Asked, around: Around, *, before: int | None = None, after: int | None = None
) -> TrailPage:
    """The newest page, or the one older than the event `before`, or newer than `after`; two queries."""
    events = asked_events(user, asked, around)
    if after is not None:
        found = list(events.filter(pk__gt=after).order_by("pk")[: PAGE + 1])
        page = found[:PAGE][::-1]
        has_newer, has_older = len(found) > PAGE, True
    else:
        found = list((events if before is None else events.filter(pk__lt=before))[: PAGE + 1])
        page = found[:PAGE]
        has_newer, has_older = before is not None, len(found) > PAGE
    number = events.order_by()[: COUNTED + 1].count()
    return TrailPage(
        rows=tuple(_row(event, asked, around) for event in page),
        count=f"{COUNTED:,} 条以上" if number > COUNTED else f"{number:,} 条",
        is_long=number > COUNTED,
        newer=asked.address(after=str(page[0].pk)) if page and has_newer else "",
        older=asked.address(before=str(page[-1].pk)) if page and has_older else "",
    )


def iterate_trail(user: Person, asked: Asked, around: Around) -> Iterator[TrailRow]:
    """All events that are asked for, newest first, never more than a page of them in memory."""
    for event in asked_events(user, asked, around).iterator(chunk_size=1000):
        yield _row(event, asked, around)


def _row(event: AuditEvent, asked: Asked, around: Around) -> TrailRow:
    names = around.names
    lines = lines_of(event, names)
    at = timezone.localtime(event.at)
    return TrailRow(
        place=f"{event.chain.name} #{event.sequence}",
        at=at,
        day=f"{at:%Y-%m-%d}",
        time=f"{at:%H:%M:%S}",
        person=event.actor.get_full_name() if event.actor else "",
        account=event.actor_name,
        act=event.act,
        kind=event.object_kind,
        about=names.object_of(event),
        key=event.object_key,
        href=names.address_of(event),
        of_person=asked.but(person=event.actor_name),
        of_act=asked.but(act=event.act),
        of_object=asked.but(object=event.object_key, kind=event.object_kind, quarter="", unit=""),
        lines=lines,
        folded=fold(lines),
    )
