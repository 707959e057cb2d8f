"""报送情况: who handed in a quarter's return, when and how late, as far as this reader may know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from indicators.domain.periods import Quarter
from indicators.models import Period
from indicators.queries.filing.board import KINDS, units_read_by
from indicators.queries.filing.register import Registered, load_register
from indicators.queries.filing.wording import TAGS
from indicators.queries.reading import Reading
from reports.pages.town_filings import full_date
from towns.access import can_read_every_return

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class FilingGroup:
    """Departments or towns."""

    name: str
    rows: tuple[Registered, ...]


@dataclass(frozen=True, slots=True)
class FilingPage:
    """`unit` is whose own report it is, empty where every unit is told of. `dates` say by when the quarter was due."""

    city: str
    unit: str
    quarter: Quarter
    is_published: bool
    is_demonstration: bool
    dates: str
    summary: str
    groups: tuple[FilingGroup, ...]


def build(reading: Reading, user: Person, *, today: date) -> FilingPage:
    """Four queries, however many units: nobody's return is read but those that the reader may read."""
    period = reading.period
    units = list(units_read_by(user).order_by("order"))
    rows = tuple(load_register([period], units, today=today).values())
    return FilingPage(
        city=reading.plan.city.name,
        unit="" if can_read_every_return(user) else "、".join(unit.name for unit in units),
        quarter=reading.quarter,
        is_published=period.is_published,
        is_demonstration=reading.plan.demonstration,
        dates=_dates(period),
        summary=_summary(rows),
        groups=tuple(
            FilingGroup(heading, of_kind)
            for _, heading, kind in KINDS
            if (of_kind := tuple(row for row in rows if row.unit.kind == kind))
        ),
    )


def not_opened(reading: Reading, today: date) -> str:
    """Why there is nothing to report of the quarter: nobody can have filed yet; empty once it is open."""
    opens_on = reading.period.opens_on
    if opens_on is None:
        return f"{reading.quarter.label}尚未开放填报，没有报送情况。"
    if today < opens_on:
        return f"{reading.quarter.label}{full_date(opens_on)}开放填报，还没有报送情况。"
    return ""


def _dates(period: Period) -> str:
    due = f"截止日期：{full_date(period.due_on)}"
    return f"{due}　关闭日期：{full_date(period.closes_on)}" if period.closes_on else due


def _summary(rows: Iterable[Registered]) -> str:
    """ "应报 43 个，已审定 40 个，已提交 1 个，未开始 2 个；按期报送 39 个，逾期报送 2 个，逾期未报 2 个。" """
    rows = list(rows)
    tags = [row.tag for row in rows]
    states = [f"{tag.label} {tags.count(tag)} 个" for tag in reversed(TAGS.values()) if tag in tags]
    came = [
        f"按期报送 {sum(row.late == 0 for row in rows)} 个",
        f"逾期报送 {sum(bool(row.late) for row in rows)} 个",
        f"逾期未报 {sum(bool(row.overdue) for row in rows)} 个",
    ]
    if imported := sum(row.late is None and row.first is not None for row in rows):
        came.append(f"外部导入 {imported} 个")
    return (
        f"应报 {len(rows)} 个，{'，'.join(states)}；{'，'.join(came)}。" if rows else "没有可以查看的单位。"
    )
