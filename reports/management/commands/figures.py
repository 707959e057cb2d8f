"""Prints an area's figures at a quarter, the same that its pages show."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.queries.server_reading import UnknownAddressError, find_reading
from reports.figures import known, show_progress
from reports.management.printing import aligned, exact_json
from reports.pages.figure_list import FigureRow, build

HEADINGS = (
    *("代码", "指标", "单位", "状态", "年度目标", "累计", "完成率"),
    *("序时进度", "序时应达", "超/欠序时", "预计全年", "原因"),
)


class Command(BaseCommand):
    help = "Print every indicator's figures of an area at a quarter, e.g. figures 2015Q2 zhongshan --json."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", help="a quarter, as 2015Q2")
        parser.add_argument("area", help="code or name of the city or of a town")
        parser.add_argument(
            "--plan", default="", help="code of the plan; needed where cities could be confused"
        )
        parser.add_argument("--json", action="store_true", help="print exact figures as a JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reading, area = find_reading(
                options["period"], plan_code=options["plan"], area_text=options["area"]
            )
        except UnknownAddressError as fault:
            raise CommandError(str(fault)) from fault
        rows = build(reading, area)
        if options["json"]:
            self.stdout.write(exact_json(_fields(row) for row in rows))
            return
        state = "" if reading.period.is_published else "（未定稿）"
        self.stdout.write(f"{area.name} {reading.quarter.label}{state} {reading.plan.name}")
        self.stdout.write("\n".join(aligned(HEADINGS, [_cells(row) for row in rows], left=4)))


def _fields(row: FigureRow) -> dict[str, str | Decimal | None]:
    progress = row.progress
    return {
        "code": row.code,
        "name": row.name,
        "unit": row.unit,
        "target": progress.target,
        "actual": progress.actual,
        "completion": known(progress.completion),
        "pace": progress.pace,
        "expected": known(progress.expected),
        "lead": known(progress.lead),
        "progress_ratio": known(progress.ratio),
        "light": progress.light.value,
        "projection": known(progress.projection),
        "reason": progress.reason.value if progress.reason else None,
    }


def _cells(row: FigureRow) -> tuple[str, ...]:
    shown = show_progress(row.progress, row.measure, row.unit)
    return (
        row.code,
        row.name,
        row.unit,
        shown.unjudged or str(shown.light.label),
        shown.target.text,
        shown.actual.text,
        shown.completion.text,
        shown.pace,
        shown.expected.text,
        shown.lead.text,
        shown.projection.text,
        str(row.progress.reason.label) if row.progress.reason else "",
    )
