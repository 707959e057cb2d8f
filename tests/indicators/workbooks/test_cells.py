"""A workbook's cell as text: exact decimals, and a sentence for what is no plain text."""

from __future__ import annotations

import datetime

import pytest

from indicators.workbooks.cells import CellError, cell_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("小榄镇", "小榄镇"),
        ("1417", "1417"),
        (1417, "1417"),
        (1417.0, "1417"),
        (1.35, "1.35"),
        (0.9, "0.9"),
        (0.1 + 0.2, "0.3"),  # 0.30000000000000004 as a float; Excel keeps and shows 15 digits
        (479.97, "479.97"),
        (-4.25, "-4.25"),
        (0, "0"),
        (-0.0, "-0"),  # the parser of figures drops the sign
        (0.0001, "0.0001"),
        (1e-7, "0.0000001"),
        (12345678901.2345, "12345678901.2345"),
        (1e20, "100000000000000000000"),
        (1234567890123456789, "1234567890123456789"),  # too long for a figure, and not silently rounded
    ],
)
def test_a_cell_reads_as_the_person_sees_it(value: object, text: str) -> None:
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (0.0135, "0.00%", "1.35%"),
        (0.186, "0%", "18.6%"),
        (1, "0%", "100%"),
        (38.5, '"约"0.00"%"', "38.5"),
        (38.5, r"0.0\%", "38.5"),
        (1417.5, "#,##0.00", "1417.5"),
    ],
)
def test_a_cell_formatted_as_a_percentage_means_what_it_shows(
    value: float, number_format: str, text: str
) -> None:
    assert cell_text(value, number_format=number_format) == text


@pytest.mark.parametrize(
    ("value", "data_type", "word"),
    [
        ("=SUM(A1:A3)", "f", "公式"),
        ("#REF!", "e", "#REF!"),
        (datetime.datetime(2015, 10, 30), "d", "日期"),  # noqa: DTZ001 - what openpyxl gives
        (datetime.time(10, 30), "d", "日期"),
        (True, "b", "逻辑值"),
        (float("inf"), "n", "不是有限的数"),
        (float("nan"), "n", "不是有限的数"),
    ],
)
def test_what_is_no_plain_text_is_refused_in_chinese(value: object, data_type: str, word: str) -> None:
    with pytest.raises(CellError, match=word):
        cell_text(value, data_type=data_type)


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    assert cell_text("=1+1", data_type="s") == "=1+1"
