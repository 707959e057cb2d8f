"""Figures as readers see them: formatted once in Python and handed to templates as strings (traps.md has the cost).

A figure that is missing is a dash with its reason, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from indicators.choices import Kind, Light, Reason
from indicators.domain.measures import Measure, Result
from indicators.domain.numbers import format_figure, format_percent, format_points, format_signed
from indicators.domain.progress import Progress, completion_rate

DASH = "—"
STILL_STANDS = "所出季报已退回更正，新数审定前仍采用此数"
CORRECTION = format_html('<span class="tag tag--correction" title="{}">更正中</span>', STILL_STANDS)
"""The mark beside a figure whose return is being corrected: before it, so that figures stay in line."""
WAITING = format_html(
    '<span class="tag tag--provisional" title="{}">待审定</span>', "已提交，尚未审定，可能退回"
)
"""The mark beside a figure that is only submitted."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure's text and, when it is a dash, why; `reason` is empty for a figure that is there.

    `in_correction`: it still stands, and the return that it came from is being corrected. `is_submitted`: nobody has
    approved it yet. `qualifier` is the plan's 左右 or 以上 that `text` ends in.
    """

    text: str
    reason: str = ""
    in_correction: bool = False
    is_submitted: bool = False
    qualifier: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def is_missing(self) -> bool:
        return bool(self.reason)

    def with_unit(self, unit: str) -> str:
        """As sentences write it: "647.78 亿元", "17.68%", "10.00%左右"; a dash stays a dash."""
        if self.reason:
            return self.text
        return f"{self.number}%{self.qualifier}" if unit == "%" else f"{self.number} {unit}{self.qualifier}"

    @property
    def number(self) -> str:
        """The text without its qualifier, for a unit to stand between them."""
        return self.text.removesuffix(self.qualifier)

    @property
    def mark(self) -> SafeString | str:
        """更正中 or 待审定 where it applies, for a figure too large to stand beside it."""
        if self.is_submitted:
            return WAITING
        return CORRECTION if self.in_correction else ""

    @property
    def html(self) -> str:
        """For templates: the text, or the dash that tells its reason to the pointer and to screen readers."""
        if self.mark:
            return format_html("{} {}", self.mark, self.text)
        return _dash(self.reason) if self.reason else self.text


@cache
def _dash(reason: str) -> SafeString:
    return format_html(
        '<span class="missing" title="{0}">{1}<span class="visually-hidden">（{0}）</span></span>',
        reason,
        DASH,
    )


@cache
def _light(light: Light) -> SafeString:
    return format_html('<span class="light light--{}">{}</span>', light.value.lower(), light.label)


@cache
def _word(reason: str) -> SafeString:
    return format_html('<span class="muted">{}</span>', reason)


def unjudged(progress: Progress) -> str:
    """Why an indicator is shown without a light and not counted: it has no target, or one of zero; else empty."""
    return str(progress.unjudged.label) if progress.unjudged else ""


def corrected_words(names: Iterable[str]) -> str:
    """For the foot of a file: whose figures are being corrected; empty for none."""
    named = "、".join(names)
    return f"更正中（{STILL_STANDS}）：{named}。" if named else ""


def missing(reason: Reason) -> Shown:
    return Shown(DASH, str(reason.label))


def show_figure(
    value: Decimal | Reason | None, decimals: int, *, if_none: Reason = Reason.NOT_REPORTED
) -> Shown:
    """A figure in its own unit, with thousands separators: "1,417.00"."""
    if value is None:
        return missing(if_none)
    return missing(value) if isinstance(value, Reason) else Shown(format_figure(value, decimals))


def show_target(value: Decimal | None, measure: Measure, qualifier: str = "") -> Shown:
    if value is None:
        return missing(Reason.NO_TARGET)
    return Shown(format_figure(value, measure.decimals) + qualifier, qualifier=qualifier)


def show_percent(value: Result) -> Shown:
    """A ratio as a percentage with one decimal: 0.457149 → "45.7%"."""
    return missing(value) if isinstance(value, Reason) else Shown(format_percent(value))


def show_growth(value: Result) -> Shown:
    """A growth ratio with its sign: 0.076 → "+7.6%"."""
    return missing(value) if isinstance(value, Reason) else Shown(format_points(value) + "%")


def show_signed(value: Result, decimals: int) -> Shown:
    """A difference with its sign, in the indicator's unit: "-0.03"."""
    return missing(value) if isinstance(value, Reason) else Shown(format_signed(value, decimals))


def show_lead(value: Result, measure: Measure) -> Shown:
    """超/欠序时 with its sign: percentage points for a FLOW, the indicator's own unit for STOCK and RATE."""
    if isinstance(value, Reason):
        return missing(value)
    return Shown(format_points(value) if measure.is_flow else format_signed(value, measure.decimals))


def lead_unit_of(measure: Measure, unit: str) -> str:
    """The unit that a lead is in: "个百分点" for a FLOW or a percentage, else the indicator's own."""
    return "个百分点" if measure.kind == Kind.FLOW or unit == "%" else unit


def lead_words(value: Result, measure: Measure, unit: str) -> str:
    """A lead in words: "欠序时 4.3 个百分点", "超序时 0.33 个百分点", "与序时持平", or the reason there is none."""
    if isinstance(value, Reason):
        return str(value.label)
    text = format_points(value) if measure.is_flow else format_signed(value, measure.decimals)
    if not text.strip("+-0.,"):
        return "与序时持平"
    return f"{'欠' if text.startswith('-') else '超'}序时 {text.lstrip('+-')} {lead_unit_of(measure, unit)}"


def bar_width(value: Result) -> str:
    """A completion rate as a CSS length between 0% and 100%, for bars drawn by the style sheet."""
    if isinstance(value, Reason):
        return "0%"
    return f"{min(max(value, Decimal(0)), Decimal(1)) * 100:.1f}%"


def mark_on_bar(progress: Progress, measure: Measure) -> Result:
    """Where on the bar of the completion rate "on pace" lies, as a ratio.

    The pace for a FLOW that should rise; else the rate there would be at the expected value: a share due to rise
    from 17.1 to 17.6 stands at 98.6% of its target half-way through the year, and of what may be used up half is
    used, which is a rate of 200%.
    """
    if measure.is_flow and not measure.is_falling:
        return progress.pace
    return completion_rate(measure, progress.target, known(progress.expected))


def known(value: Result) -> Decimal | None:
    """The figure, or None where there is none, whatever the reason."""
    return None if isinstance(value, Reason) else value


@dataclass(frozen=True, slots=True)
class ShownProgress:
    """Everything a table, a card or a sentence says of one indicator in one area, as strings.

    `unjudged` is empty, or why no light is shown: 未定目标, 目标为零.
    """

    target: Shown
    actual: Shown
    completion: Shown
    pace: str
    lead: Shown
    lead_words: str
    expected: Shown
    projection: Shown
    projection_method: str
    needed: Shown
    year_on_year: Shown
    light: Light
    unjudged: str
    bar: str
    pace_mark: str

    @property
    def light_class(self) -> str:
        return self.light.value.lower()

    @property
    def status(self) -> str:
        """For templates: the light, or in its place why there is none to give."""
        return _word(self.unjudged) if self.unjudged else _light(self.light)


def show_progress(
    progress: Progress,
    measure: Measure,
    unit: str,
    qualifier: str = "",
    *,
    in_correction: bool = False,
    is_submitted: bool = False,
) -> ShownProgress:
    """Format one indicator's progress; `actual` carries the reason of its absence from the progress."""
    decimals = measure.decimals
    unreported = progress.ratio if isinstance(progress.ratio, Reason) else Reason.NOT_REPORTED
    if unreported == Reason.NO_TARGET:
        unreported = Reason.NOT_REPORTED
    actual = show_figure(progress.actual, decimals, if_none=unreported)
    return ShownProgress(
        target=show_target(progress.target, measure, qualifier),
        actual=replace(actual, in_correction=in_correction, is_submitted=is_submitted)
        if in_correction or is_submitted
        else actual,
        completion=show_percent(progress.completion),
        pace=format_percent(progress.pace, 0),
        lead=show_lead(progress.lead, measure),
        lead_words=lead_words(progress.lead, measure, unit),
        expected=show_figure(progress.expected, decimals),
        projection=show_figure(progress.projection, decimals),
        projection_method=str(progress.projection_method.label),
        needed=show_figure(progress.needed, decimals or 1),
        year_on_year=show_growth(progress.year_on_year),
        light=progress.light,
        unjudged=unjudged(progress),
        bar=bar_width(progress.completion),
        pace_mark=bar_width(mark_on_bar(progress, measure)),
    )
