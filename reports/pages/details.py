"""明细数据: every figure of a plan up to a quarter, one a row, for those who calculate with them themselves.

The rows come as they are read: a plan may have more of them than the memory holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.utils import timezone

from indicators.choices import Kind, Reason, ReturnState, Vintage
from indicators.domain.periods import Quarter
from indicators.models import Actual, Baseline, Indicator, Target
from indicators.queries.reading import Reading
from towns.access import can_read_every_town
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person

BASELINE, TARGET, ACTUAL = "基期", "年度目标", "实绩"
PRINTED, AMENDED, STAND_IN, IMPLIED = "原文", "已调整", "演示目标", "由计划推出"
SETTLED, PROVISIONAL, IN_CORRECTION = "已定稿", "未定稿", "更正中"
DEMONSTRATION = "（演示数据）"
CHUNK = 1000


class Detail(NamedTuple):
    """One figure, as a line of the table: a tuple, since there may be a million of them.

    `number` and `quarter` ("2015Q2") are those of an actual, which is cumulative or a level by its `kind`; a target or
    a baseline is of the year. `value` is None for a target that the plan prints as "-".
    """

    year: int
    number: int | None
    quarter: str
    area_code: str
    area: str
    category: str
    indicator_code: str
    indicator: str
    unit: str
    kind: str
    data: str
    value: Decimal | None
    qualifier: str
    source: str
    vintage: str
    approved_on: date | None
    state: str


@dataclass(frozen=True, slots=True)
class DetailsPage:
    """`rows` can be gone through once; `decimals` are the indicators' by code."""

    plan: str
    quarter: Quarter
    is_published: bool
    is_demonstration: bool
    shows_every_town: bool
    decimals: Mapping[str, int]
    rows: Iterator[Detail]


@dataclass(frozen=True, slots=True)
class _Names:
    """What rows say of an area and of an indicator, by id: (code, name) and (category, code, name, unit, kind)."""

    areas: Mapping[int, tuple[str, str]]
    indicators: Mapping[int, tuple[str, str, str, str, str]]

    def of(self, indicator: int, area: int) -> tuple[str, str, str, str, str, str, str]:
        return self.areas[area] + self.indicators[indicator]


def build(reading: Reading, user: Person) -> DetailsPage:
    """Two queries, and three more while the rows are read, however many there are.

    Targets and baselines are everybody's; of actuals a town's official gets the city's and their own.
    """
    indicators = tuple(Indicator.objects.of(reading.plan).select_related("category"))
    areas = Area.objects.of_city(reading.plan.city).values_list("pk", "code", "name")
    names = _Names(
        areas={pk: (code, name) for pk, code, name in areas},
        indicators={
            one.pk: (one.category.name, one.code, one.name, one.unit, str(Kind(one.kind).label))
            for one in indicators
        },
    )
    return DetailsPage(
        plan=reading.plan.name,
        quarter=reading.quarter,
        is_published=reading.period.is_published,
        is_demonstration=reading.plan.demonstration,
        shows_every_town=can_read_every_town(user),
        decimals={indicator.code: indicator.decimals for indicator in indicators},
        rows=chain(_baselines(reading, names), _targets(reading, names), _actuals(reading, user, names)),
    )


def _baselines(reading: Reading, names: _Names) -> Iterator[Detail]:
    rows = (
        Baseline.objects.filter(indicator__plan=reading.plan)
        .order_by("indicator__order", "area__order", "area__code", "year")
        .values_list("indicator_id", "area_id", "year", "value", "clause", "printed")
    )
    for indicator, area, year, value, clause, printed in rows.iterator(CHUNK):
        about = names.of(indicator, area)
        state = PRINTED if printed else IMPLIED
        yield Detail(year, None, "", *about, BASELINE, value, "", clause, "", None, state)


def _targets(reading: Reading, names: _Names) -> Iterator[Detail]:
    columns = ("value", "qualifier", "clause", "document", "demonstration", "is_amended")
    rows = (
        Target.objects.filter(indicator__plan=reading.plan)
        .order_by("indicator__order", "area__order", "area__code", "year")
        .values_list("indicator_id", "area_id", "year", *columns)
    )
    for indicator, area, year, value, qualifier, clause, document, stands_in, amended in rows.iterator(CHUNK):
        about = names.of(indicator, area)
        source = document if amended and document else clause
        state = _state_of_target(value, stands_in=stands_in, amended=amended)
        yield Detail(year, None, "", *about, TARGET, value, qualifier, source, "", None, state)


def _state_of_target(value: Decimal | None, *, stands_in: bool, amended: bool) -> str:
    if stands_in:
        return STAND_IN
    if amended:
        return AMENDED
    return PRINTED if value is not None else str(Reason.NO_TARGET.label)


def _actuals(reading: Reading, user: Person, names: _Names) -> Iterator[Detail]:
    """Up to the quarter being read, each with the state of its own quarter."""
    now, mark = reading.quarter, DEMONSTRATION if reading.plan.demonstration else ""
    states = {
        period.quarter: (SETTLED if period.is_published else PROVISIONAL) + mark for period in reading.periods
    }
    quarters = {(one.year, one.number): (str(one), state) for one, state in states.items()}
    vintages = {vintage.value: str(vintage.label) for vintage in Vintage}
    columns = ("value", "source", "vintage", "approved_at", "filed_in__state")
    rows = (
        Actual.objects.of(reading.plan)
        .visible_to(user)
        .filter(Q(year__lt=now.year) | Q(year=now.year, quarter__lte=now.number))
        .order_by("indicator__order", "area__order", "area__code", "year", "quarter")
        .values_list("indicator_id", "area_id", "year", "quarter", *columns)
    )
    for indicator, area, year, number, value, source, vintage, at, filed in rows.iterator(CHUNK):
        quarter, state = quarters[year, number]
        if filed != ReturnState.APPROVED:
            state = IN_CORRECTION + mark
        about, on = names.of(indicator, area), timezone.localtime(at).date()
        yield Detail(year, number, quarter, *about, ACTUAL, value, "", source, vintages[vintage], on, state)
