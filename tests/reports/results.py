"""Facts for the pages' tests: approved figures and published quarters, as approval and publishing leave them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from django.contrib.auth.models import User

from indicators.choices import ReturnState
from indicators.domain.periods import Quarter
from indicators.models import Actual, Indicator, Period, Plan, QuarterlyReturn
from indicators.queries.reading import Reading, read_plan
from indicators.services.filing.acts import bump
from towns.models import Area, Unit

APPROVED_AT = datetime(2015, 7, 28, 2, 0, tzinfo=UTC)

# The half-year of 2015 as 市统计局 published it (fixtures/published_results.csv).
PUBLISHED_2015Q2 = {
    ("industrial-value-added", "zhongshan"): "647.78",
    ("equipment-value-added", "zhongshan"): "199.58",
    ("hightech-share", "zhongshan"): "17.68",
}


def period_of(plan: Plan, code: str) -> Period:
    quarter = Quarter.parse(code)
    return Period.objects.get(plan=plan, year=quarter.year, number=quarter.number)


def record(plan: Plan, code: str, figures: Mapping[tuple[str, str], str]) -> None:
    """Approved figures {(indicator, area): value} of a quarter, each out of its unit's approved return."""
    period = period_of(plan, code)
    indicators = {
        indicator.code: indicator for indicator in Indicator.objects.of(plan).select_related("lead_unit")
    }
    areas = {area.code: area for area in Area.objects.of_city(plan.city)}
    for (indicator_code, area_code), value in figures.items():
        indicator, area = indicators[indicator_code], areas[area_code]
        unit = indicator.lead_unit if area.is_city else Unit.objects.get(area=area)
        Actual.objects.create(
            indicator=indicator,
            area=area,
            year=period.year,
            quarter=period.number,
            value=Decimal(value),
            source="测试",
            filed_in=filed(period, unit, ReturnState.APPROVED),
            approved_at=APPROVED_AT,
        )
    bump(plan)


def filed(period: Period, unit: Unit, state: ReturnState) -> QuarterlyReturn:
    reason = "请核对" if state == ReturnState.RETURNED else ""
    return QuarterlyReturn.objects.get_or_create(
        period=period, unit=unit, defaults={"state": state, "return_reason": reason}
    )[0]


def publish(plan: Plan, code: str, by: User) -> None:
    """Close a quarter's books."""
    period = period_of(plan, code)
    period.opens_on = period.due_on.replace(day=1)
    period.published_at, period.published_by = APPROVED_AT, by
    period.save()
    bump(plan)


def reading(user: User, code: str = "") -> Reading:
    return read_plan(user, period_code=code)
