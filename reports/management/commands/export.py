"""Writes one of the reports of the download page to a file, as the server reads it: with every town's figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from indicators.queries.server_reading import UnknownAddressError, find_reading
from reports.workbooks.catalogue import REPORTS


class Command(BaseCommand):
    help = "Export a report to a file, e.g. export annex2 --period 2015Q2 --output annex2.xlsx."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help=" | ".join(REPORTS))
        parser.add_argument("--period", required=True, help="a quarter, as 2015Q2")
        parser.add_argument("--output", required=True, type=Path, help="the file to write")
        parser.add_argument(
            "--plan", default="", help="code of the plan; needed where cities could be confused"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = REPORTS.get(options["name"])
        if report is None:
            raise CommandError(f"没有名为“{options['name']}”的报表，可选：{'、'.join(REPORTS)}。")
        try:
            reading, _ = find_reading(options["period"], plan_code=options["plan"])
        except UnknownAddressError as fault:
            raise CommandError(str(fault)) from fault
        output: Path = options["output"]
        content = report.content(reading, None, timezone.localdate())
        try:
            output.write_bytes(content)
        except OSError as fault:
            raise CommandError(f"不能写入 {output}：{fault.strerror}。") from fault
        state = "已定稿" if reading.period.is_published else "未定稿"
        self.stdout.write(
            f"{report.title}，{reading.plan.city.name}{reading.quarter.label}（{state}）→ {output}"
        )
