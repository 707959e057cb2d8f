"""Reminds by mail those whose quarterly return is due within a week or overdue; for a timer, once a day."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from indicators.models import Plan
from indicators.services.filing.reminder_letters import letter_to
from indicators.services.filing.reminders import Round, Sending, plan_round, send_round

NO_SERVER = "django.core.mail.backends.console.EmailBackend"
NOT_SET = "没有设置 EMAIL_URL，即没有邮件服务器：什么也没有发出，也没有记为已催报。"


class Command(BaseCommand):
    help = "Send reminders of returns that are due within seven days or overdue, each once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--plan", default="", metavar="CODE", help="one plan alone; default all but demonstrations"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say who would be written to; send nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        planned = plan_round(_plans(options["plan"]), today=timezone.localdate(now))
        has_server = settings.EMAIL_BACKEND != NO_SERVER
        if options["dry_run"] or not has_server:
            self._show(planned, options["verbosity"])
            if not has_server and not options["dry_run"]:
                self._say_no_server()
            return
        sending = send_round(planned.letters, site_url=settings.SITE_URL, at=now)
        self.stdout.write(_summary(planned, sending))
        for name, fault in sending.failed.items():
            self.stderr.write(f"没有发给 {name}：{fault}")
        if sending.no_server:
            self.stderr.write(f"邮件服务器连不上（EMAIL_URL）：{sending.no_server}")
        if unsent := len(sending.failed) + sending.left:
            raise CommandError(f"有 {unsent} 封没有发出，下次运行时再发。")

    def _show(self, planned: Round, verbosity: int) -> None:
        today = timezone.localdate()
        for letter in planned.letters:
            message = letter_to(letter.user, letter.about, site_url=settings.SITE_URL, today=today)
            self.stdout.write(f"{letter.user.get_username()} <{letter.user.email}>：{message.subject}")
            if verbosity > 1:
                self.stdout.write(f"\n{message.body}\n")
        self.stdout.write(f"应发 {len(planned.letters)} 封，没有发送；{_others(planned)}")

    def _say_no_server(self) -> None:
        if settings.IN_PRODUCTION:
            raise CommandError(NOT_SET)
        self.stderr.write(NOT_SET)


def _plans(code: str) -> list[Plan]:
    """The plan of this code, a demonstration too; without one all plans that are no demonstration."""
    plans = Plan.objects.select_related("city").order_by("code")
    if not code:
        return list(plans.filter(demonstration=False))
    if not (found := list(plans.filter(code=code))):
        raise CommandError(f"没有代码为“{code}”的计划。")
    return found


def _summary(planned: Round, sending: Sending) -> str:
    returns = sum(len(letter.about) for letter in sending.sent)
    meanwhile = f"；{sending.elsewhere} 封已由同时运行的另一次发出" if sending.elsewhere else ""
    return f"发出 {len(sending.sent)} 封催报邮件，涉及 {returns} 张季报表{meanwhile}；{_others(planned)}"


def _others(planned: Round) -> str:
    told = f"{planned.told} 项以前已经催过"
    if not planned.unreachable:
        return f"{told}。"
    names = "、".join(unit.short_name for unit in planned.unreachable)
    return f"{told}；{len(planned.unreachable)} 个单位没有可用的电子邮箱：{names}。"
