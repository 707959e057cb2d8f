"""`/?screen=1` and `/revision/`: what the meeting room's browser gets, how often it asks, and who is answered."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.models import Indicator, Plan
from indicators.services.filing.acts import bump
from tests.reports.results import PUBLISHED_2015Q2, publish, record
from tests.reports.views.test_city import MOST_QUERIES, add_towns, queries_of, sign_in

SCREEN = "/?screen=1"
QUERIES_OF_REVISION = 3  # session (none where a shared cache keeps it), reader, the plan with its quarters


@pytest.fixture
def published(zhongshan: Plan, office: User) -> Plan:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    publish(zhongshan, "2015Q2", office)
    zhongshan.refresh_from_db()
    return zhongshan


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_screen_shows_the_overviews_figures_without_frame_or_charts(
    client: Client, published: Plan, leader: User
) -> None:
    sign_in(client, leader)
    page = text_of(client, SCREEN)
    for text in (
        "2015年第二季度",
        "已定稿",
        "19 项附件1指标中，1 项达序时，1 项略欠，1 项落后，16 项无数据。",
    ):
        assert text in page
    assert "647.78" in page
    assert "--done:45.7%;--pace:50.0%" in page
    assert "欠序时 8.4 个百分点，比应达数少 40.42 亿元" in page
    assert "主导航" not in page
    assert "plotly" not in page


def test_a_missing_figure_says_why_since_nobody_points_at_a_wall(
    client: Client, published: Plan, leader: User
) -> None:
    sign_in(client, leader)
    assert "—<small>未报送</small>" in text_of(client, SCREEN)


def test_a_quarter_that_is_not_published_says_so(client: Client, published: Plan, leader: User) -> None:
    sign_in(client, leader)
    page = text_of(client, f"{SCREEN}&period=2015Q3")
    assert "2015年第三季度" in page
    assert '<span class="tag tag--provisional">未定稿</span>' in page
    assert "镇区排名" not in page
    assert 'data-leave-href="/?period=2015Q3"' in page


def test_the_overview_leads_to_the_screen_of_its_quarter(
    client: Client, published: Plan, leader: User
) -> None:
    sign_in(client, leader)
    assert 'href="?screen=1">大屏</a>' in text_of(client, "/")
    assert 'href="?period=2015Q3&amp;screen=1">大屏</a>' in text_of(client, "/?period=2015Q3")


def test_demonstration_figures_are_marked(client: Client, published: Plan, leader: User) -> None:
    sign_in(client, leader)
    assert "演示数据" not in text_of(client, SCREEN)
    Plan.objects.update(demonstration=True)
    bump(published)
    assert '<span class="tag tag--demo">演示数据</span>' in text_of(client, SCREEN)


def test_as_many_queries_for_240_towns_as_for_24(client: Client, published: Plan, leader: User) -> None:
    sign_in(client, leader)
    few = {address: queries_of(client, address) for address in (SCREEN, "/revision/")}
    add_towns(published, 216)
    assert {address: queries_of(client, address) for address in few} == few
    assert few[SCREEN] <= MOST_QUERIES
    assert few["/revision/"] <= QUERIES_OF_REVISION


def test_another_towns_figures_stand_on_no_slide(
    client: Client, published: Plan, guzhen: User, leader: User
) -> None:
    """小榄镇 files in every column: only ranks, scores and the count of returns may change, which are public."""
    codes = Indicator.objects.of(published).allocated().values_list("code", flat=True)
    planted = {(code, "xiaolan"): str(7001 + 31 * at) for at, code in enumerate(codes)}
    sign_in(client, guzhen)
    before = slides_of(client)
    # 三角镇 falls short, which a leader is told and a town's official is not.
    record(published, "2015Q2", planted | {("equipment-value-added", "sanjiao"): "0.01"})
    after = slides_of(client)
    told = "".join(after.values())
    assert [figure for figure in planted.values() if figure in told or f"{int(figure):,}" in told] == []
    assert {key for key in after if after[key] != before[key]} == {"summary", "ranking-1", "map"}
    sign_in(client, leader)
    assert "主要差在" not in told
    assert "主要差在 三角镇" in slides_of(client)["shortfalls"]


def slides_of(client: Client) -> dict[str, str]:
    """{slide: its HTML}."""
    sections = text_of(client, SCREEN).split('<section class="slide ')[1:]
    return {section.split('id="')[1].split('"')[0]: section for section in sections}


def test_the_revision_follows_what_is_done_and_published(
    client: Client, published: Plan, leader: User, office: User
) -> None:
    sign_in(client, leader)
    at_first = client.get("/revision/").json()
    assert at_first == {"revision": published.revision, "plan": published.code, "period": "2015Q2"}
    assert f'data-revision="{published.revision}"' in text_of(client, SCREEN)

    record(published, "2015Q3", {("hightech-share", "zhongshan"): "17.70"})
    assert client.get("/revision/").json() == at_first | {"revision": published.revision + 1}

    publish(published, "2015Q3", office)
    assert client.get("/revision/").json()["period"] == "2015Q3"
    assert client.get("/revision/?period=2015Q2&screen=1").json()["period"] == "2015Q2"


def test_only_readers_of_figures_learn_the_revision(
    client: Client, published: Plan, admin_account: User, nobody: User, superuser_without_role: User
) -> None:
    assert client.get("/revision/").headers["Location"] == "/accounts/login/?next=/revision/"
    for stranger in (admin_account, nobody, superuser_without_role):
        sign_in(client, stranger)
        for address in ("/revision/", SCREEN):
            assert client.get(address).status_code == 403


def test_another_citys_plan_does_not_exist(
    client: Client, published: Plan, outsider: User, linhai: Plan
) -> None:
    sign_in(client, outsider)
    assert client.get(f"/revision/?plan={published.code}").status_code == 404
    assert client.get("/revision/").json()["plan"] == linhai.code
