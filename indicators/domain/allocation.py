"""Splitting a city target over the towns to the last unit (domain.md section 4; the plan's 四(二)).

Largest remainder, ties to the earlier town, is our choice: the plan prints the parts of 附件2 and no
method.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar

from indicators.domain.numbers import format_figure

K = TypeVar("K")

_NO_LOCKS: Mapping[Any, Decimal] = MappingProxyType({})


class AllocationError(ValueError):
    """A split that cannot be made; its message is a Chinese sentence: why, and what to do."""


def split(
    total: Decimal, shares: Mapping[K, Decimal], *, decimals: int, locked: Mapping[K, Decimal] = _NO_LOCKS
) -> dict[K, Decimal]:
    """The parts of a total by shares, as `{key: part}` in their order, adding up to it exactly.

    A locked key keeps its typed value; the others divide the rest in proportion, in steps of the last
    reporting decimal. Steps left over go to the largest remainders, and to the earlier key among equal
    ones. Raises AllocationError when that cannot be done.

    >>> split(Decimal(10), {"小榄": Decimal(1), "东凤": Decimal(1), "古镇": Decimal(1)}, decimals=0)
    {'小榄': Decimal('4'), '东凤': Decimal('3'), '古镇': Decimal('3')}
    """
    _check_figures(total, shares, locked, decimals)
    free = {key: Fraction(share) for key, share in shares.items() if key not in locked}
    rest = total - sum(locked.values(), Decimal(0))
    _check_rest(rest, free, decimals)
    step = Decimal(1).scaleb(-decimals)
    steps = _largest_remainder(int(rest / step), free)
    keys = [*shares, *(key for key in locked if key not in shares)]
    return {key: (locked[key] if key in locked else steps[key] * step).quantize(step) for key in keys}


def _largest_remainder(count: int, shares: Mapping[K, Fraction]) -> dict[K, int]:
    """So many whole steps in proportion to the shares, the left-over ones to the largest remainders."""
    whole = sum(shares.values(), Fraction(0))
    quotas = {key: count * share / whole if whole else Fraction(0) for key, share in shares.items()}
    steps = {key: int(quota) for key, quota in quotas.items()}
    by_remainder = sorted(quotas, key=lambda key: steps[key] - quotas[key])
    for key in by_remainder[: count - sum(steps.values())]:
        steps[key] += 1
    return steps


def _check_figures(
    total: Decimal, shares: Mapping[K, Decimal], locked: Mapping[K, Decimal], decimals: int
) -> None:
    if min([total, *shares.values(), *locked.values()]) < 0:
        raise AllocationError("全市目标、分解比例和锁定值都不能小于零，请检查。")
    step = Decimal(1).scaleb(-decimals)
    if any(value % step for value in (total, *locked.values())):
        raise AllocationError(f"全市目标和锁定值最多 {decimals} 位小数，请先四舍五入。")


def _check_rest(rest: Decimal, free: Mapping[K, Fraction], decimals: int) -> None:
    if rest < 0:
        over = format_figure(-rest, decimals)
        raise AllocationError(f"锁定值合计比全市目标多 {over}，请调低锁定值或提高全市目标。")
    if rest > 0 and not free:
        raise AllocationError(
            f"所有镇区都已锁定，还有 {format_figure(rest, decimals)} 没有分解，请解锁一个镇区。"
        )
    if rest > 0 and not any(free.values()):
        raise AllocationError("未锁定镇区的分解比例全部为零，无法分解，请填写比例或锁定数值。")
