"""`load_plan`: what it says of the real plan, of a changed copy, of a broken one, and of a second time."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from indicators.models import Plan, Target
from indicators.services.targets import change_target
from tests.plan_copies import PlanCopy
from tests.plan_fixtures import LOADED_AT
from tests.plans.tables import LINHAI, LINHAI_WORKBOOK, ZHONGSHAN


def load_plan(path: Path, **options: object) -> list[str]:
    said = StringIO()
    call_command("load_plan", str(path), stdout=said, **options)
    return said.getvalue().splitlines()


def part(lines: list[str], heading: str) -> list[str]:
    """The sentences below a heading, its number in brackets checked."""
    start = next(index for index, line in enumerate(lines) if line.strip().startswith(heading))
    found = []
    for line in lines[start + 1 :]:
        if not line.startswith("    "):
            break
        found.append(line.strip())
    assert lines[start].strip() == f"{heading}（{len(found)}）"
    return found


def test_it_counts_what_zhongshans_plan_holds(db: None) -> None:
    assert load_plan(ZHONGSHAN)[:2] == [
        "中山市工业转型升级攻坚战三年行动计划（2015-2017年）（zhongshan-2015-2017）",
        "附件1 指标 19 + 1 项，正文指标 15 项，目标分类 8 个，镇区 24 个，填报单位 41 个，全市目标 87 个，"
        "镇区目标 264 个，基期 13 个，别名 58 个，重点任务 21 项，保障措施 13 项，里程碑 7 个，原文不一致 27 处。",
    ]


def test_it_names_exactly_what_does_not_add_up(db: None) -> None:
    lines = load_plan(ZHONGSHAN)
    assert "计划内的数字不一致 14 处，按原文保留：" in lines
    assert part(lines, "各镇区合计与全市目标") == [
        "装备制造业投资2015年：各镇区合计 119.96亿元，中山市为 120亿元，相差 -0.04亿元。",
        "装备制造业工业增加值2015年：各镇区合计 479.97亿元，中山市为 480亿元，相差 -0.03亿元。",
        "实现电机能效提升2015年：各镇区合计 24.01万千瓦，中山市为 24万千瓦，相差 +0.01万千瓦。",
    ]
    assert part(lines, "包含关系") == [
        f"{town}2015年：装备制造业投资 {equipment}亿元，大于包含它的工业投资 {whole}亿元。"
        for town, equipment, whole in (
            ("民众镇", "9.45", "7.1"),
            ("坦洲镇", "11.81", "9.6"),
            ("横栏镇", "4.72", "4.5"),
            ("板芙镇", "9.45", "8.2"),
        )
    ]
    assert part(lines, "其中数与总数") == [
        "中山市2017年：规模以上工业增加值增量其中 100、243 相加为 343亿元，大于总数 341亿元。"
    ]
    assert part(lines, "正文与目标表") == [
        "中山市2017年：高新技术产品产值正文为 3,726亿元，目标表为 0.38万亿元。",
        "中山市2015年：节能环保产业增加值正文为 350亿元，目标表为 70亿元。",
        "中山市2016年：节能环保产业增加值正文为 400亿元，目标表为 80亿元。",
        "中山市2017年：节能环保产业增加值正文为 460亿元，目标表为 92亿元。",
        "中山市2017年：实现电机能效提升正文为 48万千瓦，目标表没有列出。",
    ]
    assert part(lines, "各年目标与我市目标") == [
        "高新技术产品产值：从2014年的 0.28万亿元到2017年的 0.38万亿元，折合年均增长 10.7%，"
        "我市目标为年均增长 10%。"
    ]


def test_one_town_figure_raised_by_a_hundredth_names_that_column_too(db: None, tmp_path: Path) -> None:
    copy = PlanCopy(ZHONGSHAN, tmp_path)
    copy.change("targets", {"indicator": "industrial-investment", "area": "xiaolan"}, value="24.61")
    found = part(load_plan(copy.path, dry_run=True), "各镇区合计与全市目标")
    assert len(found) == 4
    assert found[0] == "工业投资2015年：各镇区合计 280.01亿元，中山市为 280亿元，相差 +0.01亿元。"


def test_the_second_time_it_says_that_nothing_changed(db: None) -> None:
    assert load_plan(ZHONGSHAN)[-1] == (
        "计划“zhongshan-2015-2017”已载入：变更 733 行（新增 733 行，修改 0 行）。"
    )
    assert load_plan(ZHONGSHAN)[-1] == "计划“zhongshan-2015-2017”没有变化：0 行。"


def test_a_dry_run_writes_nothing(db: None) -> None:
    assert load_plan(ZHONGSHAN, dry_run=True)[-1] == (
        "计划“zhongshan-2015-2017”试运行，未写入：将变更 733 行（新增 733 行，修改 0 行）。"
    )
    assert not Plan.objects.exists()


def test_the_invented_city_loads_from_folder_and_workbook_with_nothing_to_say(db: None) -> None:
    lines = load_plan(LINHAI)
    assert lines[2:] == [
        "计划内的数字没有不一致之处。",
        "计划“linhai-2021-2025”已载入：变更 161 行（新增 161 行，修改 0 行）。",
    ]
    assert load_plan(LINHAI_WORKBOOK) == [*lines[:3], "计划“linhai-2021-2025”没有变化：0 行。"]


def test_faults_are_all_listed_and_nothing_is_loaded(db: None, tmp_path: Path) -> None:
    copy = PlanCopy(LINHAI, tmp_path)
    copy.change("plan", {"code": "linhai-2021-2025"}, filing_due_days="十五")
    copy.change("targets", {"indicator": "hightech-firms"}, value="300家以上")
    listed = StringIO()
    with pytest.raises(CommandError, match="共 2 处错误，没有载入任何内容。") as refusal:
        call_command("load_plan", str(copy.path), stderr=listed)
    assert refusal.value.returncode == 1
    first, second = listed.getvalue().splitlines()
    assert first.startswith("plan.csv 第 2 行 filing_due_days 列：")
    assert second.startswith("targets.csv 第 47 行 value 列：")
    assert not Plan.objects.exists()


def test_rows_that_are_left_are_named(zhongshan: Plan, tmp_path: Path) -> None:
    copy = PlanCopy(ZHONGSHAN, tmp_path)
    copy.remove("milestones", {"code": "smart-base-2017"})
    assert "本次文件中没有、系统中保留的里程碑（1）：smart-base-2017" in load_plan(copy.path)


def test_an_amended_target_is_named_and_replaced_only_on_good_grounds(zhongshan: Plan, office: User) -> None:
    target = Target.objects.get(indicator__code="patents")
    change_target(
        target, new=Decimal(12), reason="省下达新任务", document="粤科〔2015〕9号", by=office, at=LOADED_AT
    )
    lines = load_plan(ZHONGSHAN)
    assert lines[-4:] == [
        "人工调整过、保留不变的目标（1）：",
        "  patents/zhongshan/2017：人工调整后为 12（依据：粤科〔2015〕9号），本次文件为 11.19，保留不变。",
        "  如需按本次文件更改，请加 --by、--reason、--document。",
        "计划“zhongshan-2015-2017”没有变化：0 行。",
    ]
    grounds = {"by": "office", "reason": "恢复", "document": "粤科〔2015〕10号"}
    assert load_plan(ZHONGSHAN, **grounds)[-1] == (
        "计划“zhongshan-2015-2017”已载入：变更 1 行（新增 0 行，修改 1 行）。"
    )
    target.refresh_from_db()
    assert target.value == Decimal("11.19")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"by": "office"}, "应同时给出"),
        ({"by": "office", "reason": "恢复", "document": " "}, "应同时给出"),
        ({"by": "stranger", "reason": "恢复", "document": "文"}, "没有用户名为“stranger”的账号"),
        ({"by": "clerk", "reason": "恢复", "document": "文"}, "只有联席会议办公室可以载入计划"),
        ({"by": "outsider", "reason": "恢复", "document": "文"}, "只有联席会议办公室可以载入计划"),
    ],
)
def test_grounds_that_do_not_hold_are_refused(
    zhongshan: Plan, office: User, clerk: User, outsider: User, options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        load_plan(ZHONGSHAN, **options)
