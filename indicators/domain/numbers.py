"""Figures as people write them: one way in, one way out, one way to round (domain.md section 5).

Rounding half up and the bound of 15 digits are our choice, because SQLite keeps decimals as floats, which
are exact to 15 digits, and the two engines round halves differently.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

MAX_DIGITS = 15
STORED_DECIMALS = 4
MAX_INTEGER_DIGITS = MAX_DIGITS - STORED_DECIMALS

_WIDE = Context(prec=200)
_LONGEST_TEXT = 60
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0x2212: "-"}
_NONE = re.compile(r"[-–—]{0,2}")
_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_WHOLE_AND_PART = re.compile(r"([^()]+)\(([^()]*)\)(.*)", re.DOTALL)
_SCALES = {"百": 2, "千": 3, "万": 4, "亿": 8}

_FAULTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r".*<.*>.*"), "含有标签，请只填数字"),
    (re.compile(r"[+-]?[0-9.,]+[eE][+-]?[0-9]+"), "用了科学记数法，请写出完整的数，如 100000"),
    (re.compile(r".*([0-9]_|_[0-9]).*"), "含有下划线，请去掉"),
    (re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE), "不是数，没有数请填“-”或留空"),
    (re.compile(r"[+-]?[0-9,.]*,[0-9,.]*"), "千分位逗号的位置不对，应如 1,417 或 1,234,567"),
    (re.compile(r"[+-]?[0-9.]*\.[0-9.]*"), "小数点的位置不对，应如 0.5 或 12.35"),
    (re.compile(r"[—–][0-9.,]+"), "的负号请用“-”"),
    (re.compile(r"[+-]?[0-9.,]+[\s;/、；~至-]+[+-]?[0-9.,]+"), "里不止一个数，请只填一个"),
    (re.compile(r".*[()].*"), "带有括号，只有附“其中”数的指标才写作 350（220）"),
)
_WITH_UNIT = re.compile(r"[+-]?[0-9.,]+\s*([^\s0-9.,+-][^0-9]*)")


class FigureError(ValueError):
    """A figure that cannot be taken; its message is a Chinese sentence: what is wrong and what to do."""


def parse_figure(text: str, *, unit: str) -> Decimal | None:
    """The number that a person or a file means, in the indicator's unit; None for an empty cell or a dash.

    Takes full-width characters, thousands separators, surrounding spaces and the indicator's own unit
    behind the number. Raises FigureError, and nothing else, for any other text.

    >>> parse_figure("１，４１７亿元", unit="亿元"), parse_figure("—", unit="亿元")
    (Decimal('1417'), None)
    """
    return _parse(_half_width(text), _half_width(unit))


def parse_whole_and_part(text: str, *, unit: str) -> tuple[Decimal | None, Decimal | None]:
    """A whole and, in brackets behind it, its part (其中), as the plan prints them; None for a dash.

    Raises FigureError as `parse_figure` does.

    >>> parse_whole_and_part("350（220）", unit="家")
    (Decimal('350'), Decimal('220'))
    """
    written, plain_unit = _half_width(text), _half_width(unit)
    if "(" not in written and ")" not in written:
        return _parse(written, plain_unit), None
    pair = _WHOLE_AND_PART.fullmatch(written)
    if pair is None or pair[3].strip() not in ("", plain_unit):
        raise FigureError(
            f"“{_excerpt(written)}”的括号写法不对，请先写总数，再在括号里写其中数，如 350（220）。"
        )
    return _parse(pair[1].strip(), plain_unit), _parse(pair[2].strip(), plain_unit)


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """The value rounded to so many decimals, halves away from zero; zero never carries a sign.

    >>> round_half_up(Decimal("-2.5"), 0), round_half_up(Decimal("-0.004"), 2)
    (Decimal('-3'), Decimal('0.00'))
    """
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, context=_WIDE)
    return rounded or abs(rounded)


def quantize(value: Decimal, decimals: int) -> Decimal:
    """The value rounded half up to so many decimals, as it is stored.

    Raises FigureError beyond 15 digits, and for a value that is no finite number.

    >>> quantize(Decimal("1.00005"), 4)
    Decimal('1.0001')
    """
    if not value.is_finite():
        raise FigureError("不是有限的数，请填一个具体的数。")
    if value.adjusted() >= MAX_DIGITS:
        raise FigureError(_too_long(str(value)))
    rounded = round_half_up(value, decimals)
    if len(rounded.as_tuple().digits) > MAX_DIGITS:
        raise FigureError(_too_long(str(value)))
    return rounded


def format_figure(value: Decimal, decimals: int) -> str:
    """The value as it is shown: rounded half up, thousands separated, never "-0".

    >>> format_figure(Decimal(1417), 2)
    '1,417.00'
    """
    return f"{round_half_up(value, decimals):,f}"


def format_plain(value: Decimal) -> str:
    """The value with just the decimals that it has, as the plan prints its figures.

    >>> format_plain(Decimal("480.00")), format_plain(Decimal("0.3800"))
    ('480', '0.38')
    """
    return f"{value.normalize(_WIDE):,f}"


def plain_digits(value: Decimal) -> str:
    """The value in the fewest digits, without separators: as programs keep it, the same on every database.

    >>> plain_digits(Decimal("1417.00")), plain_digits(Decimal("0.0000"))
    ('1417', '0')
    """
    return f"{value.normalize(_WIDE):f}"


def format_signed(value: Decimal, decimals: int) -> str:
    """A difference as it is shown, with its sign; zero has none.

    >>> format_signed(Decimal("0.33"), 2), format_signed(Decimal("-0.001"), 2)
    ('+0.33', '0.00')
    """
    rounded = round_half_up(value, decimals)
    return f"{rounded:+,f}" if rounded else f"{rounded:,f}"


def format_percent(ratio: Decimal, decimals: int = 1) -> str:
    """A ratio as it is shown: as a percentage.

    >>> format_percent(Decimal("0.457149"))
    '45.7%'
    """
    return f"{format_figure(ratio.scaleb(2), decimals)}%"


def format_points(ratio: Decimal, decimals: int = 1) -> str:
    """A difference of two ratios as it is shown: in percentage points, with its sign.

    >>> format_points(Decimal("-0.0429"))
    '-4.3'
    """
    return format_signed(ratio.scaleb(2), decimals)


def decimals_of(value: Decimal) -> int:
    """The decimals that a value has, not counting zeros at its end, which a database may have added.

    >>> decimals_of(Decimal("0.3800")), decimals_of(Decimal(480))
    (2, 0)
    """
    return len(format_plain(value).partition(".")[2])


def convert(value: Decimal, from_unit: str, to_unit: str) -> Decimal | None:
    """The value in a unit that differs by 百, 千, 万 or 亿 only, exactly; None for any other unit.

    >>> convert(Decimal(3726), "亿元", "万亿元")
    Decimal('0.3726')
    """
    (from_scale, from_base), (to_scale, to_base) = _scale_and_base(from_unit), _scale_and_base(to_unit)
    return value.scaleb(from_scale - to_scale) if from_base == to_base else None


def _half_width(text: str) -> str:
    # Cells pasted from a browser or a file's first cell may carry marks that nobody sees.
    return text.translate(_FULL_WIDTH).strip().strip("\u200b\ufeff").strip()


def _parse(written: str, unit: str) -> Decimal | None:
    if _NONE.fullmatch(written):
        return None
    if len(written) > _LONGEST_TEXT:
        raise FigureError(f"“{_excerpt(written)}”内容太长，请只填一个数。")
    # A unit that begins with a digit (2014=100) could not be told from the number before it.
    has_own_unit = unit != "" and not unit[0].isdigit() and written.endswith(unit)
    number = written.removesuffix(unit).rstrip() if has_own_unit else written
    if not (_PLAIN.fullmatch(number) or _GROUPED.fullmatch(number)):
        raise FigureError(f"“{_excerpt(written)}”{_fault(number) or _fault_behind_number(written, unit)}。")
    whole, _, decimals = number.lstrip("+-").replace(",", "").partition(".")
    if len(whole.lstrip("0")) > MAX_INTEGER_DIGITS:
        raise FigureError(_too_long(written))
    if len(decimals.rstrip("0")) > STORED_DECIMALS:
        raise FigureError(f"“{_excerpt(written)}”的小数位太多，最多 {STORED_DECIMALS} 位，请四舍五入后填写。")
    value = Decimal(number.replace(",", ""))
    return value or abs(value)


def _fault(number: str) -> str:
    """What is wrong with the way a number is written, worded to follow its quotation; empty if nothing is."""
    if any(char.isdigit() and not char.isascii() for char in number):
        return "含有不能识别的数字字符，请用 0-9 填写"
    return next((sentence for pattern, sentence in _FAULTS if pattern.fullmatch(number)), "")


def _fault_behind_number(written: str, unit: str) -> str:
    """What is wrong when the number itself is not: what stands behind it, or that there is none."""
    behind = _WITH_UNIT.fullmatch(written)
    if behind is None:
        return "不是数字，请填一个数，如 1,417 或 12.5；没有数请填“-”或留空"
    if not unit:
        return f"的数字后面还有“{_excerpt(behind[1])}”，请只填数字"
    return f"的数字后面是“{_excerpt(behind[1])}”，不是本指标的单位“{unit}”，请换算后只填数字"


def _excerpt(text: str) -> str:
    shown = "".join(char if char.isprintable() else " " for char in text[:20])
    return f"{shown}…" if len(text) > 20 else shown


def _too_long(written: str) -> str:
    most = f"最多 {MAX_DIGITS} 位（整数部分 {MAX_INTEGER_DIGITS} 位）"
    return f"“{_excerpt(written)}”位数太多，{most}，请检查单位。"


def _scale_and_base(unit: str) -> tuple[int, str]:
    scale, base = 0, _half_width(unit)
    while len(base) > 1 and base[0] in _SCALES:
        scale, base = scale + _SCALES[base[0]], base[1:]
    return scale, base
