"""Filling a quarter in a real browser: pasted, judged, saved by itself, and never lost."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from indicators.models import AuditEvent, Entry, Plan, QuarterlyReturn
from tests.browser.looks import assert_fits_a_telephone, assert_nothing_overlaps, grave_violations
from tests.indicators.filing_steps import period_of
from tests.people import PASSWORD, account
from tests.plan_fixtures import load
from tests.plans.tables import ZHONGSHAN
from tests.scenes import approved, opened, published, submitted
from towns.choices import Role

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.once]

SessionStore = import_module(settings.SESSION_ENGINE).SessionStore
SignIn = Callable[[str], Page]

# 附件2's columns for a town in the page's order, the part beneath its whole.
CODES = (
    "rd-institution-share", "industrial-investment", "upgrade-investment", "upgraded-firms", "upgraded-firms-large",
    "equipment-value-added", "equipment-investment", "smart-leaders", "robot-firms", "motor-efficiency",
    "circular-parks",
)  # fmt: skip
REASON = "装备制造业投资与统计快报不一致，请核对。"


def column(text: str) -> dict[str, str]:
    """Eleven figures in the page's order, {indicator code: figure}."""
    return dict(zip(CODES, text.split(), strict=True))


@pytest.fixture(scope="module", autouse=True)
def plan(transactional_db: None) -> Plan:
    """The plan as printed; 2015Q1 published, in which 古镇镇 led and 小榄镇 lagged; 2015Q2 open."""
    plan = load(ZHONGSHAN)
    office = account("office", Role.OFFICE, full_name="欧阳敏", unit_code="jingxin")
    second = account("second", Role.OFFICE, full_name="冯志远", unit_code="fagai")
    towns = {
        code: account(code, Role.TOWN, unit_code=code)
        for code in (
            "xiaolan",
            "guzhen",
            "huangpu",
            "dongfeng",
            "nantou",
            "minzhong",
            "dachong",
            "banfu",
            "shaxi",
        )
    }
    account("keji", Role.DEPARTMENT, unit_code="keji")
    account("textless", Role.DEPARTMENT, unit_code="caizheng")
    first = opened(plan, "2015Q1", by=office)
    approved(first, towns["xiaolan"], column("10 6 3 10 6 10 1.1 0 2 0.7 0"), by=second)
    approved(first, towns["guzhen"], column("12 9 2.5 10 8 2 4 0 3 1 0"), by=second)
    published(first, by=office)
    later = opened(plan, "2015Q2", by=office)
    approved(later, towns["guzhen"], column("9 3 1 3 2 0.8 2 0 1 0.5 0"), by=second)
    return plan


@pytest.fixture
def silent(page: Page) -> Iterator[list[str]]:
    """What the browser complains of: refusals of the content security policy and faults of scripts among it."""
    said: list[str] = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda fault: said.append(str(fault)))
    yield said
    assert said == []


def cell(page: Page, code: str) -> Locator:
    return page.locator(f"#entry-{code}")


def note(page: Page, code: str) -> Locator:
    return page.locator(f"#note-{code}")


def bar(page: Page) -> Locator:
    """What the page says of its saving."""
    return page.locator("#draft-status")


def told(page: Page) -> Locator:
    return page.locator("main > .messages")


def fill_page(live_server: LiveServer, page: Page, unit: str) -> Page:
    page.goto(f"{live_server}/returns/2015Q2/{unit}/")
    return page


def paste(page: Page, target: Locator, text: str) -> None:
    """Copy as Excel does, and press Ctrl+V in a cell."""
    # After following a link the page is there before its scripts are.
    page.wait_for_load_state()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    target.focus()
    page.keyboard.press("Control+V")


def enter(page: Page, username: str) -> None:
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def leave(page: Page) -> None:
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()


def stored(unit: str) -> dict[str, str]:
    entries = Entry.objects.filter(quarterly_return__unit__code=unit, quarterly_return__period__number=2)
    return {
        code: f"{value.normalize():f}"
        for code, value in entries.exclude(value=None).values_list("indicator__code", "value")
    }


def rank_of(page: Page, live_server: LiveServer, town: str) -> str:
    page.goto(f"{live_server}/towns/")
    return page.locator("table.league tbody tr").filter(has_text=town).locator(".league__place").inner_text()


def test_a_towns_quarter_is_pasted_mended_submitted_returned_corrected_approved_published_and_ranked(
    live_server: LiveServer, page: Page, silent: list[str]
) -> None:
    page.goto(live_server.url)
    enter(page, "second")
    before = rank_of(page, live_server, "小榄镇")
    leave(page)

    enter(page, "xiaolan")
    started = time.monotonic()
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="季报").click()
    page.get_by_role("link", name=re.compile("2015年第二季度")).first.click()
    # As the columns of a sheet: no doubt but one, 0 where a target stands; one error, a part above its whole.
    paste(page, cell(page, CODES[0]), "11.5\n12.8\n7.9\n21\n31\n21.4\n2.6\n0\n0\n1.6\n0\n")
    expect(page.locator("[data-paste-status]")).to_contain_text("已粘贴 11 格。")
    expect(bar(page)).to_contain_text("已自动保存")
    expect(page.locator("#said-upgraded-firms-large")).to_contain_text("大于“开展技改企业”21")
    expect(page.locator("#verdict-industrial-investment")).to_have_text(re.compile(r"52\.0%\s*达序时"))
    page.locator("#return-summary").get_by_role("link", name="超5000万元企业").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("13")
    page.locator("#return-summary").get_by_role("link", name="机器换人企业").first.click()
    page.keyboard.type("设备采购中，下季投产")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(told(page)).to_contain_text("小榄镇2015年第二季度季报已提交")
    assert time.monotonic() - started < 60
    leave(page)

    enter(page, "second")
    page.goto(f"{live_server}/returns/2015Q2/xiaolan/")
    page.get_by_label("退回理由").fill(REASON)
    page.get_by_role("button", name="退回", exact=True).click()
    expect(told(page)).to_contain_text("已退回")
    leave(page)

    enter(page, "xiaolan")
    fill_page(live_server, page, "xiaolan")
    expect(page.get_by_text(REASON).first).to_be_visible()
    cell(page, "equipment-investment").fill("2.9")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(told(page)).to_contain_text("小榄镇2015年第二季度季报已提交")
    leave(page)

    enter(page, "second")
    page.goto(f"{live_server}/returns/2015Q2/xiaolan/")
    page.get_by_role("button", name="审定", exact=True).click()
    expect(told(page)).to_contain_text("小榄镇2015年第二季度季报已审定")
    page.goto(f"{live_server}/periods/2015Q2/")
    page.get_by_role("button", name="定稿", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="定稿").click()
    expect(told(page)).to_contain_text("2015年第二季度已定稿")
    assert (before, rank_of(page, live_server, "小榄镇")) == ("2", "1")


def test_the_keyboard_moves_as_in_a_sheet_and_enter_sends_nothing(
    live_server: LiveServer, sign_in: SignIn, silent: list[str]
) -> None:
    page = fill_page(live_server, sign_in("huangpu"), "huangpu")
    cell(page, CODES[0]).focus()
    for key, place in (
        ("Enter", f"entry-{CODES[1]}"),
        ("ArrowDown", f"entry-{CODES[2]}"),
        ("Shift+Enter", f"entry-{CODES[1]}"),
        ("ArrowUp", f"entry-{CODES[0]}"),
        ("ArrowUp", f"entry-{CODES[0]}"),
        ("ArrowRight", f"note-{CODES[0]}"),
        ("Enter", f"note-{CODES[1]}"),
        ("ArrowLeft", f"entry-{CODES[1]}"),
        ("Tab", f"note-{CODES[1]}"),
        ("Tab", f"entry-{CODES[2]}"),
    ):
        page.keyboard.press(key)
        assert (key, page.evaluate("document.activeElement.id")) == (key, place)
    page.keyboard.type("12")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.selectionStart") == 0
    cell(page, CODES[-1]).focus()
    page.keyboard.press("Enter")
    expect(cell(page, CODES[-1])).to_be_focused()
    expect(page).to_have_url(re.compile("/returns/2015Q2/huangpu/$"))
    expect(bar(page)).to_contain_text("已自动保存")


def test_a_pasted_table_is_matched_by_its_names_and_says_what_it_skipped(
    live_server: LiveServer, sign_in: SignIn, silent: list[str]
) -> None:
    page = fill_page(live_server, sign_in("dongfeng"), "dongfeng")
    cell(page, "robot-firms").fill("3")
    table = (
        "指标\t年度目标\t本季累计\t说明\n"
        "工业投资（亿元）\t20.7\t9.9\t\n"
        '"工业技术改造\n投资"\t10\t4.1\t"含\n续建"\n'
        "机器换人企业\t4\t\t\n"
        "粮食产量\t1\t2\t\n"
        "其中：年主营业务收入超5000万元企业\t9\t5\t\n"
    )
    paste(page, cell(page, CODES[0]), table)
    status = page.locator("[data-paste-status]")
    expect(status).to_contain_text(
        "已粘贴 4 格。跳过：标题行；不认识的名称 1 行（粮食产量）；空格 1 处（保持原样）。"
    )
    expect(cell(page, "industrial-investment")).to_have_value("9.9")
    expect(note(page, "upgrade-investment")).to_have_value("含 续建")
    expect(cell(page, "robot-firms")).to_have_value("3")
    cell(page, "industrial-investment").fill("8.8")
    status.get_by_role("button", name="撤销粘贴").click()
    expect(status).to_contain_text("已撤销粘贴，恢复了 3 格。")
    expect(cell(page, "industrial-investment")).to_have_value("8.8")
    expect(cell(page, "upgraded-firms-large")).to_have_value("")
    expect(bar(page)).to_contain_text("已自动保存")
    page.reload()
    assert stored("dongfeng") == {"industrial-investment": "8.8", "robot-firms": "3"}


def test_a_column_as_the_plan_prints_it_fills_whole_and_part_and_what_has_no_row_is_told(
    live_server: LiveServer, sign_in: SignIn, silent: list[str]
) -> None:
    page = fill_page(live_server, sign_in("nantou"), "nantou")
    paste(page, cell(page, "upgraded-firms"), "350（220）\r\n21.4\r\n2.6\r\n0\r\n4\r\n1.6\r\n0\r\n")
    expect(page.locator("[data-paste-status]")).to_contain_text("已粘贴 7 格。")
    expect(cell(page, "upgraded-firms-large")).to_have_value("220")
    page.keyboard.press("Tab")
    expect(cell(page, "upgraded-firms")).to_have_value("350")
    expect(cell(page, "equipment-value-added")).to_have_value("21.4")
    paste(page, cell(page, "motor-efficiency"), "1.7\t已核对\n1\t无园区\n5\n")
    expect(page.locator("[data-paste-status]")).to_contain_text("1 行没有对应的指标（5）")
    expect(note(page, "circular-parks")).to_have_value("无园区")
    # One cell is pasted as ever, into the text that is there.
    paste(page, note(page, "motor-efficiency"), "，下季")
    expect(note(page, "motor-efficiency")).to_have_value(re.compile("，下季"))


def test_what_was_typed_survives_a_cut_connection_and_a_reload(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = fill_page(live_server, sign_in("minzhong"), "minzhong")
    cell(page, "industrial-investment").fill("3.1")
    expect(bar(page)).to_contain_text("已自动保存")
    page.context.set_offline(True)
    cell(page, "upgrade-investment").fill("1.7")
    page.get_by_label("工作进展").fill("断网时写的。")
    expect(bar(page)).to_have_text("未连接，已保存在本机，恢复后自动上传")
    # No verdict stands beside a figure that it is not about.
    expect(page.locator("#verdict-industrial-investment")).to_be_visible()
    expect(page.locator("#verdict-upgrade-investment")).to_be_hidden()
    page.get_by_role("button", name="提交", exact=True).click()
    expect(bar(page)).to_contain_text("未连接，还没有提交")
    assert stored("minzhong") == {"industrial-investment": "3.1"}
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    page.context.set_offline(False)
    fill_page(live_server, page, "minzhong")
    # The browser may have sent a first part from the page that was left.
    expect(page.get_by_text(re.compile("已恢复上次填写、还没有上传的 [12] 处内容"))).to_be_visible()
    expect(cell(page, "upgrade-investment")).to_have_value("1.7")
    expect(bar(page)).to_contain_text("已自动保存")
    assert stored("minzhong") == {"industrial-investment": "3.1", "upgrade-investment": "1.7"}
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    expect(page.get_by_label("工作进展")).to_have_value("断网时写的。")
    expect(page.get_by_text("已恢复上次填写")).to_have_count(0)


def test_a_text_that_is_too_long_is_told_and_not_cut(live_server: LiveServer, sign_in: SignIn) -> None:
    page = fill_page(live_server, sign_in("minzhong"), "minzhong")
    page.get_by_label("工作进展").fill("长" * 4001)
    expect(page.locator("#said-progress_text")).to_contain_text("每段文字最多 4000 字")
    expect(page.get_by_label("工作进展")).to_have_value("长" * 4001)


def test_an_answer_that_got_lost_is_asked_for_again_and_nothing_is_saved_twice(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = fill_page(live_server, sign_in("shaxi"), "shaxi")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data) if "/draft/" in request.url else None)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/draft/", lose_the_answer, times=1)
    cell(page, "industrial-investment").fill("3.3")
    expect(bar(page)).to_contain_text("未连接")
    cell(page, "upgrade-investment").fill("1.9")
    expect(bar(page)).to_contain_text("已自动保存", timeout=10_000)
    first, again, then = sent
    assert first == again != then
    assert stored("shaxi") == {"industrial-investment": "3.3", "upgrade-investment": "1.9"}
    assert AuditEvent.objects.filter(object_key="2015Q2/shaxi").count() == 2


def test_of_two_windows_the_stale_one_shows_both_values_and_loses_nothing(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = fill_page(live_server, sign_in("dachong"), "dachong")
    other = page.context.new_page()
    fill_page(live_server, other, "dachong")
    cell(page, "industrial-investment").fill("5")
    cell(page, "robot-firms").fill("2")
    expect(bar(page)).to_contain_text("已自动保存")

    cell(other, "industrial-investment").fill("6")
    cell(other, "motor-efficiency").fill("0.4")
    notices = other.locator("#draft-notices")
    expect(notices).to_contain_text("在别处有改动")
    box = other.locator("[data-differs-of=industrial-investment]")
    expect(box).to_contain_text("您填的6已保存的5")
    expect(cell(other, "robot-firms")).to_have_value("2")
    assert stored("dachong") == {"industrial-investment": "5", "robot-firms": "2"}
    other.get_by_role("button", name="提交", exact=True).click()
    expect(notices.get_by_role("link", name="工业投资")).to_be_focused()
    box.get_by_role("button", name="以我填的为准").click()
    expect(notices.get_by_role("alert")).to_have_count(0)
    expect(bar(other)).to_contain_text("已自动保存")
    assert stored("dachong") == {"industrial-investment": "6", "motor-efficiency": "0.4", "robot-firms": "2"}

    cell(page, "industrial-investment").fill("7")
    page.locator("#draft-notices").get_by_role("button", name="全部用已保存的").click()
    expect(cell(page, "industrial-investment")).to_have_value("6")
    expect(cell(page, "motor-efficiency")).to_have_value("0.4")
    other.close()


def test_a_session_that_ends_is_told_and_what_was_typed_is_there_after_signing_in(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = fill_page(live_server, sign_in("banfu"), "banfu")
    expect(bar(page)).not_to_be_empty()
    for session in Session.objects.all():
        SessionStore(session.session_key).delete()
    cell(page, "industrial-investment").fill("2.2")
    expect(bar(page)).to_contain_text("登录已过期")
    assert not QuarterlyReturn.objects.filter(unit__code="banfu", period__number=2).exists()
    bar(page).get_by_role("link", name="重新登录").click()
    enter(page, "banfu")
    expect(page).to_have_url(f"{live_server}/returns/2015Q2/banfu/")
    expect(cell(page, "industrial-investment")).to_have_value("2.2")
    expect(bar(page)).to_contain_text("已自动保存")
    assert stored("banfu") == {"industrial-investment": "2.2"}


def test_signing_out_waits_until_what_is_typed_is_saved(live_server: LiveServer, sign_in: SignIn) -> None:
    page = fill_page(live_server, sign_in("dongfeng"), "dongfeng")
    cell(page, "motor-efficiency").fill("0.2")
    leave(page)
    assert stored("dongfeng")["motor-efficiency"] == "0.2"


def test_what_one_account_left_in_the_browser_is_not_shown_to_another(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = fill_page(live_server, sign_in("keji"), "keji")
    expect(bar(page)).not_to_be_empty()
    page.context.set_offline(True)
    page.get_by_label("工作进展").fill("科技局的草稿")
    expect(bar(page)).to_contain_text("未连接")
    sign_in("office")
    page.context.set_offline(False)
    expect(bar(page)).to_contain_text("现在登录的是另一个账号，没有保存")
    page.once("dialog", lambda dialog: dialog.accept())
    fill_page(live_server, page, "keji")
    expect(page.get_by_label("工作进展")).to_have_value("")
    expect(page.get_by_text("已恢复上次填写")).to_have_count(0)


def test_a_return_handed_in_meanwhile_keeps_what_was_typed_until_its_writer_lets_it_go(
    live_server: LiveServer, sign_in: SignIn, plan: Plan
) -> None:
    clerk = account("sanjiao", Role.TOWN, unit_code="sanjiao")
    page = fill_page(live_server, sign_in("sanjiao"), "sanjiao")
    expect(bar(page)).not_to_be_empty()
    submitted(period_of(plan, "2015Q2"), clerk)
    cell(page, "industrial-investment").fill("9.9")
    notice = page.locator("#draft-notices")
    expect(notice).to_contain_text("没有重复办理。您刚才填的没有保存，仍留在本页和本机。")
    expect(cell(page, "industrial-investment")).to_have_value("9.9")
    assert stored("sanjiao") == {}
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    left = page.get_by_role("region", name="没有上传的内容")
    expect(left).to_contain_text(re.compile(r"工业投资（亿元）\s*9\.9"))
    left.get_by_role("button", name="不再保留").click()
    page.reload()
    expect(page.get_by_role("heading", name="三角镇")).to_be_visible()
    expect(left).to_have_count(0)


@pytest.mark.parametrize("unit", ["huangpu", "textless"])
def test_the_page_is_accessible_and_fits_with_faults_and_doubts(
    live_server: LiveServer, sign_in: SignIn, unit: str
) -> None:
    page = fill_page(live_server, sign_in(unit), "caizheng" if unit == "textless" else unit)
    if unit == "huangpu":
        paste(page, cell(page, CODES[0]), "101\nabc\n0\n5\n9\n")
        expect(page.locator("#draft-open")).to_be_visible()
        expect(bar(page)).to_contain_text("没有保存")
    assert grave_violations(page) == []
    assert_nothing_overlaps(page)
    assert_fits_a_telephone(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")


def test_a_submission_is_answered_with_all_that_is_open_and_follows_what_is_mended(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    account("fusha", Role.TOWN, unit_code="fusha")
    page = fill_page(live_server, sign_in("fusha"), "fusha")
    cell(page, "motor-efficiency").fill("一点五")
    expect(bar(page)).to_contain_text("没有保存")
    page.get_by_role("button", name="提交", exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("有 1 处无法识别，没有保存，请改正；其余已保存，还没有提交。")
    expect(alert).to_contain_text("“工业技改投资”没有填数")
    note(page, "upgrade-investment").fill("尚未统计")
    cell(page, "motor-efficiency").fill("1.5")
    summary = page.locator("#return-summary")
    expect(summary).not_to_contain_text("工业技改投资")
    expect(summary).not_to_contain_text("不是数字")
    expect(summary).to_contain_text("“工业投资”没有填数")


def test_two_quick_clicks_submit_once(live_server: LiveServer, sign_in: SignIn) -> None:
    page = fill_page(live_server, sign_in("textless"), "caizheng")
    page.get_by_label("工作进展").fill("资金已拨付。")
    page.get_by_role("button", name="提交", exact=True).dblclick()
    expect(told(page)).to_contain_text("季报已提交")
    acts = AuditEvent.objects.filter(object_key="2015Q2/caizheng").values_list("act", flat=True)
    assert sorted(acts) == ["保存季报", "提交季报"]


def test_a_press_hands_in_even_if_the_page_moves_beneath_it(live_server: LiveServer, sign_in: SignIn) -> None:
    account("nanqu", Role.TOWN, unit_code="nanqu")
    page = fill_page(live_server, sign_in("nanqu"), "nanqu")
    submit = page.get_by_role("button", name="提交", exact=True)
    submit.hover()
    page.mouse.down()
    before = submit.bounding_box()
    page.evaluate("document.querySelector('.draft-bar').style.paddingBottom = '120px'")
    assert submit.bounding_box() != before
    page.mouse.up()
    expect(page.get_by_role("alert")).to_contain_text("“工业投资”没有填数")


def test_a_press_drawn_away_from_the_button_hands_nothing_in(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    account("dongsheng2", Role.TOWN, unit_code="dongsheng")
    page = fill_page(live_server, sign_in("dongsheng2"), "dongsheng")
    page.get_by_role("button", name="提交", exact=True).hover()
    page.mouse.down()
    page.mouse.move(700, 300, steps=4)
    page.mouse.up()
    page.wait_for_timeout(500)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_is_typed_before_the_page_is_whole_is_saved(live_server: LiveServer, sign_in: SignIn) -> None:
    """The last script is still on its way when the first figure is left: htmx has not looked at the form yet."""
    account("gangkou", Role.TOWN, unit_code="gangkou")
    page = sign_in("gangkou")
    held: list[Route] = []
    page.route("**/entry-paste*.js", lambda route: held.append(route))
    page.goto(f"{live_server}/returns/2015Q2/gangkou/", wait_until="commit")
    page.wait_for_timeout(500)
    cell(page, "robot-firms").fill("3")
    cell(page, "robot-firms").blur()
    page.wait_for_timeout(300)
    held[0].continue_()
    expect(bar(page)).to_contain_text("已自动保存")
    note(page, "upgrade-investment").fill("尚未统计")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("“工业投资”没有填数")
