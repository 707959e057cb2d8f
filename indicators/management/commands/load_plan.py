"""Loads a plan from a folder of CSV files or a workbook, and says what in it does not add up."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from indicators.domain.plan_check import Check, Disagreement
from indicators.services.plans import LoadedPlan, PlanFaults, load_plan
from indicators.workbooks.plans import read_plan

HEADINGS = {
    Check.SUM: "各镇区合计与全市目标",
    Check.WITHIN: "包含关系",
    Check.PART: "其中数与总数",
    Check.TEXT: "正文与目标表",
    Check.GOAL: "各年目标与我市目标",
}


class Command(BaseCommand):
    help = "Check a plan (folder of CSV files or xlsx workbook) and load it, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH")
        parser.add_argument(
            "--dry-run", action="store_true", help="check and count everything, write nothing"
        )
        together = "together with the other two: replace targets that people have changed since"
        parser.add_argument("--by", default="", metavar="USER", help=f"an office account; {together}")
        parser.add_argument("--reason", default="", help=together)
        parser.add_argument("--document", default="", help=together)

    def handle(self, *args: Any, **options: Any) -> None:
        grounds = [options["by"], options["reason"].strip(), options["document"].strip()]
        if any(grounds) and not all(grounds):
            raise CommandError("--by、--reason、--document 应同时给出，或都不给。")
        try:
            loaded = load_plan(
                read_plan(options["path"]),
                by=_account(options["by"]),
                at=timezone.now(),
                reason=options["reason"],
                document=options["document"],
                dry_run=options["dry_run"],
            )
        except PlanFaults as found:
            for fault in found.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"共 {len(found.faults)} 处错误，没有载入任何内容。") from found
        except PermissionDenied as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(loaded)

    def _tell(self, loaded: LoadedPlan) -> None:
        self.stdout.write(f"{loaded.plan_name}（{loaded.plan_code}）")
        self.stdout.write("，".join(loaded.contents) + "。")
        self._tell_disagreements(loaded.disagreements)
        for noun, left in loaded.left:
            self.stdout.write(f"本次文件中没有、系统中保留的{noun}（{len(left)}）：{'、'.join(left)}")
        if loaded.kept:
            self.stdout.write(f"人工调整过、保留不变的目标（{len(loaded.kept)}）：")
        for sentence in loaded.kept:
            self.stdout.write(f"  {sentence}")
        if loaded.kept:
            self.stdout.write("  如需按本次文件更改，请加 --by、--reason、--document。")
        self.stdout.write(loaded.summary)

    def _tell_disagreements(self, disagreements: Sequence[Disagreement]) -> None:
        if not disagreements:
            self.stdout.write("计划内的数字没有不一致之处。")
            return
        self.stdout.write(f"计划内的数字不一致 {len(disagreements)} 处，按原文保留：")
        for check, heading in HEADINGS.items():
            sentences = [found.sentence for found in disagreements if found.kind == check]
            if sentences:
                self.stdout.write(f"  {heading}（{len(sentences)}）")
            for sentence in sentences:
                self.stdout.write(f"    {sentence}")


def _account(username: str) -> User | None:
    if not username:
        return None
    found = User.objects.select_related("membership__city").filter(username=username).first()
    if found is None:
        raise CommandError(f"没有用户名为“{username}”的账号。")
    return found
