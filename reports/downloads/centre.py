"""报表 `/reports/`: every report of a quarter, what it holds, whether its figures are final, and where to fetch it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from indicators.domain.periods import Quarter
from indicators.models import Bulletin
from indicators.queries.bulletins import corrected_bulletins
from indicators.queries.reading import Reading
from reports.downloads.catalogue import REPORTS, Asked, Report, Shelf, Subject
from reports.downloads.subjects import CALLED, Choice, choices_of
from reports.pages.links import link
from reports.pages.town_filings import full_date
from towns.access import can_read_every_town, can_run_office

if TYPE_CHECKING:
    from towns.access import Person

FORMS = {"xlsx": "Excel", "docx": "Word", "csv": "CSV"}


@dataclass(frozen=True, slots=True)
class Form:
    """One form that a report comes in. `key` is what the packet is asked for by: "annex1.xlsx".

    `action` is the address without a query, for a form that chooses what it is about.
    """

    key: str
    label: str
    action: str
    href: str
    file_name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One report. `refusal` says why there is none now; `about` is whom it can be about, none for one file alone.

    `files` is how many files it puts into a packet; `parameter` what a choice is sent as, `called` what it is.
    """

    name: str
    title: str
    holds: str
    paper: str
    forms: tuple[Form, ...]
    refusal: str
    about: tuple[Choice, ...]
    parameter: str
    called: str
    files: int


@dataclass(frozen=True, slots=True)
class ShelfPage:
    key: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class PublishedBulletin:
    """A bulletin of any quarter; `is_corrected` when a figure of it that the reader sees is another now."""

    number: str
    quarter: str
    issued: str
    page: str
    href: str
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class DownloadsPage:
    """`kept` is what forms carry along: plan and quarter where they were chosen.

    `bulletins` are all that were published, the latest first; `bulletin_page` is the quarter's own.
    """

    quarter: Quarter
    is_published: bool
    shows_every_town: bool
    shelves: tuple[ShelfPage, ...]
    kept: tuple[tuple[str, str], ...]
    bulletins: tuple[PublishedBulletin, ...]
    bulletin_page: str
    may_publish: bool


def build(reading: Reading, user: Person, *, today: date) -> DownloadsPage:
    """Three queries: the towns and the indicators that a report can be about, and the bulletins; where there are any of
    these, three more for what was corrected since.
    """
    choices = {subject: choices_of(subject, reading, user) for subject in Subject}
    reports = [report for report in REPORTS.values() if report.may_read(user)]
    return DownloadsPage(
        quarter=reading.quarter,
        is_published=reading.period.is_published,
        shows_every_town=can_read_every_town(user),
        shelves=tuple(
            ShelfPage(shelf.name.lower(), shelf.value, entries)
            for shelf in Shelf
            if (entries := _entries(shelf, reports, choices, Asked(reading, user, today)))
        ),
        kept=tuple(reading.query.items()),
        bulletins=_bulletins(reading, user),
        bulletin_page=link(reading, "bulletins", reading.period.code),
        may_publish=can_run_office(user) and reading.period.is_published,
    )


def _bulletins(reading: Reading, user: Person) -> tuple[PublishedBulletin, ...]:
    of_plan = Bulletin.objects.visible_to(user).filter(period__plan=reading.plan)
    published = of_plan.select_related("period").defer("figures").order_by("-published_at")
    corrected = corrected_bulletins(reading.plan, user) if published else frozenset()
    return tuple(
        PublishedBulletin(
            number=one.number,
            quarter=one.period.quarter.label,
            issued=full_date(one.issued_on),
            page=link(reading, "bulletins", one.period.code),
            href=link(reading, "bulletin_file", one.period.code, str(one.serial)),
            is_corrected=one.pk in corrected,
        )
        for one in published
    )


def _entries(
    shelf: Shelf, reports: Iterable[Report], choices: dict[Subject, tuple[Choice, ...]], asked: Asked
) -> tuple[Entry, ...]:
    return tuple(
        _entry(report, choices[report.subject], asked) for report in reports if report.shelf == shelf
    )


def _entry(report: Report, choices: tuple[Choice, ...], asked: Asked) -> Entry:
    """A report of one town alone, as a town's official has it, is fetched without choosing."""
    is_chosen = report.subject != Subject.PLAN
    if is_chosen and len(choices) == 1:
        asked = Asked(asked.reading, asked.user, asked.on, choices[0].code, choices[0].name)
    return Entry(
        name=report.name,
        title=report.title,
        holds=report.holds,
        paper=report.paper,
        forms=tuple(_form(report, extension, asked) for extension in report.writers),
        refusal=report.refusal(asked),
        about=choices if len(choices) > 1 else (),
        parameter=report.subject.value,
        called=CALLED.get(report.subject, ""),
        files=len(choices) if is_chosen else 1,
    )


def _form(report: Report, extension: str, asked: Asked) -> Form:
    href = link(asked.reading, "report", report.name, extension)
    if asked.about:
        href += f"{'&' if '?' in href else '?'}{urlencode({report.subject.value: asked.about})}"
    return Form(
        key=f"{report.name}.{extension}",
        label=FORMS[extension],
        action=reverse("report", args=[report.name, extension]),
        href=href,
        file_name=report.file_name(asked, extension),
    )
