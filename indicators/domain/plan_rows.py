"""A plan as plain rows, and two of its figures that disagree (domain.md section 2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import product

from indicators.choices import GoalKind, Kind
from indicators.domain.numbers import format_plain


@dataclass(frozen=True, slots=True)
class PlanIndicator:
    """An indicator's words and what it belongs to.

    `part_of` and `within` are codes of the indicators that contain it ("" for none): printed as 其中, or by
    their meaning. `goal_value` is what 我市目标 states, in the indicator's unit, in % a year for GROWTH.
    """

    code: str
    name: str
    unit: str
    kind: Kind
    part_of: str = ""
    within: str = ""
    goal_kind: GoalKind | None = None
    goal_value: Decimal | None = None

    def figure(self, value: Decimal) -> str:
        """A value in this indicator's unit, as a sentence says it: 479.97亿元."""
        return f"{format_plain(value)}{self.unit}"

    def rise(self, value: Decimal) -> str:
        """A rise in this indicator's unit, as a sentence says it: percentages rise by points."""
        return f"{format_plain(value)}{'个百分点' if self.unit == '%' else self.unit}"


@dataclass(frozen=True, slots=True)
class PlanTarget:
    """A year's target in the indicator's unit, None where the plan prints "-"; `printed` is its own text."""

    indicator: str
    area: str
    year: int
    value: Decimal | None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class PlanBaseline:
    """The value of a year before the plan, in the indicator's unit."""

    indicator: str
    area: str
    year: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """A figure that the plan's text states in a unit of its own: a PlanNote of kind FIGURE."""

    indicator: str
    area: str
    year: int
    value: Decimal
    unit: str


@dataclass(frozen=True)
class PlanRows:
    """One plan: `city` is the code of the city's area, `areas` its and the towns' names, `{code: name}`."""

    city: str
    areas: Mapping[str, str]
    indicators: Sequence[PlanIndicator]
    targets: Sequence[PlanTarget]
    baselines: Sequence[PlanBaseline] = ()
    figures: Sequence[PlanFigure] = ()

    @cached_property
    def target_of(self) -> dict[tuple[str, str, int], PlanTarget]:
        """The targets as `{(indicator, area, year): target}`."""
        return {(target.indicator, target.area, target.year): target for target in self.targets}

    @cached_property
    def years(self) -> list[int]:
        """The years that have a target, in order."""
        return sorted({target.year for target in self.targets})

    @cached_property
    def indicator_of(self) -> dict[str, PlanIndicator]:
        return {indicator.code: indicator for indicator in self.indicators}

    def area_name(self, area: str) -> str:
        return self.areas.get(area, area)

    def value(self, indicator: str, area: str, year: int) -> Decimal | None:
        """The target's value; None where the plan has no such target, or prints "-".

        >>> target = PlanTarget("robot-firms", "xiaolan", 2015, Decimal(8))
        >>> rows = PlanRows("zhongshan", {"xiaolan": "小榄镇"}, [], [target])
        >>> rows.value("robot-firms", "xiaolan", 2015), rows.value("robot-firms", "xiaolan", 2016)
        (Decimal('8'), None)
        """
        target = self.target_of.get((indicator, area, year))
        return target.value if target else None

    def city_values(self, indicator: str) -> list[tuple[int, Decimal]]:
        """The city's targets of the years that have one, as (year, value), in order."""
        found = ((year, self.value(indicator, self.city, year)) for year in self.years)
        return [(year, value) for year, value in found if value is not None]

    def cells(self) -> Iterator[tuple[str, int]]:
        """Every area and year that a target may stand in, as (area, year)."""
        return product(self.areas, self.years)

    def baseline(self, indicator: str) -> PlanBaseline | None:
        """The city's latest baseline, None where the plan states none."""
        stated = (row for row in self.baselines if (row.indicator, row.area) == (indicator, self.city))
        return max(stated, key=lambda row: row.year, default=None)


class Check(StrEnum):
    """Which rule two figures of the plan break."""

    PART = "PART"
    SUM = "SUM"
    GOAL = "GOAL"
    WITHIN = "WITHIN"
    TEXT = "TEXT"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two figures of one plan that do not agree, in the indicator's unit; `sentence` says it in Chinese.

    `left` is the figure computed, or contained, or of the text; `right` the one it is held against, None
    where the plan states none. `area` and `indicator` are codes.
    """

    kind: Check
    indicator: str
    area: str
    year: int
    left: Decimal
    right: Decimal | None
    sentence: str
