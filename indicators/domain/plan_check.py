"""The plan's own arithmetic: what in it does not add up, by calculation (domain.md section 2).

Every difference is named and none is corrected; which of two figures is right is not for a program to say.
"""

from collections.abc import Iterator
from decimal import Decimal

from indicators.choices import Kind
from indicators.domain.numbers import convert, decimals_of, format_plain, format_signed
from indicators.domain.plan_goals import check_figures, check_goals
from indicators.domain.plan_rows import (
    Check,
    Disagreement,
    PlanBaseline,
    PlanFigure,
    PlanIndicator,
    PlanRows,
    PlanTarget,
)

__all__ = [
    "Check",
    "Disagreement",
    "PlanBaseline",
    "PlanFigure",
    "PlanIndicator",
    "PlanRows",
    "PlanTarget",
    "check_figures",
    "check_goals",
    "check_parts",
    "check_plan",
    "check_sums",
    "check_within",
]


def check_plan(rows: PlanRows) -> list[Disagreement]:
    """All disagreements of a plan, check by check; a text's figure that only repeats one is left out.

    >>> indicator = PlanIndicator("robot-firms", "机器换人企业", "家", Kind.FLOW)
    >>> targets = [PlanTarget("robot-firms", area, 2015, Decimal(9)) for area in ("zhongshan", "xiaolan", "guzhen")]
    >>> areas = {"zhongshan": "中山市", "xiaolan": "小榄镇", "guzhen": "古镇镇"}
    >>> [found.sentence for found in check_plan(PlanRows("zhongshan", areas, [indicator], targets))]
    ['机器换人企业2015年：各镇区合计 18家，中山市为 9家，相差 +9家。']
    """
    found = [*check_parts(rows), *check_sums(rows), *check_goals(rows), *check_within(rows)]
    named = {(one.indicator, one.area, one.year, figure) for one in found for figure in (one.left, one.right)}
    return found + [
        one for one in check_figures(rows) if (one.indicator, one.area, one.year, one.left) not in named
    ]


def check_parts(rows: PlanRows) -> Iterator[Disagreement]:
    """A part (其中) above its whole, or the parts of one additive whole together above it."""
    for whole in rows.indicators:
        parts = [part for part in rows.indicators if part.part_of == whole.code]
        for area, year in rows.cells():
            above = [found for part in parts for found in _above(rows, Check.PART, part, whole, area, year)]
            yield from above or _parts_together(rows, whole, parts, area, year)


def check_within(rows: PlanRows) -> Iterator[Disagreement]:
    """A figure above the one that contains it by its meaning (装备制造业投资 within 工业投资)."""
    for inner in rows.indicators:
        outer = rows.indicator_of.get(inner.within)
        if outer is not None:
            for area, year in rows.cells():
                yield from _above(rows, Check.WITHIN, inner, outer, area, year)


def check_sums(rows: PlanRows) -> Iterator[Disagreement]:
    """The towns' targets that do not add up to the city's, for FLOW and STOCK; compared exactly."""
    towns = [area for area in rows.areas if area != rows.city]
    for indicator in rows.indicators:
        if indicator.kind == Kind.RATE:
            continue
        for year in rows.years:
            found = (rows.value(indicator.code, town, year) for town in towns)
            values = [value for value in found if value is not None]
            total, stated = sum(values, Decimal(0)), rows.value(indicator.code, rows.city, year)
            if values and total != stated:
                yield _sum_differs(rows, indicator, year, total, stated)


def _above(
    rows: PlanRows, kind: Check, inner: PlanIndicator, outer: PlanIndicator, area: str, year: int
) -> Iterator[Disagreement]:
    limit, value = rows.value(outer.code, area, year), _value_in_unit_of(outer, rows, inner, area, year)
    if limit is None or value is None or value <= limit:
        return
    sentence = (
        f"{rows.area_name(area)}{year}年：{inner.name} {outer.figure(value)}，"
        f"大于包含它的{outer.name} {outer.figure(limit)}。"
    )
    yield Disagreement(kind, inner.code, area, year, value, limit, sentence)


def _parts_together(
    rows: PlanRows, whole: PlanIndicator, parts: list[PlanIndicator], area: str, year: int
) -> Iterator[Disagreement]:
    found = [_value_in_unit_of(whole, rows, part, area, year) for part in parts]
    values = [value for value in found if value is not None]
    limit, together = rows.value(whole.code, area, year), sum(values, Decimal(0))
    if whole.kind == Kind.RATE or limit is None or together <= limit:
        return
    summands = "、".join(format_plain(value) for value in values)
    sentence = (
        f"{rows.area_name(area)}{year}年：{whole.name}其中 {summands} 相加为 {whole.figure(together)}，"
        f"大于总数 {whole.figure(limit)}。"
    )
    yield Disagreement(Check.PART, whole.code, area, year, together, limit, sentence)


def _sum_differs(
    rows: PlanRows, indicator: PlanIndicator, year: int, total: Decimal, stated: Decimal | None
) -> Disagreement:
    sentence = f"{indicator.name}{year}年：各镇区合计 {indicator.figure(total)}，{rows.area_name(rows.city)}"
    if stated is None:
        sentence += "没有目标。"
    else:
        difference = format_signed(total - stated, decimals_of(total - stated))
        sentence += f"为 {indicator.figure(stated)}，相差 {difference}{indicator.unit}。"
    return Disagreement(Check.SUM, indicator.code, rows.city, year, total, stated, sentence)


def _value_in_unit_of(
    outer: PlanIndicator, rows: PlanRows, inner: PlanIndicator, area: str, year: int
) -> Decimal | None:
    value = rows.value(inner.code, area, year)
    return None if value is None else convert(value, inner.unit, outer.unit)
