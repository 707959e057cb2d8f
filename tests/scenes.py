"""What a whole module's tests look at: built once, then taken back; and the steps by which returns get there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from indicators import triggers
from indicators.models import Period, Plan, QuarterlyReturn
from indicators.queries.filing.assignments import assigned_indicators
from indicators.queries.filing.reconciliations import reconcile_period
from indicators.services import filing
from indicators.services.filing import Typed
from towns.models import Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOTE = "已与企业台账核对"


@contextmanager
def rolled_back(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Database access for a module; what it writes is gone afterwards."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def committed(blocker: DjangoDbBlocker) -> Iterator[None]:
    """The same where a server's threads must see what was written; the database is empty afterwards."""
    with blocker.unblock():
        try:
            yield
        finally:
            triggers.remove(connection)
            triggers.thaw_bulletins(connection)
            # The counters go on: the plans' rows are written with the numbers that they had at first.
            call_command(
                "flush", interactive=False, verbosity=0, inhibit_post_migrate=False, reset_sequences=False
            )
            triggers.install(connection)
            triggers.freeze_bulletins(connection)


def opened(plan: Plan, code: str, *, by: User) -> Period:
    """The quarter, opened by the office on the day after its end."""
    period = next(row for row in plan.periods.select_related("plan__city") if row.code == code)
    first_day = period.quarter.next.first_day
    filing.open_period(
        period, opens_on=first_day, due_on=first_day.replace(day=15), by=by, at=_day(period, 1)
    )
    return period


def drafted(
    period: Period, clerk: User, figures: Mapping[str, str] | None = None, *, unit: Unit | None = None
) -> QuarterlyReturn:
    """A return of the clerk's unit, or 代填 of another: these figures, "-" for the others, all with a note."""
    unit = unit or clerk.membership.unit
    given = figures or {}
    asked = assigned_indicators(period.plan, unit, period.quarter)
    return filing.save_return(
        period,
        unit=unit,
        version=filing.NOT_BEGUN,
        figures={row.code: Typed(given.get(row.code, "-"), NOTE) for row in asked},
        texts={"progress_text": f"{unit.name}按计划推进。"},
        by=clerk,
        at=_day(period, 8),
    )


def submitted(period: Period, clerk: User, figures: Mapping[str, str] | None = None) -> QuarterlyReturn:
    draft = drafted(period, clerk, figures)
    return filing.submit_return(draft, version=draft.version, by=clerk, at=_day(period, 8))


def approved(
    period: Period, clerk: User, figures: Mapping[str, str] | None = None, *, by: User
) -> QuarterlyReturn:
    waiting = submitted(period, clerk, figures)
    return filing.approve_return(waiting, version=waiting.version, by=by, at=_day(period, 9))


def published(period: Period, *, by: User) -> None:
    """Close the quarter's books, with a word on every difference that asks for one."""
    texts = {row.indicator.code: "统计口径不同" for row in reconcile_period(period) if row.needs_explanation}
    filing.publish_period(period, explanations=texts, by=by, at=_day(period, 20))


def _day(period: Period, day: int) -> datetime:
    """10 o'clock on a day of the month in which the quarter is filed."""
    first = period.quarter.next.first_day
    return datetime(first.year, first.month, day, 10, tzinfo=SHANGHAI)
