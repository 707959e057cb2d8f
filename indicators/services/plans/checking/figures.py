"""Targets, baselines, notes and milestones: figures that their indicator can have, in years that the plan has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from indicators.choices import NoteKind
from indicators.domain.numbers import decimals_of, format_plain
from indicators.domain.text_tables import Fault
from indicators.services.plans.rows import ParsedPlan, PlanRow

_DIGIT = re.compile(r"[0-9]")


def check_figures(plan: ParsedPlan) -> Iterator[Fault]:
    first, last = plan.plan["first_year"], plan.plan["last_year"]
    if first is not None and last is not None:
        yield from _check_years(plan, "targets", first, last)
        yield from _check_years(plan, "milestones", first, last)
        yield from _check_years(plan, "baselines", first - 1, first - 1)
    for name in ("targets", "baselines"):
        for row in plan.of(name):
            indicator = plan.indicators.get(row["indicator"] or "")
            if indicator is not None and row["value"] is not None:
                for sentence in _value_faults(indicator, row["value"]):
                    yield row.fault("value", sentence)
    for row in plan.of("targets"):
        yield from _check_target(plan, row)
    for row in plan.of("notes"):
        yield from _check_note(row)


def value_faults(
    value: Decimal, *, decimals: int, unit: str, percent_of_whole: bool, signed: bool
) -> Iterator[str]:
    """Why an indicator cannot have this value, in Chinese sentences; nothing when it can."""
    if decimals_of(value) > decimals:
        reported = f"只报 {decimals} 位小数" if decimals else "只报整数"
        yield f"{format_plain(value)} 有 {decimals_of(value)} 位小数，本指标{reported}。"
    if value < 0 and not signed:
        yield f"{format_plain(value)} 是负数，本指标不能为负。"
    if value > 100 and percent_of_whole:
        yield f"{format_plain(value)}{unit} 超过 100{unit}，占比不能超过全部。"


def _value_faults(indicator: PlanRow, value: Decimal) -> Iterator[str]:
    if {"decimals", "unit", "percent_of_whole", "signed"} <= indicator.values.keys():
        yield from value_faults(
            value,
            decimals=indicator["decimals"],
            unit=indicator["unit"],
            percent_of_whole=indicator["percent_of_whole"],
            signed=indicator["signed"],
        )


def _check_years(plan: ParsedPlan, name: str, first: int, last: int) -> Iterator[Fault]:
    span = f"{first} 至 {last} 年" if first != last else f"计划开始的前一年 {first} 年"
    for row in plan.of(name):
        if row["year"] is not None and not first <= row["year"] <= last:
            yield row.fault("year", f"{row['year']} 不在{span}之内。")


def _check_target(plan: ParsedPlan, row: PlanRow) -> Iterator[Fault]:
    if "value" in row.values and row["value"] is None and _DIGIT.search(row["printed"] or ""):
        yield row.fault("value", f"为空，而原文（printed）为“{row['printed']}”，请填数值或改正原文。")
    indicator = plan.indicators.get(row["indicator"] or "")
    if indicator is None or not plan.city or row["area"] not in plan.areas or row["area"] == plan.city:
        return
    if "allocation_order" in indicator.values and indicator["allocation_order"] is None:
        sentence = "没有分解到镇区（indicators 表的 allocation_order 为空），不能有镇区目标。"
        yield row.fault("indicator", f"“{row['indicator']}”{sentence}")


def _check_note(row: PlanRow) -> Iterator[Fault]:
    """A FIGURE stands against a target: it needs all that names one, and its own value and unit."""
    if row["kind"] != NoteKind.FIGURE:
        return
    for column in ("indicator", "area", "year", "value", "unit"):
        if column in row.values and row[column] in (None, ""):
            yield row.fault(column, f"类别为“{NoteKind.FIGURE.label}”时不能为空。")
