"""季度工作通报 in Word: its sentences, its tables, and what it tells to whom."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest

from indicators.choices import Reason
from indicators.domain.numbers import format_figure, format_percent
from indicators.models import Indicator
from reports.documents.bulletin import bulletin_file
from reports.documents.heading import Heading
from reports.pages import figure_list
from tests.reports.documents.scene import PROBLEMS, STEPS, UNAPPROVED, Scene
from tests.reports.documents.words import document_of, file_of, part_of, rows, section, texts
from tests.reports.results import reading
from tests.reports.workbooks.cells import ON

PLAN = "《中山市工业转型升级攻坚战三年行动计划（2015-2017年）》"
pytestmark = pytest.mark.django_db

ISSUED = Heading("中山市联席会议办公室", "中联办〔2015〕3号", date(2015, 8, 10))


def test_it_opens_as_a_draft_with_its_title_and_whom_it_is_for(scene: Scene) -> None:
    document = document_of("bulletin", scene.server)
    assert texts(document)[:4] == [
        "草稿　制表日期：2015年8月3日",
        f"关于2015年第二季度{PLAN}目标完成情况的通报",
        "各镇区、各有关单位：",
        f"现将{PLAN}2015年第二季度目标完成情况通报如下：",
    ]
    assert texts(document, "Signature")[1:] == ["联席会议办公室", "2015年8月3日"]


def test_the_general_state_counts_lights_and_returns(scene: Scene) -> None:
    # 3 published figures and 152 of 350 firms; 19 targets, one of them yearly. 4 of 41 returns: 9.8%.
    assert section(document_of("bulletin", scene.server), "一、总体情况") == [
        f"截至2015年6月底，{PLAN}2015年度的19项目标中，达序时1项，略欠1项，落后2项，无数据15项。",
        "达序时的有高技术制造业占比；略欠的有规上工业增加值；落后的有开展技改企业、装备制造业增加值；"
        "未报送的有高新技术产品产值、先进制造业占比、研发机构比例、省级以上创新平台、工业投资、工业技改投资、"
        "装备制造业投资、机器换人企业、智能制造骨干企业、机器人及智能装备产值、电机能效提升、园区循环化改造、"
        "清洁生产审核、节能环保产业增加值；未到报送期的有研发投入占比。",
        "应报送季报的单位41个，已审定4个，占10%。本季度数据已定稿。",
    ]


def test_every_indicator_of_the_annex_has_its_sentence_under_its_heading(scene: Scene) -> None:
    document = document_of("bulletin", scene.server)
    told = section(document, "二、分类目标完成情况")
    assert told[:5] == [
        "（一）质量效益明显提高",
        "1-6月，全市规模以上工业增加值累计647.78亿元，完成年度目标1,417亿元的45.7%，欠序时进度4.3个百分点。",
        "（二）创新能力显著增强",
        "全市规模以上工业企业研发投入占主营业务收入比重每年报送一次，本季度未到报送期（年度目标1.3%）。",
        "1-6月，全市高新技术产品产值数据未报送（年度目标0.31万亿元）。",
    ]
    assert (
        "1-6月，全市开展技改的规模以上工业企业累计152家，完成年度目标350家的43.4%，欠序时进度6.6个百分点；"
        "其中，年主营业务收入超5000万元企业累计120家，完成年度目标220家的54.5%，超序时进度4.5个百分点。"
    ) in told
    assert len(told) == 8 + 19  # the part stands in the sentence of its whole


def test_the_towns_are_told_by_score_and_the_gaps_by_name(scene: Scene) -> None:
    told = section(document_of("bulletin", scene.leader), "三、镇区情况")
    assert told == [
        "各镇区按分解到镇区的指标等权计分，各项均达序时为100分。"
        "24个镇区中，不足90分的2个，到期指标均未报送、得分计0的22个。",
        "得分居前的是古镇镇（第1名，46.8分）、小榄镇（第2名，15.0分）。",
        "另有2个镇区部分到期指标未报送，未报各项计0分：古镇镇、小榄镇。",
        # 175 due, of them 152; 古镇镇 has 4 of its 5.
        "从全市差距较大的指标看，开展技改企业欠序时进度6.6个百分点，比应达数少23家，主要差在古镇镇。",
    ]


def test_the_ranking_is_a_table_that_every_reader_has(scene: Scene) -> None:
    table = rows(document_of("bulletin", scene.towns).tables[0])
    assert table[:4] == [
        ["名次", "镇区", "得分", "比上季度", "备注"],
        ["1", "古镇镇", "46.8", "持平", "4 项未报"],
        ["2", "小榄镇", "15.0", "持平", "7 项未报"],
        ["3", "石岐区", "0.0", "—", "未报送"],
    ]
    assert len(table) == 1 + 24


def test_the_first_quarter_compares_with_none(scene: Scene) -> None:
    table = rows(document_of("bulletin", scene.towns, "2015Q1").tables[0])
    assert table[:2] == [["名次", "镇区", "得分", "备注"], ["1", "古镇镇", "12.5", "7 项未报"]]


def test_who_has_not_filed_is_named_to_those_who_read_all_returns(scene: Scene) -> None:
    told = section(document_of("bulletin", scene.server), "四、报送情况")
    assert told[0] == "应报送季报的单位41个，已审定4个，占10%。"
    assert told[1].startswith("尚未提交季报的单位（35个）：市发展改革局、市商务局、")
    assert told[2:4] == ["季报已退回修改的单位（1个）：东区。", "季报待审核的单位（1个）：市科技局。"]
    assert told[4].startswith("到期指标均未报送的镇区（22个）：石岐区、东区、")
    others = section(document_of("bulletin", scene.leader), "四、报送情况")
    assert others == [told[0], told[4]]


def test_units_words_stand_under_departments_and_towns(scene: Scene) -> None:
    document = document_of("bulletin", scene.office)
    assert section(document, "五、存在问题") == [
        "（一）市直部门",
        "市经济和信息化局：部分项目用地未落实。",
        "企业用工不足。",
        "（二）镇区",
        f"小榄镇：{PROBLEMS}",
    ]
    assert section(document, "六、下一步打算") == [
        "（一）镇区",
        f"小榄镇：{STEPS}",
        "古镇镇：加快机器换人。",
    ]


@pytest.mark.parametrize("name", ["bulletin", "half-year"])
@pytest.mark.parametrize("reader", ["server", "office", "leader", "towns", "guzhen"])
def test_words_of_units_are_for_those_who_read_every_return(scene: Scene, name: str, reader: str) -> None:
    written = part_of(file_of(name, scene.reader(reader)))
    may = reader in ("server", "office")
    assert [words in written for words in (PROBLEMS, STEPS, UNAPPROVED)] == [may, may, False]


@pytest.mark.parametrize("name", ["bulletin", "half-year"])
@pytest.mark.parametrize("reader", ["leader", "towns", "guzhen", "xiaolan"])
def test_no_towns_figure_is_in_the_file_and_no_town_is_named_by_indicator_to_a_town(
    scene: Scene, name: str, reader: str
) -> None:
    written = part_of(file_of(name, scene.reader(reader)))
    # 7,031.37 of 24.60; 古镇镇's 5.20 and 1.20 of 10.40 and 2.55.
    figures = ("7,031.37", "7031.37", "28582.8", "5.20", "1.20", "47.1%")
    assert [figure for figure in figures if figure in written] == []
    assert ("主要差在古镇镇" in written) == (reader == "leader")


@pytest.mark.parametrize("reader", ["server", "leader", "towns", "guzhen"])
@pytest.mark.parametrize("quarter", ["2015Q1", "2015Q2", "2015Q3"])
def test_sections_are_numbered_one_after_the_other_and_none_is_empty(
    scene: Scene, reader: str, quarter: str
) -> None:
    document = document_of("bulletin", scene.reader(reader), quarter)
    titles = texts(document, "Heading 1")
    assert [title[0] for title in titles] == list("一二三四五六"[: len(titles)])
    assert all(section(document, title) for title in titles)


def test_an_unpublished_quarter_is_marked_and_ranks_nobody(scene: Scene) -> None:
    document = document_of("bulletin", scene.towns, "2015Q3")
    assert texts(document)[1] == "未定稿，数字可能变动"
    assert [title[2:] for title in texts(document, "Heading 1")] == [
        "总体情况",
        "分类目标完成情况",
        "报送情况",
    ]
    assert section(document, "一、总体情况")[-1].endswith(
        "本季度尚未定稿，数字可能变动，镇区不计分、不排名。"
    )
    assert len(document.tables) == 1


def test_the_tables_figures_are_those_of_the_figure_list(scene: Scene) -> None:
    table = rows(document_of("bulletin", scene.towns).tables[-1])
    named = {row[0].removeprefix("其中："): row[1:] for row in table if len(row) == 7}
    listed = figure_list.build(reading(scene.towns, "2015Q2"), scene.plan.city)
    annex = set(Indicator.objects.of(scene.plan).filter(listing="ANNEX").values_list("code", flat=True))
    assert len(annex) == len(named) - 1 == 20
    for one in listed:
        if one.code in annex:
            target, actual, completion, *_ = named[f"{one.name}（{one.unit}）"]
            progress, decimals = one.progress, one.measure.decimals
            assert target == format_figure(progress.target, decimals)
            assert actual == ("—" if progress.actual is None else format_figure(progress.actual, decimals))
            rate = progress.completion
            assert completion == ("—" if isinstance(rate, Reason) else format_percent(rate))
    assert named["规模以上工业增加值（亿元）"] == ["1,417.00", "647.78", "45.7%", "-4.3", "—", "▲略欠"]
    assert named["年主营业务收入超5000万元企业（家）"] == ["220", "120", "54.5%", "+4.5", "—", "●达序时"]


def test_as_it_is_issued_it_bears_its_number_and_date(scene: Scene) -> None:
    read = reading(scene.towns, "2015Q2")
    document = docx.Document(BytesIO(bulletin_file(read, scene.towns, on=ON, heading=ISSUED)))
    first = [(one.text, one.style.name) for one in document.paragraphs[:3]]
    assert first == [
        ("中山市联席会议办公室", "发文机关标志"),
        ("中联办〔2015〕3号", "发文字号"),
        (f"关于2015年第二季度{PLAN}目标完成情况的通报", "Title"),
    ]
    assert texts(document, "Signature")[1:] == ["中山市联席会议办公室", "2015年8月10日"]
    # Ten letters on 156 mm, 442 points: 44 points each.
    assert document.paragraphs[0].runs[0].font.size.pt == 44
    plain = Heading(ISSUED.issuer, ISSUED.number, ISSUED.issued_on, is_red=False)
    document = docx.Document(BytesIO(bulletin_file(read, scene.towns, on=ON, heading=plain)))
    assert (document.paragraphs[0].text, document.paragraphs[0].style.name) == (
        "中联办〔2015〕3号",
        "发文字号（无红线）",
    )


def test_the_same_day_makes_the_same_file(scene: Scene) -> None:
    made = [
        bulletin_file(reading(scene.towns, "2015Q2"), scene.towns, on=ON, heading=ISSUED) for _ in range(2)
    ]
    assert made[0] == made[1]
