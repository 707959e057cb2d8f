"""通报 `/reports/bulletins/<period>/`: what was published of a quarter, and what is told otherwise since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from indicators.choices import Reason
from indicators.domain.numbers import format_figure
from indicators.domain.periods import Quarter
from indicators.models import Bulletin, BulletinFile
from indicators.queries.bulletins import (
    ChangedFigure,
    ChangedRank,
    ShownFigure,
    ShownRank,
    changed_figures,
    changed_ranks,
)
from indicators.queries.facts import load_facts
from indicators.queries.filing.wording import name_of
from indicators.queries.league import load_league
from indicators.queries.reading import Reading
from reports.figures import DASH, show_figure
from reports.pages import file_names
from reports.pages.links import link
from reports.pages.town_filings import full_date
from towns.access import can_run_office

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from towns.access import Person


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


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One bulletin with the reader's edition of its file; `said` sums up what has changed since."""

    number: str
    head: str
    href: str
    file_name: str
    edition: str
    fingerprint: str
    said: str
    figures: tuple[FigureRow, ...]
    ranks: tuple[RankRow, ...]


@dataclass(frozen=True, slots=True)
class OtherQuarter:
    """A quarter that has bulletins of its own."""

    label: str
    href: str
    count: int


@dataclass(frozen=True, slots=True)
class BulletinsPage:
    """`may_publish`: the reader is the office and the quarter's books are closed."""

    quarter: Quarter
    is_published: bool
    rows: tuple[PublishedRow, ...]
    others: tuple[OtherQuarter, ...]
    may_publish: bool
    is_office: bool
    revision: int


def build(reading: Reading, user: Person) -> BulletinsPage:
    """One query; of a quarter that has bulletins four more, and one a bulletin from which something has moved."""
    every = Bulletin.objects.visible_to(user).filter(period__plan=reading.plan)
    counted = list(every.select_related("period").defer("figures").order_by("period", "serial"))
    here = [row for row in counted if row.period_id == reading.period.pk]
    return BulletinsPage(
        quarter=reading.quarter,
        is_published=reading.period.is_published,
        rows=_rows(reading, user) if here else (),
        others=_others(reading, counted),
        may_publish=can_run_office(user) and reading.period.is_published,
        is_office=can_run_office(user),
        revision=reading.plan.revision,
    )


def _rows(reading: Reading, user: Person) -> tuple[PublishedRow, ...]:
    """The latest first."""
    facts = load_facts(reading.plan, user, at=reading.quarter, for_ranks=True)
    league = load_league(reading, user, facts)
    files = (
        BulletinFile.objects.visible_to(user)
        .filter(bulletin__period=reading.period)
        .select_related("bulletin__period__plan__city", "bulletin__published_by")
        .defer("data")
        .order_by("-bulletin__serial")
    )
    return tuple(
        _row(reading, file, changed_figures(file.bulletin, facts, user), changed_ranks(file.bulletin, league))
        for file in files
    )


def _row(
    reading: Reading, file: BulletinFile, figures: Sequence[ChangedFigure], ranks: Sequence[ChangedRank]
) -> PublishedRow:
    bulletin = file.bulletin
    at = timezone.localtime(bulletin.published_at)
    return PublishedRow(
        number=bulletin.number,
        head=f"{bulletin.issuer}　{full_date(bulletin.issued_on)}印发　"
        f"{name_of(bulletin.published_by)}于{full_date(at.date())} {at:%H:%M}发布",
        href=link(reading, "bulletin_file", reading.period.code, str(bulletin.serial)),
        file_name=file_name(file),
        edition=str(file.get_edition_display()),
        fingerprint=file.sha256,
        said=_said(figures, ranks),
        figures=tuple(_figure(one) for one in figures),
        ranks=tuple(_rank(one) for one in ranks),
    )


def file_name(file: BulletinFile) -> str:
    """中山市2016年第二季度工作通报（中工转办〔2016〕3号，镇区本）.docx."""
    period = file.bulletin.period
    marks = [file.bulletin.number, str(file.get_edition_display())]
    marks += ["演示数据"] if period.plan.demonstration else []
    return file_names.file_name(
        f"{period.plan.city.name}{period.quarter.label}工作通报（{'，'.join(marks)}）", "docx"
    )


def _said(figures: Sequence[ChangedFigure], ranks: Sequence[ChangedRank]) -> str:
    if not figures and not ranks:
        return "发布以来，您可查看的数字、灯号和名次没有变动。"
    parts = [f"{len(figures)} 个数字或灯号"] if figures else []
    parts += [f"{len(ranks)} 个镇区的名次或得分"] if ranks else []
    return f"发布以来有变动：{'、'.join(parts)}。文件仍是发布时的原件。"


def _figure(one: ChangedFigure) -> FigureRow:
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


def _rank(one: ChangedRank) -> RankRow:
    return RankRow(one.town.name, _place(one.then), _place(one.now))


def _place(shown: ShownRank) -> str:
    if shown.rank is None or shown.score is None:
        return DASH
    return f"第 {shown.rank}，{format_figure(shown.score, 1)} 分"


def _others(reading: Reading, bulletins: Sequence[Bulletin]) -> tuple[OtherQuarter, ...]:
    others: dict[Quarter, int] = {}
    for row in bulletins:
        if row.period_id != reading.period.pk:
            others[row.period.quarter] = others.get(row.period.quarter, 0) + 1
    return tuple(
        OtherQuarter(quarter.label, link(reading, "bulletins", str(quarter)), count)
        for quarter, count in sorted(others.items(), reverse=True)
    )


def last_issuer(reading: Reading, user: User) -> str:
    """Who issued the plan's latest bulletin, to begin the next with; empty for the first."""
    bulletins = Bulletin.objects.visible_to(user).filter(period__plan=reading.plan)
    return bulletins.order_by("-published_at").values_list("issuer", flat=True).first() or ""
