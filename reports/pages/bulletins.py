"""通报 `/reports/bulletins/<period>/`: what was published of a quarter, and what is told otherwise since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from indicators.domain.periods import Quarter
from indicators.models import Bulletin, BulletinFile, Plan
from indicators.queries.bulletins import ChangedFigure, ChangedRank, changed_figures, changed_ranks
from indicators.queries.facts import load_facts
from indicators.queries.filing.wording import name_of
from indicators.queries.league import load_league
from indicators.queries.reading import Reading
from reports.pages import file_names
from reports.pages.bulletin_changes import FigureRow, RankRow, changes_said, figure_row, rank_row
from reports.pages.links import link
from reports.pages.town_filings import full_date
from towns.access import can_run_office

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from towns.access import Person


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
        said=changes_said(figures, ranks),
        figures=tuple(map(figure_row, figures)),
        ranks=tuple(map(rank_row, ranks)),
    )


def file_name(file: BulletinFile) -> str:
    """中山市2016年第二季度工作通报（中工转办〔2016〕3号，镇区本）.docx."""
    period = file.bulletin.period
    return _file_name(period.plan, period.quarter, file.bulletin.number, str(file.get_edition_display()))


def proof_name(reading: Reading) -> str:
    """中山市2016年第二季度工作通报（样稿）.docx."""
    return _file_name(reading.plan, reading.quarter, "样稿")


def _file_name(plan: Plan, quarter: Quarter, *marks: str) -> str:
    return file_names.file_name(plan, f"{quarter.label}工作通报", "docx", *marks)


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
