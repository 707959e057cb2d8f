"""Opening a quarter for filing, moving its dates, closing it, and letting single units in again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from indicators.choices import PeriodAct
from indicators.domain.workflow import Window
from indicators.models import Period
from indicators.queries.filing.standing import window_of
from indicators.services.filing.acts import bump, hold_period, record_period
from indicators.services.filing.refusals import AlreadyDoneError, DatesError, FilingError
from indicators.services.filing.review import reopen_return
from towns.access import can_run_office, is_in_city, require
from towns.models import Unit

DATES = ("opens_on", "due_on", "closes_on")


@dataclass(frozen=True, slots=True)
class Reopened:
    """Who may file again, and why the others may not: {unit's name: sentence}."""

    units: tuple[Unit, ...]
    refused: dict[str, str]


def open_period(
    period: Period, *, opens_on: date, due_on: date, closes_on: date | None = None, by: User, at: datetime
) -> Period:
    """Set when a quarter is filed: opens, is due, closes (None: stays open). Later, moves these dates.

    Raises DatesError for dates out of order, AlreadyDoneError when they are set so already, PermissionDenied.
    """
    city_code = period.plan.city.city_code
    require(can_run_office(by) and is_in_city(by, city_code), "只有联席会议办公室可以开放报送期。")
    if opens_on < period.quarter.first_day:
        raise DatesError(f"开放日期不能早于{period.quarter.label}的第一天。")
    if due_on < opens_on:
        raise DatesError("截止日期不能早于开放日期。")
    if closes_on is not None and closes_on < due_on:
        raise DatesError("关闭日期不能早于截止日期。")
    new = {"opens_on": opens_on, "due_on": due_on, "closes_on": closes_on}
    with transaction.atomic():
        held = hold_period(period)
        old = {name: getattr(held, name) for name in DATES}
        if old == new:
            raise AlreadyDoneError(f"{held.quarter.label}的报送日期已经是这样，没有改动。")
        Period.objects.filter(pk=held.pk).update(**new)
        bump(held.plan)
        record_period(
            PeriodAct.OPEN if old["opens_on"] is None else PeriodAct.MOVE, held, old, new, by=by, at=at
        )
    for name, day in new.items():
        setattr(held, name, day)
    return held


def close_period(period: Period, *, by: User, at: datetime) -> Period:
    """Close a quarter at once: its last day becomes yesterday, and no unit files from now on.

    Units that were reopened until a date keep it. The due date counts whole, so a quarter is closed on the day
    after it at the earliest. Raises DatesError before, AlreadyDoneError when it is closed, PermissionDenied.
    """
    require(
        can_run_office(by) and is_in_city(by, period.plan.city.city_code),
        "只有联席会议办公室可以关闭报送期。",
    )
    today = timezone.localdate(at)
    with transaction.atomic():
        held = hold_period(period)
        window = window_of(held, None, today)
        if window == Window.LOCKED:
            raise AlreadyDoneError(f"{held.quarter.label}的填报已经关闭，没有重复办理。")
        if window == Window.NOT_OPEN:
            raise DatesError(f"{held.quarter.label}的填报尚未开始，不用关闭。")
        if today <= held.due_on:
            raise DatesError(
                f"截止日期（{held.due_on.month}月{held.due_on.day}日）当天仍可报送，过后才能关闭；"
                "要提前关闭，请先调整截止日期。"
            )
        old, new = {"closes_on": held.closes_on}, {"closes_on": today - timedelta(days=1)}
        Period.objects.filter(pk=held.pk).update(**new)
        bump(held.plan)
        record_period(PeriodAct.CLOSE, held, old, new, by=by, at=at)
    held.closes_on = new["closes_on"]
    return held


def reopen_units(period: Period, *, units: Iterable[Unit], until: date, by: User, at: datetime) -> Reopened:
    """Let several units file after closing, up to a day; each by its own rules, what failed is told one by one."""
    done: list[Unit] = []
    refused: dict[str, str] = {}
    for unit in units:
        try:
            reopen_return(period, unit=unit, until=until, by=by, at=at)
        except FilingError as refusal:
            refused[unit.name] = str(refusal)
        else:
            done.append(unit)
    return Reopened(tuple(done), refused)
