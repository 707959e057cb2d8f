"""A leader before the status board: ordered from the keyboard, as the server does it, and back; narrowed by choice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.people import account
from tests.plan_fixtures import load
from tests.plans.tables import ZHONGSHAN
from tests.reports.results import PUBLISHED_2015Q2, record
from towns.choices import Role

pytestmark = [pytest.mark.browser, pytest.mark.once]

ADDRESS = "/?period=2015Q2"
FIRMS = {("upgraded-firms", "zhongshan"): "175", ("upgraded-firms-large", "zhongshan"): "80"}


@pytest.fixture(scope="module", autouse=True)
def quarters(transactional_db: None) -> None:
    """2015Q2 is the half-year, not the latest quarter with figures."""
    plan = load(ZHONGSHAN)
    account("leader", Role.LEADER)
    record(plan, "2015Q2", PUBLISHED_2015Q2 | FIRMS)
    record(plan, "2015Q3", {("industrial-value-added", "zhongshan"): "1003.33"})


@pytest.fixture
def board(sign_in: Callable[[str], Page]) -> Locator:
    """The board; the leader is signed in, the page not yet opened."""
    return sign_in("leader").locator("#board")


def names(board: Locator) -> list[str]:
    """What stands in the first column, headings too, as it is seen."""
    rows = "all => all.filter((row) => row.checkVisibility()).map((row) => (row.querySelector('a') ?? row).innerText)"
    return board.locator("tbody tr").evaluate_all(rows)


def path_of(page: Page, live_server: LiveServer) -> str:
    return page.url.removeprefix(live_server.url)


@pytest.mark.parametrize(
    ("column", "key"), [("超/欠序时", "lead"), ("状态", "progress"), ("完成率", "completion")]
)
def test_the_browser_orders_as_the_server_does_and_says_so_in_the_address(
    live_server: LiveServer, page: Page, board: Locator, column: str, key: str
) -> None:
    page.goto(f"{live_server}{ADDRESS}")
    plan_order = names(board)
    heading = board.get_by_role("columnheader", name=column)
    for asked, direction in ((key, "ascending"), (f"-{key}", "descending")):
        heading.get_by_role("button").press("Enter")
        expect(heading).to_have_attribute("aria-sort", direction)
        assert path_of(page, live_server) == f"{ADDRESS}&sort={asked}"
        expect(board.get_by_label("排序")).to_have_value(asked)
        in_browser = names(board)
        page.reload()
        assert names(board) == in_browser
        page.goto(f"{live_server}{ADDRESS}")
        for _ in range(1 if direction == "ascending" else 2):
            heading.get_by_role("button").press("Enter")
    heading.get_by_role("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "none")
    assert names(board) == plan_order
    assert path_of(page, live_server) == ADDRESS


def test_a_part_stays_under_its_whole_and_headings_go_into_the_rows(
    live_server: LiveServer, page: Page, board: Locator
) -> None:
    page.goto(f"{live_server}{ADDRESS}")
    expect(board.get_by_role("rowheader", name="推进工业绿色发展", exact=True)).to_be_visible()
    board.get_by_role("button", name="状态").click()
    ordered = names(board)
    assert ordered[0] == "装备制造业工业增加值"
    assert ordered[ordered.index("开展技改的规模以上工业企业") + 1] == "年主营业务收入超5000万元企业"
    expect(board.get_by_role("rowheader", name="推进工业绿色发展", exact=True)).to_have_count(0)
    expect(board.get_by_role("rowheader", name="装备制造业工业增加值")).to_contain_text(
        "加快先进装备制造产业发展"
    )


def test_a_choice_narrows_the_board_and_the_address_says_no_more_than_that(
    live_server: LiveServer, page: Page, board: Locator
) -> None:
    page.goto(f"{live_server}{ADDRESS}")
    board.get_by_label("牵头部门").select_option("统计局")
    expect(board).to_contain_text("统计局牵头的指标")
    assert path_of(page, live_server) == f"{ADDRESS}&unit=tongji#board"
    page.get_by_role("link", name="落后").click()
    expect(board).to_contain_text("落后的指标 1 项")
    assert path_of(page, live_server) == f"{ADDRESS}&light=red#board"
    board.get_by_role("link", name="显示全部指标").click()
    expect(board.get_by_role("rowheader", name="推进工业绿色发展", exact=True)).to_be_visible()
