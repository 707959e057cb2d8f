"""The template in LibreOffice: opened as it is, it refuses words where a number belongs, and comes back to be read."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from indicators.models import Plan
from tests.indicators.filing_steps import opened
from tests.indicators.views.test_return_workbooks import RETURN, apply, figures, seal_of, signed_in, upload
from tests.libreoffice import run_basic

# showInvalid marks the cells that break their validation, and says whether there are any: LibreOffice's own judgement.
STEPS = (
    """
Sub Main(source As String, target As String, report As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  sheet = doc.Sheets.getByName("季报表")
  file = FreeFile
  Open report For Output As #file
  Print #file, "{"
  Told file, "as_downloaded", sheet.showInvalid()
  cell = sheet.getCellRangeByName("F6")
  cell.setString("约十四亿")
  Told file, "words", sheet.showInvalid()
  Again sheet
  cell.setValue(-1)
  Told file, "below_zero", sheet.showInvalid()
  Again sheet
  cell.setValue(14.51)
  sheet.getCellRangeByName("F13").setValue(2.5)
  Told file, "half_a_firm", sheet.showInvalid()
  Again sheet
  sheet.getCellRangeByName("F13").setValue(3)
  sheet.getCellRangeByName("F5").setValue(101)
  Told file, "over_a_hundred_per_cent", sheet.showInvalid()
  Again sheet
  sheet.getCellRangeByName("F5").setValue(17.2)
  Told file, "figures", sheet.showInvalid()
  Told file, "stops", cell.Validation.ShowErrorMessage And cell.Validation.ErrorAlertStyle = 0
  Told file, "is_protected", sheet.isProtected()
  Told file, "cell_is_locked", cell.CellProtection.IsLocked
  Told file, "target_is_locked", sheet.getCellRangeByName("C6").CellProtection.IsLocked
  Told file, "identity_is_shown", doc.Sheets.getByName("校验信息").IsVisible
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "Calc MS Excel 2007 XML"
  doc.storeToURL(target, filter())
  Print #file, """
    + '"""sheets"": " & doc.Sheets.Count & "}"'
    + """
  Close #file
  doc.close(True)
End Sub

Sub Again(sheet As Object)
  sheet.clearArrows()
End Sub

Sub Told(file As Integer, name As String, value As Boolean)
  If value Then said = "true" Else said = "false"
  Print #file, """
    + '"""" & name & """: " & said & ","'
    + """
End Sub
"""
)


@pytest.fixture
def template(zhongshan: Plan, office: User, xiaolan: User) -> bytes:
    opened(zhongshan, office, due_on=timezone.localdate() + timedelta(days=5))
    return signed_in(xiaolan).get(RETURN + "template.xlsx").content


def test_libreoffice_refuses_words_and_its_file_comes_back(
    template: bytes, xiaolan: User, tmp_path: Path
) -> None:
    source, target, report = (tmp_path / name for name in ("out.xlsx", "back.xlsx", "report.json"))
    source.write_bytes(template)
    run_basic(STEPS, source.as_uri(), target.as_uri(), report, folder=tmp_path)
    said: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    assert said == {
        "as_downloaded": False,
        "words": True,
        "below_zero": True,
        "half_a_firm": True,
        "over_a_hundred_per_cent": True,
        "figures": False,
        "stops": True,
        "is_protected": True,
        "cell_is_locked": False,
        "target_is_locked": True,
        "identity_is_shown": False,
        "sheets": 2,
    }

    client = signed_in(xiaolan)
    preview = upload(client, target.read_bytes())
    assert preview.status_code == 200, preview.content.decode()
    apply(client, seal_of(preview))
    assert figures() == {
        "industrial-investment": (Decimal("14.51"), ""),
        "rd-institution-share": (Decimal("17.2"), ""),
        "robot-firms": (Decimal(3), ""),
    }
