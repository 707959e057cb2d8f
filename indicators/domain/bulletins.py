"""What a published bulletin showed, beside what its figures are now (domain.md section 4: a bulletin freezes them)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from indicators.choices import Light

Key = TypeVar("Key")
Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One figure with what it was judged by; `light` is GREY where it could not be judged."""

    value: Decimal | None
    target: Decimal | None
    light: Light


@dataclass(frozen=True, slots=True)
class ShownRank:
    """A town's place among the towns; None where it had nothing to score."""

    rank: int | None
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Changed(Generic[Key, Shown]):
    """Something that a bulletin showed and that is another now; `then` None for what it did not hold yet."""

    key: Key
    then: Shown | None
    now: Shown | None


def changes(then: Mapping[Key, Shown], now: Mapping[Key, Shown]) -> Iterator[Changed[Key, Shown]]:
    """What differs, in the order of what stands now; what has gone comes last.

    >>> grey, red = ShownRank(None, None), ShownRank(3, Decimal(80))
    >>> [one.key for one in changes({"a": red, "b": red, "c": red}, {"a": red, "b": grey})]
    ['b', 'c']
    """
    for key in {**now, **then}:
        before, after = then.get(key), now.get(key)
        if before != after:
            yield Changed(key, before, after)
