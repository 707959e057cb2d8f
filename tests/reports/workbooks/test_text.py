"""Words of the plan stay words: none becomes a formula, and none keeps the file from opening."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from indicators.models import Category, Indicator, Plan, PlanNote
from tests.reports.workbooks.cells import sheet_of
from towns.models import Area

FORMULA = '=HYPERLINK("http://example.com","点此")'


@pytest.mark.parametrize("words", [FORMULA, "+1", "-1", "@SUM(A1)", "\t=1+1", "a\x0bb"])
@pytest.mark.parametrize("name", ["annex1", "annex2"])
def test_text_is_never_a_formula(zhongshan: Plan, leader: User, name: str, words: str) -> None:
    Plan.objects.update(name=words)
    Category.objects.filter(code="technical-upgrade").update(name=words)
    Indicator.objects.filter(code="industrial-investment").update(
        name=words, short_name=words, unit=words[:20], goal_text=words
    )
    Area.objects.filter(code="xiaolan").update(name=words)
    PlanNote.objects.filter(code="huoju-heading").update(text=words)
    sheet = sheet_of(name, leader)
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    shown = words.replace("\x0b", "")
    assert [cell for cell in cells if str(cell.value).startswith(shown)], (
        "the planted words are not in the file"
    )
