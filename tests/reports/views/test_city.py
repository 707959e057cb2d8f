"""`/`: what the reader's browser gets, at how many queries, and where an unknown address leads."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.choices import ReturnState
from indicators.models import Actual, Indicator, Plan, Target
from indicators.services.filing.acts import bump
from tests.reports.results import APPROVED_AT, PUBLISHED_2015Q2, filed, period_of, publish, record
from towns.choices import UnitKind
from towns.models import Area, Unit

MOST_QUERIES = 8


def sign_in(client: Client, user: User) -> None:
    client.force_login(user, backend="towns.backends.MembershipBackend")


def add_towns(plan: Plan, number: int) -> None:
    """More towns, each with a target and a figure for every column of 附件2."""
    city = plan.city
    areas = Area.objects.bulk_create(
        Area(city_code=city.code, code=f"new-{n}", name=f"新镇{n}", short_name=f"新{n}", order=100 + n)
        for n in range(number)
    )
    units = Unit.objects.bulk_create(
        Unit(
            city_code=city.code, code=area.code, name=area.name, short_name=area.short_name,
            kind=UnitKind.TOWN, area=area, order=area.order,
        )
        for area in areas
    )  # fmt: skip
    columns = list(Indicator.objects.of(plan).allocated())
    period = period_of(plan, "2015Q2")
    returns = {unit.area_id: filed(period, unit, ReturnState.APPROVED) for unit in units}
    Target.objects.bulk_create(
        Target(indicator=column, area=area, year=2015, value=10) for column in columns for area in areas
    )
    Actual.objects.bulk_create(
        Actual(
            indicator=column, area=area, year=2015, quarter=2, value=4, source="测试",
            filed_in=returns[area.pk], approved_at=APPROVED_AT,
        )
        for column in columns
        for area in areas
    )  # fmt: skip
    bump(plan)


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("published", [True, False])
def test_eight_queries_for_24_towns_and_for_240(
    zhongshan: Plan, request: pytest.FixtureRequest, published: bool
) -> None:
    readers = {name: request.getfixturevalue(name) for name in ("leader", "office", "guzhen", "clerk")}
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    if published:
        publish(zhongshan, "2015Q2", readers["office"])
    clients = {name: Client() for name in readers}
    for name, client in clients.items():
        sign_in(client, readers[name])
    few = {name: queries_of(client, "/") for name, client in clients.items()}
    add_towns(zhongshan, 216)
    many = {name: queries_of(client, "/") for name, client in clients.items()}
    assert many == few
    assert max(many.values()) <= MOST_QUERIES


def test_the_published_half_year_can_be_read_without_any_script(
    client: Client, zhongshan: Plan, leader: User, office: User
) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    publish(zhongshan, "2015Q2", office)
    sign_in(client, leader)
    page = client.get("/").content.decode()
    before_charts = page[: page.index("data-chart-plot")]
    for text in ("647.78", "45.7%", "1,295.56", "略欠", "41.6%", "落后", "达序时", "2015年第二季度"):
        assert text in before_charts
    assert "--done:45.7%;--pace:50.0%" in before_charts
    assert "未定稿</span>" not in page
    assert "镇区排名" in page


def test_an_unpublished_quarter_says_so_and_ranks_nobody(
    client: Client, zhongshan: Plan, leader: User
) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    sign_in(client, leader)
    page = client.get("/?period=2015Q2").content.decode()
    assert "未定稿</span></h1>" in page
    assert "本季度尚未定稿，不排名。" in page
    assert "镇区排名" not in page


def test_a_missing_figure_tells_its_reason_to_screen_readers(
    client: Client, zhongshan: Plan, leader: User
) -> None:
    sign_in(client, leader)
    page = client.get("/?period=2015Q2").content.decode()
    assert (
        '<span class="missing" title="未报送">—<span class="visually-hidden">（未报送）</span></span>' in page
    )


@pytest.mark.parametrize(
    "address",
    [
        "/?period=2014Q4",
        "/?period=lately",
        "/?plan=no-such",
        "/indicators/?period=2018Q1",
        "/indicators/no-such/",
        "/indicators/industrial-investment/?plan=linhai-2021-2025",
    ],
)
def test_an_unknown_address_is_404_with_a_way_back(
    client: Client, zhongshan: Plan, linhai: Plan, leader: User, address: str
) -> None:
    sign_in(client, leader)
    response = client.get(address)
    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


def test_links_keep_the_quarter_that_is_being_read(
    client: Client, zhongshan: Plan, leader: User, office: User
) -> None:
    publish(zhongshan, "2015Q2", office)
    sign_in(client, leader)
    assert (
        "/indicators/industrial-investment/?period=2016Q1" in client.get("/?period=2016Q1").content.decode()
    )
    assert '/indicators/industrial-investment/"' in client.get("/").content.decode()


def test_a_page_is_only_read(client: Client, zhongshan: Plan, leader: User) -> None:
    sign_in(client, leader)
    for address in ("/", "/indicators/", "/indicators/industrial-investment/"):
        assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", ["/", "/indicators/", "/indicators/industrial-investment/"])
def test_those_who_read_no_figures_are_turned_away(
    client: Client,
    zhongshan: Plan,
    admin_account: User,
    nobody: User,
    superuser_without_role: User,
    address: str,
) -> None:
    for stranger in (admin_account, nobody, superuser_without_role):
        sign_in(client, stranger)
        assert client.get(address).status_code == 403


def test_a_city_of_240_towns_is_shown_by_choice(
    client: Client, zhongshan: Plan, leader: User, office: User, xiaolan: User
) -> None:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    add_towns(zhongshan, 216)
    publish(zhongshan, "2015Q2", office)
    sign_in(client, leader)
    page = client.get("/").content.decode()
    assert "共 240 个镇区，下列落后项最多的 40 个" in page
    # 216 towns with 4 of 10 where 5 is due, none of the others has reported: the first forty by the plan's order.
    assert "/cells/new-0/" in page
    assert "/cells/new-39/" in page
    assert "/cells/new-40/" not in page
    assert "另有 210 个镇区" in page
    second = client.get("/?rows=2&light=red").content.decode()
    assert "/cells/new-40/" in second
    assert '<input type="hidden" name="light" value="red">' in second
    assert 'name="rows" value="2"' in second  # the form of the map keeps the rows

    sign_in(client, xiaolan)
    own = client.get("/").content.decode()
    assert "落后项最多" not in own
    assert own.count('<tr aria-current="true"><th scope="row" class="table__pin">') == 1
