"""催报: mails to those who file for a unit whose return is due within a week, or overdue.

Nobody gets the same twice. A reminder is claimed first, by its row, whose key the database keeps unique, and the
claim is committed before the mail leaves: of two timers at once one sends, and a run that is killed in between leaves
a mail unsent rather than sent again. A mail server that refuses gives the claim back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from smtplib import SMTPException

from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone

from indicators.models import Plan, Reminder
from indicators.queries.filing.reminders import DueReturn, load_due_returns
from indicators.services.filing.reminder_letters import letter_to
from towns.models import Unit

# What Django's mail backends raise: the server's answers, the network, an address that cannot be written.
MAIL_FAULTS = (SMTPException, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail: to whom, and about which returns."""

    user: User
    about: tuple[DueReturn, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """Who is written to today. `told` counts reminders sent before, `unreachable` are units that no mail reaches."""

    letters: tuple[Letter, ...]
    told: int
    unreachable: tuple[Unit, ...]


@dataclass(slots=True)
class Sending:
    """What became of a round: letters sent, how many another run sent meanwhile, {user name: what went wrong}.

    `no_server` is why the mail server could not be reached, empty when it was; `left` letters were then not tried.
    """

    sent: list[Letter] = field(default_factory=list)
    elsewhere: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    no_server: str = ""
    left: int = 0


def plan_round(plans: Iterable[Plan], *, today: date) -> Round:
    """Work out whom to write to: one letter a person, about all of their unit's returns. Five queries a plan."""
    about: dict[int, list[DueReturn]] = {}
    people: dict[int, User] = {}
    unreachable: dict[int, Unit] = {}
    told = 0
    for plan in plans:
        for due in load_due_returns(plan, Unit.objects.of_city(plan.city).order_by("order"), today=today):
            if not due.reachable:
                unreachable[due.unit.pk] = due.unit
            for user in due.reachable:
                if due.is_new_to(user):
                    people[user.pk] = user
                    about.setdefault(user.pk, []).append(due)
                else:
                    told += 1
    letters = tuple(Letter(people[pk], tuple(rows)) for pk, rows in about.items())
    return Round(letters, told, tuple(unreachable.values()))


def send_round(letters: Sequence[Letter], *, site_url: str, at: datetime) -> Sending:
    """Claim, send and report each letter by itself: what goes wrong with one holds up no other."""
    sending = Sending()
    connection = mail.get_connection()
    for number, letter in enumerate(letters):
        try:
            connection.open()
        except MAIL_FAULTS as fault:
            # Each further try would wait as long, and end the same.
            sending.no_server, sending.left = _worded(fault), len(letters) - number
            break
        claims = _claim(letter, at)
        if not claims:
            sending.elsewhere += 1
            continue
        claimed = Letter(letter.user, tuple(due for due, _ in claims))
        message = letter_to(letter.user, claimed.about, site_url=site_url, today=timezone.localdate(at))
        message.connection = connection
        try:
            message.send()
        except MAIL_FAULTS as fault:
            Reminder.objects.filter(pk__in=[claim.pk for _, claim in claims]).delete()
            _hang_up(connection)
            sending.failed[letter.user.get_username()] = _worded(fault)
        else:
            sending.sent.append(claimed)
    _hang_up(connection)
    return sending


def _worded(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"


def _claim(letter: Letter, at: datetime) -> list[tuple[DueReturn, Reminder]]:
    """What of the letter nobody else has claimed, each claim committed by itself before anything is sent."""
    claims = []
    for due in letter.about:
        claim = Reminder(
            period=due.period, unit=due.unit, user=letter.user, kind=due.kind, due_on=due.due_on, sent_at=at
        )
        try:
            with transaction.atomic(durable=True):
                claim.save(force_insert=True)
        except IntegrityError:
            continue
        claims.append((due, claim))
    return claims


def _hang_up(connection: BaseEmailBackend) -> None:
    """Leave the mail server; the next letter, if any, calls it anew: after a fault it may have hung up itself."""
    with suppress(*MAIL_FAULTS):
        connection.close()
