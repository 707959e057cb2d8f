"""What is measured and what is known of it: the inputs of every figure (domain.md sections 3 and 4)."""

from dataclasses import dataclass, field
from decimal import Decimal

from indicators.choices import Direction, Frequency, Kind, Reason
from indicators.domain.periods import is_due

Result = Decimal | Reason
"""A figure, or why there is none. Never None, and never 0 in place of a figure that is missing."""

DEFAULT_PACE = (Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), Decimal(1))
"""Our choice, because the plan gives no curve within the year: a quarter of the target each quarter."""

DEFAULT_YELLOW_FROM = Decimal("0.9")
"""Our choice, because the plan sets no threshold and local practice varies between 0.7 and 0.95."""

_AT_THE_START = Decimal(0)


@dataclass(frozen=True, slots=True)
class Measure:
    """How one indicator is judged.

    `decimals` are its reporting decimals (0 makes it a count), `pace` the shares of the year's target due
    by the end of each of the four quarters, as ratios that never fall and end at 1.
    """

    kind: Kind
    direction: Direction
    decimals: int
    frequency: Frequency = Frequency.QUARTER
    pace: tuple[Decimal, ...] = DEFAULT_PACE
    is_flow: bool = field(init=False, repr=False, compare=False)
    is_falling: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Told once: each figure asks a dozen times.
        object.__setattr__(self, "is_flow", self.kind == Kind.FLOW)
        object.__setattr__(self, "is_falling", self.direction == Direction.LOWER)

    def pace_at(self, quarter: int) -> Decimal:
        """序时进度, as a ratio: 0.5 at the second quarter of the default curve. ValueError outside 1 to 4."""
        if not 1 <= quarter <= 4:
            raise ValueError(f"no such quarter: {quarter}")
        return self.pace[quarter - 1]

    def meets(self, value: Decimal, mark: Decimal) -> bool:
        """Whether the value is as good as the mark: at least it, or at most it for a falling figure."""
        return value <= mark if self.is_falling else value >= mark

    def unreported(self, quarter: int) -> Reason:
        """Why there is no actual: NOT_DUE for an annual figure before Q4, NOT_REPORTED when it is due."""
        return Reason.NOT_REPORTED if is_due(self.frequency, quarter) else Reason.NOT_DUE


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one indicator in one area at one quarter, in its unit; None is "not there".

    `actual` is the cumulative figure of the quarter (STOCK and RATE: the level at its end), `base` is
    `base_value`, `last_year` the actual of the same quarter last year and `last_year_total` that of last
    year's fourth quarter.
    """

    target: Decimal | None = None
    actual: Decimal | None = None
    base: Decimal | None = None
    last_year: Decimal | None = None
    last_year_total: Decimal | None = None


def base_value(
    kind: Kind,
    *,
    actual_last_year_end: Decimal | None,
    target_last_year: Decimal | None,
    baseline: Decimal | None,
) -> Decimal | None:
    """Where the year starts from, in the indicator's unit; None when nothing is known of the years before.

    FLOW starts each year at 0. STOCK and RATE start from the last year-end: its actual, else its target,
    else the baseline that the plan states.

    >>> base_value(Kind.RATE, actual_last_year_end=None, target_last_year=None, baseline=Decimal("17.1"))
    Decimal('17.1')
    """
    if kind == Kind.FLOW:
        return _AT_THE_START
    if actual_last_year_end is not None:
        return actual_last_year_end
    return baseline if target_last_year is None else target_last_year
