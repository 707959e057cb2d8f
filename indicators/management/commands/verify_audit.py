"""Finds any altered, deleted, reordered, inserted or cut audit event."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.services.audit import Anchor, AnchorError, checks, faults_beside

MOST_SHOWN = 50
"""So many faults of a chain are printed; the others are counted."""


class Command(BaseCommand):
    help = "Verify the hash chains of the audit trail, and print each chain's head."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            metavar="NAME:LENGTH:HASH",
            help="a head that was printed earlier and noted elsewhere: it must still be in its chain; repeatable",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            anchors = [Anchor.parse(text) for text in options["anchor"]]
        except AnchorError as fault:
            raise CommandError(str(fault)) from fault
        faults = events = 0
        for check in checks(anchors):
            found = self._print(check.faults())
            faults, events = faults + found, events + check.head.length
            self.stdout.write(f"{check.head}　{'有误' if found else '完整'}")
        faults += self._print(faults_beside(anchors))
        if faults:
            raise CommandError(f"审计记录不完整：{faults} 处。")
        kept = f"，{len(anchors)} 个校验点都在链上" if anchors else ""
        self.stdout.write(f"审计记录完整，共 {events} 条{kept}。")

    def _print(self, faults: Iterator[str]) -> int:
        """Print the first of the faults; answers how many there are."""
        shown = 0
        for fault in islice(faults, MOST_SHOWN):
            self.stderr.write(fault)
            shown += 1
        if others := sum(1 for _ in faults):
            self.stderr.write(f"另有 {others} 处，未一一列出。")
        return shown + others
