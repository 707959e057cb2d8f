"""Which plan, quarter and area a command on the server means; such a command reads all, whoever started it."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User

from indicators.domain.periods import Quarter
from indicators.models import Period, Plan
from indicators.queries.reading import Reading
from towns.choices import Role
from towns.models import Area, Membership


class UnknownAddressError(ValueError):
    """A plan, quarter or area that is not there, or not the only one; its message is a Chinese sentence."""


def server_reader(plan: Plan) -> User:
    """Whom a command on the server reads as: like the auditor, everything of the plan's city and no other's."""
    return _reader(plan, Role.AUDITOR)


def towns_reader(plan: Plan) -> User:
    """Somebody who may see what every town's official may see, and no town of their own: what is sent to all towns."""
    return _reader(plan, Role.TOWN)


def _reader(plan: Plan, role: Role) -> User:
    """An account that is in no database: it reads and can do nothing."""
    user = User(username=role.value.lower())
    user.membership = Membership(user=user, role=role, city=plan.city)
    return user


def find_reading(period_code: str, *, plan_code: str = "", area_text: str = "") -> tuple[Reading, Area]:
    """The plan and quarter of these codes, and the area of this code or name; the plan's city without one.

    Without a plan's code: the plans that have this quarter and this area, of one city; among them the latest with
    a published quarter, as on the pages. Raises UnknownAddressError, also where several cities could be meant.
    """
    plans = _plans_with(_quarter(period_code), plan_code)
    areas = {plan.pk: _area_of(plan, area_text) for plan in plans}
    plans = [plan for plan in plans if areas[plan.pk] is not None]
    if not plans:
        raise UnknownAddressError(f"没有代码或名称为“{area_text}”的地区。")
    if len({plan.city_id for plan in plans}) > 1:
        codes = "、".join(plan.code for plan in plans)
        raise UnknownAddressError(f"几个市的行动计划都有这一季度，请用 --plan 指明：{codes}。")
    reading = _reading_of(plans, period_code)
    area = areas[reading.plan.pk]
    return reading, area or reading.plan.city


def find_plan(plan_code: str, *, city: Area | None = None) -> Plan:
    """The plan of this code; without one the latest, of this city where one is given.

    Raises UnknownAddressError where there is none.
    """
    plans = Plan.objects.select_related("city").order_by("-first_year", "code")
    if city is not None:
        plans = plans.filter(city__city_code=city.city_code)
    plan = plans.filter(code=plan_code).first() if plan_code else plans.first()
    if plan is None:
        raise UnknownAddressError(
            f"没有代码为“{plan_code}”的行动计划。" if plan_code else "还没有行动计划，请先用 load_plan 载入。"
        )
    return plan


def _quarter(period_code: str) -> Quarter:
    try:
        return Quarter.parse(period_code)
    except ValueError as fault:
        raise UnknownAddressError(f"“{period_code}”不是季度，应写成 2015Q2 的样子。") from fault


def _plans_with(quarter: Quarter, plan_code: str) -> list[Plan]:
    """The plans that have this quarter, the latest first; only the one of this code where it is given."""
    plans = Plan.objects.select_related("city").order_by("-first_year", "code")
    if plan_code:
        plans = plans.filter(code=plan_code)
        if not plans:
            raise UnknownAddressError(f"没有代码为“{plan_code}”的行动计划。")
    found = list(plans.filter(periods__year=quarter.year, periods__number=quarter.number))
    if not found:
        raise UnknownAddressError(
            f"没有包含 {quarter} 的行动计划。" if not plan_code else f"{plans[0]}没有 {quarter}。"
        )
    return found


def _area_of(plan: Plan, text: str) -> Area | None:
    """The plan's area of this code, else of this name, else of this short name; the city itself for no text."""
    if not text:
        return plan.city
    areas = list(Area.objects.of_city(plan.city))
    spellings = ("code", "name", "short_name")
    return next((area for by in spellings for area in areas if getattr(area, by) == text), None)


def _reading_of(plans: Sequence[Plan], period_code: str) -> Reading:
    """The reading of the first of these plans that has published, else of the first."""
    published = set(Period.objects.published().filter(plan__in=plans).values_list("plan_id", flat=True))
    plan = next((plan for plan in plans if plan.pk in published), plans[0])
    periods = tuple(plan.periods.order_by("year", "number"))
    period = next(period for period in periods if period.code == period_code)
    return Reading((plan,), plan, periods, period, plan_is_default=True, period_is_default=True)
