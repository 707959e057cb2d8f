"""A cell's story at its address: whole for a reader without scripts, alone for the dialog, and never another town's."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.models import Plan
from tests.indicators.filing_steps import approved, opened, submitted
from tests.reports.results import publish
from tests.reports.views.test_city import add_towns, queries_of, sign_in

CELL = "/cells/xiaolan/industrial-investment/"
MOST_QUERIES = 11


@pytest.fixture
def half_year(zhongshan: Plan, office: User, xiaolan: User, guzhen: User) -> Plan:
    """古镇镇's 5.20 is approved and 2015Q2 published; 小榄镇 waits with 9.84 of 24.60."""
    period = opened(zhongshan, office)
    approved(period, "guzhen", guzhen, office, {"industrial-investment": "5.20"})
    submitted(period, "xiaolan", xiaolan, {"industrial-investment": "9.84"})
    publish(zhongshan, "2015Q2", office)
    return zhongshan


def page_of(person: User, address: str) -> str:
    client = Client()
    sign_in(client, person)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_cell_with_a_target_links_to_its_story(half_year: Plan, leader: User) -> None:
    page = page_of(leader, "/")
    assert f'href="{CELL}"' in page
    # 附件2 gives 五桂山 no investment in equipment.
    assert "/cells/wuguishan/equipment-investment/" not in page


def test_a_towns_official_finds_links_to_their_own_cells_alone(half_year: Plan, guzhen: User) -> None:
    page = page_of(guzhen, "/?map=industrial-investment")
    assert "/cells/guzhen/industrial-investment/" in page
    assert page.count("/cells/") == page.count("/cells/guzhen/")


def test_the_story_stands_in_the_frame_and_without_it(half_year: Plan, leader: User) -> None:
    whole = page_of(leader, "/cells/guzhen/industrial-investment/")
    alone = page_of(leader, "/cells/guzhen/industrial-investment/?part=story")
    assert "<h1>古镇镇：工业投资" in whole
    assert "<html" not in alone
    assert alone.strip() in whole
    assert "完成年度目标 10.40 亿元的 50.0%，与序时持平" in alone


def test_ranks_and_names_stay_away_from_a_towns_official(half_year: Plan, guzhen: User, office: User) -> None:
    address = "/cells/guzhen/industrial-investment/"
    own, offices = page_of(guzhen, address), page_of(office, address)
    assert ("本项名次" in own, "本项名次" in offices) == (False, True)
    assert ("欧阳敏" in own, "欧阳敏" in offices) == (False, True)


def test_what_waits_for_approval_is_told_on_request_to_the_office_alone(
    half_year: Plan, office: User, leader: User, xiaolan: User
) -> None:
    assert 'href="/cells/xiaolan/industrial-investment/?figures=submitted"' in page_of(
        office, "/?figures=submitted"
    )
    asked = f"{CELL}?figures=submitted"
    assert "9.84" in page_of(office, asked)
    assert "待审定" in page_of(office, asked)
    for reader, address in ((office, CELL), (leader, asked), (xiaolan, asked)):
        assert "9.84" not in page_of(reader, address)


def test_as_many_queries_for_240_towns_as_for_24(half_year: Plan, leader: User) -> None:
    client = Client()
    sign_in(client, leader)
    few = queries_of(client, CELL)
    add_towns(half_year, 216)
    assert queries_of(client, CELL) == few <= MOST_QUERIES
