"""Both annexes of the demonstration, read back: each figure is the one that `manage.py figures` prints."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from openpyxl.worksheet.worksheet import Worksheet
from pytest_django.plugin import DjangoDbBlocker

from indicators.domain.numbers import format_figure
from indicators.models import Indicator, Plan
from tests.reports.workbooks.cells import sheet_of, values
from tests.scenes import rolled_back
from towns.models import Area

pytestmark = [pytest.mark.django_db, pytest.mark.long]

QUARTER = "2016Q2"
COLUMNS = 10
LIGHTS = {"GREEN": "● 达序时", "YELLOW": "▲ 略欠", "RED": "■ 落后", "GREY": "○ 无数据"}


@pytest.fixture(scope="module", autouse=True)
def plan(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, demonstrated: Callable[[], Plan]
) -> Iterator[Plan]:
    with rolled_back(django_db_blocker):
        yield demonstrated()


def printed(area: str) -> dict[str, dict[str, Any]]:
    out = StringIO()
    call_command("figures", QUARTER, area, "--json", stdout=out)
    return {row["code"]: row for row in json.loads(out.getvalue(), parse_float=Decimal, parse_int=Decimal)}


def sheet(name: str) -> Worksheet:
    return sheet_of(name, User.objects.get(username="leader"), QUARTER)


def told(value: Decimal | float | str | None) -> str:
    """A cell's or a printed figure to twelve digits, since Excel keeps some fifteen; a dash for none."""
    if value is None:
        return "—"
    return value if isinstance(value, str) else f"{float(value):.12g}"


def test_the_citys_rows_of_annex_1() -> None:
    annex, figures = sheet("annex1"), printed("zhongshan")
    kinds = dict(Indicator.objects.values_list("code", "kind"))
    by_name = {f"{figure['name']}（{figure['unit']}）": figure for figure in figures.values()}
    judged = 0
    for row in range(5, 25):
        name = str(annex.cell(row, 2).value).removeprefix("其中：")
        figure = by_name[name]
        lead = figure["lead"]
        if lead is not None and kinds[figure["code"]] == "FLOW":
            lead *= 100
        wanted = [figure["target"], figure["actual"], figure["completion"], figure["expected"], lead]
        cells = [annex.cell(row, column).value for column in (4, 7, 8, 9, 10)]
        assert [told(cell) for cell in cells] == [told(value) for value in wanted], name
        assert told(annex.cell(row, 12).value) == told(figure["projection"]), name
        if figure["target"]:
            ratio, light = values(annex, row, 14, 15)
            assert (told(ratio), light) == (told(figure["progress_ratio"]), LIGHTS[figure["light"]]), name
            judged += 1
    assert judged == 18  # two of the twenty rows have no target in 2016


def test_the_rows_of_annex_2() -> None:
    annex = sheet("annex2")
    codes = dict(Area.objects.filter(city_code="zhongshan").values_list("name", "code"))
    allocated = list(Indicator.objects.allocated())
    parts = {one.part_of_id: one.code for one in allocated if one.part_of_id}
    wholes = [one for one in allocated if not one.part_of_id]
    lit = 0
    for row in range(6, 31):
        name = str(annex.cell(row, 1).value).removesuffix("合计")
        figures = printed(codes[name])
        for at, indicator in enumerate(wholes):
            figure, part = figures[indicator.code], figures.get(parts.get(indicator.pk, ""))
            target, actual, rate = (annex.cell(row, 2 + block * COLUMNS + at) for block in range(3))
            for cell, key in ((target, "target"), (actual, "actual")):
                assert told(cell.value) == whole_and_part(figure, part, key), (name, indicator.code, key)
            assert told(rate.value) == told(figure["completion"]), (name, indicator.code)
            if figure["completion"] is not None:
                assert rate.number_format == f'"{LIGHTS[figure["light"]][0]} "0.0%', (name, indicator.code)
                lit += 1
    assert lit > 150


def whole_and_part(figure: dict[str, Any], part: dict[str, Any] | None, key: str) -> str:
    """A count with its part is printed in one cell: 350（220）."""
    if part is None or figure[key] is None:
        return told(figure[key])
    return f"{format_figure(figure[key], 0)}（{format_figure(part[key], 0)}）"
