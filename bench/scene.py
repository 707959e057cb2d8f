"""The scene of the benchmark: a loaded plan, two quarters open for filing, a clerk for each of the writers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from indicators.models import Indicator, Period, Plan
from indicators.queries.filing.assignments import assigned_indicators
from indicators.services.filing import open_period
from indicators.services.plans import load_plan
from indicators.workbooks.plans import read_plan
from towns.choices import Role, UnitKind
from towns.models import Membership, Unit

PLAN = Path(__file__).resolve().parent.parent / "fixtures" / "zhongshan-2015-2017"
PASSWORD = "writes-every-quarter-2015"  # noqa: S105  # of accounts that live as long as the benchmark
QUARTERS = ("2015Q2", "2015Q3")


@dataclass(frozen=True, slots=True)
class Desk:
    """One clerk and the return that they fill in. Several clerks of a town may sit at one return."""

    username: str
    quarter: str
    unit: str
    indicators: tuple[Indicator, ...]

    @property
    def key(self) -> str:
        """The return as the trail names it."""
        return f"{self.quarter}/{self.unit}"


@dataclass(frozen=True, slots=True)
class Scene:
    engine: str
    plan_code: str
    desks: tuple[Desk, ...]

    @property
    def contested(self) -> int:
        """How many returns two clerks or more fill in."""
        keys = [desk.key for desk in self.desks]
        return len({key for key in keys if keys.count(key) > 1})


def build(writers: int) -> Scene:
    """Four fifths of the writers have a return of their own; the others sit down at the first of these."""
    call_command("migrate", verbosity=0)
    now = timezone.now()
    plan = Plan.objects.get(code=load_plan(read_plan(PLAN), by=None, at=now).plan_code)
    city = plan.city
    hashed = make_password(PASSWORD)
    office = _account("office", Role.OFFICE, Unit.objects.of_city(city).get(is_office=True), hashed)
    periods = [_opened(period, office) for period in plan.periods.select_related("plan__city")]
    towns = list(Unit.objects.of_city(city).filter(kind=UnitKind.TOWN).order_by("order"))
    returns = [(period, town) for period in periods if period.code in QUARTERS for town in towns]
    own = min(len(returns), max(1, writers * 4 // 5))
    desks = []
    for number in range(writers):
        period, town = returns[number % own]
        clerk = _account(f"clerk-{number}", Role.TOWN, town, hashed)
        asked = assigned_indicators(plan, town, period.quarter)
        desks.append(Desk(clerk.get_username(), period.code, town.code, asked))
    return Scene(connection.vendor, plan.code, tuple(desks))


def _account(username: str, role: Role, unit: Unit, hashed: str) -> User:
    user = User.objects.create(username=username, password=hashed)
    city = unit.area if unit.area.is_city else type(unit.area).objects.get(code=unit.city_code)
    Membership.objects.create(user=user, role=role, city=city, unit=unit)
    return user


def _opened(period: Period, office: User) -> Period:
    if period.code in QUARTERS:
        now = timezone.now()
        due_on = timezone.localdate(now) + timedelta(days=30)
        open_period(period, opens_on=period.quarter.next.first_day, due_on=due_on, by=office, at=now)
    return period
