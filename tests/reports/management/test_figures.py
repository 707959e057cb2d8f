"""`manage.py figures`: the hand-worked figures of the half-year of 2015, exact; one clear line where it cannot."""

from __future__ import annotations

import json
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from indicators.domain.periods import Quarter
from indicators.models import Plan
from tests.reports.results import PUBLISHED_2015Q2, publish, record

FIELDS = (
    "code", "name", "unit", "target", "actual", "completion", "pace", "expected", "lead", "progress_ratio", "light",
    "projection", "reason",
)  # fmt: skip


def printed(*args: str) -> str:
    out = StringIO()
    call_command("figures", *args, stdout=out)
    return out.getvalue()


def figures(*args: str) -> dict[str, dict[str, Any]]:
    rows = json.loads(printed(*args, "--json"), parse_float=Decimal, parse_int=Decimal)
    return {row["code"]: row for row in rows}


@pytest.fixture
def half_year(zhongshan: Plan) -> Plan:
    record(zhongshan, "2015Q2", PUBLISHED_2015Q2)
    return zhongshan


def test_value_added_is_a_little_behind(half_year: Plan) -> None:
    row = figures("2015Q2", "zhongshan")["industrial-value-added"]
    assert tuple(row) == FIELDS
    # 647.78 / 1417, less the pace of 0.5; 708.5 was due; 647.78 / 0.5 is the year.
    assert str(row["completion"]).startswith("0.4571489061")
    assert str(row["progress_ratio"]).startswith("0.9142978122")
    assert str(row["lead"]).startswith("-0.0428510938")
    assert (row["target"], row["actual"], row["pace"]) == (1417, Decimal("647.78"), Decimal("0.5"))
    assert (row["expected"], row["projection"]) == (Decimal("708.5"), Decimal("1295.56"))
    assert (row["light"], row["reason"], row["unit"]) == ("YELLOW", None, "亿元")


def test_equipment_is_behind_and_the_hightech_share_ahead(half_year: Plan) -> None:
    rows = figures("2015Q2", "中山市")
    equipment, share = rows["equipment-value-added"], rows["hightech-share"]
    # 199.58 / 240
    assert str(equipment["progress_ratio"]).startswith("0.83158333")
    assert equipment["light"] == "RED"
    # (17.68 - 17.1) / (17.35 - 17.1)
    assert (share["progress_ratio"], share["lead"], share["light"]) == (
        Decimal("2.32"),
        Decimal("0.33"),
        "GREEN",
    )
    assert str(share["completion"]).startswith("1.00454545")


def test_what_is_missing_is_null_with_its_reason(half_year: Plan) -> None:
    rows = figures("2015Q2", "zhongshan")
    assert len(rows) == 35  # 19 and the part of 附件1, 15 of the text
    assert (rows["rd-intensity"]["actual"], rows["rd-intensity"]["reason"]) == (None, "NOT_DUE")
    assert (rows["robot-output"]["completion"], rows["robot-output"]["reason"]) == (None, "NOT_REPORTED")
    assert (rows["patents"]["target"], rows["patents"]["reason"]) == (None, "NO_TARGET")
    assert {row["light"] for row in rows.values() if row["progress_ratio"] is None} == {"GREY"}


def test_a_town_has_the_allocations_eleven_and_a_zero_target_says_so(half_year: Plan) -> None:
    record(
        half_year, "2015Q2", {("smart-leaders", "guzhen"): "0", ("industrial-investment", "guzhen"): "5.20"}
    )
    rows = figures("2015Q2", "古镇镇")
    assert list(rows)[:3] == ["rd-institution-share", "industrial-investment", "upgrade-investment"]
    assert len(rows) == 11
    assert rows["industrial-investment"]["completion"] == Decimal("0.5")
    leaders = rows["smart-leaders"]
    assert (leaders["actual"], leaders["completion"], leaders["reason"]) == (0, None, "ZERO_TARGET")


def test_the_table_is_aligned_though_its_characters_are_of_two_widths(half_year: Plan) -> None:
    lines = printed("2015Q2", "zhongshan").splitlines()
    assert lines[0].startswith("中山市 2015年第二季度（未定稿）")
    widths = {sum(2 if ord(char) > 0x2E7F else 1 for char in line[: line.index("50%")]) for line in lines[2:]}
    assert len(widths) == 1
    assert "45.7%" in next(line for line in lines if line.startswith("industrial-value-added "))


def test_a_published_quarter_carries_no_mark(half_year: Plan, office: User) -> None:
    publish(half_year, "2015Q2", office)
    assert "未定稿" not in printed("2015Q2", "zhongshan")


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("2015Q2", "atlantis"), "没有代码或名称为“atlantis”的地区。"),
        (("2015Q5", "zhongshan"), "“2015Q5”不是季度，应写成 2015Q2 的样子。"),
        (("2019Q1", "zhongshan"), "没有包含 2019Q1 的行动计划。"),
        (("2015Q2", "zhongshan", "--plan", "none"), "没有代码为“none”的行动计划。"),
    ],
)
def test_what_is_not_there_is_one_clear_line(zhongshan: Plan, args: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError) as refusal:
        printed(*args)
    assert str(refusal.value) == sentence
    assert refusal.value.returncode == 1


def test_another_citys_plan_is_told_by_its_quarter(zhongshan: Plan, linhai: Plan) -> None:
    assert "industrial-output" in figures("2021Q2", "东区")
    assert figures("2015Q2", "东区")["industrial-investment"]["target"] == Decimal("4.5")


def test_two_cities_of_the_same_years_must_be_told_apart(zhongshan: Plan, linhai: Plan) -> None:
    quarter = Quarter(2015, 2)
    linhai.periods.create(year=2015, number=2, due_on=quarter.next.first_day)
    with pytest.raises(CommandError, match=f"--plan 指明：{linhai.code}、{zhongshan.code}"):
        printed("2015Q2", "东区")
    assert figures("2015Q2", "东区", "--plan", zhongshan.code)["industrial-investment"]["target"] == Decimal(
        "4.5"
    )
