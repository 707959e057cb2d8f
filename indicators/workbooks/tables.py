"""Reads a folder of CSV files, or one workbook with sheets of the same names, into tables of text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd

from indicators.domain.text_tables import Fault, TextTable, TextTables, table_of
from indicators.workbooks.archive import opened_workbook
from indicators.workbooks.cells import CellError, cell_text
from indicators.workbooks.limits import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    DamagedFileError,
)

TOO_MANY_ROWS = f"超过 {MAX_ROWS} 行（空行也算），请删去多余的行。"
TOO_MANY_COLUMNS = f"超过 {MAX_COLUMNS} 列（空列也算），请删去多余的列。"


def read_tables(path: Path, names: Collection[str]) -> TextTables:
    """The tables of a folder or workbook. What is missing, unknown or damaged is among its faults.

    Nothing is guessed: every cell is text, "NA" too.
    """
    if path.is_dir():
        return _read_folder(path, names)
    if not path.is_file():
        return _unreadable(path, "没有这个文件夹或文件。")
    if path.suffix.lower() != ".xlsx":
        return _unreadable(path, "不是文件夹，也不是 xlsx 工作簿。旧格式请用 Excel 另存为 xlsx。")
    return _read_workbook(path, names)


def read_table(path: Path, name: str) -> tuple[TextTable, list[Fault]]:
    """One table from a CSV file, or from the first sheet of a workbook, and its faults."""
    if path.suffix.lower() != ".xlsx":
        return _read_csv(name, path)
    try:
        with opened_workbook(path) as book:
            return _read_sheet(name, book.worksheets[0])
    except DamagedFileError as error:
        return TextTable(name, path.name, (), ()), [Fault(path.name, 0, "", str(error))]


def _read_folder(folder: Path, names: Collection[str]) -> TextTables:
    files = {path.stem: path for path in sorted(folder.glob("*.csv"))}
    faults = [Fault(f"{name}.csv", 0, "", "缺少这个文件。") for name in names if name not in files]
    faults += [
        Fault(path.name, 0, "", f"不是计划的表，请改名或移走。计划的表为：{'、'.join(names)}。")
        for stem, path in files.items()
        if stem not in names
    ]
    tables: dict[str, TextTable] = {}
    for name in names:
        if name in files:
            tables[name], found = _read_csv(name, files[name])
            faults += found
    return TextTables(folder.name, tables, faults)


def _read_csv(name: str, path: Path) -> tuple[TextTable, list[Fault]]:
    try:
        lines = _csv_lines(path)
    except DamagedFileError as error:
        return TextTable(name, path.name, (), ()), [Fault(path.name, 0, "", str(error))]
    return table_of(name, path.name, lines)


def _csv_lines(path: Path) -> list[list[str]]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DamagedFileError(f"文件超过 {MAX_BYTES // 1024 // 1024} MB。")
        # Named columns, more than any table has: a row that is too long shows beside its header instead of
        # shifting its cells. Blank lines stay, for the row numbers.
        frame = pd.read_csv(
            path,
            header=None,
            names=range(MAX_COLUMNS),
            index_col=False,
            dtype=str,
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
            nrows=MAX_ROWS + 1,
            encoding="utf-8-sig",
        )
    except OSError as error:
        raise DamagedFileError("无法读取，请检查文件的权限。") from error
    except UnicodeDecodeError as error:
        raise DamagedFileError("不是 UTF-8 编码，请用 Excel 另存为“CSV UTF-8（逗号分隔）”。") from error
    except pd.errors.ParserError as error:
        raise DamagedFileError(f"不能按 CSV 表格读取：引号没有成对，或有一行{TOO_MANY_COLUMNS}") from error
    if len(frame) > MAX_ROWS:
        raise DamagedFileError(TOO_MANY_ROWS)
    return frame.to_numpy().tolist()


def _read_workbook(path: Path, names: Collection[str]) -> TextTables:
    tables: dict[str, TextTable] = {}
    faults: list[Fault] = []
    try:
        with opened_workbook(path) as book:
            sheets = {sheet.title.strip(): sheet for sheet in book.worksheets}
            faults += _sheet_faults(list(sheets), names)
            for name in names:
                if name in sheets:
                    tables[name], found = _read_sheet(name, sheets[name])
                    faults += found
    except DamagedFileError as error:
        return _unreadable(path, str(error))
    return TextTables(path.name, tables, faults)


def _sheet_faults(sheets: list[str], names: Collection[str]) -> Iterator[Fault]:
    if len(sheets) > MAX_SHEETS:
        raise DamagedFileError(f"工作表超过 {MAX_SHEETS} 张，请删去无关的工作表。")
    for name in names:
        if name not in sheets:
            yield Fault(_sheet_place(name), 0, "", "缺少这张工作表。")
    for sheet in sheets:
        if sheet not in names:
            sentence = f"不是计划的表，请改名或删去。计划的表为：{'、'.join(names)}。"
            yield Fault(_sheet_place(sheet), 0, "", sentence)


def _read_sheet(name: str, sheet: Any) -> tuple[TextTable, list[Fault]]:
    """One sheet; the size that the file declares is not believed, a false one costs gigabytes."""
    sheet.reset_dimensions()
    lines: list[list[str]] = []
    faults: list[Fault] = []
    for number, cells in enumerate(islice(sheet.iter_rows(), MAX_ROWS + 1), start=1):
        if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
            too_many = TOO_MANY_ROWS if number > MAX_ROWS else TOO_MANY_COLUMNS
            return TextTable(name, _sheet_place(name), (), ()), [Fault(_sheet_place(name), 0, "", too_many)]
        lines.append(_texts(cells, lines[0] if lines else [], number, _sheet_place(name), faults))
    table, found = table_of(name, _sheet_place(name), lines)
    return table, faults + found


def _texts(cells: Any, header: list[str], number: int, place: str, faults: list[Fault]) -> list[str]:
    texts = []
    for index, cell in enumerate(cells):
        try:
            texts.append(cell_text(cell.value, data_type=cell.data_type, number_format=cell.number_format))
        except CellError as error:
            column = header[index] if index < len(header) else str(index + 1)
            faults.append(Fault(place, number, column, str(error)))
            texts.append("")
    return texts


def _sheet_place(name: str) -> str:
    return f"工作表 {name}"


def _unreadable(path: Path, sentence: str) -> TextTables:
    return TextTables(path.name, {}, [Fault(path.name, 0, "", sentence)])
