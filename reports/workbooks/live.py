"""Colours and bars that Excel draws from what stands in a cell: who changes a figure sees them follow.

Each cell is coloured by its own content alone, so that no cell says in colour what it does not say in figures.
"""

from __future__ import annotations

from decimal import Decimal

from openpyxl.formatting.rule import CellIsRule, DataBarRule, FormulaRule, Rule
from openpyxl.worksheet.worksheet import Worksheet

from indicators.choices import Light
from indicators.workbooks import styles

BAR = "FF9DBBE3"
LIT = (Light.GREEN, Light.YELLOW, Light.RED)


def colour_ratios(sheet: Worksheet, cells: str, yellow_from: Decimal) -> None:
    """A column of progress ratios ("N5:N24") by the domain's two thresholds; a dash, which is text, stays plain."""
    first, threshold = cells.partition(":")[0], f"{yellow_from.normalize():f}"
    for light, condition in zip(
        LIT, (f"{first}>=1", f"{first}>={threshold}", f"{first}<{threshold}"), strict=True
    ):
        # Excel takes any text for more than any number.
        _add(
            sheet, cells, light, FormulaRule(formula=[f"AND(ISNUMBER({first}),{condition})"], stopIfTrue=True)
        )


def colour_lights(sheet: Worksheet, cells: str) -> None:
    """A column of lights, each by its word."""
    for light in Light:
        _add(sheet, cells, light, CellIsRule(operator="equal", formula=[f'"{styles.light_words(light)}"']))


def draw_bars(sheet: Worksheet, cells: str) -> None:
    """A column of rates, each with a bar that is full at 100%."""
    sheet.conditional_formatting.add(
        cells, DataBarRule(start_type="num", start_value=0, end_type="num", end_value=1, color=BAR)
    )


def _add(sheet: Worksheet, cells: str, light: Light, rule: Rule) -> None:
    rule.dxf = styles.light_difference(light)
    sheet.conditional_formatting.add(cells, rule)
