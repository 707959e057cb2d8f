"""附件2: a year's targets as the plan allocates them to the towns, with actuals and rates beside them.

Rows and columns stand as the plan prints them: the city's 合计 first, then the towns; a part in the column of its
whole, in brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from indicators.choices import Kind
from indicators.domain.measures import Measure
from indicators.domain.periods import Quarter
from indicators.domain.progress import Progress
from indicators.models import Indicator, PlanNote
from indicators.queries.facts import PlanFacts, load_facts
from indicators.queries.reading import Reading
from towns.access import can_read_every_town, can_read_town
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class Figure:
    """A whole with its parts, in the column's unit; None where there is no figure."""

    whole: Decimal | None
    parts: tuple[Decimal | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the annex: an indicator with its parts. `name` is headed as printed: 名称（其中…）（单位）."""

    category: str
    name: str
    short_name: str
    unit: str
    measure: Measure
    part_count: int
    indicators: tuple[Indicator, ...]

    @property
    def adds_up(self) -> bool:
        return self.measure.kind != Kind.RATE


@dataclass(frozen=True, slots=True)
class AreaRow:
    """`actuals` and `progress` are None where the reader may see no more than the public targets."""

    name: str
    is_city: bool
    targets: tuple[Figure, ...]
    actuals: tuple[Figure, ...] | None
    progress: tuple[Progress, ...] | None


@dataclass(frozen=True, slots=True)
class SumRow:
    """The towns added up, or the difference from the city; None in a column that has no sum."""

    name: str
    is_difference: bool
    targets: tuple[Decimal | None, ...]
    actuals: tuple[Decimal | None, ...] | None


@dataclass(frozen=True, slots=True)
class Annex2Page:
    """`corrected` names the areas of which figures of the quarter are being corrected, as far as the reader sees."""

    plan: str
    city: str
    quarter: Quarter
    is_published: bool
    is_demonstration: bool
    stands_in: bool
    shows_every_town: bool
    columns: tuple[Column, ...]
    headings: tuple[tuple[str, int], ...]
    rows: tuple[AreaRow, ...]
    sums: tuple[SumRow, ...]
    notes: tuple[str, ...]
    corrected: tuple[str, ...]


def build(reading: Reading, user: Person) -> Annex2Page:
    """Four queries whatever the number of towns."""
    year = reading.period.year
    facts = load_facts(reading.plan, user, at=reading.quarter)
    columns = _columns(facts)
    every = can_read_every_town(user)
    rows = [_row(facts, columns, facts.city, reading.quarter, is_readable=True)]
    rows += [
        _row(facts, columns, town, reading.quarter, is_readable=can_read_town(user, town))
        for town in facts.towns
    ]
    return Annex2Page(
        plan=reading.plan.name,
        city=facts.city.name,
        quarter=reading.quarter,
        is_published=reading.period.is_published,
        is_demonstration=reading.plan.demonstration,
        stands_in=any(key[2] == year for key in facts.stand_ins),
        shows_every_town=every,
        columns=columns,
        headings=tuple(
            (name, len(list(group))) for name, group in groupby(columns, key=lambda column: column.category)
        ),
        rows=tuple(rows),
        sums=_sums(columns, rows, with_actuals=every),
        notes=tuple(
            PlanNote.objects.filter(plan=reading.plan, area__in=facts.towns, indicator=None)
            .order_by("pk")
            .values_list("text", flat=True)
        ),
        corrected=_corrected(facts, columns, reading.quarter),
    )


def _corrected(facts: PlanFacts, columns: Sequence[Column], quarter: Quarter) -> tuple[str, ...]:
    indicators = [indicator for column in columns for indicator in column.indicators]
    return tuple(
        area.name
        for area in (facts.city, *facts.towns)
        if any(facts.is_in_correction(indicator, area, quarter) for indicator in indicators)
    )


def _columns(facts: PlanFacts) -> tuple[Column, ...]:
    allocated = facts.allocated()
    wholes = [one for one in allocated if one.part_of_id not in {other.pk for other in allocated}]
    return tuple(
        _column(facts, whole, [one for one in allocated if one.part_of_id == whole.pk]) for whole in wholes
    )


def _column(facts: PlanFacts, whole: Indicator, parts: Sequence[Indicator]) -> Column:
    among = f"（其中{'、'.join(part.name for part in parts)}）" if parts else ""
    return Column(
        category=whole.category.name,
        name=f"{whole.name}{among}（{whole.unit}）",
        short_name=f"{whole.short_name}（{whole.unit}）",
        unit=whole.unit,
        measure=facts.measures[whole.pk],
        part_count=len(parts),
        indicators=(whole, *parts),
    )


def _row(
    facts: PlanFacts, columns: Iterable[Column], area: Area, quarter: Quarter, *, is_readable: bool
) -> AreaRow:
    targets, actuals, progress = [], [], []
    for column in columns:
        whole, *parts = column.indicators
        targets.append(
            Figure(
                facts.target(whole, area, quarter.year),
                tuple(facts.target(part, area, quarter.year) for part in parts),
            )
        )
        if is_readable:
            actuals.append(
                Figure(
                    facts.actual(whole, area, quarter),
                    tuple(facts.actual(part, area, quarter) for part in parts),
                )
            )
            progress.append(facts.progress(whole, area, quarter))
    return AreaRow(
        name=f"{area.name}合计" if area.is_city else area.name,
        is_city=area.is_city,
        targets=tuple(targets),
        actuals=tuple(actuals) if is_readable else None,
        progress=tuple(progress) if is_readable else None,
    )


def _sums(columns: Sequence[Column], rows: Sequence[AreaRow], *, with_actuals: bool) -> tuple[SumRow, ...]:
    """The towns' sum and its difference from the city. Of actuals only for readers of every town."""
    city, *towns = rows
    targets = _added(columns, [town.targets for town in towns])
    actuals = _added(columns, [town.actuals for town in towns if town.actuals]) if with_actuals else None
    return (
        SumRow("各镇区相加", False, targets, actuals),
        SumRow(
            "与合计差额",
            True,
            _less(targets, city.targets),
            _less(actuals, city.actuals) if actuals is not None and city.actuals else None,
        ),
    )


def _added(columns: Sequence[Column], rows: Sequence[tuple[Figure, ...]]) -> tuple[Decimal | None, ...]:
    sums: list[Decimal | None] = []
    for at, column in enumerate(columns):
        values = [row[at].whole for row in rows if row[at].whole is not None] if column.adds_up else []
        sums.append(sum(values, Decimal(0)) if values else None)
    return tuple(sums)


def _less(sums: Sequence[Decimal | None], city: Sequence[Figure]) -> tuple[Decimal | None, ...]:
    return tuple(
        total - stated.whole if total is not None and stated.whole is not None else None
        for total, stated in zip(sums, city, strict=True)
    )
