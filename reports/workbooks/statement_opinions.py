"""The foot of a town's statement: what the town found when it checked, what the office answers, and both seals."""

from __future__ import annotations

from indicators.workbooks import styles
from indicators.workbooks.official import Look, Table
from reports.pages.statement import StatementPage

ROWS, ROW_HEIGHT = 4, 24
SIGNED = "负责人：　　　　　　经办人：　　　　　　（盖章）　　年　　月　　日"
TOWN_SAYS = f"核对意见：\n□ 数据无误　□ 有出入（请写明）：\n\n\n{SIGNED}"
OFFICE_SAYS = f"复核意见：\n\n\n\n{SIGNED}"


def add_opinions(table: Table, page: StatementPage, row: int) -> int:
    """Two boxes side by side; answers with the row below them."""
    left = table.columns // 3
    look = Look(styles.BODY, styles.TOP_LEFT)
    table.span(row, 1, f"{page.town}{TOWN_SAYS}", look, rows=ROWS, columns=left)
    table.span(
        row,
        left + 1,
        f"{page.city}联席会议办公室{OFFICE_SAYS}",
        look,
        rows=ROWS,
        columns=table.columns - left,
    )
    for at in range(row, row + ROWS):
        table.sheet.row_dimensions[at].height = ROW_HEIGHT
    return row + ROWS
