"""A plan as a workbook: folder → database → workbook → database is the same plan, row for row."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from indicators.models import Indicator, Plan, Target
from indicators.services.plans import TABLES, load_plan
from indicators.workbooks.plans import read_plan, stored_lines, write_plan
from tests.plan_copies import PlanCopy
from tests.plan_fixtures import LOADED_AT, load
from tests.plans.tables import LINHAI, NUMBERS, ZHONGSHAN, columns_of, rows_of
from towns.models import Area, Unit

Lines = dict[str, list[list[object]]]

both_plans = pytest.mark.parametrize("folder", [ZHONGSHAN, LINHAI], ids=lambda folder: folder.name)


def stored(plan: Plan) -> Lines:
    return {name: stored_lines(table, plan) for name, table in TABLES.items()}


def written(folder: Path) -> Lines:
    """The folder's rows: numbers by their value, everything else as its text, nothing for a blank cell."""

    def cell(column: str, text: str) -> object:
        if not text:
            return None
        return Decimal(text) if column in NUMBERS else text

    return {
        table: [[cell(column, row[column]) for column in columns_of(table)] for row in rows_of(folder, table)]
        for table in TABLES
    }


def plain(lines: Lines) -> dict[str, list[str]]:
    """Rows in any order that compare by value: 1290.0 in a file and 1290 in a database are one figure."""

    def cell(value: object) -> object:
        return Decimal(value).normalize() if isinstance(value, int | Decimal) else value

    return {
        table: sorted(repr([cell(value) for value in row]) for row in rows) for table, rows in lines.items()
    }


def forget_everything() -> None:
    """An empty database again, within the test's transaction."""
    Indicator.objects.update(part_of=None, within=None)
    for model in (Indicator, Plan, Unit, Area):
        model.objects.all().delete()
    assert not Target.objects.exists()


@both_plans
def test_folder_to_database_to_workbook_to_an_empty_database(db: None, folder: Path, tmp_path: Path) -> None:
    plan = load(folder)
    first = stored(plan)
    assert plain(first) == plain(written(folder))
    rows = write_plan(plan, tmp_path / "plan.xlsx")
    assert rows == sum(len(rows_of(folder, table)) for table in TABLES)

    forget_everything()
    again = load(tmp_path / "plan.xlsx")
    # Not only the same rows: also in the same order.
    assert stored(again) == first
    assert plain(stored(again)) == plain(written(folder))


@both_plans
def test_the_workbook_and_the_folder_change_nothing_in_each_others_plan(
    db: None, folder: Path, tmp_path: Path
) -> None:
    write_plan(load(folder), tmp_path / "plan.xlsx")
    for path in (tmp_path / "plan.xlsx", folder):
        loaded = load_plan(read_plan(path), by=None, at=LOADED_AT)
        assert (loaded.changed_rows, loaded.left) == (0, [])


def test_text_that_looks_like_a_formula_a_date_or_an_error_stays_text(db: None, tmp_path: Path) -> None:
    copy = PlanCopy(LINHAI, tmp_path)
    tricky = "=1+1\n第二行，含“引号”、<标签> & 符号"
    copy.change("tasks", {"code": "land-supply"}, text=tricky, title="#N/A", section="2015/10/30")
    plan = load(copy.path)
    write_plan(plan, tmp_path / "plan.xlsx")
    sheet = load_workbook(tmp_path / "plan.xlsx")["tasks"]
    texts = {cell.value: cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value}
    assert {texts[text] for text in (tricky, "#N/A", "2015/10/30")} == {"s"}
    before = stored(plan)
    forget_everything()
    assert stored(load(tmp_path / "plan.xlsx")) == before


def test_numbers_are_numbers_and_the_sheets_read_well(zhongshan: Plan, tmp_path: Path) -> None:
    write_plan(zhongshan, tmp_path / "plan.xlsx")
    book = load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames == list(TABLES)
    targets = book["targets"]
    by_key = {tuple(row[:3]): row for row in targets.iter_rows(min_row=2, values_only=True)}
    assert by_key["rd-intensity", "zhongshan", 2016][3] == 1.35
    assert by_key["circular-parks", "zhongshan", 2016][3] is None
    for sheet in book.worksheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(8 <= column.width <= 60 for column in sheet.column_dimensions.values())
    # 中山市工业转型升级攻坚战三年行动计划（2015-2017年）is 51 columns wide, with two to spare.
    assert book["plan"].column_dimensions["B"].width == 53


def test_amended_targets_are_written_as_they_are_and_demonstration_ones_are_not(
    zhongshan: Plan, tmp_path: Path
) -> None:
    amended = Target.objects.get(indicator__code="patents")
    Target.objects.filter(pk=amended.pk).update(value=Decimal("12.5"), is_amended=True)
    Target.objects.create(
        indicator=amended.indicator, area=amended.area, year=2016, value=11, demonstration=True
    )
    write_plan(zhongshan, tmp_path / "plan.xlsx")
    rows = load_workbook(tmp_path / "plan.xlsx")["targets"].iter_rows(min_row=2, values_only=True)
    assert [row[2:4] for row in rows if row[0] == "patents"] == [(2017, 12.5)]


def test_another_citys_rows_are_not_in_the_workbook(zhongshan: Plan, linhai: Plan) -> None:
    assert plain(stored(linhai)) == plain(written(LINHAI))
    assert plain(stored(zhongshan)) == plain(written(ZHONGSHAN))


@pytest.mark.django_db
def test_a_write_that_fails_leaves_the_file_that_was_there(
    zhongshan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"before")

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("indicators.workbooks.plans.write_sheet", full)
    with pytest.raises(OSError, match="No space left"):
        write_plan(zhongshan, path)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
