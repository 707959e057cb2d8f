"""`manage.py export`: the same files as the download page, every town in them; one clear line where it cannot."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import docx
import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from indicators.models import Plan
from reports.downloads.catalogue import REPORTS
from tests.reports.results import publish, record


@pytest.fixture
def half_year(zhongshan: Plan, office: User) -> Plan:
    record(zhongshan, "2015Q2", {("industrial-investment", "guzhen"): "4.10"})
    publish(zhongshan, "2015Q2", office)
    return zhongshan


def test_the_server_reads_every_towns_figures(zhongshan: Plan, tmp_path: Path) -> None:
    record(zhongshan, "2015Q2", {("industrial-investment", "xiaolan"): "9.36"})
    out, file = StringIO(), tmp_path / "annex2.xlsx"
    call_command("export", "annex2", "--period", "2015Q2", "--output", str(file), stdout=out)
    assert out.getvalue() == f"附件2目标分解及完成情况，中山市2015年第二季度（未定稿）→ {file}\n"
    values = {cell.value for row in openpyxl.load_workbook(file).active.iter_rows() for cell in row}
    assert 9.36 in values


@pytest.mark.parametrize(
    ("name", "period", "sentence"),
    [
        ("annex9", "2015Q2", f"没有名为“annex9”的报表，可选：{'、'.join(REPORTS)}。"),
        ("annex1", "2030Q1", "没有包含 2030Q1 的行动计划。"),
    ],
)
def test_what_is_not_there_is_one_clear_line(
    zhongshan: Plan, tmp_path: Path, name: str, period: str, sentence: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("export", name, "--period", period, "--output", str(tmp_path / "x.xlsx"))
    assert str(refusal.value) == sentence
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(zhongshan: Plan, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "x.xlsx"
    with pytest.raises(CommandError, match="不能写入"):
        call_command("export", "annex1", "--period", "2015Q2", "--output", str(missing))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("annex1", "--town", "guzhen"), "“附件1目标总表及完成情况”不按镇区分，请去掉 --town。"),
        (("statement",), "“镇区对账单”一份只写一个镇区，请用 --town 指明代码。"),
        (("statement", "--town", "nowhere"), "没有代码为“nowhere”的镇区，或不在您的查看范围内。"),
    ],
)
def test_what_a_report_is_about_is_named_where_it_is_about_something(
    zhongshan: Plan, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("export", *arguments, "--period", "2015Q2", "--output", str(tmp_path / "x.xlsx"))
    assert str(refusal.value) == sentence
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_exported_in_every_form(half_year: Plan, tmp_path: Path, name: str) -> None:
    """What is written can be read by whoever is handed it."""
    about = {"town": ["--town", "guzhen"], "indicator": ["--indicator", "industrial-investment"], "": []}
    report = REPORTS[name]
    for extension in report.writers:
        file = tmp_path / f"{name}.{extension}"
        options = ["--period", "2015Q2", "--output", str(file), *about[report.subject.value]]
        call_command("export", name, *options, stdout=StringIO())
        read = {
            "xlsx": openpyxl.load_workbook,
            "docx": docx.Document,
            "csv": lambda path: path.read_text("utf-8-sig"),
        }
        assert read[extension](file)
