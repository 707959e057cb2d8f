"""A quarter from typing to the leader's desk, in a real browser: filed, sent back, approved, published, seen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from indicators.models import Entry, Plan, QuarterlyReturn
from tests.people import PASSWORD, account
from tests.plan_fixtures import load
from tests.plans.tables import ZHONGSHAN
from tests.scenes import opened
from towns.choices import Role

pytestmark = [pytest.mark.browser, pytest.mark.long]

WHY_NONE = "本季尚无数据"
REASON = "规模以上工业增加值与统计快报不一致，请核对。"

SignIn = Callable[[str], Page]


@pytest.fixture(scope="module", autouse=True)
def plan(transactional_db: None) -> Plan:
    """The plan as printed, 2015Q2 open for filing, and everybody who has a part in it."""
    plan = load(ZHONGSHAN)
    office = account("office", Role.OFFICE, full_name="欧阳敏", unit_code="jingxin")
    account("second", Role.OFFICE, full_name="冯志远", unit_code="fagai")
    account("clerk", Role.DEPARTMENT, full_name="陈晓", unit_code="jingxin")
    for town in ("xiaolan", "guzhen", "huangpu"):
        account(town, Role.TOWN, unit_code=town)
    account("leader", Role.LEADER, full_name="梁市长")
    opened(plan, "2015Q2", by=office)
    return plan


def leave(page: Page) -> None:
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()


def enter(page: Page, username: str) -> None:
    """Sign in as people do, with name and password."""
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def told(page: Page) -> Locator:
    """What the page before has done, at the top of this one."""
    return page.locator("main > .messages")


def cell(page: Page, code: str) -> Locator:
    return page.locator(f"#entry-{code}")


def type_in(page: Page, figures: dict[str, str], *, others: str = "-") -> None:
    """Type these figures, and for every other row that there is none, and why."""
    expect(page.get_by_role("button", name="提交", exact=True)).to_be_visible()  # all() waits for nothing
    for row in page.locator("[name^=value-]").all():
        code = (row.get_attribute("name") or "").removeprefix("value-")
        row.fill(figures.get(code, others))
        if code not in figures:
            page.locator(f"#note-{code}").fill(WHY_NONE)


def open_own_return(page: Page) -> None:
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="季报").click()
    page.get_by_role("link", name=re.compile(r"(开始填报|更正)\s*2015年第二季度")).click()


def review(page: Page, unit: str) -> None:
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="审核").click()
    page.get_by_role("button", name=re.compile(rf"开始审核\s*{unit}2015年第二季度季报")).click()
    expect(told(page)).to_contain_text("已开始审核")


def waiting(page: Page, unit: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=unit)).first


def row_of(page: Page, name: str) -> Locator:
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name)).first


def test_from_the_clerks_typing_to_the_leaders_desk(live_server: LiveServer, page: Page) -> None:
    page.goto(live_server.url)
    enter(page, "clerk")
    open_own_return(page)
    type_in(
        page,
        {"industrial-value-added": "1,471", "upgraded-firms": "350（220）", "upgraded-firms-large": "",
         "upgrade-investment": "１３０", "industrial-investment": "280"},
    )  # fmt: skip
    page.get_by_role("button", name="提交", exact=True).click()
    expect(told(page)).to_contain_text("市经济和信息化局2015年第二季度季报已提交")
    leave(page)

    enter(page, "office")  # belongs to the same department
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="审核").click()
    expect(waiting(page, "市经济和信息化局")).to_contain_text("不能审定自己所在单位的季报表")
    expect(waiting(page, "市经济和信息化局").get_by_role("button")).to_have_count(0)
    leave(page)

    enter(page, "second")
    review(page, "市经济和信息化局")
    expect(row_of(page, "开展技改的规模以上工业企业")).to_contain_text("350")
    expect(row_of(page, "年主营业务收入超5000万元企业")).to_contain_text("220")
    page.get_by_label("退回理由").fill(REASON)
    page.get_by_role("button", name="退回", exact=True).click()
    expect(told(page)).to_contain_text("已退回")
    leave(page)

    enter(page, "clerk")
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="季报").click()
    expect(page.get_by_text(REASON).first).to_be_visible()
    open_own_return(page)
    expect(page.get_by_text(REASON).first).to_be_visible()
    cell(page, "industrial-value-added").fill("1,417")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(told(page)).to_contain_text("已提交")
    leave(page)

    enter(page, "xiaolan")
    open_own_return(page)
    type_in(
        page,
        {"equipment-value-added": "1,417", "upgraded-firms": "350（220）", "upgraded-firms-large": "",
         "upgrade-investment": "１３０"},
    )  # fmt: skip
    page.get_by_role("button", name="提交", exact=True).click()
    expect(told(page)).to_contain_text("小榄镇2015年第二季度季报已提交")
    leave(page)

    enter(page, "second")
    for unit in ("市经济和信息化局", "小榄镇"):
        review(page, unit)
        page.get_by_role("button", name="审定", exact=True).click()
        expect(told(page)).to_contain_text(f"{unit}2015年第二季度季报已审定")
    page.goto(f"{live_server}/periods/2015Q2/")
    expect(page.locator("#unfinished")).to_contain_text("39")
    page.get_by_role("button", name="定稿").click()
    page.get_by_role("dialog").get_by_role("button", name="定稿").click()
    expect(told(page)).to_contain_text("2015年第二季度已定稿")
    leave(page)

    enter(page, "leader")
    expect(page).to_have_url(f"{live_server}/")
    expect(page.get_by_role("heading", name="中山市 2015年第二季度")).to_be_visible()
    expect(page.get_by_text("未定稿", exact=True)).to_have_count(0)
    board = page.locator("#board")
    for name, figure in (
        ("规模以上工业增加值", "1,417.00"),
        ("开展技改的规模以上工业企业", "350"),
        ("年主营业务收入超5000万元企业", "220"),
        ("工业技改投资", "130.00"),
    ):
        row = board.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile(name)))
        expect(row.first.locator("[data-label=累计]")).to_have_text(figure)
    page.get_by_role("link", name="小榄镇").first.click()
    expect(page).to_have_url(f"{live_server}/towns/xiaolan/")
    for name, figure in (
        ("装备制造业增加值", "1,417.00"),
        ("工业技改投资", "130.00"),
        ("开展技改企业", "350"),
        ("超5000万元企业", "220"),
    ):
        expect(page.get_by_role("row").filter(has_text=name).filter(has_text=figure).first).to_be_visible()


@pytest.mark.once
def test_nonsense_is_refused_with_its_place_and_everything_typed_stays(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = sign_in("guzhen")
    page.goto(f"{live_server}/returns/2015Q2/guzhen/")
    typed = {
        "industrial-investment": "1e5",
        "upgrade-investment": "十二亿",
        "upgraded-firms": "20（30",
        "robot-firms": "3.5",
        "equipment-investment": "1,2345",
        "motor-efficiency": "0.61",
    }
    for code, text in typed.items():
        cell(page, code).fill(text)
    page.get_by_label("工作进展").fill("走访企业二十家，收集诉求。")
    page.get_by_role("button", name="提交", exact=True).click()

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("有 4 处无法识别，没有保存，请改正；其余已保存，还没有提交。")
    for code, text in typed.items():
        expect(cell(page, code)).to_have_value(text)
    expect(page.get_by_label("工作进展")).to_have_value("走访企业二十家，收集诉求。")
    marked = [code for code in typed if cell(page, code).get_attribute("aria-invalid") == "true"]
    wrong = ["industrial-investment", "upgrade-investment", "upgraded-firms", "equipment-investment"]
    assert marked == sorted([*wrong, "robot-firms"], key=list(typed).index)
    entries = Entry.objects.filter(quarterly_return__unit__code="guzhen").exclude(value=None)
    assert set(entries.values_list("indicator__code", flat=True)) == {"robot-firms", "motor-efficiency"}
    summary.get_by_role("link", name="工业投资：").click()
    expect(cell(page, wrong[0])).to_be_focused()

    for code in wrong:
        cell(page, code).fill("12")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("草稿已保存")
    expect(cell(page, "robot-firms")).to_have_attribute("aria-invalid", "true")
    expect(cell(page, "robot-firms")).to_have_value("3.5")


@pytest.mark.once
def test_what_was_typed_is_not_left_behind_unasked(live_server: LiveServer, sign_in: SignIn) -> None:
    page = sign_in("guzhen")
    page.goto(f"{live_server}/returns/2015Q2/guzhen/")
    cell(page, "smart-leaders").fill("2")
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.once("dialog", stay)
    page.get_by_role("link", name="总览").click()
    expect(cell(page, "smart-leaders")).to_have_value("2")
    assert asked == ["beforeunload"]
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")


@pytest.mark.once
def test_the_form_works_without_scripts(live_server: LiveServer, scriptless: Page) -> None:
    page = scriptless
    page.goto(live_server.url)
    enter(page, "huangpu")
    expect(page.get_by_role("heading", name="中山市")).to_be_visible()
    open_own_return(page)
    type_in(page, {"upgraded-firms": "12（7）", "upgraded-firms-large": "", "industrial-investment": "8.7"})
    page.get_by_role("button", name="保存草稿").click()
    expect(told(page)).to_contain_text("草稿已保存")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(told(page)).to_contain_text("黄圃镇2015年第二季度季报已提交")
    filed = QuarterlyReturn.objects.get(unit__code="huangpu")
    figures = dict(filed.entries.exclude(value=None).values_list("indicator__code", "value"))
    assert {code: int(value * 10) for code, value in figures.items()} == {
        "upgraded-firms": 120,
        "upgraded-firms-large": 70,
        "industrial-investment": 87,
    }
    page.get_by_role("link", name="2015年第二季度").first.click()
    page.get_by_role("button", name="撤回").click()
    expect(told(page)).to_contain_text("已撤回为草稿")


COVERED = """() => {
  const bar = document.querySelector(".form__actions--sticky").getBoundingClientRect();
  const box = document.activeElement.getBoundingClientRect();
  // Of a text the browser brings the line that is written into view.
  const bottom = document.activeElement.tagName === "TEXTAREA" ? box.top + 32 : box.bottom;
  const hidden = bottom > bar.top || box.top < 0;
  return hidden ? `${document.activeElement.id}: ${box.top} to ${box.bottom}, the bar at ${bar.top}` : "";
}"""


@pytest.mark.once
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
@pytest.mark.parametrize(("username", "unit"), [("guzhen", "guzhen"), ("office", "dachong")])
def test_the_cell_in_focus_is_never_beneath_the_bar(
    live_server: LiveServer, sign_in: SignIn, username: str, unit: str, width: int, height: int
) -> None:
    page = sign_in(username)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{live_server}/returns/2015Q2/{unit}/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cells = page.locator("form[data-guard] :is(input:not([type=hidden]), textarea)").count()
    page.locator("[name^=value-]").first.focus()
    covered = []
    for key in ["Tab"] * (cells - 1) + ["Shift+Tab"] * (cells - 1):
        page.keyboard.press(key)
        covered.append(page.evaluate(COVERED))
    assert set(covered) == {""}


@pytest.mark.once
def test_a_quarter_gone_back_to_shows_its_own_name(live_server: LiveServer, sign_in: SignIn) -> None:
    page = sign_in("leader")
    page.goto(f"{live_server}/?period=2015Q2")
    page.get_by_label("季度").select_option("2015Q1")
    expect(page).to_have_url(re.compile("period=2015Q1"))
    page.go_back()
    expect(page).to_have_url(re.compile("period=2015Q2"))
    expect(page.get_by_label("季度")).to_have_value("2015Q2")
