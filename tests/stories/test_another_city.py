"""临海湾市, which does not exist, with a plan of its own beside Zhongshan's: loaded, filed, approved, published, shown,
exported, by no code of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from indicators.models import Plan
from tests.answers import content_of
from tests.people import account
from tests.plan_fixtures import load, stored
from tests.plans.tables import LINHAI, LINHAI_WORKBOOK, ZHONGSHAN
from tests.scenes import approved, opened, published, rolled_back
from towns.choices import Role

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FAR = "linhaiwan"

# Worked by hand. 总产值: 324.1 / 1200.5 = 26.997 %, 30 % was due by its own curve, 360.15; 324.1 / 360.15 = 0.8999,
# yellow from this plan's 0.85 on. 废水, falling: 850 / 450 = 188.9 %; 450 / 850 = 52.94 % used, 2.94 points more than
# half; 425 / 450 = 0.944. 能耗, falling from 0.4525 to 0.4400: 0.44625 was due, 0.4460 is 0.00025 better; 0.44 / 0.446.
CITY = {
    "industrial-output": ("规模以上工业总产值", "1,200.5", "324.1", "27.0%", "-3.0", "略欠"),
    "waste-water": ("工业废水排放量", "850.0", "450.0", "188.9%", "-2.9", "略欠"),
    "energy-intensity": ("单位工业增加值能耗", "0.4400", "0.4460", "98.7%", "+0.0003", "达序时"),
}
# 110.4 / 350.5 = 31.5 %, 1.5 points above 30 %.
DONGQU = ("工业总产值", "350.5", "110.4", "31.5%", "+1.5", "达序时")


@pytest.fixture(scope="module", params=[LINHAI, LINHAI_WORKBOOK], ids=["folder", "workbook"])
def half_year(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest
) -> Iterator[Plan]:
    """2021Q2 of 临海湾市, filed by its departments and its 东区; 2015Q2 of 中山市, where another 东区 has filed."""
    with rolled_back(django_db_blocker):
        zhongshan, far_plan = stored(ZHONGSHAN), load(request.param)
        file_both(zhongshan, far_plan)
        yield far_plan


def file_both(zhongshan: Plan, far_plan: Plan) -> None:
    officer = account("far_office", Role.OFFICE, unit_code="gongxin", city=FAR)
    sent = account("far_second", Role.OFFICE, unit_code="keji", city=FAR)
    period = opened(far_plan, "2021Q2", by=officer)
    for unit, figures, reviewer in (
        ("tongji", {"industrial-output": "324.1"}, officer),
        ("huanjing", {"waste-water": "450"}, officer),
        ("gongxin", {"energy-intensity": "0.446", "digital-firms": "31（20）"}, sent),
    ):
        clerk = account(f"far_{unit}", Role.DEPARTMENT, unit_code=unit, city=FAR)
        approved(period, clerk, figures, by=reviewer)
    town = account("far_dongqu", Role.TOWN, unit_code="dongqu", city=FAR)
    approved(period, town, {"industrial-output": "110.4", "waste-water": "71.5"}, by=officer)
    published(period, by=sent)

    office = account("office", Role.OFFICE, unit_code="jingxin")
    here = opened(zhongshan, "2015Q2", by=office)
    dongqu = account("dongqu", Role.TOWN, unit_code="dongqu")
    approved(here, dongqu, {"industrial-investment": "9.97"}, by=office)
    published(here, by=office)


@pytest.fixture
def far_leader(db: None) -> User:
    return account("far_leader", Role.LEADER, city=FAR)


def page(reader: User, address: str) -> str:
    client = Client()
    client.force_login(reader, backend="towns.backends.MembershipBackend")
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def row_of(html: str, name: str) -> list[str]:
    """The words of the first table row whose heading begins with this name."""
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", html, flags=re.DOTALL):
        words = unescape(re.sub(r"<[^>]+>", " ", row)).split()
        if words and words[0].startswith(name):
            return words
    raise AssertionError(f"no row {name}")


def workbook(reader: User, address: str) -> list[list[object]]:
    client = Client()
    client.force_login(reader, backend="towns.backends.MembershipBackend")
    sheet = openpyxl.load_workbook(BytesIO(content_of(client.get(address)))).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("code", CITY)
def test_its_own_curve_and_falling_figures_give_the_right_lights(
    half_year: Plan, far_leader: User, code: str
) -> None:
    name, target, actual, *rest = CITY[code]
    row = row_of(page(far_leader, "/"), name)
    # A level's projection is the level itself, so that it stands twice.
    assert list(dict.fromkeys(word for word in row if word in CITY[code][1:])) == [target, actual, *rest]
    own_page = page(far_leader, f"/indicators/{code}/")
    for figure in (target, actual, rest[0]):
        assert figure in own_page


def test_its_curve_is_told_on_the_indicators_page(half_year: Plan, far_leader: User) -> None:
    html = page(far_leader, "/indicators/industrial-output/")
    rows = [row_of(html, span) for span in ("1-3月", "1-6月", "1-9月", "1-12月")]
    # 10, 30, 60 and 100 % of 1200.5, due at the quarters' ends.
    due = ["120.1", "360.2", "720.3", "1,200.5"]
    assert [figure for row, figure in zip(rows, due, strict=True) if figure in row] == due


def test_the_two_towns_of_one_code_stay_apart(half_year: Plan, far_leader: User, leader: User) -> None:
    there, here = page(far_leader, "/towns/dongqu/"), page(leader, "/towns/dongqu/")
    name, *figures = DONGQU
    assert [word for word in row_of(there, name) if word in figures] == figures
    assert "9.97" in here
    assert "9.97" not in there
    assert "110.4" not in here
    assert "临海湾" not in here
    assert "中山" not in there


@pytest.mark.parametrize("username", ["far_dongqu", "dongqu"])
def test_each_of_the_two_officials_finds_their_own_town(half_year: Plan, username: str) -> None:
    official = User.objects.get(username=username)
    own, others = ("110.4", "9.97") if username == "far_dongqu" else ("9.97", "110.4")
    for address in ("/towns/dongqu/", "/"):
        html = page(official, address)
        assert others not in html
    assert own in page(official, "/towns/dongqu/")


def test_neither_city_is_seen_from_the_other(half_year: Plan, far_leader: User, leader: User) -> None:
    for address in ("/", "/indicators/", "/towns/", "/plan/", "/reports/"):
        assert "中山" not in page(far_leader, address), address
        assert "临海湾" not in page(leader, address), address


def test_both_annexes_are_exported_with_its_figures(half_year: Plan, far_leader: User) -> None:
    annex1 = workbook(far_leader, "/reports/annex1.xlsx?period=2021Q2")
    output = next(row for row in annex1 if any(str(cell).startswith("规模以上工业总产值") for cell in row))
    assert {1200.5, 1290, 1385, 1490, 1600, 324.1} <= set(output)
    annex2 = workbook(far_leader, "/reports/annex2.xlsx?period=2021Q2")
    towns = [
        str(row[0])
        for row in annex2
        if row[0] in {"东区", "港湾街道", "石桥镇", "白沙镇", "青松镇", "云岭镇"}
    ]
    assert towns == ["东区", "港湾街道", "石桥镇", "白沙镇", "青松镇", "云岭镇"]
    dongqu = next(row for row in annex2 if row[0] == "东区")
    assert {350.5, "18（12）", 110.4, 71.5} <= set(dongqu)
    assert "31.5%" in [f"{cell:.1%}" for cell in dongqu if isinstance(cell, float)]


def test_the_server_exports_it_by_its_code(half_year: Plan, tmp_path: Path) -> None:
    made = tmp_path / "annex1.xlsx"
    call_command("export", "annex1", "--plan", half_year.code, "--period", "2021Q2", "--output", str(made))
    cells = {cell.value for row in openpyxl.load_workbook(made).active.iter_rows() for cell in row}
    assert {324.1, 0.446, 450} <= cells


def test_loading_it_changes_nothing_that_zhongshans_readers_see(zhongshan: Plan, leader: User) -> None:
    addresses = ("/", "/indicators/", "/towns/", "/towns/dongqu/", "/plan/", "/reports/")
    moment = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')
    before = [moment.sub("", page(leader, address)) for address in addresses]
    load(LINHAI)
    assert [moment.sub("", page(leader, address)) for address in addresses] == before
