"""The download page in a browser: reports ticked, packed with their progress told, and saved under a Chinese name."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demonstration"), pytest.mark.once]

SignIn = Callable[[str], Page]


def test_ticked_reports_come_as_one_packet_that_says_how_far_it_is(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = sign_in("xiaolan")
    page.goto(f"{live_server}/reports/?period=2016Q1")
    page.get_by_label("打包：附件1目标总表及完成情况").check()
    page.get_by_label("打包：镇区对账单").check()
    said = page.locator("[data-packet-said]")
    expect(said).to_have_text("已选 2 份文件。")
    page.evaluate(
        """() => {
          window.told = [];
          const said = document.querySelector("[data-packet-said]");
          new MutationObserver(() => window.told.push(said.textContent)).observe(said, {childList: true});
        }"""
    )
    with page.expect_download() as waiting:
        page.get_by_role("button", name="打包下载").click()
    assert waiting.value.suggested_filename == "中山市2016年第一季度报表（演示数据）.zip"
    expect(said).to_contain_text("压缩包已生成")
    told = page.evaluate("window.told")
    assert "正在生成第 1 份，共 2 份…" in told
    assert "正在生成第 2 份，共 2 份…" in told
    with ZipFile(Path(waiting.value.path())) as archive:
        assert archive.namelist() == [
            "中山市附件1目标总表及完成情况2016年第一季度（演示数据）.xlsx",
            "中山市小榄镇对账单2016年第一季度（演示数据）.xlsx",
        ]
        for name in archive.namelist():
            assert openpyxl.load_workbook(BytesIO(archive.read(name))).active.max_row > 5


def test_a_packet_that_breaks_off_is_said_and_the_ticks_are_kept(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = sign_in("leader")
    page.goto(f"{live_server}/reports/")

    def cut(route: Route) -> None:
        route.abort("connectionreset")

    page.route("**/reports/files.zip*", cut)
    tick = page.get_by_label("打包：附件2目标分解及完成情况")
    tick.check()
    page.get_by_role("button", name="打包下载").click()
    expect(page.locator("[data-packet-said]")).to_contain_text("压缩包没有生成完")
    expect(tick).to_be_checked()
    expect(page.get_by_role("button", name="打包下载")).to_be_enabled()


def test_one_towns_statement_is_chosen_from_the_list(live_server: LiveServer, sign_in: SignIn) -> None:
    page = sign_in("leader")
    page.goto(f"{live_server}/reports/")
    page.get_by_label("镇区对账单：选择镇区").select_option(label="古镇镇")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("Excel.*镇区对账单")).click()
    assert waiting.value.suggested_filename == "中山市古镇镇对账单2016年第二季度（演示数据）.xlsx"


def test_after_a_proof_the_bulletin_is_published_from_the_same_form(
    live_server: LiveServer, sign_in: SignIn
) -> None:
    page = sign_in("office")
    page.goto(f"{live_server}/reports/bulletins/2015Q2/")
    page.get_by_label("文号").fill("中工转办[2015]2号")
    with page.context.expect_event("download") as waiting:
        page.get_by_role("button", name="先看样稿").click()
    assert waiting.value.suggested_filename == "中山市2015年第二季度工作通报（样稿，演示数据）.docx"
    page.get_by_role("button", name="发布", exact=True).click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("按文号“中工转办[2015]2号”")
    asked.get_by_role("button", name="发布").click()
    expect(page.get_by_role("heading", name="中工转办〔2015〕2号")).to_be_visible()
