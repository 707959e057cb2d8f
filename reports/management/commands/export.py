"""Writes one of the reports of the download page to a file, as the server reads it: with every town's figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import Http404
from django.utils import timezone

from indicators.queries.server_reading import UnknownAddressError, find_reading, server_reader
from reports.downloads.catalogue import REPORTS, Asked, Report, Subject
from reports.downloads.subjects import CALLED, asked_for


class Command(BaseCommand):
    help = "Export a report to a file, e.g. export annex2 --period 2015Q2 --output annex2.xlsx."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help=" | ".join(REPORTS))
        parser.add_argument("--period", required=True, help="a quarter, as 2015Q2")
        parser.add_argument(
            "--output", required=True, type=Path, help="the file to write; its suffix is its form"
        )
        parser.add_argument("--town", default="", help="code of the town, for a report of one")
        parser.add_argument("--indicator", default="", help="code of the indicator, for a report of one")
        parser.add_argument(
            "--plan", default="", help="code of the plan; needed where cities could be confused"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = REPORTS.get(options["name"])
        if report is None:
            raise CommandError(f"没有名为“{options['name']}”的报表，可选：{'、'.join(REPORTS)}。")
        output: Path = options["output"]
        extension = output.suffix.removeprefix(".").lower()
        if extension not in report.writers:
            forms = "、".join(f".{one}" for one in report.writers)
            raise CommandError(f"“{report.title}”的文件名应以 {forms} 结尾，收到的是“{output.name}”。")
        asked = _asked(report, options)
        # Beside it first, so that nobody takes half a file for a whole one.
        unfinished = output.with_name(f"{output.name}.part")
        try:
            with unfinished.open("wb") as file:
                report.writers[extension](asked, file)
            unfinished.replace(output)
        except OSError as fault:
            raise CommandError(f"不能写入 {output}：{fault.strerror}。") from fault
        finally:
            unfinished.unlink(missing_ok=True)
        reading = asked.reading
        state = "已定稿" if reading.period.is_published else "未定稿"
        title = f"{asked.called}{report.file_title or report.title}"
        told = f"{title}，{reading.plan.city.name}{reading.quarter.label}（{state}）"
        self.stdout.write(f"{told}→ {output}")


def _asked(report: Report, options: dict[str, Any]) -> Asked:
    try:
        reading, _ = find_reading(options["period"], plan_code=options["plan"])
        about = _about(report, options)
        asked = asked_for(report, reading, server_reader(reading.plan), timezone.localdate(), about)
    except (UnknownAddressError, Http404) as fault:
        raise CommandError(str(fault)) from fault
    if refusal := report.refusal(asked):
        raise CommandError(refusal)
    return asked


def _about(report: Report, options: dict[str, Any]) -> str:
    """The town or indicator that was named; one named for a report that is about none is a mistake."""
    for subject in set(Subject) - {Subject.PLAN, report.subject}:
        if options[subject.value]:
            raise CommandError(f"“{report.title}”不按{CALLED[subject]}分，请去掉 --{subject.value}。")
    if report.subject == Subject.PLAN:
        return ""
    about: str = options[report.subject.value]
    if not about:
        raise CommandError(
            f"“{report.title}”一份只写一个{CALLED[report.subject]}，请用 --{report.subject.value} 指明代码。"
        )
    return about
