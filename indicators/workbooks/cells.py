"""A workbook's cell as the text that a person reads in it; what is not plain text or a number is a fault."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

EXCEL_DIGITS = 15
LONGEST_FORMAT = 255
NO_SIGNS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class CellError(ValueError):
    """A cell that has no plain text; its message is a Chinese sentence."""


def cell_text(value: Any, *, data_type: str = "", number_format: str = "") -> str:
    """The exact decimal text of a number ("1417", "1.35", "0.9"), the text of a text, "" for an empty cell.

    Excel itself keeps 15 digits: 0.1 + 0.2 is 0.3 there, and here. A cell formatted as a percentage holds 0.0135
    and shows 1.35%, which is what the person meant. Raises CellError for formulas, dates and Excel's errors.
    """
    if value is None:
        return ""
    if data_type == "f":
        raise CellError("是公式，请复制后“选择性粘贴”为数值。")
    if data_type == "e":
        raise CellError(f"是 Excel 的错误值 {value}，请改正。")
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        raise CellError("被 Excel 当成了日期或时间，请把单元格格式改为“文本”后重新输入。")
    if isinstance(value, bool):
        raise CellError("是逻辑值，请改为文字 yes 或留空。")
    if isinstance(value, int | float):
        return _number_text(value, is_percentage=_is_scaled(number_format))
    return str(value)


def _is_scaled(number_format: str) -> bool:
    """Whether the format shows the number a hundredfold with a sign: a quoted or escaped sign is only a letter."""
    return "%" in NO_SIGNS.sub("", number_format[:LONGEST_FORMAT])


def _number_text(value: int | float, *, is_percentage: bool) -> str:
    number = Decimal(value if isinstance(value, int) else format(value, f".{EXCEL_DIGITS}g"))
    if not number.is_finite():
        raise CellError("不是有限的数，请填一个具体的数。")
    if is_percentage:
        return f"{_plain(number.scaleb(2))}%"
    return _plain(number)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
