"""What a report can be about for a reader, their towns or the plan's indicators, and which one an address asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404

from indicators.models import Indicator
from indicators.queries.reading import Reading
from reports.downloads.catalogue import Asked, Report, Subject
from towns.access import readable_towns
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person

CALLED = {Subject.TOWN: "镇区", Subject.INDICATOR: "指标"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A town or an indicator that a report can be about; `name` is how files call it."""

    code: str
    name: str


def choices_of(subject: Subject, reading: Reading, user: Person) -> tuple[Choice, ...]:
    """In the plan's order; none for a report of the whole plan. One query at most."""
    if subject == Subject.TOWN:
        areas = Area.objects.of_city(reading.plan.city)
        towns = readable_towns(user, [area for area in areas if not area.is_city])
        return tuple(Choice(town.code, town.name) for town in towns)
    if subject == Subject.INDICATOR:
        indicators = Indicator.objects.of(reading.plan).order_by("order")
        return tuple(Choice(indicator.code, indicator.short_name) for indicator in indicators)
    return ()


def asked_for(report: Report, reading: Reading, user: Person, on: date, about: str = "") -> Asked:
    """What a file of this report is made of. Nothing need be said where there is one choice: a town's official.

    Raises Http404 with a Chinese sentence for what is not there, or not this reader's.
    """
    if report.subject == Subject.PLAN:
        return Asked(reading, user, on)
    choices = choices_of(report.subject, reading, user)
    called = CALLED[report.subject]
    if not about and len(choices) == 1:
        return every_asked(report, reading, user, on)[0]
    found = next((choice for choice in choices if choice.code == about), None)
    if not about:
        raise Http404(f"“{report.title}”一份只写一个{called}，请指明是哪一个。")
    if found is None:
        raise Http404(f"没有代码为“{about}”的{called}，或不在您的查看范围内。")
    return Asked(reading, user, on, found.code, found.name)


def every_asked(report: Report, reading: Reading, user: Person, on: date) -> tuple[Asked, ...]:
    """One for each file that the report has for this reader in the quarter."""
    if report.subject == Subject.PLAN:
        return (Asked(reading, user, on),)
    choices = choices_of(report.subject, reading, user)
    return tuple(Asked(reading, user, on, choice.code, choice.name) for choice in choices)
