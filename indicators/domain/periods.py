"""Quarters, and which figures fall due in them (domain.md section 5: a period is a quarter)."""

import calendar
import datetime
import re
from dataclasses import dataclass

from indicators.choices import Frequency

_WRITTEN = re.compile(r"([0-9]{4})Q([1-4])")
_ORDINALS = "一二三四"
_DUE = {Frequency.QUARTER: (1, 2, 3, 4), Frequency.HALF: (2, 4), Frequency.YEAR: (4,)}


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A calendar quarter; quarters sort by time. ValueError for a year or number that no calendar has.

    >>> str(Quarter(2015, 2).next), Quarter(2015, 2).label, Quarter(2015, 2).span
    ('2015Q3', '2015年第二季度', '1-6月')
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (datetime.MINYEAR <= self.year <= datetime.MAXYEAR and 1 <= self.number <= 4):
            raise ValueError(f"no such quarter: {self.year}Q{self.number}")

    @classmethod
    def parse(cls, text: str) -> "Quarter":
        """Read the one spelling used in addresses, files and commands: `2015Q2`; ValueError for any other."""
        written = _WRITTEN.fullmatch(text)
        if written is None:
            raise ValueError(f"not a quarter such as 2015Q2: {text[:20]!r}")
        return cls(int(written[1]), int(written[2]))

    def __str__(self) -> str:
        return f"{self.year:04d}Q{self.number}"

    @property
    def previous(self) -> "Quarter":
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    @property
    def same_last_year(self) -> "Quarter":
        return Quarter(self.year - 1, self.number)

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> datetime.date:
        month = 3 * self.number
        return datetime.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def left_in_year(self) -> int:
        """How many quarters of the year come after this one: 2 after the second, 0 after the fourth."""
        return 4 - self.number

    @property
    def is_last(self) -> bool:
        return self.number == 4

    @property
    def label(self) -> str:
        return f"{self.year}年第{_ORDINALS[self.number - 1]}季度"

    @property
    def span(self) -> str:
        """The months that a cumulative figure covers: January to the end of the quarter."""
        return f"1-{3 * self.number}月"


def quarters_of(first_year: int, last_year: int) -> tuple[Quarter, ...]:
    """Every quarter of the years from the first to the last, in order; none when the last is the earlier.

    >>> [str(quarter) for quarter in quarters_of(2015, 2015)]
    ['2015Q1', '2015Q2', '2015Q3', '2015Q4']
    """
    return tuple(Quarter(year, number) for year in range(first_year, last_year + 1) for number in range(1, 5))


def is_due(frequency: Frequency, quarter: int) -> bool:
    """Whether a figure of this frequency is filed for the quarter (1 to 4): half-yearly ones at Q2 and Q4.

    >>> is_due(Frequency.HALF, 2), is_due(Frequency.YEAR, 2)
    (True, False)
    """
    return quarter in _DUE[frequency]
