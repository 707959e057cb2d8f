"""Verifies the audit trail: every altered, deleted, reordered, inserted or cut event is found, in constant memory.

The hashes tie each event to the one before it, and the chain's head to the last. Whoever rewrites a whole chain with
its head leaves a trail that is sound in itself: an anchor, a head that was noted elsewhere at the time, finds that too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from indicators.models import AuditChain, AuditEvent, Plan
from indicators.services.audit.recording import event_hash

PAGE = 1000
"""So many events are in memory at once."""
HASH_LENGTH = 64


class AnchorError(ValueError):
    """A head that cannot have been noted; its message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A chain's head as it was noted at some time: its name, its length then, the hash of its last event then."""

    name: str
    length: int
    hash: str

    @classmethod
    def parse(cls, text: str) -> Anchor:
        """Read `zhongshan-2015-2017:632:9f2c…`, as `verify_audit` prints it. Raises AnchorError."""
        name, _, rest = text.strip().partition(":")
        length, _, digest = rest.partition(":")
        is_count = length.isascii() and length.isdigit() and int(length) > 0
        is_hash = len(digest) == HASH_LENGTH and set(digest) <= set("0123456789abcdef")
        if not (name and is_count and is_hash):
            raise AnchorError(f"“{text[:100]}”不是校验点，应为“链名:条数:散列”，照 verify_audit 打印的抄录。")
        return cls(name, int(length), digest)

    def __str__(self) -> str:
        return f"{self.name}:{self.length}:{self.hash}"


@dataclass(slots=True)
class ChainCheck:
    """Walks one chain. Once its faults have been read, `head` says how far it goes and with which hash it ends."""

    chain: AuditChain
    anchors: Sequence[Anchor] = ()
    head: Anchor = field(init=False)

    def __post_init__(self) -> None:
        self.head = Anchor(self.chain.name, 0, "")

    def faults(self) -> Iterator[str]:
        """A sentence for each fault, in the order of the chain."""
        for sequence, event in self._events():
            if not isinstance(sequence, int):
                yield self._say(f"有一条记录的序号是“{sequence}”，其后的没有再查")
                break
            yield from self._faults_of_place(sequence)
            yield from self._faults_of(event) if event else [self._say(f"第 {sequence} 条无法读取")]
            self.head = Anchor(self.chain.name, sequence, event.hash if event else "")
        yield from self._faults_of_end()

    def _events(self) -> Iterator[tuple[int, AuditEvent | None]]:
        """Each event with its place; None for one that cannot be read.

        Those that are appended while we read come too: the head is read before each page, so that it is never ahead
        of the last, empty one.
        """
        rows = self.chain.events.order_by("sequence")
        page: list[tuple[int, AuditEvent | None]] = []
        while True:
            self.chain = AuditChain.objects.get(pk=self.chain.pk)
            page = _read(rows.filter(sequence__gt=page[-1][0])[:PAGE] if page else rows[:PAGE])
            if not page:
                return
            yield from page

    def _faults_of_place(self, sequence: int) -> Iterator[str]:
        expected = self.head.length + 1
        if sequence > expected:
            yield self._say(f"第 {expected} 条至第 {sequence - 1} 条缺失")
        elif sequence < expected:
            yield self._say(f"第 {sequence} 条是多出来的")

    def _faults_of(self, event: AuditEvent) -> Iterator[str]:
        if event.sequence == self.head.length + 1 and event.previous != self.head.hash:
            yield self._say(f"第 {event.sequence} 条与前一条不衔接")
        if not _is_as_hashed(event):
            yield self._say(f"第 {event.sequence} 条内容被改动")
        for anchor in self.anchors:
            if anchor.length == event.sequence and anchor.hash != event.hash:
                yield self._say(f"第 {event.sequence} 条与记下的校验点不符，它或它之前的记录被整体改写过")

    def _faults_of_end(self) -> Iterator[str]:
        length = self.head.length
        if (self.chain.length, self.chain.head) != (length, self.head.hash):
            yield self._say(f"末尾应有 {self.chain.length} 条，实有 {length} 条，或末条被替换")
        elif not length:
            yield self._say("一条记录也没有，而链总是随第一条记录产生")
        for anchor in self.anchors:
            if anchor.length > length:
                yield self._say(f"只有 {length} 条，记下校验点时已有 {anchor.length} 条")

    def _say(self, words: str) -> str:
        return f"审计链 {self.chain.name}：{words}。"


def checks(anchors: Sequence[Anchor] = ()) -> Iterator[ChainCheck]:
    """A check of each chain there is, with the anchors that are its own."""
    for chain in AuditChain.objects.order_by("name"):
        yield ChainCheck(chain, [anchor for anchor in anchors if anchor.name == chain.name])


def faults_beside(anchors: Sequence[Anchor] = ()) -> Iterator[str]:
    """What no walk along a chain finds: chains that are gone, and events that belong to none."""
    names = set(AuditChain.objects.values_list("name", flat=True))
    for name in dict.fromkeys(anchor.name for anchor in anchors):
        if name not in names:
            yield f"审计链 {name}：记下过校验点，而这条链已不存在。"
    for code in Plan.objects.exclude(code__in=names).order_by("code").values_list("code", flat=True):
        yield f"审计链 {code}：这个行动计划没有审计链，而载入计划总会留下记录。"
    if lost := AuditEvent.objects.exclude(chain__in=AuditChain.objects.all()).count():
        yield f"有 {lost} 条记录不属于任何审计链。"


def verify_chains(anchors: Sequence[Anchor] = ()) -> Iterator[str]:
    """Sentences for every fault of the whole trail; nothing when it is sound."""
    for check in checks(anchors):
        yield from check.faults()
    yield from faults_beside(anchors)


def _is_as_hashed(event: AuditEvent) -> bool:
    try:
        return event.hash == event_hash(event)
    except TypeError:  # bytes where a text should be: SQLite takes those too
        return False


def _read(rows: QuerySet[AuditEvent]) -> list[tuple[int, AuditEvent | None]]:
    """A page of events with their places; one by one where the page holds something that is no event of ours.

    SQLite takes any text for a date or a number.
    """
    try:
        events = list(rows)
    except (TypeError, ValueError):
        places = list(rows.values_list("pk", "sequence"))
        return [(sequence, _read_one(pk)) for pk, sequence in places]
    return [(event.sequence, event if isinstance(event.at, datetime) else None) for event in events]


def _read_one(pk: int) -> AuditEvent | None:
    try:
        event = AuditEvent.objects.get(pk=pk)
    except (TypeError, ValueError):
        return None
    return event if isinstance(event.at, datetime) else None
