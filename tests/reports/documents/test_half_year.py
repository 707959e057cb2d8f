"""半年工作情况报告: which quarter it tells, and that it tells it as the bulletin does."""

from __future__ import annotations

import pytest

from tests.reports.documents.scene import STEPS, Scene
from tests.reports.documents.words import document_of, section, texts

pytestmark = pytest.mark.django_db

PLAN = "《中山市工业转型升级攻坚战三年行动计划（2015-2017年）》"


def test_it_is_addressed_and_says_what_its_figures_are_of(scene: Scene) -> None:
    document = document_of("half-year", scene.server)
    assert texts(document)[1:4] == [
        f"关于2015年上半年{PLAN}工作情况的报告",
        "省主管部门：",
        f"现将2015年上半年{PLAN}工作情况报告如下。文中数据截至2015年6月底。",
    ]
    assert texts(document, "Heading 1") == [
        "一、目标完成情况",
        "二、各镇区推进情况",
        "三、存在问题",
        "四、下一步打算",
    ]
    assert texts(document, "Closing") == ["特此报告。"]


def test_it_tells_each_figure_as_the_bulletin_does(scene: Scene) -> None:
    report, bulletin = (document_of(name, scene.server) for name in ("half-year", "bulletin"))
    told = section(report, "一、目标完成情况")
    assert told[2:] == section(bulletin, "二、分类目标完成情况")
    assert told[:2] == section(bulletin, "一、总体情况")[:2]
    assert section(report, "二、各镇区推进情况") == section(bulletin, "三、镇区情况")
    assert f"小榄镇：{STEPS}" in section(report, "四、下一步打算")


def test_without_units_words_the_numbers_still_follow(scene: Scene) -> None:
    document = document_of("half-year", scene.leader)
    assert texts(document, "Heading 1") == ["一、目标完成情况", "二、各镇区推进情况"]
