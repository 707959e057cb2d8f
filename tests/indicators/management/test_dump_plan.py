"""`dump_plan`: the workbook that `load_plan` takes, and what it refuses."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from indicators.models import Plan


def test_what_it_writes_load_plan_reads_as_the_same_plan(zhongshan: Plan, tmp_path: Path) -> None:
    path, said = tmp_path / "zhongshan.xlsx", StringIO()
    call_command("dump_plan", zhongshan.code, str(path), stdout=said)
    assert said.getvalue() == f"计划“zhongshan-2015-2017”已写入 {path}：12 张表，721 行。\n"
    said = StringIO()
    call_command("load_plan", str(path), stdout=said)
    assert said.getvalue().splitlines()[-1] == "计划“zhongshan-2015-2017”没有变化：0 行。"


@pytest.mark.parametrize(
    ("code", "name", "sentence"),
    [
        ("foshan-2015-2017", "plan.xlsx", "已有的计划：zhongshan-2015-2017。"),
        ("zhongshan-2015-2017", "plan.xls", "“plan.xls”应以 .xlsx 结尾。"),
        ("zhongshan-2015-2017", "nowhere/plan.xlsx", "不能写入"),
    ],
)
def test_what_cannot_be_written_is_refused_in_chinese(
    zhongshan: Plan, tmp_path: Path, code: str, name: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("dump_plan", code, str(tmp_path / name))
    assert list(tmp_path.rglob("*")) == []
