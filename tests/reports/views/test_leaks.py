"""A town's official never receives another town's figure: not in HTML, not in a chart's payload, not in a sentence."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.domain.numbers import format_figure
from indicators.models import Actual, Indicator, Plan
from tests.reports.results import PUBLISHED_2015Q2, publish, record

QUARTERS = ("2015Q1", "2015Q2")


@pytest.fixture
def planted(zhongshan: Plan, office: User) -> list[str]:
    """Distinctive figures of 小榄镇 for every column and quarter, and 古镇镇's own beside them; what must not leak."""
    columns = list(Indicator.objects.of(zhongshan).allocated())
    for number, quarter in enumerate(QUARTERS):
        record(zhongshan, quarter, PUBLISHED_2015Q2)
        record(
            zhongshan,
            quarter,
            {(column.code, "xiaolan"): f"{7000 + 31 * (column.order + 40 * number)}" for column in columns},
        )
        record(zhongshan, quarter, {(column.code, "guzhen"): "1" for column in columns})
        publish(zhongshan, quarter, office)
    leaks = []
    for actual in Actual.objects.filter(area__code="xiaolan").select_related("indicator"):
        shown = format_figure(actual.value, actual.indicator.decimals)
        leaks += [shown, shown.replace(",", "")]
    return leaks


def addresses(plan: Plan) -> list[str]:
    codes = Indicator.objects.of(plan).values_list("code", flat=True)
    pages = ["/", "/indicators/", *(f"/indicators/{code}/" for code in codes)]
    narrowed = [f"/?period={quarter}&light=red&unit=jingxin&sort=lead" for quarter in QUARTERS]
    return [*narrowed, *(f"{page}?period={quarter}" for page in pages for quarter in QUARTERS)]


def test_another_towns_figures_are_absent_everywhere(
    client: Client, zhongshan: Plan, guzhen: User, planted: list[str]
) -> None:
    client.force_login(guzhen, backend="towns.backends.MembershipBackend")
    for address in addresses(zhongshan):
        response = client.get(address)
        assert response.status_code == 200
        text = response.content.decode()
        assert [figure for figure in planted if figure in text] == [], address


def test_what_the_sum_of_the_towns_would_give_away_is_absent_too(
    client: Client, zhongshan: Plan, guzhen: User, planted: list[str]
) -> None:
    client.force_login(guzhen, backend="towns.backends.MembershipBackend")
    page = client.get("/indicators/industrial-investment/?period=2015Q2").content.decode()
    actual = Actual.objects.get(
        indicator__code="industrial-investment", area__code="xiaolan", year=2015, quarter=2
    )
    assert format_figure(actual.value + 1, 2) not in page
    assert "镇区合计与全市数" not in page
    assert "主要差在" not in client.get("/?period=2015Q2").content.decode()


def test_the_leader_does_receive_them(
    client: Client, zhongshan: Plan, leader: User, planted: list[str]
) -> None:
    client.force_login(leader, backend="towns.backends.MembershipBackend")
    seen = "".join(client.get(address).content.decode() for address in addresses(zhongshan))
    assert [figure for figure in planted if figure not in seen and "," in figure] == []
