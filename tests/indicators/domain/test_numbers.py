"""What people type, what is refused and in which words, and what is shown."""

from decimal import Decimal

import pytest

from indicators.domain.numbers import (
    FigureError,
    convert,
    format_figure,
    format_percent,
    format_points,
    format_signed,
    parse_figure,
    parse_whole_and_part,
    quantize,
)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("130", "亿元", "130"),
        ("１３０", "亿元", "130"),
        ("1,417", "亿元", "1417"),
        ("１，４１７．５０", "亿元", "1417.5"),
        ("1,234,567", "家", "1234567"),
        (" 130\t", "亿元", "130"),
        ("　130　", "亿元", "130"),
        ("\ufeff130\u200b", "亿元", "130"),
        ("130亿元", "亿元", "130"),
        ("130 亿元", "亿元", "130"),
        ("0.31万亿元", "万亿元", "0.31"),
        ("1.35%", "%", "1.35"),
        ("１．３５％", "%", "1.35"),
        ("1.35", "%", "1.35"),
        ("94", "2014年=100", "94"),
        ("-4.2", "%", "-4.2"),
        ("−4.2", "%", "-4.2"),
        ("－4.2", "%", "-4.2"),
        ("+0.33", "%", "0.33"),
        ("-0", "家", "0"),
        ("0130", "家", "130"),
        ("1.50000000", "亿元", "1.5"),
        ("99999999999.9999", "亿元", "99999999999.9999"),
    ],
)
def test_a_figure_reads_the_way_people_write_it(text: str, unit: str, value: str) -> None:
    assert parse_figure(text, unit=unit) == Decimal(value)


def test_minus_zero_loses_its_sign() -> None:
    assert str(parse_figure("-0.00", unit="%")) == "0.00"


@pytest.mark.parametrize("text", ["", "   ", "　", "-", "—", "－", "——", "–", "−", "－－"])
def test_an_empty_cell_and_a_dash_are_none_and_not_zero(text: str) -> None:
    assert parse_figure(text, unit="家") is None


@pytest.mark.parametrize(
    ("text", "unit", "says"),
    [
        ("1e5", "家", "“1e5”用了科学记数法，请写出完整的数，如 100000。"),
        ("１Ｅ５", "家", "“1E5”用了科学记数法，请写出完整的数，如 100000。"),
        ("NaN", "家", "“NaN”不是数，没有数请填“-”或留空。"),
        ("-inf", "家", "“-inf”不是数，没有数请填“-”或留空。"),
        ("1_000", "家", "“1_000”含有下划线，请去掉。"),
        ("1,41", "亿元", "“1,41”千分位逗号的位置不对，应如 1,417 或 1,234,567。"),
        ("14,17", "亿元", "“14,17”千分位逗号的位置不对，应如 1,417 或 1,234,567。"),
        ("1417,000", "亿元", "“1417,000”千分位逗号的位置不对，应如 1,417 或 1,234,567。"),
        ("1,41亿元", "亿元", "“1,41亿元”千分位逗号的位置不对，应如 1,417 或 1,234,567。"),
        ("1..2", "亿元", "“1..2”小数点的位置不对，应如 0.5 或 12.35。"),
        ("5.", "亿元", "“5.”小数点的位置不对，应如 0.5 或 12.35。"),
        (".5", "亿元", "“.5”小数点的位置不对，应如 0.5 或 12.35。"),
        ("—5", "%", "“—5”的负号请用“-”。"),
        ("130万元", "亿元", "“130万元”的数字后面是“万元”，不是本指标的单位“亿元”，请换算后只填数字。"),
        ("130万亿元", "亿元", "“130万亿元”的数字后面是“万亿元”，不是本指标的单位“亿元”，请换算后只填数字。"),
        ("5%", "家", "“5%”的数字后面是“%”，不是本指标的单位“家”，请换算后只填数字。"),
        ("5%", "", "“5%”的数字后面还有“%”，请只填数字。"),
        ("٣٤", "家", "“٣٤”含有不能识别的数字字符，请用 0-9 填写。"),
        ("१२", "家", "“१२”含有不能识别的数字字符，请用 0-9 填写。"),
        ("①", "家", "“①”含有不能识别的数字字符，请用 0-9 填写。"),
        ("12 34", "家", "“12 34”里不止一个数，请只填一个。"),
        ("12、34", "家", "“12、34”里不止一个数，请只填一个。"),
        ("1-2", "家", "“1-2”里不止一个数，请只填一个。"),
        ("<b>3</b>", "家", "“<b>3</b>”含有标签，请只填数字。"),
        ("350（220）", "家", "“350(220)”带有括号，只有附“其中”数的指标才写作 350（220）。"),
        ("一百", "家", "“一百”不是数字，请填一个数，如 1,417 或 12.5；没有数请填“-”或留空。"),
        ("=1+1", "家", "“=1+1”不是数字，请填一个数，如 1,417 或 12.5；没有数请填“-”或留空。"),
        ("亿元", "亿元", "“亿元”不是数字，请填一个数，如 1,417 或 12.5；没有数请填“-”或留空。"),
        (
            "942014年=100",
            "2014年=100",  # 94 and its unit, or a number of six digits and a word: not to be guessed
            "“942014年=100”不是数字，请填一个数，如 1,417 或 12.5；没有数请填“-”或留空。",
        ),
        ("123456789012", "家", "“123456789012”位数太多，最多 15 位（整数部分 11 位），请检查单位。"),
        ("1.00005", "亿元", "“1.00005”的小数位太多，最多 4 位，请四舍五入后填写。"),
        ("9" * 61, "家", "“99999999999999999999…”内容太长，请只填一个数。"),
    ],
)
def test_a_figure_that_cannot_be_taken_is_refused_in_a_sentence(text: str, unit: str, says: str) -> None:
    with pytest.raises(FigureError) as refusal:
        parse_figure(text, unit=unit)

    assert refusal.value.args == (says,)


def test_a_refusal_shows_no_control_characters() -> None:
    with pytest.raises(FigureError) as refusal:
        parse_figure("a\x00\x1bb", unit="家")

    assert str(refusal.value).startswith("“a  b”")


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("350（220）", "350", "220"),
        ("350(220)", "350", "220"),
        ("１，３５０ （ ２２０ ）", "1350", "220"),
        ("350（220）家", "350", "220"),
        ("350", "350", None),
        ("350（-）", "350", None),
        ("350（）", "350", None),
        ("-（220）", None, "220"),
        ("—", None, None),
        ("", None, None),
    ],
)
def test_a_whole_and_its_part_read_as_the_plan_prints_them(
    text: str, whole: str | None, part: str | None
) -> None:
    expected = tuple(None if figure is None else Decimal(figure) for figure in (whole, part))

    assert parse_whole_and_part(text, unit="家") == expected


@pytest.mark.parametrize("text", ["（220）", "350（220", "350）220（", "350（220）（3）", "350（220）x"])
def test_brackets_that_do_not_hold_a_part_are_refused(text: str) -> None:
    with pytest.raises(FigureError, match="括号写法不对"):
        parse_whole_and_part(text, unit="家")


def test_a_part_that_is_no_figure_is_refused_like_any_other() -> None:
    with pytest.raises(FigureError, match="“22x”的数字后面是“x”"):
        parse_whole_and_part("350（22x）", unit="家")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("1417", 2, "1,417.00"),
        ("1234567.895", 2, "1,234,567.90"),
        ("0.5", 0, "1"),  # half up, not half to even
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),  # away from zero on both sides
        ("-0.004", 2, "0.00"),  # never "-0.00"
        ("0.3726", 4, "0.3726"),
        ("1E+3", 0, "1,000"),
        ("12345678901234567890", 0, "12,345,678,901,234,567,890"),  # showing never fails
    ],
)
def test_a_figure_is_shown_rounded_once_and_grouped(value: str, decimals: int, text: str) -> None:
    assert format_figure(Decimal(value), decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.33", "+0.33"), ("-4.29", "-4.29"), ("0", "0.00"), ("-0.001", "0.00"), ("1417", "+1,417.00")],
)
def test_a_difference_is_shown_with_its_sign(value: str, text: str) -> None:
    assert format_signed(Decimal(value), 2) == text


def test_ratios_are_shown_as_percentages_and_points() -> None:
    assert format_percent(Decimal("0.457149")) == "45.7%"
    assert format_percent(Decimal("12.3")) == "1,230.0%"
    assert format_percent(Decimal(0)) == "0.0%"
    assert format_points(Decimal("-0.042851")) == "-4.3"
    assert format_points(Decimal("0.5"), 2) == "+50.00"


@pytest.mark.parametrize(
    ("value", "decimals", "stored"),
    [
        ("1.00005", 4, "1.0001"),
        ("1.00004", 4, "1.0000"),
        ("-1.00005", 4, "-1.0001"),
        ("-0.00001", 4, "0.0000"),
    ],
)
def test_what_is_stored_is_rounded_half_up(value: str, decimals: int, stored: str) -> None:
    assert str(quantize(Decimal(value), decimals)) == stored


@pytest.mark.parametrize("value", ["1234567890123456", "123456789012.3456", "1E+500", "NaN", "Infinity"])
def test_what_fifteen_digits_cannot_hold_is_refused(value: str) -> None:
    with pytest.raises(FigureError):
        quantize(Decimal(value), 4)


@pytest.mark.parametrize(
    ("value", "from_unit", "to_unit", "converted"),
    [
        ("3726", "亿元", "万亿元", "0.3726"),
        ("0.28", "万亿元", "亿元", "2800"),
        ("130", "亿元", "万元", "1300000"),
        ("48", "万千瓦", "千瓦", "480000"),
        ("5", "家", "家", "5"),
        ("1.4", "％", "%", "1.4"),
    ],
)
def test_units_that_differ_by_a_chinese_power_of_ten_convert_exactly(
    value: str, from_unit: str, to_unit: str, converted: str
) -> None:
    assert convert(Decimal(value), from_unit, to_unit) == Decimal(converted)


@pytest.mark.parametrize(("from_unit", "to_unit"), [("亿元", "家"), ("%", "个百分点"), ("万千瓦", "亿元")])
def test_units_of_different_things_do_not_convert(from_unit: str, to_unit: str) -> None:
    assert convert(Decimal(1), from_unit, to_unit) is None
