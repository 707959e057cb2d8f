"""Writes a plan as the workbook that loads back to the same plan."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.models import Plan
from indicators.services.plans import TABLES
from indicators.workbooks.plans import write_plan


class Command(BaseCommand):
    help = "Write a plan, as it stands in the database, as an xlsx workbook that load_plan takes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", metavar="CODE", help="code of the plan")
        parser.add_argument("path", type=Path, metavar="PATH.xlsx")

    def handle(self, *args: Any, **options: Any) -> None:
        code, path = options["code"], options["path"]
        plan = Plan.objects.select_related("city").filter(code=code).first()
        if plan is None:
            known = "、".join(Plan.objects.values_list("code", flat=True)) or "无"
            raise CommandError(f"没有代码为“{code}”的计划。已有的计划：{known}。")
        if path.suffix.lower() != ".xlsx":
            raise CommandError(f"“{path.name}”应以 .xlsx 结尾。")
        try:
            rows = write_plan(plan, path)
        except OSError as error:
            raise CommandError(f"不能写入 {path}：{error.strerror}。") from error
        self.stdout.write(f"计划“{code}”已写入 {path}：{len(TABLES)} 张表，{rows} 行。")
