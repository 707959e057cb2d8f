"""A town's official and the files of all towns: nothing of another town's figures, nor anything made of them."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.contrib.auth.models import User

from indicators.domain.numbers import format_figure
from indicators.models import Actual, Indicator, Plan
from reports.downloads.catalogue import REPORTS
from reports.downloads.subjects import asked_for
from tests.reports.results import PUBLISHED_2015Q2, publish, reading, record
from tests.reports.workbooks.cells import ON

NAMES = ("board", "quarterly", "ranking", "filing", "statement")
QUARTERS = ("2015Q1", "2015Q2", "2015Q3")


@pytest.fixture
def planted(zhongshan: Plan, office: User) -> Plan:
    """Distinctive figures of 小榄镇 in three quarters, the last one not published, and 古镇镇's own beside them."""
    columns = list(Indicator.objects.of(zhongshan).allocated())
    for number, quarter in enumerate(QUARTERS):
        record(zhongshan, quarter, PUBLISHED_2015Q2)
        record(
            zhongshan,
            quarter,
            {(column.code, "xiaolan"): f"{7000 + 31 * (column.order + 40 * number)}" for column in columns},
        )
        record(zhongshan, quarter, {(column.code, "guzhen"): "1" for column in columns})
    for period in zhongshan.periods.filter(year=2015):
        period.opens_on = period.due_on.replace(day=1)
        period.save()
    for quarter in QUARTERS[:2]:
        publish(zhongshan, quarter, office)
    return zhongshan


def text_of(name: str, user: User, quarter: str, about: str = "") -> str:
    """All the XML of the file, as it is stored."""
    report, file = REPORTS[name], BytesIO()
    report.writers["xlsx"](asked_for(report, reading(user, quarter), user, ON, about), file)
    with ZipFile(file) as parts:
        return "\n".join(parts.read(part).decode() for part in parts.namelist())


def found(texts: list[str], plan: Plan) -> set[Decimal]:
    """小榄镇's figures, their rates and shares of the towns' sum that stand somewhere, in any spelling."""
    targets = {
        (target.indicator_id, target.year): target.value
        for indicator in Indicator.objects.of(plan).allocated()
        for target in indicator.targets.filter(area__code="xiaolan")
    }
    seen = set(re.findall(r"\d[\d,]*(?:\.\d+)?", "\n".join(texts)))
    betrayed = set()
    for actual in Actual.objects.filter(area__code="xiaolan").select_related("indicator"):
        spelled = {f"{actual.value.normalize():f}", format_figure(actual.value, actual.indicator.decimals)}
        if target := targets.get((actual.indicator_id, actual.year)):
            spelled |= {f"{actual.value / target:.16g}", f"{actual.value / target:.15g}"}
        if spelled & seen:
            betrayed.add(actual.value)
    return betrayed


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_another_town_reaches_a_towns_official(planted: Plan, guzhen: User, name: str) -> None:
    texts = [text_of(name, guzhen, quarter) for quarter in QUARTERS]
    assert found(texts, planted) == set()
    if name in ("board", "filing", "statement"):
        assert "小榄镇" not in "".join(texts)


def test_the_same_search_finds_what_a_leader_may_read(planted: Plan, leader: User) -> None:
    texts = [text_of("statement", leader, quarter, "xiaolan") for quarter in QUARTERS]
    assert found(texts, planted) == set(
        Actual.objects.filter(area__code="xiaolan").values_list("value", flat=True)
    )


@pytest.mark.parametrize("name", NAMES)
def test_other_figures_with_the_same_ranks_change_no_letter(planted: Plan, guzhen: User, name: str) -> None:
    """Figures twice as high score the utmost all the same: whatever else is made of them would differ."""
    before = [sheets_of(name, guzhen, quarter) for quarter in QUARTERS]
    for actual in Actual.objects.filter(area__code="xiaolan"):
        actual.value *= 2
        actual.save()
    assert [sheets_of(name, guzhen, quarter) for quarter in QUARTERS] == before


@pytest.mark.parametrize(("name", "sheet"), [("ranking", "镇区排名"), ("quarterly", "镇区名次变动")])
def test_a_score_has_no_digits_from_which_figures_could_be_worked_out(
    planted: Plan, xiaolan: User, name: str, sheet: str
) -> None:
    """1 of each target is no round score; the whole of it would tell 小榄镇 which figures 古镇镇 reported."""
    report, file = REPORTS[name], BytesIO()
    report.writers["xlsx"](asked_for(report, reading(xiaolan, "2015Q2"), xiaolan, ON), file)
    cells = [cell for row in openpyxl.load_workbook(file)[sheet].iter_rows() for cell in row]
    (head,) = [cell for cell in cells if cell.value == "得分"]
    scores = [
        cell.value for cell in cells if cell.column == head.column and isinstance(cell.value, int | float)
    ]
    assert len(scores) == 24
    assert 0 < scores[1] < 100
    assert all(score == round(score, 1) for score in scores)


def sheets_of(name: str, user: User, quarter: str) -> str:
    """Without the file's own times, which are those of its making."""
    return re.sub(r"<dcterms:[^>]*>[^<]*</dcterms:[^>]*>", "", text_of(name, user, quarter))
