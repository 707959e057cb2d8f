"""Folders and workbooks as text tables: exact cells, their places, and every fault of the files themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from indicators.domain.text_tables import TextTables
from indicators.workbooks.limits import MAX_COLUMNS, MAX_ROWS
from indicators.workbooks.tables import read_tables

NAMES = ("towns", "goals")
SOUND = {"towns": "code,name\nxiaolan,小榄镇\n", "goals": "town,value\nxiaolan,9.45\n"}


def folder(path: Path, **files: str | bytes) -> Path:
    for name, content in (SOUND | files).items():
        raw = content if isinstance(content, bytes) else content.encode()
        (path / f"{name}.csv").write_bytes(raw)
    return path


def workbook(path: Path, fill: Callable[[Workbook], None] = lambda book: None) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, content in SOUND.items():
        sheet = book.create_sheet(name)
        for line in content.splitlines():
            sheet.append(line.split(","))
    fill(book)
    book.save(path / "plan.xlsx")
    return path / "plan.xlsx"


def told(tables: TextTables) -> list[str]:
    return [str(fault) for fault in tables.faults]


def test_a_folder_is_read_cell_by_cell(tmp_path: Path) -> None:
    tables = read_tables(folder(tmp_path), NAMES)
    assert told(tables) == []
    towns = tables.tables["towns"]
    assert (towns.place, list(towns.columns)) == ("towns.csv", ["code", "name"])
    assert [(row.number, row["code"], row["name"]) for row in towns.rows] == [(2, "xiaolan", "小榄镇")]


def test_nothing_is_guessed_of_a_cell(tmp_path: Path) -> None:
    written = 'code,name\nNA,null\n007,"1,417"\n1e5,TRUE\n,"两\n行"\n'
    rows = read_tables(folder(tmp_path, towns=written), NAMES).tables["towns"].rows
    assert [(row.number, row["code"], row["name"]) for row in rows] == [
        (2, "NA", "null"),
        (3, "007", "1,417"),
        (4, "1e5", "TRUE"),
        (5, "", "两\n行"),
    ]


def test_a_mark_at_the_start_and_windows_line_ends_are_no_part_of_a_cell(tmp_path: Path) -> None:
    tables = read_tables(folder(tmp_path, towns="\ufeffcode,name\r\nxiaolan,小榄镇\r\n"), NAMES)
    assert told(tables) == []
    assert [row["code"] for row in tables.tables["towns"].rows] == ["xiaolan"]


def test_missing_and_unknown_files_are_all_named(tmp_path: Path) -> None:
    (folder(tmp_path) / "goals.csv").rename(tmp_path / "gaols.csv")
    assert told(read_tables(tmp_path, NAMES)) == [
        "goals.csv：缺少这个文件。",
        "gaols.csv：不是计划的表，请改名或移走。计划的表为：towns、goals。",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("code,name\nxiaolan,小榄镇\n".encode("gb18030"), "不是 UTF-8 编码"),
        (b'code,name\n"xiaolan,1\n', "引号没有成对"),
        (b"code\n" + b"," * MAX_COLUMNS + b"x\n", f"超过 {MAX_COLUMNS} 列"),
        (b"code\n" + b"x\n" * MAX_ROWS, f"超过 {MAX_ROWS} 行"),
        (b"", "没有表头"),
        (b"x" * (5 * 1024 * 1024 + 1), "文件超过 5 MB"),
    ],
    ids=["encoding", "quotes", "columns", "rows", "empty", "size"],
)
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    tables = read_tables(folder(tmp_path, towns=content), NAMES)
    assert len(told(tables)) == 1
    assert told(tables)[0].startswith("towns.csv")
    assert sentence in told(tables)[0]
    assert len(tables.tables["goals"].rows) == 1


def test_a_workbook_reads_like_the_folder(tmp_path: Path) -> None:
    read = read_tables(workbook(tmp_path), NAMES)
    assert told(read) == []
    from_folder = read_tables(folder(tmp_path), NAMES)
    for name in NAMES:
        assert read.tables[name].rows == from_folder.tables[name].rows
    assert read.tables["towns"].place == "工作表 towns"


def test_missing_and_unknown_sheets_are_all_named(tmp_path: Path) -> None:
    def rename(book: Workbook) -> None:
        book["goals"].title = "Sheet1"

    assert told(read_tables(workbook(tmp_path, rename), NAMES)) == [
        "工作表 goals：缺少这张工作表。",
        "工作表 Sheet1：不是计划的表，请改名或删去。计划的表为：towns、goals。",
    ]


def test_a_cell_that_is_no_plain_text_is_named_with_its_column(tmp_path: Path) -> None:
    def spoil(book: Workbook) -> None:
        book["goals"]["B2"] = "=9+0.45"
        book["goals"]["A4"] = True

    assert told(read_tables(workbook(tmp_path, spoil), NAMES)) == [
        "工作表 goals 第 2 行 value 列：是公式，请复制后“选择性粘贴”为数值。",
        "工作表 goals 第 4 行 town 列：是逻辑值，请改为文字 yes 或留空。",
    ]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("XFD2", f"超过 {MAX_COLUMNS} 列（空列也算），请删去多余的列。"),
        (f"A{MAX_ROWS + 1}", f"超过 {MAX_ROWS} 行（空行也算），请删去多余的行。"),
    ],
)
def test_a_sheet_that_is_too_large_is_named_and_the_others_are_read(
    tmp_path: Path, cell: str, sentence: str
) -> None:
    def spread(book: Workbook) -> None:
        book["towns"][cell] = "x"

    tables = read_tables(workbook(tmp_path, spread), NAMES)
    assert told(tables) == [f"工作表 towns：{sentence}"]
    assert len(tables.tables["goals"].rows) == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("plan.xlsx", b"PK no archive", "文件已损坏"),
        ("plan.xls", b"", "请用 Excel 另存为 xlsx"),
        ("nowhere.xlsx", None, "没有这个文件夹或文件"),
    ],
)
def test_what_is_no_plan_at_all_is_one_sentence(
    tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    (fault,) = told(read_tables(tmp_path / name, NAMES))
    assert fault.startswith(name)
    assert sentence in fault
