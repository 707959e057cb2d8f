"""What follows the figures of a sheet when somebody changes one: lights, bars, and what is behind in red.

Rules of the sheet, not formulas: every cell holds what the page says. The thresholds are the plan's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from openpyxl.formatting.rule import DataBarRule, Rule
from openpyxl.utils import get_column_letter

from indicators.choices import Light
from indicators.domain.numbers import plain_digits
from indicators.workbooks import styles
from indicators.workbooks.official import Table


def live_lights(
    table: Table,
    rows: Iterable[int],
    *,
    light: int,
    by: int,
    yellow_from: Decimal,
    green_from: Decimal = Decimal(1),
) -> None:
    """Let the lights in one column follow the figures in another: colour, shape and word.

    Green and yellow begin at these figures, a cell without a number is grey. `rows` are those that are judged.
    """
    for first, last in _runs(rows):
        figure = f"${get_column_letter(by)}{first}"
        lit = {
            Light.GREEN: f"AND(ISNUMBER({figure}),{figure}>={plain_digits(green_from)})",
            Light.YELLOW: f"AND(ISNUMBER({figure}),{figure}>={plain_digits(yellow_from)})",
            Light.RED: f"ISNUMBER({figure})",
            Light.GREY: f"NOT(ISNUMBER({figure}))",
        }
        for one, condition in lit.items():
            change = styles.light_change(one, f"{styles.SHAPES[one]} {one.label}")
            rule = Rule(type="expression", dxf=change, formula=[condition], stopIfTrue=True)
            table.sheet.conditional_formatting.add(_cells(light, first, last), rule)


def bars(table: Table, column: int, first: int, last: int, *, full: Decimal = Decimal(1)) -> None:
    """A bar in each cell of a column, whole from `full` on."""
    bar = DataBarRule(
        start_type="num",
        start_value=0,
        end_type="num",
        end_value=full,
        color=styles.BAR,
        minLength=0,
        maxLength=100,
    )
    table.sheet.conditional_formatting.add(_cells(column, first, last), bar)


def behind_in_red(table: Table, column: int, first: int, last: int) -> None:
    """Figures below zero in red ink, whatever they become."""
    rule = Rule(type="cellIs", operator="lessThan", formula=["0"], dxf=styles.BEHIND)
    table.sheet.conditional_formatting.add(_cells(column, first, last), rule)


def _cells(column: int, first: int, last: int) -> str:
    letter = get_column_letter(column)
    return f"{letter}{first}:{letter}{last}"


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rows one below the other, as first and last: a rule is told relative to the first row of its cells."""
    run: list[int] = []
    for row in rows:
        if run and row != run[-1] + 1:
            yield run[0], run[-1]
            run = []
        run.append(row)
    if run:
        yield run[0], run[-1]
