"""One indicator's page as it is answered: its file, its order of towns, what stands where nothing is known."""

from __future__ import annotations

from urllib.parse import unquote

from django.contrib.auth.models import User
from django.test import Client

from indicators.models import Plan
from tests.reports.results import publish, record
from tests.reports.views.test_city import add_towns, queries_of

BACKEND = "towns.backends.MembershipBackend"
PAGE = "/indicators/industrial-investment/?period=2015Q2"


def page_for(client: Client, user: User, address: str = PAGE) -> str:
    client.force_login(user, backend=BACKEND)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_links_to_its_own_file_which_says_what_and_of_when_it_is(
    client: Client, zhongshan: Plan, leader: User, office: User
) -> None:
    assert 'href="/indicators/industrial-investment.xlsx?period=2015Q2"' in page_for(client, leader)
    address = "/indicators/industrial-investment.xlsx?period=2015Q2"
    name = unquote(client.get(address).headers["Content-Disposition"])
    assert name.endswith("中山市工业投资指标完成情况表2015年第二季度（未定稿）.xlsx")
    publish(zhongshan, "2015Q2", office)
    name = unquote(client.get(address).headers["Content-Disposition"])
    assert name.endswith("中山市工业投资指标完成情况表2015年第二季度.xlsx")


def test_the_file_asks_no_more_of_the_database_for_240_towns_than_for_24(
    client: Client, zhongshan: Plan, leader: User
) -> None:
    client.force_login(leader, backend=BACKEND)
    record(zhongshan, "2015Q2", {("industrial-investment", "xiaolan"): "10"})
    address = "/indicators/industrial-investment.xlsx?period=2015Q2"
    few = queries_of(client, address)
    add_towns(zhongshan, 216)
    assert (queries_of(client, address), few <= 13) == (few, True)


def test_the_file_of_an_unknown_indicator_is_404(client: Client, zhongshan: Plan, leader: User) -> None:
    client.force_login(leader, backend=BACKEND)
    assert client.get("/indicators/no-such.xlsx").status_code == 404


def test_the_town_furthest_behind_stands_first_and_an_official_sees_the_plans_order(
    client: Client, zhongshan: Plan, leader: User, guzhen: User
) -> None:
    record(
        zhongshan,
        "2015Q2",
        {("industrial-investment", "xiaolan"): "10", ("industrial-investment", "huoju"): "30.5"},
    )
    page = page_for(client, leader)
    # 火炬 is 8.10 short of 38.60, 小榄 2.30 of 12.30; 石岐 has not reported and comes first in the plan.
    assert "2 个镇区合计少 10.40 亿元，即火炬开发区 8.10、小榄镇 2.30" in page
    table = page.partition('id="towns-title"')[2].partition("<tbody>")[2]
    assert table.index("火炬开发区") < table.index("小榄镇") < table.index("石岐区")
    theirs = page_for(client, guzhen)
    assert "合计少" not in theirs
    table = theirs.partition('id="towns-title"')[2].partition("<tbody>")[2]
    assert table.index("古镇镇") < table.index("石岐区") < table.index("火炬开发区") < table.index("小榄镇")


def test_a_finished_year_is_told_by_its_distance_from_the_target(
    client: Client, zhongshan: Plan, leader: User
) -> None:
    record(zhongshan, "2015Q4", {("industrial-investment", "zhongshan"): "273.73"})
    page = page_for(client, leader, "/indicators/industrial-investment/?period=2015Q4")
    assert "<dt>比年度目标</dt>" in page
    assert '<dd class="figures__value">-6.27<small>亿元</small></dd>' in page
    assert "<dt>预计全年</dt>" not in page


def test_a_share_still_needs_points_not_per_cent(client: Client, zhongshan: Plan, leader: User) -> None:
    record(zhongshan, "2015Q2", {("hightech-share", "zhongshan"): "17.4"})
    page = page_for(client, leader, "/indicators/hightech-share/?period=2015Q2")
    assert '<dd class="figures__value">0.10<small>个百分点</small></dd>' in page  # (17.6 - 17.4) / 2


def test_a_unit_stands_between_a_figure_and_the_plans_about(
    client: Client, zhongshan: Plan, leader: User
) -> None:
    page = page_for(client, leader, "/indicators/advanced-growth/?period=2015Q2")
    assert '<dd class="figures__value">10.00<small>%左右</small></dd>' in page
    assert "目标从2015年的 10.00左右 到2017年的 10.00%左右" in page
    assert "左右%" not in page


def test_the_texts_indicators_have_no_goal_and_no_column_for_it(
    client: Client, zhongshan: Plan, leader: User
) -> None:
    annex, text = page_for(client, leader, "/indicators/?period=2015Q2").split('<h2 id="text">')
    assert "我市目标</th>" in annex
    assert 'colspan="10" scope="rowgroup"' in annex
    assert "我市目标" not in text
    assert 'colspan="8" scope="rowgroup"' in text
