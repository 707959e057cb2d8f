"""A city with any number of towns, each with a target and two quarters of figures for every allocated indicator."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import connection, transaction

from indicators.choices import ReturnState, Vintage
from indicators.models import Actual, Category, Indicator, Period, Plan, QuarterlyReturn
from towns.choices import Role, UnitKind
from towns.models import Area, Membership, Unit

YEAR = 2015
PUBLISHED = (1, 2)
AT = datetime(2015, 8, 1, tzinfo=UTC)
BATCH = 5_000
ORDERS = 30_000  # the column is a small one, and a city of more towns is there to be in the way
FIGURES = {1: Decimal("2.5"), 2: Decimal("4.2")}
TARGET = Decimal(10)


@transaction.atomic
def build_city(code: str, number: int) -> str:
    """The city with a copy of the first plan's indicators; answers the user name of its leader."""
    city = Area.objects.create(city_code=code, code=code, name=f"{code}市", short_name=code, order=0)
    leader = User.objects.create(username=f"{code}-leader")
    Membership.objects.create(user=leader, role=Role.LEADER, city=city)
    _towns(code, number)
    plan = _plan(city)
    for quarter in range(1, 5):
        due = date(YEAR + quarter // 4, quarter % 4 * 3 + 1, 15)
        is_published = quarter in PUBLISHED
        period = Period.objects.create(
            plan=plan,
            year=YEAR,
            number=quarter,
            opens_on=due.replace(day=1),
            due_on=due,
            published_at=AT if is_published else None,
            published_by=leader if is_published else None,
        )
        if is_published:
            _returns(period, code)
    _figures(plan, code)
    return leader.get_username()


def _towns(code: str, number: int) -> None:
    towns = Area.objects.bulk_create(
        [
            Area(city_code=code, code=f"town-{n}", name=f"第{n}镇", short_name=f"{n}镇", order=n % ORDERS)
            for n in range(1, number + 1)
        ],
        batch_size=BATCH,
    )
    units = [
        Unit(
            city_code=code,
            code=town.code,
            name=town.name,
            short_name=town.short_name,
            kind=UnitKind.TOWN,
            area=town,
            order=town.order,
        )
        for town in towns
    ]
    Unit.objects.bulk_create(units, batch_size=BATCH)


def _plan(city: Area) -> Plan:
    """The first plan's categories and allocated indicators again, without their parts."""
    first = Plan.objects.order_by("pk")[0]
    plan = Plan.objects.create(
        code=city.code,
        name=f"{city.name}行动计划",
        city=city,
        first_year=first.first_year,
        last_year=first.last_year,
    )
    allocated = Indicator.objects.of(first).filter(allocation_order__isnull=False, part_of__isnull=True)
    categories: dict[int, Category] = {}
    for row in list(allocated.select_related("category").order_by("order")):
        category = categories.get(row.category_id)
        if category is None:
            category = row.category
            categories[category.pk] = category
            category.pk, category.plan = None, plan
            category._state.adding = True
            category.save()
            categories[row.category_id] = category
        row.pk, row.plan, row.category, row.lead_unit, row.within = None, plan, category, None, None
        row._state.adding = True
        row.save()
    return plan


def _returns(period: Period, code: str) -> None:
    QuarterlyReturn.objects.bulk_create(
        [
            QuarterlyReturn(period=period, unit=unit, state=ReturnState.APPROVED)
            for unit in Unit.objects.filter(city_code=code)
        ],
        batch_size=BATCH,
    )


def _figures(plan: Plan, code: str) -> None:
    """Hundreds of thousands of rows for a city of 40,000 towns: the database joins them itself."""
    field = Actual._meta.get_field("value")
    stored = {number: field.get_db_prep_save(value, connection) for number, value in FIGURES.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO indicators_target (clause, derived, indicator_id, area_id, year, value, qualifier, printed,"
            " document, demonstration, is_amended)"
            " SELECT '', FALSE, i.id, a.id, %s, %s, '', '', '', FALSE, FALSE"
            " FROM indicators_indicator i CROSS JOIN towns_area a WHERE i.plan_id = %s AND a.city_code = %s",
            [YEAR, field.get_db_prep_save(TARGET, connection), plan.pk, code],
        )
        for number, value in stored.items():
            cursor.execute(
                "INSERT INTO indicators_actual (indicator_id, area_id, year, quarter, value, source, vintage,"
                " filed_in_id, approved_at)"
                " SELECT i.id, u.area_id, %s, %s, %s, '', %s, r.id, %s FROM indicators_indicator i"
                " CROSS JOIN indicators_quarterlyreturn r JOIN indicators_period p ON p.id = r.period_id"
                " JOIN towns_unit u ON u.id = r.unit_id"
                " WHERE i.plan_id = %s AND p.plan_id = %s AND p.number = %s",
                [YEAR, number, value, Vintage.FLASH.value, AT, plan.pk, plan.pk, number],
            )
