"""One unit's return as a workbook to fill in: written here, and read back row by row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from indicators.domain.periods import Quarter
from indicators.models import Indicator, QuarterlyReturn
from indicators.models.filing import RETURN_TEXTS
from indicators.queries.filing.comparisons import EMPTY, Figure, beside
from indicators.queries.filing.returns import NOT_BEGUN, StoredReturn
from indicators.queries.filing.wording import day
from indicators.services.filing import SentReturn
from indicators.services.filing.drafts import TEXT_LENGTH
from indicators.services.filing.typed import NOTE_LENGTH
from indicators.workbooks import styles
from indicators.workbooks.official import A4, Look, Table, finish, new_table, protect, saved
from indicators.workbooks.returns import identity
from indicators.workbooks.returns.grid import Grid, address_of, sheet_named
from indicators.workbooks.returns.identity import (
    Format,
    identity_of,
    read_identity,
    require_same_quarter,
    stamp,
)
from indicators.workbooks.returns.intake import opened_upload
from indicators.workbooks.returns.refusals import AGAIN, RefusedFileError
from indicators.workbooks.returns.validation import Rule, apply_rules, figure_rule, text_rule

SHEET = "季报表"
NAME, UNIT, TARGET, LAST_QUARTER, LAST_YEAR, FIGURE, NOTE = range(1, 8)
HEAD_ROW = 4
FIRST_ROW = HEAD_ROW + 1
ROW_HEIGHT, TEXT_ROW_HEIGHT = 24, 72
HOW_TEXTS = "浅黄底的格子可以填写，其余已锁定。填好后在本单位季报的页面上传。"
HOW = f"填年初到本季末的累计数；没有数的留空，并在“说明”中写明原因。{HOW_TEXTS}"


@dataclass(frozen=True, slots=True)
class SentTemplate:
    """What came back: the version that was downloaded, and the cells."""

    version: int
    sent: SentReturn


def write_template(stored: StoredReturn, today: date) -> bytes:
    """The return as an official-looking sheet, with what the draft holds already in its cells."""
    book, table = new_table(SHEET, columns=NOTE)
    book.properties.title = f"{stored.unit.name}{stored.period.quarter.label}季报表"
    _head(table, stored, today)
    rules = [rule for row, one in _rows(stored) for rule in _row(table, stored, one, row)]
    rules += _texts(table, stored)
    apply_rules(table.sheet, rules)
    table.widths(46, 9, 14, 15, 15, 16, 38)
    finish(table, paper=A4, heading_rows=(HEAD_ROW, HEAD_ROW), freeze=address_of(FIRST_ROW, UNIT))
    protect(table)
    stamp(book, identity_of(stored.period, Format.RETURN, {stored.unit.code: _version(stored)}))
    return saved(book)


def template_name(stored: StoredReturn) -> str:
    """小榄镇2015年第二季度季报表.xlsx, marked where the figures only demonstrate."""
    mark = "（演示数据）" if stored.period.plan.demonstration else ""
    return f"{stored.unit.name}{stored.period.quarter.label}季报表{mark}.xlsx"


def read_template(file: BinaryIO, stored: StoredReturn) -> SentTemplate:
    """What was typed into this unit's template. Raises RefusedFileError for a file of which nothing can be taken."""
    with opened_upload(file) as book:
        sheet = sheet_named(book, identity.SHEET)
        if sheet is None:
            raise RefusedFileError(identity.UNSTAMPED)
        found = read_identity(sheet, Format.RETURN)
        require_same_quarter(found, stored.period)
        version = found.versions.get(stored.unit.code)
        if version is None:
            raise RefusedFileError(f"这是另一个单位的模板，本页是{stored.unit.name}的。{AGAIN}")
        return SentTemplate(
            version, _read(Grid(book, SHEET, rows=_text_row(stored) + 20, columns=NOTE), stored)
        )


def _read(grid: Grid, stored: StoredReturn) -> SentReturn:
    for column, heading in enumerate(_headings(stored.period.quarter), start=1):
        grid.require_words(HEAD_ROW, column, heading)
    for row, one in _rows(stored):
        grid.require_words(row, NAME, _name(one, stored))
        grid.require_words(row, UNIT, one.unit)
    texts = _text_rows(stored)
    for row, name in texts:
        grid.require_words(row, NAME, _label(name))
    own = {f"{address_of(row, UNIT)}:{address_of(row, NOTE)}" for row, _ in texts}
    grid.require_unmerged(rows=range(HEAD_ROW, texts[-1][0] + 1), columns=range(NAME, NOTE + 1), besides=own)
    return SentReturn(
        figures={one.code: grid.sent(row, FIGURE) for row, one in _rows(stored)},
        notes={one.code: grid.sent(row, NOTE) for row, one in _rows(stored)},
        texts={name: grid.sent(row, UNIT) for row, name in texts},
    )


def _headings(quarter: Quarter) -> tuple[str, ...]:
    return (
        "指标",
        "单位",
        f"{quarter.year}年目标",
        f"上季累计\n（{quarter.previous.label}）",
        f"上年同期\n（{quarter.same_last_year.label}）",
        f"本季累计\n（{quarter.span}）",
        "说明",
    )


def _rows(stored: StoredReturn) -> list[tuple[int, Indicator]]:
    return list(enumerate(stored.indicators, start=FIRST_ROW))


def _text_row(stored: StoredReturn) -> int:
    """The first of the texts' rows, one row below the last indicator."""
    return FIRST_ROW + len(stored.indicators) + bool(stored.indicators)


def _text_rows(stored: StoredReturn) -> list[tuple[int, str]]:
    return list(enumerate(RETURN_TEXTS, start=_text_row(stored)))


def _label(name: str) -> str:
    return str(QuarterlyReturn._meta.get_field(name).verbose_name)


def _name(indicator: Indicator, stored: StoredReturn) -> str:
    return f"其中：{indicator.name}" if _is_part(indicator, stored) else indicator.name


def _is_part(indicator: Indicator, stored: StoredReturn) -> bool:
    return any(one.pk == indicator.part_of_id for one in stored.indicators)


def _version(stored: StoredReturn) -> int:
    return stored.filed.version if stored.filed else NOT_BEGUN


def _head(table: Table, stored: StoredReturn, today: date) -> None:
    period, quarter = stored.period, stored.period.quarter
    table.line(1, f"{period.plan.name}季报表", Look(styles.TITLE, styles.CENTRE), height=34)
    parts = [
        f"填报单位：{stored.unit.name}",
        f"报送期：{quarter.label}（{quarter.span}累计）",
        f"截止日期：{day(period.due_on, today, period)}",
        "计量单位：见“单位”栏",
    ]
    if period.plan.demonstration:
        parts.append("演示数据，不是实际报送的数据")
    table.line(2, "　　".join(parts), Look(styles.STRONG, styles.FLUSH_LEFT), height=22)
    how = HOW if stored.indicators else f"本单位本季度没有要填的指标，只填写文字。{HOW_TEXTS}"
    table.line(3, how, Look(styles.SMALL, styles.FLUSH_LEFT), height=20)
    for column, heading in enumerate(_headings(quarter), start=1):
        table.heading(HEAD_ROW, column, heading)
    table.sheet.row_dimensions[HEAD_ROW].height = 34


def _row(table: Table, stored: StoredReturn, indicator: Indicator, row: int) -> list[Rule]:
    there = beside(stored.facts, indicator, stored.unit.area, stored.period.quarter)
    figure: Figure = stored.figures.get(indicator.code, EMPTY)
    shape = styles.figure_format(indicator.decimals)
    indent = styles.INDENTED_TWICE if _is_part(indicator, stored) else styles.LEFT_INDENTED
    table.text(row, NAME, _name(indicator, stored), Look(alignment=indent))
    table.text(row, UNIT, indicator.unit)
    for column, value in (
        (TARGET, there.target),
        (LAST_QUARTER, there.last_quarter),
        (LAST_YEAR, there.last_year),
    ):
        table.figure(row, column, value, shape, Look(alignment=styles.RIGHT_INDENTED))
    typed = table.entry(row, FIGURE, figure.value, shape, alignment=styles.RIGHT_INDENTED)
    note = table.entry(row, NOTE, figure.note, alignment=styles.LEFT_INDENTED)
    table.sheet.row_dimensions[row].height = ROW_HEIGHT
    return [(figure_rule(indicator), typed), (text_rule("说明", NOTE_LENGTH), note)]


def _texts(table: Table, stored: StoredReturn) -> list[Rule]:
    rules: list[Rule] = []
    for row, name in _text_rows(stored):
        table.text(row, NAME, _label(name), Look(styles.HEAD, styles.CENTRE, styles.HEAD_FILL))
        text = getattr(stored.filed, name) if stored.filed else ""
        cells = [
            table.entry(row, column, text if column == UNIT else None, alignment=styles.TOP_LEFT)
            for column in range(UNIT, NOTE + 1)
        ]
        table.sheet.merge_cells(start_row=row, start_column=UNIT, end_row=row, end_column=NOTE)
        table.sheet.row_dimensions[row].height = TEXT_ROW_HEIGHT
        rules.append((text_rule("每段文字", TEXT_LENGTH), cells[0]))
    return rules
