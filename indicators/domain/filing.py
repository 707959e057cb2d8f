"""What is asked of a typed figure before it may be submitted (domain.md section 5).

Errors block submission; warnings ask for a note. A figure that cannot be read at all is
`numbers.FigureError`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from indicators.choices import Kind, Reason
from indicators.domain.growth import year_on_year
from indicators.domain.numbers import FigureError, format_figure, format_plain, quantize

DOUBTFUL_CHANGE = Decimal("0.5")
"""A change of over half against the same quarter last year is doubted (domain.md section 5)."""


class Level(StrEnum):
    """Whether a finding blocks submission, or asks for a note."""

    ERROR = "ERROR"
    WARNING = "WARNING"


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubt about one figure: a code for programs, a Chinese sentence for people."""

    level: Level
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class EntryRule:
    """What must hold for one indicator's figure in one quarter.

    `percent_of_whole`: a share that cannot pass 100. `signed`: a growth that may fall below zero. `due`: it
    is asked for in this quarter.
    """

    name: str
    kind: Kind
    decimals: int
    unit: str
    percent_of_whole: bool
    signed: bool
    due: bool


def check_entry(
    rule: EntryRule,
    value: Decimal | None,
    note: str,
    *,
    target: Decimal | None,
    last_quarter: Decimal | None,
    last_year: Decimal | None,
    later_quarters: Sequence[Decimal | None] = (),
    is_correction: bool = False,
) -> list[Finding]:
    """Every error on one figure or, without any, every warning; empty when nothing is to be said.

    The figures beside it are in the indicator's unit, None where there is none: `last_quarter` and
    `later_quarters` are of the same year, `last_year` is the same quarter's. Warnings are named with a note
    too, for whoever reviews.

    >>> rule = EntryRule("工业投资", Kind.FLOW, 2, "亿元", percent_of_whole=False, signed=False, due=True)
    >>> [finding.message for finding in check_entry(
    ...     rule, Decimal(120), "", target=Decimal(280), last_quarter=Decimal(125), last_year=None
    ... )]
    ['“工业投资”累计数 120.00亿元低于上季的 125.00亿元，累计数一般不会减少，请核对或说明原因。']
    """
    if value is None:
        missing = rule.due and not note.strip()
        return [_error("blank", f"“{rule.name}”没有填数，请填报，或在说明中写明原因。")] if missing else []
    if errors := _errors(rule, value):
        # What cannot stay is not doubted too.
        return errors
    findings = _warnings(rule, value, target, last_quarter, last_year)
    if is_correction:
        findings += _later_quarters(rule, value, later_quarters)
    return findings


def check_part(
    part_value: Decimal | None,
    whole_value: Decimal | None,
    *,
    part_name: str = "其中数",
    whole_name: str = "总数",
) -> list[Finding]:
    """An error when a part is above its whole; nothing can be said while either is missing.

    >>> [finding.message for finding in check_part(Decimal(221), Decimal(220))]
    ['“其中数”221 大于“总数”220，请核对。']
    """
    if part_value is None or whole_value is None or part_value <= whole_value:
        return []
    message = (
        f"“{part_name}”{format_plain(part_value)} 大于“{whole_name}”{format_plain(whole_value)}，请核对。"
    )
    return [_error("part_above_whole", message)]


def blocks_submission(findings: Iterable[Finding], note: str) -> bool:
    """Whether a figure with these findings must not be submitted yet: any error, or a warning without a note.

    >>> blocks_submission([Finding(Level.WARNING, "zero", "…")], "停产")
    False
    """
    return any(finding.level == Level.ERROR or not note.strip() for finding in findings)


def _errors(rule: EntryRule, value: Decimal) -> list[Finding]:
    findings = []
    try:
        is_exact = quantize(value, rule.decimals) == value
    except FigureError as refusal:
        return [_error("too_long", f"“{rule.name}”：{refusal}")]
    if not is_exact:
        most = "应为整数" if rule.decimals == 0 else f"最多 {rule.decimals} 位小数"
        findings.append(
            _error("decimals", f"“{rule.name}”{most}，填的是 {format_plain(value)}，请四舍五入后填写。")
        )
    if value < 0 and not rule.signed:
        findings.append(_error("below_zero", f"“{rule.name}”不能小于零，填的是 {format_plain(value)}。"))
    if value > 100 and rule.percent_of_whole:
        message = f"“{rule.name}”是占比，不能超过 100%，填的是 {format_plain(value)}%。"
        findings.append(_error("above_whole", message))
    return findings


def _warnings(
    rule: EntryRule,
    value: Decimal,
    target: Decimal | None,
    last_quarter: Decimal | None,
    last_year: Decimal | None,
) -> list[Finding]:
    findings = []
    shown = f"{format_figure(value, rule.decimals)}{rule.unit}"
    if rule.kind == Kind.FLOW and last_quarter is not None and value < last_quarter:
        before = f"{format_figure(last_quarter, rule.decimals)}{rule.unit}"
        message = f"“{rule.name}”累计数 {shown}低于上季的 {before}，累计数一般不会减少，请核对或说明原因。"
        findings.append(_warning("falling_total", message))
    change = year_on_year(value, last_year)
    if not isinstance(change, Reason) and abs(change) > DOUBTFUL_CHANGE and last_year is not None:
        before = f"{format_figure(last_year, rule.decimals)}{rule.unit}"
        message = f"“{rule.name}”{shown}与上年同期的 {before}相比变动超过一半，请核对或说明原因。"
        findings.append(_warning("over_half", message))
    if value == 0 and target is not None and target > 0:
        aim = f"{format_figure(target, rule.decimals)}{rule.unit}"
        findings.append(_warning("zero", f"“{rule.name}”填的是 0，而年度目标是 {aim}，请核对或说明原因。"))
    return findings


def _later_quarters(rule: EntryRule, value: Decimal, later: Sequence[Decimal | None]) -> list[Finding]:
    """A cumulative figure raised above a later quarter's leaves that quarter standing below it."""
    overtaken = [figure for figure in later if figure is not None and figure < value]
    if rule.kind != Kind.FLOW or not overtaken:
        return []
    shown, after = (format_figure(figure, rule.decimals) for figure in (value, overtaken[0]))
    message = (
        f"“{rule.name}”更正为 {shown}{rule.unit}后，以后季度已审定的累计数 {after}{rule.unit}反而更低，"
        "请一并更正以后季度或说明原因。"
    )
    return [_warning("later_quarter", message)]


def _error(code: str, message: str) -> Finding:
    return Finding(Level.ERROR, code, message)


def _warning(code: str, message: str) -> Finding:
    return Finding(Level.WARNING, code, message)
