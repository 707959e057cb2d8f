"""The board as browsers get it: narrowed and ordered by the server, so that every state is an address."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from indicators.models import Plan
from tests.reports.results import PUBLISHED_2015Q2, publish, record


@pytest.fixture
def leaders(client: Client, zhongshan: Plan, leader: User, office: User) -> Client:
    """A leader's browser, at the published half-year: one row green, one yellow, one red."""
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    publish(zhongshan, "2015Q2", office)
    client.force_login(leader, backend="towns.backends.MembershipBackend")
    return client


def board_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().partition('id="board"')[2].partition("</section>")[0]


def names_of(board: str) -> list[str]:
    return re.findall(r'class="table__name">[^<]*<a [^>]*>([^<]*)</a>', board)


def test_the_address_narrows_the_board(leaders: Client) -> None:
    board = board_of(leaders, "/?light=red&unit=tongji")
    assert names_of(board) == ["装备制造业工业增加值"]
    assert "统计局牵头、落后的指标 1 项。" in board
    assert 'href="/#board">显示全部指标' in board
    assert '<option value="red" selected>落后</option>' in board
    assert "推动制造业智能化</th>" not in board


def test_an_empty_board_says_so_and_leads_back(leaders: Client) -> None:
    board = board_of(leaders, "/?light=red&unit=keji")
    assert "<table" not in board
    assert "没有科技局牵头、落后的指标。" in board
    assert "显示全部指标" in board


def test_the_strip_leads_to_its_rows_and_marks_the_chosen(leaders: Client) -> None:
    page = leaders.get("/?light=yellow").content.decode()
    assert '<a class="count" href="/?light=red#board"><span class="light light--red">' in page
    assert '<a class="count" href="/?light=yellow#board" aria-current="true">' in page


def test_the_address_puts_the_board_in_order(leaders: Client) -> None:
    board = board_of(leaders, "/?sort=-lead")
    # +0.33 in its own unit; -4.3 points; -8.4 points.
    assert names_of(board)[:3] == [
        "高技术制造业增加值占规模以上工业增加值比重",
        "规模以上工业增加值",
        "装备制造业工业增加值",
    ]
    assert 'data-sort="lead" aria-sort="descending"' in board
    assert "table__group" not in board
    assert len(names_of(board)) == 20


@pytest.mark.parametrize(
    "query", ["light=%00", "light=red&light=green", "unit=%27--", "sort=%F0%9F%98%80", "light[]=a"]
)
def test_no_address_breaks_the_page(leaders: Client, query: str) -> None:
    assert leaders.get(f"/?{query}").status_code == 200


def test_what_an_address_says_in_vain_is_not_repeated(leaders: Client) -> None:
    address = "/?light=%3Cscript%3Ealert(1)%3C/script%3E&map=%22%3E%3Cb%3E"
    board = board_of(leaders, address)
    assert "alert(1)" not in board
    assert "地址中的状态没有对应的选项，已略过。" in board
    page = leaders.get(address).content.decode()
    assert "<script>alert" not in page
    assert '"><b>' not in page


def test_every_row_has_its_year_or_says_why_not(leaders: Client) -> None:
    board = board_of(leaders, "/")
    assert board.count('<svg class="spark"') + board.count('本年已知数不足两个，不成走势"') == 20
    assert "<title>规上工业增加值本年走势（亿元）：1-6月 647.78；欠序时 4.3 个百分点</title>" in board


def test_a_quarter_after_this_one_is_not_in_the_drawing(leaders: Client, zhongshan: Plan) -> None:
    record(zhongshan, "2015Q3", {("industrial-value-added", "zhongshan"): "1003.33"})
    assert "1,003.33" not in board_of(leaders, "/")
    assert "1,003.33" in board_of(leaders, "/?period=2015Q3")
