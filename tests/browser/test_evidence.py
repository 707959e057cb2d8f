"""小榄镇 hands in evidence while the return above is being typed, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from indicators.models import Evidence, Plan
from tests.evidence_files import PDF, PNG
from tests.indicators.filing_steps import opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.once]

MEGABYTE = 1024 * 1024


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    content = {
        "合同.pdf": PDF,
        "照片.png": PNG,
        "宏.xlsm": b"PK\x03\x04",
        "大.pdf": PDF + bytes(10 * MEGABYTE),
    }
    for name, data in content.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in content}


@pytest.fixture
def return_page(live_server: LiveServer, page: Page, zhongshan: Plan, office: User, xiaolan: User) -> Page:
    opened(zhongshan, office)
    client = Client()
    client.force_login(xiaolan, backend="towns.backends.MembershipBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    page.goto(f"{live_server}/returns/2015Q2/xiaolan/")
    return page


def test_files_come_and_go_while_what_is_typed_stays(return_page: Page, files: dict[str, Path]) -> None:
    section = return_page.locator("[data-files]")
    return_page.get_by_label("存在问题").fill("用地指标不足")
    return_page.locator("input[name=files]").set_input_files(
        [files[n] for n in ("合同.pdf", "照片.png", "宏.xlsm")]
    )
    section.get_by_role("button", name="上传").click()
    expect(section.get_by_role("status")).to_contain_text("已上传 2 个佐证材料：合同.pdf、照片.png。")
    expect(section.get_by_role("status")).to_contain_text("“宏.xlsm”没有上传：含有宏的文件不收")
    with return_page.expect_download() as download:
        section.get_by_role("link", name="合同.pdf").click()
    assert download.value.suggested_filename == "合同.pdf"
    assert download.value.path().read_bytes() == PDF
    section.get_by_role("button", name="删除照片.png").click()
    return_page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(section.get_by_role("status")).to_contain_text("已删除“照片.png”。")
    expect(return_page.get_by_label("存在问题")).to_have_value("用地指标不足")
    assert [file.name for file in Evidence.objects.all()] == ["合同.pdf"]


def test_a_file_too_large_is_told_before_it_is_sent(return_page: Page, files: dict[str, Path]) -> None:
    sent: list[str] = []
    return_page.on("request", lambda request: sent.append(request.method))
    section = return_page.locator("[data-files]")
    return_page.locator("input[name=files]").set_input_files([files["大.pdf"]])
    section.get_by_role("button", name="上传").click()
    expect(section.get_by_role("status")).to_contain_text("“大.pdf”没有上传：文件超过 10 MB")
    assert "POST" not in sent


def test_a_lost_connection_is_told_and_the_choice_kept(return_page: Page, files: dict[str, Path]) -> None:
    section = return_page.locator("[data-files]")
    return_page.locator("input[name=files]").set_input_files([files["合同.pdf"]])
    return_page.context.set_offline(True)
    section.get_by_role("button", name="上传").click()
    expect(section.get_by_role("status")).to_contain_text("没有连上服务器")
    return_page.context.set_offline(False)
    section.get_by_role("button", name="上传").click()
    expect(section.get_by_role("link", name="合同.pdf")).to_be_visible()
