"""Reminders by mail: what they say, that each goes out once, and what is told when one cannot."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date
from smtplib import SMTPRecipientsRefused

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from indicators.choices import ReturnState
from indicators.models import Period, Plan, QuarterlyReturn, Reminder
from indicators.services import filing
from indicators.services.filing.reminders import Sending, plan_round, send_round
from tests.indicators.filing_steps import at, opened, saved, submitted
from tests.people import account, unit
from tests.reports.views.test_city import add_towns
from towns.choices import Role

SITE = "https://targets.zhongshan.example"
REFUSED_ADDRESS = "nobody-there@xiaolan.example"


class PartlyRefusingServer(EmailBackend):
    """A mail server that does not know one address."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            if REFUSED_ADDRESS in message.to:
                raise SMTPRecipientsRefused({REFUSED_ADDRESS: (550, b"no such user")})
        return super().send_messages(messages)


class UnreachableServer(EmailBackend):
    def open(self) -> bool:
        raise ConnectionRefusedError(111, "Connection refused")


class KilledWhileSending(EmailBackend):
    """The process is ended between the claim and the mail's leaving."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        raise KeyboardInterrupt


def with_address(user: User, address: str = "") -> User:
    user.email = address or f"{user.username}@zhongshan.example"
    user.save()
    return user


@pytest.fixture
def quarter(zhongshan: Plan, office: User) -> Period:
    """2015Q2, due on 15 July, closed on the 31st."""
    return opened(zhongshan, office, closes_on=date(2015, 7, 31))


def sent_on(day: int, plan: Plan, *, month: int = 7) -> Sending:
    """A day's run at ten o'clock."""
    moment = at(day, month=month)
    return send_round(plan_round([plan], today=moment.date()).letters, site_url=SITE, at=moment)


def test_a_week_before_the_clerk_is_told_what_is_asked_for_until_when_and_where(
    quarter: Period, xiaolan: User
) -> None:
    with_address(xiaolan)
    sent_on(8, quarter.plan)
    [letter] = mail.outbox
    assert letter.to == ["xiaolan@zhongshan.example"]
    assert letter.subject == "【提醒】小榄镇2015年第二季度季报还有 7 天"
    assert letter.body == (
        "何小榄：\n\n"
        "小榄镇有以下季报等待报送。\n\n"
        "2015年第二季度季报：7月15日截止，还有 7 天；还没有开始填报。\n"
        "https://targets.zhongshan.example/returns/2015Q2/xiaolan/?plan=zhongshan-2015-2017\n\n"
        "本邮件由系统自动发出，同一事项不再重复。如刚才已经提交，请不必理会。\n\n"
        "联席会议办公室\n"
    )
    assert letter.extra_headers == {"Auto-Submitted": "auto-generated"}


def test_overdue_it_is_said_how_long_and_until_when_one_still_may(
    quarter: Period, office: User, xiaolan: User
) -> None:
    with_address(xiaolan)
    waiting = submitted(quarter, "xiaolan", xiaolan)
    filing.send_back_return(
        waiting, version=waiting.version, reason="与台账的 14.51 不符", by=office, at=at(9)
    )
    send_round(plan_round([quarter.plan], today=date(2015, 7, 17)).letters, site_url="", at=at(17))
    [letter] = mail.outbox
    assert letter.subject == "【催报】小榄镇2015年第二季度季报已逾期 2 天"
    assert (
        "2015年第二季度季报：7月15日截止，已逾期 2 天；已被退回，请按系统里写明的理由改好后重新提交。\n"
        "7月31日关闭，之后须请联席会议办公室重新开放。\n\n"
        "请登录系统，点“季报”打开填报。\n"
    ) in letter.body
    assert "14.51" not in letter.body


def test_several_quarters_make_one_mail(quarter: Period, office: User, xiaolan: User) -> None:
    with_address(xiaolan)
    opened(quarter.plan, office, "2015Q1")
    saved(quarter, "xiaolan", xiaolan)
    sending = sent_on(8, quarter.plan)
    [letter] = mail.outbox
    assert letter.subject == "【催报】小榄镇有 2 张季报待报送，其中 1 张已逾期"
    first, second = letter.body.index("2015年第一季度季报"), letter.body.index("2015年第二季度季报")
    assert first < second
    assert "草稿还没有提交" in letter.body[second:]
    assert [len(letter.about) for letter in sending.sent] == [2]
    assert Reminder.objects.count() == 2


def test_each_person_of_a_unit_gets_their_own(quarter: Period, clerk: User) -> None:
    with_address(clerk)
    with_address(account("second_clerk", Role.DEPARTMENT, full_name="黄工", unit_code="jingxin"))
    sent_on(8, quarter.plan)
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "clerk@zhongshan.example",
        "second_clerk@zhongshan.example",
    ]


def test_nobody_gets_the_same_twice_and_overdue_is_another_thing(quarter: Period, xiaolan: User) -> None:
    with_address(xiaolan)
    subjects = {}
    for day in (7, 8, 9, 15, 16, 17, 31):
        mail.outbox.clear()
        sent_on(day, quarter.plan)
        subjects[day] = [letter.subject[:4] for letter in mail.outbox]
    sent_on(1, quarter.plan, month=8)
    assert subjects == {7: [], 8: ["【提醒】"], 9: [], 15: [], 16: ["【催报】"], 17: [], 31: []}
    assert [reminder.get_kind_display() for reminder in Reminder.objects.order_by("sent_at")] == [
        "即将到期",
        "已逾期",
    ]


def test_a_moved_due_date_is_a_new_thing(quarter: Period, office: User, xiaolan: User) -> None:
    with_address(xiaolan)
    sent_on(8, quarter.plan)
    filing.open_period(
        quarter, opens_on=date(2015, 7, 1), due_on=date(2015, 7, 20), closes_on=None, by=office, at=at(9)
    )
    for day in (10, 13, 14):
        sent_on(day, quarter.plan)
    assert [letter.subject for letter in mail.outbox] == [
        "【提醒】小榄镇2015年第二季度季报还有 7 天",
        "【提醒】小榄镇2015年第二季度季报还有 7 天",
    ]
    assert [reminder.due_on.day for reminder in Reminder.objects.order_by("due_on")] == [15, 20]


def test_a_unit_let_in_after_closing_is_told_its_own_day(
    quarter: Period, office: User, xiaolan: User
) -> None:
    with_address(xiaolan)
    filing.reopen_return(quarter, unit=unit("xiaolan"), until=date(2015, 8, 10), by=office, at=at(5, month=8))
    sent_on(6, quarter.plan, month=8)
    [letter] = mail.outbox
    assert "8月10日截止，还有 4 天" in letter.body


def test_who_has_handed_in_is_left_in_peace(quarter: Period, xiaolan: User, guzhen: User) -> None:
    with_address(xiaolan)
    with_address(guzhen)
    submitted(quarter, "xiaolan", xiaolan)
    sent_on(8, quarter.plan)
    assert [letter.to for letter in mail.outbox] == [["guzhen@zhongshan.example"]]


def test_units_that_no_mail_reaches_are_named(quarter: Period, xiaolan: User, guzhen: User) -> None:
    """小榄镇's official has an address, 古镇镇's none, all other units no account."""
    with_address(xiaolan)
    planned = plan_round([quarter.plan], today=date(2015, 7, 8))
    unreachable = {found.code for found in planned.unreachable}
    assert "xiaolan" not in unreachable
    assert {"guzhen", "jingxin", "huangpu"} <= unreachable
    assert [letter.user for letter in planned.letters] == [xiaolan]
    sent_on(8, quarter.plan)
    again = plan_round([quarter.plan], today=date(2015, 7, 9))
    assert (again.letters, again.told) == ((), 1)


def test_an_address_that_the_server_refuses_holds_up_nobody_and_is_tried_again(
    quarter: Period, xiaolan: User, guzhen: User, clerk: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.PartlyRefusingServer"
    with_address(xiaolan, REFUSED_ADDRESS)
    with_address(guzhen)
    with_address(clerk)
    sending = sent_on(8, quarter.plan)
    assert sorted(letter.user.username for letter in sending.sent) == ["clerk", "guzhen"]
    assert list(sending.failed) == ["xiaolan"]
    assert "no such user" in sending.failed["xiaolan"]
    assert not Reminder.objects.filter(user=xiaolan).exists()
    with_address(xiaolan)
    sent_on(9, quarter.plan)
    assert mail.outbox[-1].to == ["xiaolan@zhongshan.example"]
    assert len(mail.outbox) == 3


def test_an_address_that_cannot_be_written_is_a_failure_like_another(
    quarter: Period, xiaolan: User, guzhen: User
) -> None:
    with_address(xiaolan, "a@b.example\nBcc: everybody@example.com")
    with_address(guzhen)
    sending = sent_on(8, quarter.plan)
    assert list(sending.failed) == ["xiaolan"]
    assert [letter.to for letter in mail.outbox] == [["guzhen@zhongshan.example"]]


def test_a_server_out_of_reach_is_asked_once_and_nothing_is_claimed(
    quarter: Period, xiaolan: User, guzhen: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.UnreachableServer"
    with_address(xiaolan)
    with_address(guzhen)
    sending = sent_on(8, quarter.plan)
    assert (sending.sent, sending.failed, sending.left) == ([], {}, 2)
    assert "Connection refused" in sending.no_server
    assert not Reminder.objects.exists()


def test_a_run_that_is_killed_leaves_its_letter_unsent_rather_than_sent_twice(
    quarter: Period, xiaolan: User, guzhen: User, settings: Settings
) -> None:
    with_address(xiaolan)
    with_address(guzhen)
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.KilledWhileSending"
    with pytest.raises(KeyboardInterrupt):
        sent_on(8, quarter.plan)
    settings.EMAIL_BACKEND = usual
    [claimed] = Reminder.objects.all()
    sent_on(8, quarter.plan)
    [letter] = mail.outbox
    assert letter.to != [claimed.user.email]


def test_a_letter_planned_twice_is_sent_once(quarter: Period, office: User, xiaolan: User) -> None:
    """Two timers that have both looked before either sends: the second finds the claims; one return more is its own."""
    with_address(xiaolan)
    planned = plan_round([quarter.plan], today=date(2015, 7, 8)).letters
    assert len(send_round(planned, site_url=SITE, at=at(8)).sent) == 1
    assert send_round(planned, site_url=SITE, at=at(8)).elsewhere == 1
    opened(quarter.plan, office, "2015Q1")
    both = plan_round([quarter.plan], today=date(2015, 7, 8)).letters
    Reminder.objects.all().delete()
    send_round(planned, site_url=SITE, at=at(8))
    send_round(both, site_url=SITE, at=at(8))
    assert [("第一季度" in letter.body, "第二季度" in letter.body) for letter in mail.outbox] == [
        (False, True),
        (False, True),
        (True, False),
    ]


def test_as_many_queries_for_240_towns_as_for_24(quarter: Period) -> None:
    def counted() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            planned = plan_round([quarter.plan], today=date(2015, 7, 8))
        return len(planned.unreachable), len(queries)

    units, few = counted()
    add_towns(quarter.plan, 216)
    QuarterlyReturn.objects.update(state=ReturnState.DRAFT)
    assert counted() == (units + 216, few)
    assert few == 5


@pytest.mark.django_db(transaction=True)
def test_two_timers_at_once_send_each_letter_once(zhongshan: Plan, office: User) -> None:
    period = opened(zhongshan, office)
    towns = ["xiaolan", "guzhen", "huangpu", "sanxiang", "tanzhou", "nanlang", "banfu", "dachong"]
    for code in towns:
        with_address(account(code, Role.TOWN, unit_code=code))
    planned = plan_round([period.plan], today=date(2015, 7, 8)).letters
    start = threading.Barrier(2)
    runs: list[Sending] = []

    def run() -> None:
        try:
            start.wait()
            runs.append(send_round(planned, site_url=SITE, at=at(8)))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        f"{code}@zhongshan.example" for code in towns
    )
    assert sum(len(run.sent) for run in runs) == sum(run.elsewhere for run in runs) == len(towns)
    assert Reminder.objects.count() == len(towns)
