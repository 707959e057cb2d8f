"""What a cell of a plan's table may hold: text in, value out, or a Chinese sentence about what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices

from indicators.domain.numbers import FigureError, decimals_of, parse_figure, plain_digits

YES = "yes"
LONGEST_TEXT = 5000
LARGEST_INTEGER = 32767  # of a PositiveSmallIntegerField
MOST_PACE_DECIMALS = 2

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ufffe\uffff]")


class CellFault(ValueError):  # noqa: N818 - a fault of somebody's file, named as the tables name it
    """A cell that cannot be taken; its message is a Chinese sentence that follows the cell's address."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what its cells hold (`parse(text, unit)`), whether they may be blank, what a blank one is.

    `refers_to` names the table whose codes its cells are.
    """

    name: str
    parse: Callable[[str, str], Any]
    required: bool = False
    blank: Any = ""
    refers_to: str = ""


def code(name: str = "code") -> Column:
    return Column(name, _code, required=True)


def reference(name: str, table: str, *, required: bool = True) -> Column:
    return Column(name, _code, required=required, blank=None, refers_to=table)


def text(name: str, *, required: bool = True) -> Column:
    return Column(name, _text, required=required)


def integer(name: str, *, required: bool = True) -> Column:
    return Column(name, _integer, required=required, blank=None)


def figure(name: str, *, required: bool = False) -> Column:
    """A number in the unit that the row has: of its indicator, or of its own."""
    return Column(name, _figure, required=required, blank=None)


def flag(name: str) -> Column:
    return Column(name, _flag, blank=False)


def choice(name: str, choices: type[TextChoices], *, required: bool = True) -> Column:
    return Column(name, lambda written, unit: _choice(written, choices), required=required)


def share(name: str) -> Column:
    return Column(name, _share, required=True)


def pace(name: str) -> Column:
    return Column(name, _pace)


def _code(written: str, unit: str) -> str:
    if not _SLUG.fullmatch(written):
        raise CellFault(f"代码“{written[:30]}”只能用小写字母、数字和连字符，如 industrial-investment。")
    return written


def _text(written: str, unit: str) -> str:
    if _UNPRINTABLE.search(written):
        raise CellFault("含有看不见的控制字符，请删去后重新输入。")
    if len(written) > LONGEST_TEXT:
        raise CellFault(f"有 {len(written)} 个字，最多 {LONGEST_TEXT} 个。")
    return written


def _figure(written: str, unit: str) -> Decimal | None:
    try:
        return parse_figure(written, unit=unit)
    except FigureError as error:
        raise CellFault(str(error)) from error


def _integer(written: str, unit: str) -> int:
    value = _figure(written, "")
    if value is None or value != int(value) or not 0 <= value <= LARGEST_INTEGER:
        raise CellFault(f"“{written[:30]}”应为 0 至 {LARGEST_INTEGER} 之间的整数。")
    return int(value)


def _flag(written: str, unit: str) -> bool:
    if written != YES:
        raise CellFault(f"“{written[:30]}”应为 {YES} 或留空。")
    return True


def _choice(written: str, choices: type[TextChoices]) -> str:
    if written not in choices.values:
        allowed = "、".join(f"{value}（{label}）" for value, label in choices.choices)
        raise CellFault(f"“{written[:30]}”不在可选值之内：{allowed}。")
    return str(choices(written))


def _share(written: str, unit: str) -> Decimal:
    value = _figure(written, "")
    if value is None or not 0 < value <= 1 or decimals_of(value) > 3:
        raise CellFault(f"“{written[:30]}”应为大于 0、不大于 1 的小数，最多 3 位小数，如 0.9。")
    return value


def _pace(written: str, unit: str) -> str:
    """A curve of four steps, kept as text: 10/30/60/100."""
    steps = [_figure(step, "") for step in written.split("/")]
    shares = [step for step in steps if step is not None and decimals_of(step) <= MOST_PACE_DECIMALS]
    if len(steps) != 4 or len(shares) != 4:
        raise CellFault(f"“{written[:30]}”应为四个季度末的累计百分数，如 25/50/75/100。")
    if shares != sorted(shares) or shares[0] < 0:
        raise CellFault(f"“{written[:30]}”不能下降，序时进度是累计的百分数。")
    if shares[-1] != 100:
        raise CellFault(f"“{written[:30]}”的第四季度末应为 100。")
    return "/".join(plain_digits(step) for step in shares)
