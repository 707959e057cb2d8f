"""Checks every row of published figures before anything is written; each fault says where it is and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.filing import EntryRule, Level, check_entry
from indicators.domain.numbers import FigureError, parse_figure
from indicators.domain.periods import is_due
from indicators.models import Alias, Entry, Indicator, Period, Plan
from towns.choices import UnitKind
from towns.models import Area, Unit

SOURCE_LENGTH = Entry._meta.get_field("source").max_length or 0


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One row as the file has it, all text; `place` says where it stands ("第 3 行")."""

    place: str
    period: str
    indicator: str
    area: str
    value: str
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Result:
    """One published figure, in the indicator's unit, and the return that it belongs into."""

    period: Period
    unit: Unit
    indicator: Indicator
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Names:
    """By which names the plan's things are found: code, name, short name and alias."""

    periods: Mapping[str, Period]
    indicators: Mapping[str, Indicator]
    areas: Mapping[str, Area]
    town_units: Mapping[int, Unit]


class RowError(ValueError):
    """Why a row cannot be taken; its message is a Chinese sentence without the place."""


def check_results(plan: Plan, rows: Iterable[ResultRow]) -> tuple[list[Result], list[str]]:
    """The figures of the good rows, and a sentence for every fault; four queries however many rows."""
    names = _names_of(plan)
    results: list[Result] = []
    faults: list[str] = []
    first_at: dict[tuple[int, int, int], str] = {}
    for row in rows:
        try:
            result = _read(row, names)
        except (RowError, FigureError) as fault:
            faults.append(f"{row.place}：{fault}")
            continue
        key = (result.period.pk, result.unit.pk, result.indicator.pk)
        if key in first_at:
            faults.append(f"{row.place}：与{first_at[key]}重复，同一指标、地区、季度只能有一行。")
            continue
        first_at[key] = row.place
        results.append(result)
    if not results and not faults:
        faults.append("文件里没有数据行。")
    return results, faults


def _names_of(plan: Plan) -> Names:
    rows = list(Indicator.objects.of(plan).select_related("lead_unit"))
    aliases = Alias.objects.filter(plan=plan).select_related("indicator__lead_unit")
    places = list(Area.objects.of_city(plan.city))
    # Where two things share a name, the last one here has it: code before name before alias before short name.
    indicators = {
        **{_plain(row.short_name): row for row in rows},
        **{_plain(row.alias): row.indicator for row in aliases},
        **{_plain(row.name): row for row in rows},
        **{_plain(row.code): row for row in rows},
    }
    areas = {
        **{_plain(area.short_name): area for area in places},
        **{_plain(area.name): area for area in places},
        **{_plain(area.code): area for area in places},
    }
    units = Unit.objects.of_city(plan.city).filter(kind=UnitKind.TOWN).select_related("area")
    return Names(
        periods={period.code: period for period in plan.periods.select_related("plan__city")},
        indicators=indicators,
        areas=areas,
        town_units={unit.area_id: unit for unit in units},
    )


def _read(row: ResultRow, names: Names) -> Result:
    period = names.periods.get(row.period.strip().upper())
    if period is None:
        raise RowError(f"“{row.period}”不是本计划的报送期，应写成“2015Q2”这样的年份和季度。")
    indicator = names.indicators.get(_plain(row.indicator))
    if indicator is None:
        raise RowError(f"没有名称、别名或代码为“{row.indicator}”的指标。")
    area = names.areas.get(_plain(row.area))
    if area is None:
        raise RowError(f"没有名称或代码为“{row.area}”的地区。")
    if not row.source.strip():
        raise RowError("“source”一栏是空的，请写明数据来源。")
    if (length := len(row.source.strip())) > SOURCE_LENGTH:
        raise RowError(f"“source”一栏最多 {SOURCE_LENGTH} 字，现有 {length} 字，请缩短。")
    value = _value(row, indicator, period)
    return Result(period, _unit_for(indicator, area, names), indicator, value, row.source.strip())


def _unit_for(indicator: Indicator, area: Area, names: Names) -> Unit:
    """The unit in whose return the figure belongs: the leading department for the city, the town for itself."""
    if area.is_city:
        if indicator.lead_unit is None:
            raise RowError(f"“{indicator.name}”没有牵头单位，全市数无处可填。")
        return indicator.lead_unit
    if indicator.allocation_order is None:
        raise RowError(f"“{indicator.name}”没有分解到镇区，不能导入{area.name}的数。")
    if area.pk not in names.town_units:
        raise RowError(f"{area.name}没有填报单位。")
    return names.town_units[area.pk]


def _value(row: ResultRow, indicator: Indicator, period: Period) -> Decimal:
    if row.unit.strip() and row.unit.strip() != indicator.unit:
        raise RowError(f"“{indicator.name}”的单位是{indicator.unit}，不是“{row.unit}”，请换算后再导入。")
    value = parse_figure(row.value, unit=indicator.unit)
    if value is None:
        raise RowError("“value”一栏是空的。")
    if not is_due(indicator.measure.frequency, period.number):
        raise RowError(
            f"“{indicator.name}”{indicator.get_frequency_display()}报送，{period.quarter.label}不报。"
        )
    rule = EntryRule(
        name=indicator.name,
        kind=indicator.measure.kind,
        decimals=indicator.decimals,
        unit=indicator.unit,
        percent_of_whole=indicator.percent_of_whole,
        signed=indicator.signed,
        due=True,
    )
    found = check_entry(rule, value, row.source, target=None, last_quarter=None, last_year=None)
    if errors := [finding.message for finding in found if finding.level == Level.ERROR]:
        raise RowError(" ".join(errors))
    return value


def _plain(name: str) -> str:
    """A name without spaces and with one kind of brackets, since both vary from file to file."""
    return "".join(name.split()).replace("(", "（").replace(")", "）").lower()
