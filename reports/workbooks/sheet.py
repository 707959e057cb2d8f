"""How every report's sheet begins: its title, and what its figures are."""

from __future__ import annotations

from datetime import date

from indicators.domain.periods import Quarter
from indicators.workbooks import styles
from indicators.workbooks.official import Look, Table


def head(table: Table, title: str, status: str, *, is_settled: bool) -> None:
    """The title, and below it what the figures are: quarter, 定稿 or not, 演示数据."""
    table.line(1, title, Look(styles.TITLE, styles.CENTRE), height=34)
    table.line(2, status, Look(styles.BODY if is_settled else styles.WARNING, styles.FLUSH_LEFT))


def status_line(quarter: Quarter, *, is_published: bool, is_demonstration: bool, on: date) -> str:
    parts = [f"{quarter.label}（{quarter.span}累计）", "已定稿" if is_published else "未定稿，数字可能变动"]
    if is_demonstration:
        parts.append("演示数据，不是实际报送的数据")
    parts.append("计量单位见指标名称")
    parts.append(f"制表日期：{on.year}年{on.month}月{on.day}日")
    return "　".join(parts)
