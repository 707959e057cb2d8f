"""Finds any altered, deleted, reordered or cut audit event."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from indicators.models import AuditEvent
from indicators.services.audit import verify_chains


class Command(BaseCommand):
    help = "Verify the hash chains of the audit trail."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(verify_chains())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"审计记录不完整：{len(faults)} 处。")
        self.stdout.write(f"审计记录完整，共 {AuditEvent.objects.count()} 条。")
