"""`manage.py send_reminders` as a timer runs it: one line of summary, and an exit that a timer notices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from indicators.models import Period, Plan, Reminder
from indicators.services import filing
from tests.indicators.filing_steps import period_of
from towns.models import Unit


class RefusingServer(EmailBackend):
    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        raise OSError("mailbox full")


@pytest.fixture(autouse=True)
def due_in_three_days(zhongshan: Plan, office: User, xiaolan: User, guzhen: User) -> Period:
    """The command asks the clock: a quarter that is due three days from now; 小榄镇 alone has an address."""
    xiaolan.email = "xiaolan@zhongshan.example"
    xiaolan.save()
    today = timezone.localdate()
    return filing.open_period(
        period_of(zhongshan),
        opens_on=today - timedelta(days=10),
        due_on=today + timedelta(days=3),
        by=office,
        at=timezone.now(),
    )


def run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("send_reminders", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_one_line_says_what_was_sent_and_whom_no_mail_reaches(settings: Settings) -> None:
    settings.SITE_URL = "https://targets.zhongshan.example"
    said, _ = run()
    [line] = said.splitlines()
    others = Unit.objects.filter(city_code="zhongshan").count() - 1
    assert line.startswith("发出 1 封催报邮件，涉及 1 张季报表；0 项以前已经催过；")
    assert f"；{others} 个单位没有可用的电子邮箱：" in line
    assert "古镇" in line
    assert "小榄" not in line
    [letter] = mail.outbox
    assert "https://targets.zhongshan.example/returns/2015Q2/xiaolan/" in letter.body
    assert run()[0].startswith("发出 0 封催报邮件，涉及 0 张季报表；1 项以前已经催过；")
    assert len(mail.outbox) == 1


def test_a_dry_run_names_who_would_be_written_to_and_sends_nothing() -> None:
    said, _ = run("--dry-run")
    first, last = said.splitlines()
    assert first == "xiaolan <xiaolan@zhongshan.example>：【提醒】小榄镇2015年第二季度季报还有 3 天"
    assert last.startswith("应发 1 封，没有发送；")
    assert "何小榄：" in run("--dry-run", "--verbosity", "2")[0]
    assert mail.outbox == []
    assert not Reminder.objects.exists()


def test_a_failure_is_told_and_ends_the_command_as_failed(settings: Settings) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.RefusingServer"
    err = StringIO()
    with pytest.raises(CommandError, match="有 1 封没有发出，下次运行时再发"):
        call_command("send_reminders", stdout=StringIO(), stderr=err)
    assert err.getvalue() == "没有发给 xiaolan：OSError: mailbox full\n"
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("in_production", [False, True])
def test_without_a_mail_server_nothing_is_sent_nor_held_to_be_sent(
    settings: Settings, in_production: bool
) -> None:
    """In production the timer must notice; on one person's machine it is shown what would go out."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    settings.IN_PRODUCTION = in_production
    if in_production:
        with pytest.raises(CommandError, match="没有设置 EMAIL_URL"):
            run()
    else:
        said, warned = run()
        assert "xiaolan@zhongshan.example" in said
        assert "没有设置 EMAIL_URL" in warned
    assert not Reminder.objects.exists()


def test_nobody_is_written_to_about_a_demonstration_unless_it_is_named() -> None:
    Plan.objects.update(demonstration=True)
    assert run()[0] == "发出 0 封催报邮件，涉及 0 张季报表；0 项以前已经催过。\n"
    assert run("--plan", "zhongshan-2015-2017")[0].startswith("发出 1 封催报邮件")
    with pytest.raises(CommandError, match="没有代码为“nonsense”的计划。"):
        run("--plan", "nonsense")
