"""Published figures from a file become submitted returns that wait for a second person."""

from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from indicators.queries.server_reading import UnknownAddressError, find_plan
from indicators.services.results.importing import ImportRefusedError, bootstrap_results, import_results
from indicators.workbooks.results import UnreadableResultsError, read_results
from towns.access import city_of


class Command(BaseCommand):
    help = "Import published figures (period, indicator, area, value, unit, source) from CSV or xlsx."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="user name of an office account")
        parser.add_argument(
            "--plan", default="", help="code of the plan; default the latest of the user's city"
        )
        parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
        parser.add_argument(
            "--bootstrap", action="store_true", help="approve as well, while no quarter has been published"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = (
            User.objects.select_related("membership__city", "membership__unit")
            .filter(username=options["by"])
            .first()
        )
        if by is None:
            raise CommandError(f"没有用户名为“{options['by']}”的账号。")
        act = bootstrap_results if options["bootstrap"] else import_results
        try:
            plan = find_plan(options["plan"], city=city_of(by))
            rows = read_results(options["file"])
            done = act(plan, rows=rows, by=by, at=timezone.now(), dry_run=options["dry_run"])
        except ImportRefusedError as refusal:
            for fault in refusal.faults:
                self.stderr.write(fault)
            raise CommandError(str(refusal)) from refusal
        except (UnknownAddressError, UnreadableResultsError, PermissionDenied) as refusal:
            raise CommandError(str(refusal)) from refusal
        word = "可导入" if options["dry_run"] else "已导入"
        following = "" if options["bootstrap"] or options["dry_run"] or not done.figures else "，待第二人审定"
        self.stdout.write(
            f"{word} {done.figures} 个数、{done.returns} 张季报表{following}；{done.unchanged} 个数原已在库。"
        )
