"""Opening a quarter for filing, and moving its dates."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction

from indicators.models import Period
from indicators.services.filing.acts import bump, record_period
from indicators.services.filing.refusals import AlreadyDoneError, DatesError
from towns.access import can_run_office, is_in_city, require

DATES = ("opens_on", "due_on", "closes_on")


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
        held = Period.objects.select_for_update(of=("self",)).select_related("plan__city").get(pk=period.pk)
        old = {name: getattr(held, name) for name in DATES}
        if old == new:
            raise AlreadyDoneError(f"{held.quarter.label}的报送日期已经是这样，没有改动。")
        Period.objects.filter(pk=held.pk).update(**new)
        bump(held.plan)
        record_period(
            "开放报送期" if old["opens_on"] is None else "调整报送日期", held, old, new, by=by, at=at
        )
    for name, day in new.items():
        setattr(held, name, day)
    return held
