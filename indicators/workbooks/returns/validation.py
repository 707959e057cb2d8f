"""What Excel lets somebody type into a template's cells, and what it says to them; the services judge again."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from indicators.domain.numbers import MAX_INTEGER_DIGITS
from indicators.models import Indicator

Rule = tuple[DataValidation, Cell]

LARGEST = 10**MAX_INTEGER_DIGITS - 1
NO_FIGURE = "没有数的留空，并在“说明”中写明原因。"


def figure_rule(indicator: Indicator) -> DataValidation:
    """A number as the indicator's figures are: whole for counts, not below zero, a share not above 100."""
    least = -LARGEST if indicator.signed else 0
    most = 100 if indicator.percent_of_whole else LARGEST
    is_count = indicator.decimals == 0
    number = "整数" if is_count else f"数，最多 {indicator.decimals} 位小数"
    limits = "0 到 100 之间的" if indicator.percent_of_whole else "" if indicator.signed else "不小于零的"
    example = "占比 38.5% 填 38.5。" if indicator.unit == "%" else ""
    rule = DataValidation(
        type="whole" if is_count else "decimal",
        operator="between",
        formula1=str(least),
        formula2=str(most),
        allow_blank=True,
        errorStyle="stop",
        errorTitle="不是这一格要的数",
        error=f"请填{limits}{number}，单位是{indicator.unit}，只填数字。{NO_FIGURE}"[:255],
        promptTitle=f"{indicator.short_name}（{indicator.unit}）"[:32],
        prompt=f"填年初到本季末的累计数：{limits}{number}。{example}{NO_FIGURE}"[:255],
    )
    return _shown(rule)


def text_rule(what: str, longest: int) -> DataValidation:
    rule = DataValidation(
        type="textLength",
        operator="lessThanOrEqual",
        formula1=str(longest),
        allow_blank=True,
        errorStyle="stop",
        errorTitle=f"{what}太长",
        error=f"{what}最多 {longest} 字，请缩短。",
    )
    return _shown(rule)


def apply_rules(sheet: Worksheet, rules: Iterable[Rule]) -> None:
    """Put the rules on the sheet, one for all cells that share it."""
    shared: dict[tuple[str | None, ...], DataValidation] = {}
    for rule, cell in rules:
        key = (rule.type, rule.formula1, rule.formula2, rule.error, rule.prompt)
        if key not in shared:
            shared[key] = rule
            sheet.add_data_validation(rule)
        shared[key].add(cell)


def _shown(rule: DataValidation) -> DataValidation:
    rule.showErrorMessage = rule.showInputMessage = True
    return rule
