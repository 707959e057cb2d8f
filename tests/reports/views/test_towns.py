"""The towns', the plan's and the reports' addresses: what the browser gets, at how many queries, and 404s."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.domain.numbers import format_figure, format_percent
from indicators.models import Actual, Indicator, Plan, Target
from indicators.services.filing.acts import bump
from tests.answers import content_of
from tests.reports.guzhen_half_year import GUZHEN_2015Q2, SCORE
from tests.reports.results import publish, record
from tests.reports.views.test_city import add_towns, queries_of, sign_in

PAGES = (
    "/towns/",
    "/towns/?compare=guzhen,xiaolan",
    "/towns/guzhen/",
    "/plan/",
    "/reports/",
    "/reports/annex1.xlsx",
    "/reports/annex2.xlsx",
)
MOST_QUERIES = {"/plan/": 14, "/towns/guzhen/": 9}


@pytest.fixture
def half_year(zhongshan: Plan, office: User) -> Plan:
    record(zhongshan, "2015Q2", GUZHEN_2015Q2)
    publish(zhongshan, "2015Q2", office)
    return zhongshan


@pytest.mark.parametrize("reader", ["leader", "guzhen", "office"])
def test_as_many_queries_for_24_towns_as_for_240(
    client: Client, half_year: Plan, request: pytest.FixtureRequest, reader: str
) -> None:
    sign_in(client, request.getfixturevalue(reader))
    few = {page: queries_of(client, page) for page in PAGES}
    add_towns(half_year, 216)
    assert {page: queries_of(client, page) for page in PAGES} == few
    assert all(count <= MOST_QUERIES.get(page, 8) for page, count in few.items()), few


def test_the_league_says_who_is_where(client: Client, half_year: Plan, guzhen: User) -> None:
    sign_in(client, guzhen)
    page = client.get("/towns/").content.decode()
    assert "示意图（非行政区划图）" in page
    assert page.count(f">{SCORE}<") >= 2
    assert 'href="/towns/guzhen/"' in page
    assert 'href="/towns/xiaolan/"' not in page
    assert page.count('class="league__unreported"') == 23
    assert "4 项未报" in page
    assert "未定稿" in client.get("/towns/?period=2015Q3").content.decode()


def test_no_target_on_pace_is_a_0_and_not_an_empty_cell(
    client: Client, half_year: Plan, leader: User
) -> None:
    sign_in(client, leader)
    page = client.get("/towns/").content.decode()
    # 石岐区 has reported none of its targets.
    assert page.count('<td class="number">0</td><td class="number">0</td><td class="number">0</td>') == 23


def test_a_town_sees_rank_needed_and_demonstration_targets(
    client: Client, half_year: Plan, guzhen: User
) -> None:
    sign_in(client, guzhen)
    page = client.get("/towns/guzhen/").content.decode()
    assert "第 1<small>名／24</small>" in page
    assert "2.60" in page
    assert "tag--demo" not in page
    Target.objects.filter(indicator__code="robot-firms", area__code="guzhen").update(demonstration=True)
    bump(half_year)
    assert "tag--demo" in client.get("/towns/guzhen/").content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/towns/atlantis/", "/towns/zhongshan/", "/towns/xiaolan/", "/towns/guzhen/?indicator=patents",
        "/towns/?period=2019Q1", "/towns/?band=purple", "/towns/?compare=atlantis",
        "/plan/?plan=none", "/reports/annex9.xlsx", "/reports/annex1.xlsx?period=2015Q9",
    ],
)  # fmt: skip
def test_what_is_not_there_leads_back(client: Client, half_year: Plan, guzhen: User, address: str) -> None:
    sign_in(client, guzhen)
    response = client.get(address)
    assert response.status_code == 404
    assert "返回首页" in response.content.decode()


def test_a_file_is_named_in_chinese(client: Client, half_year: Plan, leader: User) -> None:
    sign_in(client, leader)
    response = client.get("/reports/annex2.xlsx?period=2015Q3")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''")
    assert (
        unquote(disposition.partition("''")[2])
        == "中山市附件2目标分解及完成情况2015年第三季度（未定稿）.xlsx"
    )


def test_links_keep_the_quarter(client: Client, half_year: Plan, leader: User) -> None:
    sign_in(client, leader)
    assert 'href="/towns/guzhen/?period=2015Q3"' in client.get("/towns/?period=2015Q3").content.decode()
    town = client.get("/towns/guzhen/?period=2015Q3").content.decode()
    assert "/towns/guzhen/?period=2015Q3&amp;indicator=robot-firms#trend" in town
    assert (
        'href="/reports/annex1.xlsx?period=2015Q3"' in client.get("/reports/?period=2015Q3").content.decode()
    )


@pytest.fixture
def planted(half_year: Plan) -> list[str]:
    """Distinctive figures of 小榄镇 in every column, and every text that would give one of them away."""
    columns = list(Indicator.objects.of(half_year).allocated())
    record(half_year, "2015Q2", {(one.code, "xiaolan"): f"{7003 + 31 * one.order}" for one in columns})
    leaks = []
    for actual in Actual.objects.filter(area__code="xiaolan").select_related("indicator"):
        shown = format_figure(actual.value, actual.indicator.decimals)
        leaks += [shown, shown.replace(",", ""), f"{actual.value:.0f}"]
        target = Target.objects.get(indicator=actual.indicator, area=actual.area, year=2015).value
        if target:
            leaks += [format_percent(actual.value / target), str(actual.value / target)[:9]]
    return leaks


def text_of(content: bytes) -> str:
    """A page's text, or all that a workbook's parts hold."""
    if not content.startswith(b"PK"):
        return content.decode()
    with ZipFile(BytesIO(content)) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/") and "styles" not in name]
        return "".join(parts.read(name).decode() for name in names)


ADDRESSES = (
    *PAGES,
    "/towns/guzhen/?indicator=industrial-investment",
    "/towns/guzhen/?indicator=smart-leaders",
    "/towns/?compare=guzhen,xiaolan&band=red",
    "/towns/?compare=xiaolan&period=2015Q3",
)


def test_another_towns_figures_leak_nowhere(client: Client, guzhen: User, planted: list[str]) -> None:
    sign_in(client, guzhen)
    for address in ADDRESSES:
        text = text_of(content_of(client.get(address)))
        assert [leak for leak in planted if leak in text] == [], address


def test_the_same_files_do_hold_them_for_the_leader(client: Client, leader: User, planted: list[str]) -> None:
    sign_in(client, leader)
    text = text_of(content_of(client.get("/reports/annex2.xlsx")))
    town = text_of(content_of(client.get("/towns/xiaolan/")))
    figures = {leak for leak in planted if leak.isdigit()}
    assert len(figures) == 11
    assert [figure for figure in figures if figure not in text and f"{int(figure):,}" not in text] == []
    assert any(leak in town for leak in planted if "," in leak)


def test_the_boxes_of_the_league_lay_towns_side_by_side_without_a_script(
    client: Client, half_year: Plan, leader: User
) -> None:
    sign_in(client, leader)
    page = client.get("/towns/?period=2015Q2&band=red&compare=guzhen&compare=xiaolan").content.decode()
    form = page.partition('<form method="get" action="/towns/#comparison">')[2].partition("</form>")[0]
    assert 'name="compare" value="guzhen" checked' in form
    assert '<input type="hidden" name="compare" value="xiaolan">' in form
    assert '<input type="hidden" name="band" value="red">' in form
    assert page.count('<tr class="compared__standing">') == 1
    assert "最多并排比较" not in page
    fifth = client.get("/towns/?compare=guzhen,xiaolan,shiqi,dongqu,xiqu").content.decode()
    assert "未列入：西区" in fifth


def test_a_towns_deadlines_lead_to_its_returns_for_its_own_people(
    client: Client, half_year: Plan, guzhen: User, leader: User
) -> None:
    sign_in(client, guzhen)
    own = client.get("/towns/guzhen/").content.decode()
    assert 'href="/returns/2015Q2/guzhen/"' in own
    assert "全市名次" not in own
    sign_in(client, leader)
    others = client.get("/towns/guzhen/").content.decode()
    assert "/returns/2015Q2/guzhen/" not in others
    assert "全市名次" in others


def test_another_quarter_keeps_what_the_page_is_set_to(client: Client, half_year: Plan, leader: User) -> None:
    sign_in(client, leader)
    page = client.get("/towns/?period=2015Q2&band=red&compare=guzhen,xiaolan&page=7").content.decode()
    bar = page.partition('<label for="context-period">')[0].rpartition("<form")[2]
    assert '<input type="hidden" name="band" value="red">' in bar
    assert '<input type="hidden" name="compare" value="guzhen,xiaolan">' in bar
    assert bar.count('type="hidden"') == 2
