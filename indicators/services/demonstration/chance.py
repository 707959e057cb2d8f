"""Chance that falls the same way on every machine: a share drawn from the name of what it is drawn for."""

from __future__ import annotations

import hashlib
from decimal import Decimal

STEPS = 1000


def draw(*names: object) -> Decimal:
    """A number from 0 up to but not including 1, in thousandths, that depends on the names alone.

    >>> draw("工业投资", 2015) == draw("工业投资", 2015)
    True
    """
    digest = hashlib.sha256("|".join(str(name) for name in names).encode()).digest()
    return Decimal(int.from_bytes(digest[:4], "big") % STEPS) / STEPS


def between(low: str, high: str, *names: object) -> Decimal:
    """A number from `low` up to `high` that depends on the names alone."""
    return Decimal(low) + (Decimal(high) - Decimal(low)) * draw(*names)
