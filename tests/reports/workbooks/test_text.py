"""Words of the plan stay words: none becomes a formula, and none keeps the file from opening."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from openpyxl import Workbook

from indicators.choices import ReturnState
from indicators.models import Category, Indicator, Plan, PlanNote
from tests.people import unit
from tests.reports.results import APPROVED_AT, filed, period_of, publish, record
from tests.reports.workbooks.cells import book_of
from towns.models import Area, Unit

BEHIND = {("industrial-investment", "zhongshan"): "1", ("industrial-investment", "xiaolan"): "1"}
FORMULA = '=HYPERLINK("http://example.com","点此")'


@pytest.mark.parametrize("words", [FORMULA, "+1", "-1", "@SUM(A1)", "\t=1+1", "a\x0b\uffffb"])
@pytest.mark.parametrize("name", ["annex1", "annex2", "board", "quarterly", "ranking", "statement"])
def test_text_is_never_a_formula(zhongshan: Plan, leader: User, office: User, name: str, words: str) -> None:
    record(zhongshan, "2015Q2", BEHIND)
    publish(zhongshan, "2015Q2", office)
    Plan.objects.update(name=words)
    Category.objects.filter(code="technical-upgrade").update(name=words)
    Indicator.objects.filter(code="industrial-investment").update(
        name=words, short_name=words, unit=words[:20], goal_text=words
    )
    Area.objects.filter(code="xiaolan").update(name=words)
    PlanNote.objects.filter(code="huoju-heading").update(text=words)
    about = "xiaolan" if name == "statement" else ""
    assert_stays_text(book_of(name, leader, about=about), words)


@pytest.mark.parametrize("words", [FORMULA, "@SUM(A1)", "a\x0b\uffffb"])
def test_what_people_write_in_the_filing_report_is_never_a_formula(
    zhongshan: Plan, office: User, guzhen: User, words: str
) -> None:
    period = period_of(zhongshan, "2015Q2")
    publish(zhongshan, "2015Q2", office)
    held = filed(period, unit("guzhen"), ReturnState.RETURNED)
    held.return_reason, held.submitted_by, held.submitted_at = words, guzhen, APPROVED_AT
    held.save()
    User.objects.filter(pk=guzhen.pk).update(first_name=words, last_name="")
    Unit.objects.filter(code="xiaolan").update(name=words)
    assert_stays_text(book_of("filing", office), words, times=4)


def assert_stays_text(book: Workbook, words: str, *, times: int = 1) -> None:
    """Every cell is text, a number or a time, and the planted words stand in so many at least."""
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    shown = words.replace("\x0b\uffff", "")
    assert sum(shown in str(cell.value) for cell in cells) >= times, "the planted words are not in the file"
