"""An indicator's progress in a sentence, as official letters write it: "1-6月，全市工业投资累计132.40亿元，…"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.choices import Frequency, Kind, Reason
from indicators.domain.measures import Measure, Result
from indicators.domain.numbers import (
    format_figure,
    format_percent,
    format_plain,
    format_points,
    format_signed,
)
from indicators.domain.periods import Quarter
from indicators.domain.progress import Progress, rise_on_year
from reports.figures import known, lead_unit_of
from reports.pages.shortfalls import gap

WHOLE_CITY = "全市"
IN_CORRECTION = "（更正中）"


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence is made of: one indicator in one area at one quarter.

    `qualifier` is the target's printed 左右 or 以上; `last_year` the actual of the same quarter last year.
    """

    name: str
    unit: str
    measure: Measure
    progress: Progress
    qualifier: str = ""
    last_year: Decimal | None = None
    in_correction: bool = False

    def amount(self, value: Decimal) -> str:
        return f"{format_figure(value, self.measure.decimals)}{self.unit}"

    @property
    def target(self) -> str:
        """As the plan prints it, with its unit: "1,417亿元", "8家左右"; empty without one."""
        target = self.progress.target
        return "" if target is None else f"{format_plain(target)}{self.unit}{self.qualifier}"

    @property
    def target_word(self) -> str:
        return "年度控制目标" if self.measure.is_falling else "年度目标"


def sentence(told: Told, quarter: Quarter, *, parts: Sequence[Told] = (), where: str = WHOLE_CITY) -> str:
    """The whole and, behind it, what is printed as its 其中."""
    clauses = [_clause(told, quarter, f"{_when(told, quarter)}，", where)]
    clauses += [f"其中，{_clause(part, quarter)}" for part in parts]
    return "；".join(clauses) + "。"


def behind_words(told: Told) -> str:
    """How far behind, in words that follow the indicator's name: "欠序时进度8.4个百分点，比应达数少40.42亿元"."""
    if not told.measure.is_flow:
        return _level_lead(told)
    progress = told.progress
    missing = gap(progress.expected, progress.actual, is_falling=told.measure.is_falling)
    more_or_less = "多" if told.measure.is_falling else "少"
    return f"{_flow_lead(told)}，比应达数{more_or_less}{told.amount(missing)}"


def end_of(quarter: Quarter) -> str:
    """The day that levels are of: "6月末"."""
    return f"{3 * quarter.number}月末"


def _when(told: Told, quarter: Quarter) -> str:
    return quarter.span if told.measure.is_flow else end_of(quarter)


def _clause(told: Told, quarter: Quarter, when: str = "", where: str = "") -> str:
    """A part of what has just been named needs neither day nor place."""
    actual = told.progress.actual
    if actual is None and told.measure.unreported(quarter.number) == Reason.NOT_DUE:
        return where + _not_due(told, quarter)
    if actual is None:
        return when + where + _unreported(told, quarter)
    verb = "累计" if told.measure.is_flow else "为"
    mark = IN_CORRECTION if told.in_correction else ""
    said = [f"{when}{where}{told.name}{verb}{told.amount(actual)}{mark}", *_against_target(told, quarter)]
    return "，".join(part for part in (*said, _on_year(told)) if part)


def _not_due(told: Told, quarter: Quarter) -> str:
    """No day's figure, so it names no day."""
    often = Frequency(told.measure.frequency).label
    return f"{told.name}{often}报送一次，本季度未到报送期{_promised(told, quarter)}"


def _unreported(told: Told, quarter: Quarter) -> str:
    unmet = "，按未完成计" if told.progress.met is False else ""
    return f"{told.name}数据未报送{_promised(told, quarter)}{unmet}"


def _promised(told: Told, quarter: Quarter) -> str:
    """What was promised stands where there is nothing to tell."""
    return f"（{told.target_word}{told.target}）" if told.target else f"，计划未定{quarter.year}年度目标"


def _against_target(told: Told, quarter: Quarter) -> list[str]:
    """The actual beside the year's target: the rate, and the lead or, at the year's end, the verdict."""
    if not told.target:
        return [f"计划未定{quarter.year}年度目标"]
    if not told.progress.target:
        return [f"{told.target_word}为{told.target}，不计完成率"]
    verdict = (
        _verdict(told) if quarter.is_last else _flow_lead(told) if told.measure.is_flow else _level_lead(told)
    )
    return [_completion(told), verdict]


def _completion(told: Told) -> str:
    """A share of the target for what adds up; of a figure to be kept down the bare target, which says it best."""
    completion = told.progress.completion
    if isinstance(completion, Reason) or told.measure.is_falling:
        return f"{told.target_word}{told.target}"
    rate = format_percent(completion)
    if told.measure.kind == Kind.RATE:
        return f"{told.target_word}{told.target}，完成率{rate}"
    return f"完成{told.target_word}{told.target}的{rate}"


def _flow_lead(told: Told) -> str:
    due = _due_in_whole_units(told)
    if due is not None:
        return f"达到按整数计的序时应达数{told.amount(due)}"
    words = ("比序时控制进度少用", "比序时控制进度多用", "与序时控制进度持平")
    if not told.measure.is_falling:
        words = ("超序时进度", "欠序时进度", "与序时进度持平")
    return _difference(told.progress.lead, told, words)


def _due_in_whole_units(told: Told) -> Decimal | None:
    """What was due of a count that is met though its rate is behind the pace; None for every other figure.

    A count due is rounded to whole units: one of three is on pace half-way through the year, at 33.3% of its target.
    """
    lead, actual, due = known(told.progress.lead), told.progress.actual, known(told.progress.expected)
    if lead is None or actual is None or due is None or lead >= 0:
        return None
    return due if told.measure.meets(actual, due) else None


def _level_lead(told: Told) -> str:
    """The lead of a level is above zero when it is as good as due; a figure that should fall is then the lower."""
    high, low = ("高", "低") if told.measure.kind == Kind.RATE else ("多", "少")
    mark = "序时应达数"
    if told.measure.is_falling:
        high, low, mark = low, high, "序时控制数"
    return _difference(told.progress.lead, told, (f"较{mark}{high}", f"较{mark}{low}", f"与{mark}持平"))


def _difference(value: Result, told: Told, words: tuple[str, str, str]) -> str:
    """Above zero, below zero, or nothing once rounded; empty where there is none to tell."""
    if isinstance(value, Reason):
        return ""
    text = format_points(value) if told.measure.is_flow else format_signed(value, told.measure.decimals)
    ahead, behind, equal = words
    if not text.strip("+-0.,"):
        return equal
    return f"{behind if text.startswith('-') else ahead}{text.lstrip('+-')}{lead_unit_of(told.measure, told.unit)}"


def _verdict(told: Told) -> str:
    """At the year's end the target is met or it is not, and by how much."""
    progress, measure = told.progress, told.measure
    if progress.met:
        return "控制在目标以内" if measure.is_falling else "已完成年度目标"
    short = gap(progress.target or Decimal(0), progress.actual, is_falling=measure.is_falling)
    unit = "个百分点" if told.unit == "%" else told.unit
    missing = f"{format_figure(short, measure.decimals)}{unit}"
    return f"超出控制目标{missing}" if measure.is_falling else f"未完成年度目标，差{missing}"


def _on_year(told: Told) -> str:
    """同比, nominal; of a share in points. Empty where last year has no figure to compare with."""
    if told.measure.kind == Kind.RATE:
        risen = rise_on_year(told.progress.actual, told.last_year)
        return _difference(risen, told, ("比上年同期提高", "比上年同期下降", "与上年同期持平"))
    growth = told.progress.year_on_year
    if isinstance(growth, Reason):
        return ""
    text = format_points(growth)
    if not text.strip("+-0.,"):
        return "同比持平（名义）"
    return f"同比{'下降' if text.startswith('-') else '增长'}{text.lstrip('+-')}%（名义）"
