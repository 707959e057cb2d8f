"""The wording of a reminder: what is asked for, until when, and where. Nothing that a return says leaves by mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.urls import reverse

from indicators.choices import ReminderKind, ReturnState
from indicators.queries.filing.reminders import DueReturn
from indicators.queries.filing.wording import day, days_left, name_of

STANDS = {
    None: "还没有开始填报",
    ReturnState.DRAFT: "草稿还没有提交",
    ReturnState.RETURNED: "已被退回，请按系统里写明的理由改好后重新提交",
}
FOOT = "本邮件由系统自动发出，同一事项不再重复。如刚才已经提交，请不必理会。\n\n联席会议办公室\n"


def letter_to(user: User, about: Sequence[DueReturn], *, site_url: str, today: date) -> EmailMessage:
    """One mail about all of these returns of the person's unit; `site_url` empty: without links."""
    unit = about[0].unit.name
    asked = "\n\n".join(_asked(due, site_url, today) for due in about)
    where = "" if site_url else "请登录系统，点“季报”打开填报。\n\n"
    text = f"{name_of(user)}：\n\n{unit}有以下季报等待报送。\n\n{asked}\n\n{where}{FOOT}"
    return EmailMessage(
        subject=_subject(unit, about, today),
        body=text,
        to=[user.email],
        # Nobody's answering machine is to answer a program.
        headers={"Auto-Submitted": "auto-generated"},
    )


def _subject(unit: str, about: Sequence[DueReturn], today: date) -> str:
    late = [due for due in about if due.kind == ReminderKind.OVERDUE]
    heading = "【催报】" if late else "【提醒】"
    if len(about) == 1:
        return f"{heading}{unit}{about[0].period.quarter.label}季报{days_left(about[0].due_on, today)}"
    overdue = f"，其中 {len(late)} 张已逾期" if late else ""
    return f"{heading}{unit}有 {len(about)} 张季报待报送{overdue}"


def _asked(due: DueReturn, site_url: str, today: date) -> str:
    """One return: "2015年第二季度季报：7月15日截止，还有 7 天；还没有开始填报。" and its address."""
    period = due.period
    stands = STANDS[ReturnState(due.filed.state) if due.filed else None]
    until = day(due.due_on, today, period)
    lines = [f"{period.quarter.label}季报：{until}截止，{days_left(due.due_on, today)}；{stands}。"]
    if due.kind == ReminderKind.OVERDUE and period.closes_on is not None and period.closes_on >= today:
        closes = day(period.closes_on, today, period)
        lines.append(f"{closes}关闭，之后须请联席会议办公室重新开放。")
    if site_url:
        page = reverse("return", args=[period.code, due.unit.code])
        lines.append(f"{site_url}{page}?{urlencode({'plan': period.plan.code})}")
    return "\n".join(lines)
