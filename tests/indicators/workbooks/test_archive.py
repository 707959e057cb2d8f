"""Workbooks from outside: what is too large or damaged is refused in a sentence, before it costs anything."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from indicators.workbooks.archive import opened_workbook
from indicators.workbooks.limits import MAX_BYTES, MAX_MEMBERS, MAX_UNPACKED_BYTES, DamagedFileError


def archive(**members: bytes) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return file


def workbook_with(sheet_xml: bytes) -> io.BytesIO:
    """A workbook whose only sheet holds what no program would write."""
    sound, changed = io.BytesIO(), io.BytesIO()
    book = Workbook()
    book.active.append(["code"])
    book.save(sound)
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            is_sheet = member == "xl/worksheets/sheet1.xml"
            new.writestr(member, sheet_xml if is_sheet else old.read(member))
    return changed


def read_all(file: io.BytesIO | Path) -> list[list[object]]:
    with opened_workbook(file) as book:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return [[cell.value for cell in row] for row in sheet.iter_rows()]


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%b<sheetData>%b</sheetData>'
    b"</worksheet>"
)


def test_a_file_that_is_no_archive_is_refused() -> None:
    with pytest.raises(DamagedFileError, match="文件已损坏"):
        read_all(io.BytesIO(b"code,name\nxiaolan\n"))


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    with pytest.raises(DamagedFileError, match="文件已损坏"):
        read_all(archive(readme=b"nothing"))


def test_half_a_file_is_refused() -> None:
    whole = workbook_with(SHEET % (b"", b"")).getvalue()
    with pytest.raises(DamagedFileError, match="文件已损坏"):
        read_all(io.BytesIO(whole[: len(whole) // 2]))


def test_a_number_that_is_none_is_refused_while_the_rows_are_read() -> None:
    file = workbook_with(SHEET % (b"", b'<row r="1"><c r="A1"><v>abc</v></c></row>'))
    with pytest.raises(DamagedFileError, match="文件已损坏"):
        read_all(file)


def test_broken_xml_is_refused_while_the_rows_are_read() -> None:
    with pytest.raises(DamagedFileError, match="文件已损坏"):
        read_all(workbook_with((SHEET % (b"", b'<row r="1"><c r="A1"><v>1</v></c></row>'))[:-20]))


def test_entities_that_multiply_are_refused() -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + SHEET % (
        b"",
        b'<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>',
    )
    with pytest.raises(DamagedFileError, match="文件已损坏"):
        read_all(workbook_with(laughs))


def test_a_small_file_that_unpacks_to_more_than_allowed_is_refused() -> None:
    bomb = archive(sheet=bytes(MAX_UNPACKED_BYTES + 1))
    assert len(bomb.getvalue()) < 100_000
    with pytest.raises(DamagedFileError, match="展开后超过 50 MB"):
        read_all(bomb)


def test_a_file_larger_than_allowed_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    path.write_bytes(bytes(MAX_BYTES + 1))
    with pytest.raises(DamagedFileError, match="文件超过 5 MB"):
        read_all(path)


def test_an_archive_of_too_many_parts_is_refused() -> None:
    with pytest.raises(DamagedFileError, match="部件超过 200 个"):
        read_all(archive(**{f"part{number}": b"" for number in range(MAX_MEMBERS + 1)}))


def test_a_false_dimension_is_not_believed() -> None:
    file = workbook_with(
        SHEET % (b'<dimension ref="A1:XFD1048576"/>', b'<row r="1"><c r="A1"><v>1417</v></c></row>')
    )
    assert read_all(file) == [[1417]]


def test_a_formula_shared_by_thousands_of_cells_is_refused_in_plans_and_results_too() -> None:
    first = b'<row r="1"><c r="A1"><f t="shared" si="0">%b1</f></c></row>' % (b"A1+" * 2_700)
    others = b'<row><c><f t="shared" si="0"/></c></row>' * 5_000
    with pytest.raises(DamagedFileError, match="共享公式过多"):
        read_all(workbook_with(SHEET % (b"", first + others)))


def test_a_formula_shared_down_a_column_is_read() -> None:
    first = b'<row r="1"><c r="A1"><f t="shared" si="0">B1*100</f></c></row>'
    others = b'<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
    assert read_all(workbook_with(SHEET % (b"", first + others))) == [["=B1*100"], ["=B2*100"]]
