"""How our tables look in Excel: fonts that every office has, thin borders, the status colours of the screen."""

from __future__ import annotations

from functools import cache

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from indicators.choices import Light

BODY = Font(name="宋体", size=10)
STRONG = Font(name="宋体", size=10, bold=True)
HEAD = Font(name="黑体", size=10)
TITLE = Font(name="黑体", size=16)
SMALL = Font(name="宋体", size=9, color="FF465364")
WARNING = Font(name="黑体", size=10, color="FF98201A")

_THIN = Side(style="thin", color="FF5F6C7D")
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)

CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
LEFT_INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
TOP_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True, indent=1)
INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=2)
INDENTED_TWICE = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=3)
RIGHT = Alignment(horizontal="right", vertical="center")
RIGHT_INDENTED = Alignment(horizontal="right", vertical="center", indent=1)
FLUSH_LEFT = Alignment(horizontal="left", vertical="center")

HEAD_FILL = PatternFill("solid", fgColor="FFE3ECF8")
TOTAL_FILL = PatternFill("solid", fgColor="FFF4F6F9")
ENTRY_FILL = PatternFill("solid", fgColor="FFFFF8DC")
HIDDEN_FILL = PatternFill("solid", fgColor="FFECEFF3")

# A light is a colour, a shape and a word, on paper too: the shape survives a black-and-white printer.
SHAPES = {Light.GREEN: "●", Light.YELLOW: "▲", Light.RED: "■", Light.GREY: "○"}
_INKS = {Light.GREEN: "FF145C33", Light.YELLOW: "FF6F4E00", Light.RED: "FF98201A", Light.GREY: "FF515D6C"}
_GROUNDS = {
    Light.GREEN: "FFDCF0E3",
    Light.YELLOW: "FFFCEFC9",
    Light.RED: "FFFBE0DD",
    Light.GREY: "FFECEFF3",
}

BEHIND = DifferentialStyle(font=Font(color=_INKS[Light.RED]))
BAR = "FF9DB8DC"
_RULES_FORMATS = 900
"""Number formats of rules have numbers of their own, apart from those of cells."""

RATE = "0.0%"
RATIO = "0.000"
SCORE = "0.0"
MOMENT = "yyyy-mm-dd hh:mm"
GROWTH = "+0.0%;-0.0%;0.0%"


@cache
def light_font(light: Light) -> Font:
    return Font(name="宋体", size=10, color=_INKS[light], bold=light == Light.RED)


@cache
def light_fill(light: Light) -> PatternFill:
    return PatternFill("solid", fgColor=_GROUNDS[light])


def light_words(light: Light) -> str:
    return f"{SHAPES[light]} {light.label}"


def light_change(light: Light, words: str) -> DifferentialStyle:
    """What a rule makes of a cell of text when this light is the one: its colours, and these words in place of its."""
    return DifferentialStyle(
        font=Font(color=_INKS[light], bold=light == Light.RED),
        fill=PatternFill("solid", bgColor=_GROUNDS[light]),
        numFmt=NumberFormat(_RULES_FORMATS + list(Light).index(light), f';;;"{words}"'),
    )


def figure_format(decimals: int, suffix: str = "") -> str:
    """Thousands separated, so many decimals, the printed 左右 or 以上 behind the number: 2 → "#,##0.00"."""
    places = f".{'0' * decimals}" if decimals else ""
    words = suffix.replace('"', "")
    return f"#,##0{places}" + (f'"{words}"' if words else "")


def signed_format(decimals: int) -> str:
    """With its sign, zero without one."""
    plain = figure_format(decimals)
    return f"+{plain};-{plain};{plain}"


def light_rate_format(light: Light) -> str:
    """A rate with its light's shape before it, still a number."""
    return f'"{SHAPES[light]} "0.0%'
