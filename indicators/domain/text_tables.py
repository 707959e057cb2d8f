"""Tables as people hand them in: text cells that know where they stand, and the faults found in them.

A CSV file and a sheet of a workbook become the same thing here, so that whatever checks a table can say where
the fault is. Rows are numbered as Excel numbers them: the header is row 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

HEADER_ROW = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: `place` is a file or a sheet; row 0 is all of it, no column the whole row."""

    place: str
    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        """One Chinese sentence with its address.

        >>> str(Fault("targets.csv", 5, "value", "“abc”不是数字。"))
        'targets.csv 第 5 行 value 列：“abc”不是数字。'
        """
        row = f" 第 {self.row} 行" if self.row else ""
        column = f" {self.column} 列" if self.column else ""
        return f"{self.place}{row}{column}：{self.sentence}"


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row: its number and its cells as `{column: text}`, stripped; a blank cell is the empty string."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class TextTable:
    """One table: `place` is what people call it ("targets.csv", "工作表 targets"), `columns` its header."""

    name: str
    place: str
    columns: Sequence[str]
    rows: Sequence[TextRow]

    def fault(self, row: TextRow, column: str, sentence: str) -> Fault:
        return Fault(self.place, row.number, column, sentence)


@dataclass(frozen=True, slots=True)
class TextTables:
    """A folder or a workbook: its tables by name, and what already went wrong in reading it."""

    place: str
    tables: Mapping[str, TextTable]
    faults: Sequence[Fault] = field(default=())


def table_of(name: str, place: str, lines: Sequence[Sequence[str]]) -> tuple[TextTable, list[Fault]]:
    """A table out of its lines, the first of which is the header; blank lines keep their number and go.

    >>> table, faults = table_of("aliases", "aliases.csv", [["indicator", "alias"], ["", ""], ["rd", "研发"]])
    >>> [(row.number, row["alias"]) for row in table.rows], faults
    ([(3, '研发')], [])
    """
    header = [cell.strip() for cell in lines[0]] if lines else []
    while header and not header[-1]:
        header.pop()
    rows, faults = [], [*_header_faults(place, header)]
    for number, line in enumerate(lines[1:], start=HEADER_ROW + 1):
        cells = [cell.replace("\r\n", "\n").strip() for cell in line]
        if any(cells):
            rows.append(TextRow(number, dict(zip(header, cells, strict=False))))
            faults += _faults_beside_header(place, number, header, cells)
    return TextTable(name, place, header, rows), faults


def _header_faults(place: str, header: list[str]) -> Iterator[Fault]:
    if not header:
        yield Fault(place, HEADER_ROW, "", "没有表头，第一行应为各列的名称。")
    for name in dict.fromkeys(header):
        if name and header.count(name) > 1:
            yield Fault(place, HEADER_ROW, name, "列名重复，请只留一列。")


def _faults_beside_header(place: str, number: int, header: list[str], cells: list[str]) -> Iterator[Fault]:
    """Cells without a column: most often a comma too many, which would shift what follows it."""
    for index, cell in enumerate(cells):
        if cell and (index >= len(header) or not header[index]):
            sentence = f"第 {index + 1} 格“{cell[:20]}”上方没有列名，请检查是否多了一个逗号或单元格。"
            yield Fault(place, number, "", sentence)
            return
