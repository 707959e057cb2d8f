"""明细数据 as CSV: Excel opens it in Chinese, numbers stay numbers, and no text becomes a formula."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.models import User

from indicators.models import Actual, Category, Indicator, Plan, Target
from reports.downloads.catalogue import REPORTS
from reports.downloads.subjects import asked_for
from reports.workbooks.details import COLUMNS
from tests.reports.results import reading, record
from tests.reports.workbooks.cells import ON
from towns.models import Area

BY_COLUMN = list(COLUMNS)


def file_of(user: User, quarter: str = "2015Q2") -> bytes:
    report, file = REPORTS["details"], BytesIO()
    report.writers["csv"](asked_for(report, reading(user, quarter), user, ON), file)
    return file.getvalue()


def lines_of(user: User) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(file_of(user).decode("utf-8-sig"), newline="")))


def test_excel_is_told_that_it_is_utf_8(zhongshan: Plan, leader: User) -> None:
    content = file_of(leader)
    assert content.startswith(b"\xef\xbb\xbf" + "年,季,季度,地区代码,地区,".encode())
    assert content.count(b"\r\n") == 365  # the headings, 13 baselines, 351 targets


def test_a_figure_is_a_line_and_a_number_that_any_program_reads(zhongshan: Plan, leader: User) -> None:
    record(
        zhongshan,
        "2015Q2",
        {("industrial-investment", "zhongshan"): "1320.40", ("industrial-investment", "xiaolan"): "-0.5"},
    )
    city, town = [line for line in lines_of(leader) if line["数据类别"] == "实绩"]
    assert list(city.values()) == [
        "2015", "2", "2015Q2", "zhongshan", "中山市", "实施新一轮技术改造", "industrial-investment", "工业投资",
        "亿元", "年度流量", "实绩", "1320.4", "", "测试", "快报", "2015-07-28", "未定稿",
    ]  # fmt: skip
    # A number below zero is no text: it keeps its sign and gets no apostrophe.
    assert (town["地区"], town["数值"]) == ("小榄镇", "-0.5")
    whole = [line["数值"] for line in lines_of(leader) if line["指标代码"] == "industrial-investment"]
    assert whole[0] == "280"


@pytest.mark.parametrize(
    "words", ['=HYPERLINK("http://example.com","点此")', "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1"]
)
def test_text_that_would_be_a_formula_gets_an_apostrophe(zhongshan: Plan, leader: User, words: str) -> None:
    record(zhongshan, "2015Q2", {("industrial-investment", "xiaolan"): "9.84"})
    Category.objects.update(name=words)
    Indicator.objects.filter(code="industrial-investment").update(name=words, unit=words[:20])
    Area.objects.filter(code="xiaolan").update(name=words)
    Target.objects.update(qualifier=words[:10], clause=words)
    Actual.objects.update(source=words)
    lines = lines_of(leader)
    [actual] = [line for line in lines if line["数据类别"] == "实绩"]
    assert [actual[name] for name in ("地区", "目标分类", "指标", "来源")] == [f"'{words}"] * 4
    assert actual["单位"] == f"'{words[:20]}"
    target = next(line for line in lines if line["数据类别"] == "年度目标")
    assert (target["目标修饰"], target["来源"]) == (f"'{words[:10]}", f"'{words}")
    texts = [line[name] for line in lines for name in BY_COLUMN if name != "数值"]
    assert [text for text in texts if text[:1] in set("=+-@\t\r")] == []


def test_a_towns_official_gets_no_other_towns_actual(zhongshan: Plan, guzhen: User) -> None:
    record(
        zhongshan,
        "2015Q2",
        {("industrial-investment", "xiaolan"): "9.84", ("industrial-investment", "guzhen"): "5.2"},
    )
    assert [line["地区"] for line in lines_of(guzhen) if line["数据类别"] == "实绩"] == ["古镇镇"]
