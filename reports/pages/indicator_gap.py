"""Where a city's shortfall lies: what each town is short of or has over, and a sentence that names the towns."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from indicators.choices import Reason
from indicators.domain.measures import Measure, Result
from indicators.domain.numbers import format_figure
from indicators.domain.progress import Progress

NAMED = 3


class Balanced(Protocol):
    """A town as far as this sentence needs it."""

    @property
    def name(self) -> str: ...
    @property
    def progress(self) -> Progress | None: ...
    @property
    def balance(self) -> Result: ...


def balance_of(progress: Progress, measure: Measure) -> Result:
    """What there is beyond what is due by now, in the indicator's unit: below 0 is short, in either direction.

    12.00 of 14.06 due is -2.06; of a figure that should fall, 600 used of 500 due is -100.
    """
    if isinstance(progress.expected, Reason):
        return progress.expected
    if progress.actual is None:
        return progress.reason or Reason.NOT_REPORTED
    over = progress.actual - progress.expected
    return -over if measure.is_falling else over


def gap_sentence(city: Progress, towns: Sequence[Balanced], measure: Measure, unit: str) -> str:
    """How far the city is from what is due, which towns are short of how much, who makes up for it, who is missing.

    全市比应达数少 40.42 亿元；7 个镇区合计少 50.10 亿元，其中小榄镇 12.30、… Empty while no town has a figure, or
    where the city has no target.
    """
    if isinstance(city.expected, Reason) or not any(isinstance(town.balance, Decimal) for town in towns):
        return ""
    parts = [
        _of_the_city(city, measure, unit),
        *_of_the_towns(towns, measure, unit),
        _of_the_missing(towns, measure, unit),
    ]
    return "；".join(part for part in parts if part) + "。"


def _of_the_city(city: Progress, measure: Measure, unit: str) -> str:
    balance = balance_of(city, measure)
    if isinstance(balance, Reason):
        return f"全市数{balance.label}"
    if balance == 0:
        return "全市与应达数持平"
    return f"全市比应达数{_side(balance, measure)} {_amount(balance, measure)} {unit}"


def _of_the_towns(towns: Sequence[Balanced], measure: Measure, unit: str) -> list[str]:
    pairs = [(town.balance, town.name) for town in towns if isinstance(town.balance, Decimal)]
    short = sorted((pair for pair in pairs if pair[0] < 0), key=lambda pair: pair[0])
    over = [pair for pair in pairs if pair[0] > 0]
    said = [_together(short, measure, unit, names=True)] if short else ["已报的镇区都不欠"]
    if over and short:
        said.append(_together(over, measure, unit, names=False))
    return said


def _together(pairs: Sequence[tuple[Decimal, str]], measure: Measure, unit: str, *, names: bool) -> str:
    total = sum((balance for balance, _ in pairs), Decimal(0))
    amount = f"{_side(total, measure)} {_amount(total, measure)} {unit}"
    if len(pairs) == 1:
        return f"{pairs[0][1]}{amount}"
    said = f"{len(pairs)} 个镇区合计{amount}"
    if not names:
        return said
    named = "、".join(f"{name} {_amount(balance, measure)}" for balance, name in pairs[:NAMED])
    return f"{said}，{'其中' if len(pairs) > NAMED else '即'}{named}"


def _of_the_missing(towns: Sequence[Balanced], measure: Measure, unit: str) -> str:
    """Towns with a target whose figure has not come: what is due there is in nobody's shortfall."""
    due = [
        (town.progress.expected, town)
        for town in towns
        if town.progress
        and town.progress.actual is None
        and isinstance(town.progress.expected, Decimal)
        and town.progress.expected
    ]
    if not due:
        return ""
    who = due[0][1].name if len(due) == 1 else f"{len(due)} 个镇区"
    amount = format_figure(sum((expected for expected, _ in due), Decimal(0)), measure.decimals)
    return f"{who}未报送，应达 {amount} {unit}"


def _side(balance: Decimal, measure: Measure) -> str:
    """少 or 多, as the figures themselves stand: a falling one is behind when there is more of it."""
    return "少" if (balance < 0) != measure.is_falling else "多"


def _amount(balance: Decimal, measure: Measure) -> str:
    return format_figure(abs(balance), measure.decimals)
