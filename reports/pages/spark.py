"""A year's path in the width of a word: the points of a small inline drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 88
HEIGHT = 24
MARGIN = Decimal(2)


@dataclass(frozen=True, slots=True)
class Spark:
    """Points as SVG wants them, in a box of WIDTH x HEIGHT; `label` says the same in words."""

    line: str
    pace: str
    last_x: str
    last_y: str
    label: str


def draw_spark(
    actuals: Sequence[Decimal | None],
    expected: Sequence[Decimal | None],
    *,
    start: Decimal | None,
    label: str,
) -> Spark | None:
    """Actuals and expected values of the four quarters over a year that starts from `start` (None: unknown).

    None where fewer than two points are known: one point is no path. Gaps are left out of the line.
    """
    line = [(Decimal(0), start), *((Decimal(number), value) for number, value in enumerate(actuals, start=1))]
    pace = [
        (Decimal(0), start),
        *((Decimal(number), value) for number, value in enumerate(expected, start=1)),
    ]
    known = [(at, value) for at, value in line if value is not None]
    if len(known) < 2:
        return None
    values = [value for _, value in line + pace if value is not None]
    low, high = min(values), max(values)
    points = [_point(at, value, low, high) for at, value in known]
    on_pace = [_point(at, value, low, high) for at, value in pace if value is not None]
    return Spark(
        line=" ".join(f"{x},{y}" for x, y in points),
        pace=" ".join(f"{x},{y}" for x, y in on_pace),
        last_x=points[-1][0],
        last_y=points[-1][1],
        label=label,
    )


def _point(at: Decimal, value: Decimal, low: Decimal, high: Decimal) -> tuple[str, str]:
    """A level path runs through the middle."""
    share = (value - low) / (high - low) if high > low else Decimal("0.5")
    y = HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN)
    return f"{at * WIDTH / 4:.0f}", f"{y:.1f}"
