"""Which quarter the half-year's report tells, and when there is none to tell."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from indicators.models import Plan
from reports.downloads.catalogue import REPORTS, Asked
from reports.pages import half_year
from tests.reports.results import publish, reading, record
from tests.reports.workbooks.cells import ON

PLAN = "《中山市工业转型升级攻坚战三年行动计划（2015-2017年）》"


def test_before_the_half_is_closed_it_tells_the_quarter_before(
    zhongshan: Plan, leader: User, office: User
) -> None:
    record(zhongshan, "2015Q1", {("industrial-value-added", "zhongshan"): "320"})
    record(zhongshan, "2015Q2", {("industrial-value-added", "zhongshan"): "647.78"})
    publish(zhongshan, "2015Q1", office)
    text = half_year.build(reading(leader, "2015Q2"), leader)
    assert text.opening == (
        f"现将2015年上半年{PLAN}工作情况报告如下。"
        "文中数据截至2015年3月底，为2015年第一季度定稿数，2015年上半年数据待定稿后另行报送。"
    )
    # 320 / 1417 = 22.58%.
    assert [one.text for one in text.sections[0].subsections[0].paragraphs] == [
        "1-3月，全市规模以上工业增加值累计320.00亿元，完成年度目标1,417亿元的22.6%，欠序时进度2.4个百分点。"
    ]
    assert text.annex.caption == "2015年1-3月主要指标完成情况"


def test_quarters_of_the_second_half_are_reported_as_such(
    zhongshan: Plan, leader: User, office: User
) -> None:
    publish(zhongshan, "2015Q3", office)
    for quarter in ("2015Q3", "2015Q4"):
        text = half_year.build(reading(leader, quarter), leader)
        assert text.title == f"关于2015年下半年{PLAN}工作情况的报告"
        assert text.quarter.number == 3


def test_without_a_closed_quarter_of_the_year_there_is_none_and_it_says_why(
    zhongshan: Plan, leader: User, office: User
) -> None:
    publish(zhongshan, "2015Q1", office)
    asked = Asked(reading(leader, "2016Q2"), leader, ON)
    assert REPORTS["half-year"].refusal(asked) == "2016年截至6月底还没有已定稿的季度，无数可报。"
    with pytest.raises(ValueError, match="2016年截至6月底"):
        half_year.build(asked.reading, leader)
    assert REPORTS["half-year"].refusal(Asked(reading(leader, "2015Q3"), leader, ON)) == ""


def test_where_the_latest_quarter_lies_in_the_other_half_text_and_file_say_so(
    zhongshan: Plan, leader: User, office: User
) -> None:
    publish(zhongshan, "2015Q2", office)
    asked = Asked(reading(leader, "2015Q3"), leader, ON)
    assert half_year.build(asked.reading, leader).opening == (
        f"现将2015年下半年{PLAN}工作情况报告如下。"
        "文中数据截至2015年6月底，为2015年第二季度定稿数，2015年下半年数据待定稿后另行报送。"
    )
    report = REPORTS["half-year"]
    assert report.file_name(asked, "docx") == "中山市半年工作情况报告2015年下半年（数据截至6月底）.docx"
    own = Asked(reading(leader, "2015Q2"), leader, ON)
    assert report.file_name(own, "docx") == "中山市半年工作情况报告2015年上半年.docx"
