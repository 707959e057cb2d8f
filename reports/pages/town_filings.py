"""A town's returns and deadlines of the year: by when each quarter is due, and where it stands in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from indicators.choices import ReturnState
from indicators.domain.reminders import due_date
from indicators.domain.workflow import Window
from indicators.queries.facts import PlanFacts
from indicators.queries.filing.standing import window_of
from indicators.queries.filing.town_year import TownQuarter, load_town_year
from indicators.queries.filing.wording import Tag, days_left, still_to_file, tag_of
from indicators.queries.reading import Reading
from reports.pages.links import link
from towns.models import Area

if TYPE_CHECKING:
    from indicators.models import QuarterlyReturn
    from towns.access import Person

UNFILED = Tag("not-filed", "未报送", "missing")
APPROVED, AWAITED = Tag("approved", "已审定", "approved"), Tag("awaited", "尚未审定", "missing")
CORRECTING = Tag("correcting", "更正中", "correction")


@dataclass(frozen=True, slots=True)
class FilingRow:
    """One quarter of the year. `tag` is its state, `words` what that means for the deadline, or nothing.

    `href` leads to the return, empty where there is none to open or it is not this reader's. `due` is a whole date.
    """

    label: str
    span: str
    is_now: bool
    due: str
    tag: Tag
    words: str
    href: str
    is_published: bool


def filing_rows(
    reading: Reading, user: Person, facts: PlanFacts, town: Area, *, today: date
) -> tuple[FilingRow, ...]:
    """The quarters of the year being read, the first one first."""
    periods = [period for period in reading.periods if period.year == reading.period.year]
    return tuple(
        _own_row(reading, one, today) if one.unit_code else _public_row(reading, facts, town, one)
        for one in load_town_year(periods, town, user)
    )


def _own_row(reading: Reading, one: TownQuarter, today: date) -> FilingRow:
    """As whoever may read the return sees it."""
    period, filed = one.period, one.filed
    window = window_of(period, filed, today)
    deadline = due_date(period.due_on, filed.reopened_until if filed else None)
    can_open = filed is not None or window != Window.NOT_OPEN
    return FilingRow(
        label=period.quarter.label,
        span=period.quarter.span,
        is_now=period.quarter == reading.quarter,
        due=full_date(deadline),
        # A page that is kept does not follow a draft, which nobody has handed in.
        tag=UNFILED if still_to_file(filed) and not _is_returned(filed) else tag_of(filed),
        words=_words(one, window, deadline, today),
        href=link(reading, "return", period.code, one.unit_code) if can_open else "",
        is_published=period.is_published,
    )


def _is_returned(filed: QuarterlyReturn | None) -> bool:
    return filed is not None and filed.state == ReturnState.RETURNED


def _words(one: TownQuarter, window: Window, deadline: date, today: date) -> str:
    filed, period = one.filed, one.period
    if filed is not None and filed.state == ReturnState.SUBMITTED:
        return "等待审核"
    if not still_to_file(filed):
        return ""
    if window == Window.NOT_OPEN:
        return f"{full_date(period.opens_on)}开放" if period.opens_on else "尚未开放填报"
    if window == Window.LOCKED:
        return "填报已关闭"
    return days_left(deadline, today)


def _public_row(reading: Reading, facts: PlanFacts, town: Area, one: TownQuarter) -> FilingRow:
    """As a reader of figures alone sees it: whether the quarter's figures are approved."""
    quarter = one.period.quarter
    corrected = any(facts.is_in_correction(row, town, quarter) for row in facts.allocated())
    return FilingRow(
        label=quarter.label,
        span=quarter.span,
        is_now=quarter == reading.quarter,
        due=full_date(one.period.due_on),
        tag=APPROVED if one.is_approved else CORRECTING if corrected else AWAITED,
        words="",
        href="",
        is_published=one.period.is_published,
    )


def full_date(day: date) -> str:
    """A day as a sheet of paper must say it: "2015年7月15日"."""
    return f"{day.year}年{day.month}月{day.day}日"
