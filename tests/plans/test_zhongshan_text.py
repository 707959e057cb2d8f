"""Targets and baselines that the plan's text states beside its annexes, and where it repeats 附件1."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tests.plans.printed import clauses, found_in, year_of_the_text
from tests.plans.tables import ZHONGSHAN, Row, by_code, rows_of, targets_of

EACH_YEAR = ("2015", "2016", "2017")
LAST_YEAR = ("2017",)

# (indicator, clause, years, the text around its figure, qualifier): read by eye, checked by pattern.
TEXT_TARGETS = [
    ("value-added-increment", "一(三)", LAST_YEAR, r"实现增加值增量(\d+)亿元，其中", ""),
    ("value-added-increment-upgrade", "一(三)", LAST_YEAR, r"新一轮技术改造实现增加值增量(\d+)亿元", ""),
    ("value-added-increment-equipment", "一(三)", LAST_YEAR, r"先进装备制造业实现增加值增量(\d+)亿元", ""),
    ("patents", "一(三)", LAST_YEAR, r"发明专利申请量从2014年的[\d.]+件增长到([\d.]+)件", ""),
    ("advanced-growth", "一(三)", EACH_YEAR, r"先进制造业增加值年均增长(\d+)%(左右)", "左右"),
    ("hightech-growth", "一(三)", EACH_YEAR, r"高新技术制造业增加值年均增长(\d+)%(左右)", "左右"),
    ("firms-above-10-billion", "一(三)", LAST_YEAR, r"超100亿元工业企业(\d+)家(左右)", "左右"),
    ("firms-5-to-10-billion", "一(三)", LAST_YEAR, r"50-100亿元工业企业(\d+)家(左右)", "左右"),
    ("upgraded-share", "二(二)1", LAST_YEAR, r"占全部规模以上工业企业的(\d+)%(以上)", "以上"),
    ("upgrade-investment-growth", "二(二)1", EACH_YEAR, r"技术改造投资500亿元，年均增长(\d+)%(以上)", "以上"),
    ("industrial-investment-growth", "二(二)1", EACH_YEAR, r"工业投资980亿元，年均增长(\d+)%(左右)", "左右"),
    ("motor-efficiency-total", "二(五)1", LAST_YEAR, r"累计实现电机能效提升(\d+)万千瓦", ""),
    ("equipment-projects", "二(三)1", ("2015",), r"2015年，新引进(\d+)个(以上)投资额超10亿元", "以上"),
    ("equipment-projects", "二(三)1", ("2016",), r"2016年，新引进(\d+)个(以上)投资额超10亿元", "以上"),
    ("equipment-projects", "二(三)1", ("2017",), r"2017年，新引进(\d+)个(以上)投资额超10亿元", "以上"),
    ("green-output", "二(五)1", ("2015",), r"2015年，[^—]*节能环保产业总产值达(\d+)亿元", ""),
    ("green-output", "二(五)1", ("2016",), r"2016年，[^—]*节能环保产业总产值达(\d+)亿元", ""),
    ("green-output", "二(五)1", ("2017",), r"2017年，[^—]*节能环保产业总产值达(\d+)亿元", ""),
]
ENERGY_INDEX_2014 = 100

STATED_BASELINES = [
    ("industrial-value-added", "一(三)", r"规模以上工业增加值从2014年的([\d.]+)亿元"),
    ("rd-intensity", "一(三)", r"研发投入占主营业务收入比重从2014年的([\d.]+)%"),
    ("hightech-output", "一(三)", r"高新技术产品产值从2014年的([\d.]+)亿元"),
    ("advanced-share", "一(三)", r"先进制造业.{0,40}比重从2014年的([\d.]+)%"),
    ("hightech-share", "一(三)", r"高新技术制造业.{0,40}比重从2014年的([\d.]+)%"),
    ("equipment-value-added", "二(三)1", r"装备制造业实现增加值从2014年([\d.]+)亿元"),
    ("robot-output", "二(四)1", r"智能装备总产值从2014年的([\d.]+)亿元"),
    ("patents", "一(三)", r"发明专利申请量从2014年的([\d.]+)件"),
    ("green-output", "二(五)1", r"节能环保产业总产值从2014年的([\d.]+)亿元"),
]

# (indicator, clause, the text around one year's figure): section 二's targets by year; 附件1 repeats them.
YEARLY_GOALS = [
    ("rd-intensity", "二(一)1", r"主营业务收入比重达([\d.]+)%"),
    ("rd-institution-share", "二(一)1", r"设立研发机构比例达([\d.]+)%"),
    ("innovation-platforms", "二(一)1", r"工程实验室达到([\d.]+)家"),
    ("upgraded-firms", "二(二)1", r"引导([\d.]+)家规模以上工业企业实施技术改造"),
    ("upgraded-firms-large", "二(二)1", r"超5000万元的企业([\d.]+)家"),
    ("upgrade-investment", "二(二)1", r"工业技术改造投资([\d.]+)亿元"),
    ("industrial-investment", "二(二)1", r"，工业投资([\d.]+)亿元"),
    ("equipment-investment", "二(三)1", r"装备制造业投资([\d.]+)亿元"),
    ("equipment-value-added", "二(三)1", r"装备制造业工业增加值([\d.]+)亿元"),
    ("robot-firms", "二(四)1", r"推动([\d.]+)家规模以上工业企业开展“机器换人”"),
    ("smart-leaders", "二(四)1", r"年产值超亿元的智能制造(?:骨干)?企业达到?([\d.]+)家"),
    ("robot-output", "二(四)1", r"智能装备总产值达([\d.]+)亿元"),
    ("clean-audits", "二(五)1", r"推动([\d.]+)家企业开展自愿性清洁生产审核"),
]


@pytest.mark.parametrize(("code", "clause", "years", "pattern", "qualifier"), TEXT_TARGETS)
def test_targets_of_the_text_are_as_stated(
    code: str, clause: str, years: tuple[str, ...], pattern: str, qualifier: str
) -> None:
    match = found_in(clause, pattern)
    for year in years:
        target = targets_of(ZHONGSHAN)[code, "zhongshan", year]
        assert (target["value"], target["qualifier"], target["clause"]) == (match[1], qualifier, clause)
        assert target["printed"] in clauses()[clause]
    assert by_code(ZHONGSHAN, "indicators")[code]["listing"] == "TEXT"


def test_the_text_states_no_other_target() -> None:
    stated = {(code, "zhongshan", year) for code, _, years, _, _ in TEXT_TARGETS for year in years}
    text_only = {row["code"] for row in rows_of(ZHONGSHAN, "indicators") if row["listing"] == "TEXT"}
    assert {key for key in targets_of(ZHONGSHAN) if key[0] in text_only} == stated | {
        ("energy-index", "zhongshan", "2017")
    }
    assert len(text_only) == 15


def test_energy_per_unit_is_an_index_that_falls_by_the_stated_share() -> None:
    fall = Decimal(found_in("二(五)1", r"单位工业增加值能耗比2014年下降(\d+)%")[1])
    target = targets_of(ZHONGSHAN)["energy-index", "zhongshan", "2017"]
    assert Decimal(target["value"]) == ENERGY_INDEX_2014 - fall
    assert target["derived"] == "value"
    assert by_code(ZHONGSHAN, "indicators")["energy-index"]["direction"] == "LOWER"


def baselines() -> dict[str, Row]:
    return {row["indicator"]: row for row in rows_of(ZHONGSHAN, "baselines")}


@pytest.mark.parametrize(("code", "clause", "pattern"), STATED_BASELINES)
def test_baselines_are_as_stated(code: str, clause: str, pattern: str) -> None:
    printed = found_in(clause, pattern)[1]
    in_the_indicators_unit = Decimal(printed) / 10_000 if code == "hightech-output" else Decimal(printed)
    row = baselines()[code]
    assert Decimal(row["value"]) == in_the_indicators_unit
    assert row["printed"].startswith(printed)
    assert row["printed"] in clauses()[clause]
    assert (row["clause"], row["derived"]) == (clause, "")


def test_implied_baselines_are_marked_derived() -> None:
    derived = {code: row["value"] for code, row in baselines().items() if row["derived"]}
    assert derived == {
        "rd-institution-share": str(15 - 6),  # 15%，三年累计提高6个百分点
        "innovation-platforms": str(164 - 15),  # 164家，比2014年末增加15家左右
        "smart-leaders": str(6 - 3),  # 6家，三年累计新增3家
        "energy-index": str(ENERGY_INDEX_2014),
    }
    assert len(baselines()) == len(derived) + len(STATED_BASELINES)


@pytest.mark.parametrize(("code", "clause", "pattern"), YEARLY_GOALS)
@pytest.mark.parametrize("year", EACH_YEAR)
def test_goals_by_year_in_the_text_are_those_of_annex_1(
    code: str, clause: str, pattern: str, year: str
) -> None:
    match = re.search(pattern, year_of_the_text(clause, year))
    assert match
    assert Decimal(match[1]) == Decimal(targets_of(ZHONGSHAN)[code, "zhongshan", year]["value"])


def test_all_the_text_says_by_year_is_of_2015_where_the_annex_has_a_dash() -> None:
    for code, pattern in (
        ("motor-efficiency", r"电机能效提升(\d+)万千瓦"),
        ("circular-parks", r"推动(\d+)个省级"),
    ):
        match = re.search(pattern, year_of_the_text("二(五)1", "2015"))
        assert match
        assert match[1] == targets_of(ZHONGSHAN)[code, "zhongshan", "2015"]["value"]
        for year in ("2016", "2017"):
            assert not re.search(pattern, year_of_the_text("二(五)1", year))
