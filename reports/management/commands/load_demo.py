"""Demonstration accounts, figures and a published bulletin for a plan that holds nothing yet."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from indicators.models import Period
from indicators.queries.server_reading import UnknownAddressError, find_plan, find_reading
from indicators.services.bulletins import Imprint, publish_bulletin
from indicators.services.demonstration.loading import DemonstrationRefusedError, load_demonstration
from indicators.services.demonstration.people import PASSWORD
from indicators.workbooks.results import UnreadableResultsError, read_results
from reports.documents.editions import make_editions

ISSUER, NUMBER = "联席会议办公室", "演示〔{year}〕{number}号"
PUBLISHED = Path(settings.BASE_DIR) / "fixtures" / "published_results.csv"


class Command(BaseCommand):
    help = "Load demonstration accounts and figures; refused in production and on a database that holds real data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--plan", default="", help="code of the plan; default the latest")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IN_PRODUCTION:
            raise CommandError("正式环境（ENVIRONMENT=production）不能载入演示数据。")
        try:
            plan = find_plan(options["plan"])
            rows = read_results(PUBLISHED)
            loaded = load_demonstration(plan, published=rows, at=timezone.now(), issue=issue_bulletin)
        except (UnknownAddressError, DemonstrationRefusedError, UnreadableResultsError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("已载入演示数据。" if loaded else "已有演示数据，没有变化。")
        self.stdout.write(f"演示账号（密码都是 {PASSWORD}）：")
        self.stdout.write("  office、office2（联席办） leader（领导） auditor（审计） admin（账号管理）")
        self.stdout.write("  各镇区和部门的填报员用其代码，如 xiaolan（小榄镇）、jingxin（市经济和信息化局）")


def issue_bulletin(period: Period, by: User, at: datetime) -> None:
    """The quarter's bulletin as the office publishes it, of the figures as they are then."""
    reading, _ = find_reading(period.code, plan_code=period.plan.code)
    day = timezone.localdate(at)
    number = NUMBER.format(year=day.year, number=period.number)
    imprint = Imprint(ISSUER, number, day, has_red_head=True)
    publish_bulletin(
        period,
        imprint=imprint,
        editions=make_editions(reading, imprint, on=day),
        revision=reading.plan.revision,
        by=by,
        at=at,
    )
