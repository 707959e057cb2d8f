"""Broken plans: every fault is named with its file or sheet, row and column, and nothing is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from indicators.models import AuditEvent, Plan, Target
from indicators.services.plans import TABLES, PlanFaults, load_plan
from indicators.workbooks.plans import read_plan
from tests.plan_copies import PlanCopy
from tests.plan_fixtures import LOADED_AT, read_once
from tests.plans.tables import LINHAI, ZHONGSHAN
from towns.models import Area, Unit

pytestmark = pytest.mark.once

CITY_TARGET = {"indicator": "industrial-output", "area": "linhaiwan", "year": "2021"}
TOWN_TARGET = {"indicator": "industrial-output", "area": "dongqu"}
OUTPUT, FIRMS = {"code": "industrial-output"}, {"code": "digital-firms"}
PLAN = {"code": "linhai-2021-2025"}


@pytest.fixture
def copy(tmp_path: Path) -> PlanCopy:
    return PlanCopy(LINHAI, tmp_path)


def faults_of(path: Path) -> list[str]:
    """The sentences of the refusal; whatever was in the database before is what is in it after."""
    before = (Area.objects.count(), Unit.objects.count(), Plan.objects.count(), Target.objects.count())
    events = AuditEvent.objects.count()
    with pytest.raises(PlanFaults) as refusal:
        load_plan(read_plan(path), by=None, at=LOADED_AT)
    after = (Area.objects.count(), Unit.objects.count(), Plan.objects.count(), Target.objects.count())
    assert (after, AuditEvent.objects.count()) == (before, events)
    return [str(fault) for fault in refusal.value.faults]


@pytest.mark.parametrize(
    ("table", "row", "cells", "address", "sentence"),
    [
        # single cells
        ("targets", CITY_TARGET, {"value": "abc"}, "value", "“abc”不是数字"),
        ("targets", CITY_TARGET, {"value": "1e5"}, "value", "科学记数法"),
        ("targets", CITY_TARGET, {"value": "1200.5万元"}, "value", "不是本指标的单位“亿元”"),
        ("targets", CITY_TARGET, {"value": "1.23456"}, "value", "小数位太多，最多 4 位"),
        ("targets", CITY_TARGET, {"value": "1200.55"}, "value", "有 2 位小数，本指标只报 1 位小数"),
        ("targets", CITY_TARGET, {"value": "-5"}, "value", "不能为负"),
        ("targets", CITY_TARGET, {"value": ""}, "value", "为空，而原文（printed）为“1200.5”"),
        ("targets", CITY_TARGET, {"clause": ""}, "clause", "不能为空"),
        ("targets", CITY_TARGET, {"clause": "附" * 121}, "clause", "有 121 个字，最多 120 个"),
        ("targets", CITY_TARGET, {"printed": "1200\x07"}, "printed", "控制字符"),
        ("targets", CITY_TARGET, {"printed": "1200\n.5"}, "printed", "不能换行"),
        ("targets", CITY_TARGET, {"derived": "value；printed"}, "derived", "“value；printed”不是本表的列"),
        ("targets", CITY_TARGET, {"year": "2021年"}, "year", "2021年"),
        ("targets", CITY_TARGET, {"year": "2021.5"}, "year", "整数"),
        ("baselines", {"indicator": "industrial-output"}, {"value": ""}, "value", "不能为空"),
        ("baselines", {"indicator": "industrial-output"}, {"value": "-"}, "value", "不能为空"),
        ("baselines", {"indicator": "rd-intensity"}, {"value": "2.123"}, "value", "有 3 位小数"),
        ("baselines", {"indicator": "rd-intensity"}, {"value": "102"}, "value", "超过 100%"),
        ("indicators", OUTPUT, {"kind": "FLOWS"}, "kind", "FLOW（年度流量）、STOCK（期末存量）、RATE（比率）"),
        ("indicators", OUTPUT, {"listing": ""}, "listing", "不能为空"),
        ("indicators", OUTPUT, {"signed": "是"}, "signed", "“是”应为 yes 或留空"),
        ("indicators", OUTPUT, {"pace": "10/30/60"}, "pace", "四个季度末"),
        ("indicators", OUTPUT, {"pace": "10/40/30/100"}, "pace", "不能下降"),
        ("indicators", OUTPUT, {"pace": "10/30/60/90"}, "pace", "第四季度末应为 100"),
        ("indicators", OUTPUT, {"pace": "10/x/60/100"}, "pace", "“x”不是数字"),
        ("indicators", {"code": "energy-intensity"}, {"decimals": "5"}, "decimals", "最多 4 位小数"),
        ("indicators", {"code": "waste-water"}, {"lead_unit": ""}, "lead_unit", "不能为空"),
        ("plan", PLAN, {"yellow_from": "1.2"}, "yellow_from", "大于 0、不大于 1"),
        ("plan", PLAN, {"filing_due_days": "91"}, "filing_due_days", "最多 90 日"),
        ("plan", PLAN, {"last_year": "2051"}, "last_year", "1 至 20 年"),
        ("milestones", {"code": "water-reuse-2025"}, {"code": "Water_Reuse"}, "code", "小写字母"),
        # between rows
        ("targets", TOWN_TARGET, {"area": "xiaolan"}, "area", "没有代码为“xiaolan”的地区"),
        ("targets", CITY_TARGET, {"year": "2026"}, "year", "2026 不在2021 至 2025 年之内"),
        ("targets", CITY_TARGET | {"year": "2022"}, {"year": "2021"}, "indicator、area、year", "与第 2 行重复"),
        ("targets", TOWN_TARGET, {"indicator": "energy-intensity"}, "indicator", "没有分解到镇区"),
        ("baselines", {"indicator": "industrial-output"}, {"year": "2019"}, "year", "前一年 2020 年"),
        ("milestones", {"code": "water-reuse-2025"}, {"year": "2030"}, "year", "不在2021 至 2025 年之内"),
        ("indicators", OUTPUT, {"category": "trade"}, "category", "没有代码为“trade”的目标分类"),
        ("indicators", OUTPUT, {"lead_unit": "dongqu"}, "lead_unit", "牵头单位应为市直部门"),
        ("indicators", {"code": "rd-intensity"}, {"order": "1"}, "order", "“1”与第 2 行重复"),
        ("indicators", OUTPUT, {"goal_value": ""}, "goal_value", "请同时填目标值"),
        ("indicators", OUTPUT, {"goal_kind": ""}, "goal_kind", "请同时填目标类型"),
        ("indicators", FIRMS, {"within": "digital-firms"}, "within", "digital-firms → digital-firms"),
        ("indicators", {"code": "digital-firms-small"}, {"unit": "户"}, "unit", "其中数与总数一并填报"),
        ("aliases", {"alias": "其中中小型企业"}, {"alias": "工业投资"}, "alias", "已是指标“industrial-investment”"),
        ("aliases", {"alias": "其中中小型企业"}, {"alias": "技术改造投资"}, "alias", "重复"),
        ("areas", {"code": "baisha"}, {"tile_column": "2", "tile_row": "0"}, "tile_column", "由石桥镇占用"),
        ("areas", {"code": "baisha"}, {"tile_column": ""}, "tile_column", "同时填写或同时留空"),
        ("areas", {"code": "baisha"}, {"name": "石桥镇"}, "name", "“石桥镇”与第 5 行重复"),
        ("units", {"code": "keji"}, {"area": "dongqu"}, "area", "市直部门为全市填报"),
        ("units", {"code": "keji"}, {"is_office": "yes"}, "is_office", "第 2 行已标为联席会议办公室"),
        ("notes", {"code": "waste-water-name"}, {"text": ""}, "text", "不能为空"),
        ("task_units", {"task": "land-supply"}, {"role": "HELP"}, "role", "LEAD（牵头）、SUPPORT（配合）"),
    ],
)  # fmt: skip
def test_a_single_fault_is_the_only_one_named(
    db: None,
    copy: PlanCopy,
    table: str,
    row: Mapping[str, str],
    cells: dict[str, str],
    address: str,
    sentence: str,
) -> None:
    number = copy.change(table, row, **cells)
    found = faults_of(copy.path)
    assert any(fault.startswith(f"{table}.csv 第 {number} 行 {address} 列：") for fault in found), found
    assert any(sentence in fault for fault in found), found
    assert {fault.split(" 列：")[0] for fault in found} == {f"{table}.csv 第 {number} 行 {address}"}


def test_all_faults_of_a_folder_are_named_at_once_and_nothing_is_loaded(db: None, copy: PlanCopy) -> None:
    target = copy.change("targets", CITY_TARGET, value="abc", year="")
    kind = copy.change("indicators", OUTPUT, kind="STREAM")
    town = copy.change("areas", {"code": "yunling"}, name="")
    copy.file("aliases").unlink()
    text = copy.file("milestones").read_text(encoding="utf-8")
    copy.file("milestones").write_text(text.replace("lead_unit", "leader", 1), encoding="utf-8")
    assert faults_of(copy.path) == [
        "aliases.csv：缺少这个文件。",
        f"areas.csv 第 {town} 行 name 列：不能为空。",
        f"indicators.csv 第 {kind} 行 kind 列："
        "“STREAM”不在可选值之内：FLOW（年度流量）、STOCK（期末存量）、RATE（比率）。",
        f"targets.csv 第 {target} 行 year 列：不能为空。",
        f"targets.csv 第 {target} 行 value 列：“abc”不是数字，请填一个数，如 1,417 或 12.5；没有数请填“-”或留空。",
        "milestones.csv 第 1 行 lead_unit 列：缺少这一列。",
        "milestones.csv 第 1 行 leader 列：不认识这一列，可用的列为："
        "code、name、year、lead_unit、order、clause、derived。",
    ]


def test_a_workbook_names_its_sheets(db: None, copy: PlanCopy) -> None:
    number = copy.change("targets", CITY_TARGET, printed="")
    path = copy.as_workbook()
    book = load_workbook(path)
    book["targets"].cell(number, 4).value = "=1200.5"
    book["targets"].cell(number, 3).value = "二〇二一"
    book["areas"].cell(3, 2).value = None
    book.save(path)
    assert faults_of(path) == [
        "工作表 areas 第 3 行 name 列：不能为空。",
        f"工作表 targets 第 {number} 行 value 列：是公式，请复制后“选择性粘贴”为数值。",
        f"工作表 targets 第 {number} 行 year 列：“二〇二一”不是数字，请填一个数，如 1,417 或 12.5；"
        "没有数请填“-”或留空。",
    ]


def test_a_formula_is_not_called_blank_as_well(db: None, copy: PlanCopy) -> None:
    path = copy.as_workbook()
    book = load_workbook(path)
    book["baselines"]["D2"] = "=1115"
    book.save(path)
    assert faults_of(path) == ["工作表 baselines 第 2 行 value 列：是公式，请复制后“选择性粘贴”为数值。"]


def test_parts_that_contain_each_other_are_named_at_each(db: None, copy: PlanCopy) -> None:
    first = copy.change("indicators", {"code": "industrial-output"}, within="upgrade-investment")
    second = copy.change("indicators", {"code": "industrial-investment"}, within="industrial-output")
    third = 4  # upgrade-investment lies within industrial-investment already
    assert faults_of(copy.path) == [
        f"indicators.csv 第 {first} 行 within 列：指标不能包含在自身之内："
        "industrial-output → upgrade-investment → industrial-investment → industrial-output。",
        f"indicators.csv 第 {second} 行 within 列：指标不能包含在自身之内："
        "industrial-investment → industrial-output → upgrade-investment → industrial-investment。",
        f"indicators.csv 第 {third} 行 within 列：指标不能包含在自身之内："
        "upgrade-investment → industrial-investment → industrial-output → upgrade-investment。",
    ]


def test_a_note_of_a_figure_says_which_figure(db: None, copy: PlanCopy) -> None:
    number = copy.change("notes", {"code": "waste-water-name"}, kind="FIGURE", value="1")
    assert faults_of(copy.path) == [
        f"notes.csv 第 {number} 行 {column} 列：类别为“数字不一”时不能为空。"
        for column in ("area", "year", "unit")
    ]


def test_a_city_that_is_no_area_is_one_fault_not_hundreds(db: None, copy: PlanCopy) -> None:
    copy.change("plan", PLAN, city="linhai")
    assert faults_of(copy.path) == [
        "plan.csv 第 2 行 city 列：没有代码为“linhai”的地区，请在 areas 表中列出。"
    ]


def test_without_the_indicators_their_codes_are_not_called_unknown(db: None, copy: PlanCopy) -> None:
    copy.file("indicators").unlink()
    assert faults_of(copy.path) == ["indicators.csv：缺少这个文件。"]


@pytest.mark.parametrize("rows", [0, 2])
def test_a_plan_table_holds_one_plan(db: None, copy: PlanCopy, rows: int) -> None:
    if rows:
        copy.add("plan", PLAN, code="linhai-again")
        assert faults_of(copy.path) == ["plan.csv 第 3 行：只能有一个计划，多出的行请删去。"]
    else:
        copy.remove("plan", PLAN)
        assert faults_of(copy.path) == ["plan.csv：没有计划，应有且只有一行。"]


def test_every_town_has_one_unit_and_the_city_one_office(db: None, copy: PlanCopy) -> None:
    copy.change("units", {"code": "gongxin"}, is_office="")
    copy.change("units", {"code": "yunling"}, area="qingsong")
    assert faults_of(copy.path) == [
        "areas.csv 第 8 行 code 列：云岭镇没有填报单位，请在 units 表中列出。",
        "units.csv is_office 列：没有单位标为联席会议办公室所在单位，请在一个部门的行填 yes。",
        "units.csv 第 11 行 area 列：“qingsong”已由第 10 行的单位填报，请只留一个。",
    ]


@pytest.mark.parametrize("table", TABLES)
def test_every_column_that_is_missing_is_named(db: None, table: str) -> None:
    whole = read_once(LINHAI)
    for column in whole.tables[table].columns:
        left = [name for name in whole.tables[table].columns if name != column]
        rows = [
            replace(row, cells={name: text for name, text in row.cells.items() if name != column})
            for row in whole.tables[table].rows
        ]
        without = replace(whole.tables[table], columns=left, rows=rows)
        with pytest.raises(PlanFaults) as refusal:
            load_plan(replace(whole, tables={**whole.tables, table: without}), by=None, at=LOADED_AT)
        told = f"{table}.csv 第 1 行 {column} 列：缺少这一列。"
        assert told in map(str, refusal.value.faults)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_that_is_missing_is_named(db: None, table: str) -> None:
    whole = read_once(LINHAI)
    others = {name: text for name, text in whole.tables.items() if name != table}
    with pytest.raises(PlanFaults) as refusal:
        load_plan(replace(whole, tables=others), by=None, at=LOADED_AT)
    assert f"linhai-2021-2025：缺少 {table} 表。" in map(str, refusal.value.faults)


def test_a_faulty_second_load_leaves_the_first_as_it_was(zhongshan: Plan, tmp_path: Path) -> None:
    copy = PlanCopy(ZHONGSHAN, tmp_path)
    copy.change("plan", {"code": zhongshan.code}, yellow_from="0.8")
    copy.change("targets", {"indicator": "patents"}, value="11.19件件")
    assert len(faults_of(copy.path)) == 1
    zhongshan.refresh_from_db()
    assert (str(zhongshan.yellow_from), zhongshan.revision) == ("0.900", 1)


def test_nothing_there_is_one_sentence(db: None, tmp_path: Path) -> None:
    assert faults_of(tmp_path / "nowhere") == ["nowhere：没有这个文件夹或文件。"]
