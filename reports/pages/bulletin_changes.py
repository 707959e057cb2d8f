"""What a bulletin showed and what is shown now, side by side, as strings, each with what made the difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from indicators.choices import Reason
from indicators.domain.bulletins import ShownFigure, ShownRank
from indicators.domain.numbers import format_figure
from indicators.queries.bulletins import ChangedFigure, ChangedRank
from reports.figures import DASH, show_figure
from reports.pages.town_filings import full_date


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure: what the bulletin showed, what is shown now, and why they differ. Lights are HTML."""

    area: str
    indicator: str
    unit: str
    then: str
    now: str
    then_light: SafeString
    now_light: SafeString
    cause: str


@dataclass(frozen=True, slots=True)
class RankRow:
    town: str
    then: str
    now: str


def changes_said(figures: Sequence[ChangedFigure], ranks: Sequence[ChangedRank]) -> str:
    if not figures and not ranks:
        return "发布以来，您可查看的数字、灯号和名次没有变动。"
    parts = [f"{len(figures)} 个数字或灯号"] if figures else []
    parts += [f"{len(ranks)} 个镇区的名次或得分"] if ranks else []
    return f"发布以来有变动：{'、'.join(parts)}。文件仍是发布时的原件。"


def figure_row(one: ChangedFigure) -> FigureRow:
    return FigureRow(
        area=one.area.name,
        indicator=one.indicator.name,
        unit=one.indicator.unit,
        then=_text(one.then, one.indicator.decimals),
        now=_text(one.now, one.indicator.decimals),
        then_light=_light(one.then),
        now_light=_light(one.now),
        cause=_cause(one),
    )


def _text(shown: ShownFigure, decimals: int) -> str:
    return show_figure(shown.value, decimals).text


def _light(shown: ShownFigure) -> SafeString:
    if not shown.target:
        reason = Reason.NO_TARGET if shown.target is None else Reason.ZERO_TARGET
        return format_html('<span class="muted">{}</span>', reason.label)
    return format_html(
        '<span class="light light--{}">{}</span>', shown.light.value.lower(), shown.light.label
    )


def _cause(one: ChangedFigure) -> str:
    """What made the difference, as far as facts tell."""
    causes = [_of_value(one)] if one.then.value != one.now.value else []
    if one.then.target != one.now.target:
        causes.append(f"年度目标由 {_target(one.then, one)} 调整为 {_target(one.now, one)}")
    return "；".join(causes) or "判定灯号所依据的基数、序时进度或界线有变动"


def _of_value(one: ChangedFigure) -> str:
    if one.correction is None:
        return "更正为未报送" if one.now.value is None else "数字有更正"
    at = timezone.localtime(one.correction.approved_at)
    act = "补报" if one.then.value is None else "更正"
    return f"{one.correction.filed_in.unit.name}{act}，{full_date(at.date())} {at:%H:%M}审定"


def _target(shown: ShownFigure, one: ChangedFigure) -> str:
    return DASH if shown.target is None else format_figure(shown.target, one.indicator.decimals)


def rank_row(one: ChangedRank) -> RankRow:
    return RankRow(one.town.name, _place(one.then), _place(one.now))


def _place(shown: ShownRank) -> str:
    if shown.rank is None or shown.score is None:
        return DASH
    return f"第 {shown.rank}，{format_figure(shown.score, 1)} 分"
