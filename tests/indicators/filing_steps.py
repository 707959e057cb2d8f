"""The steps that stories about filing are told in: a quarter is opened, a unit files, the office decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from indicators.models import Period, Plan, QuarterlyReturn
from indicators.queries.filing.assignments import assigned_indicators
from indicators.services import filing
from indicators.services.filing import Typed
from tests.people import unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOTHING_YET = "本季尚无数据"


def at(day: int, month: int = 7, *, year: int = 2015, hour: int = 10) -> datetime:
    """A moment in Zhongshan, of July 2015 unless said otherwise."""
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def period_of(plan: Plan, code: str = "2015Q2") -> Period:
    periods = Period.objects.select_related("plan__city").filter(plan=plan)
    return next(period for period in periods if period.code == code)


def opened(
    plan: Plan,
    office: User,
    code: str = "2015Q2",
    *,
    due_on: date | None = None,
    closes_on: date | None = None,
) -> Period:
    """A quarter that the office has opened from the day after its end, due fifteen days later."""
    period = period_of(plan, code)
    return filing.open_period(
        period,
        opens_on=period.quarter.next.first_day,
        due_on=due_on or period.quarter.next.first_day.replace(day=15),
        closes_on=closes_on,
        by=office,
        at=at(1, year=2015),
    )


def filled(period: Period, unit_code: str, given: Mapping[str, str] | None = None) -> dict[str, Typed]:
    """A whole return: the given figures, and for all others a note that says why there is none."""
    asked = assigned_indicators(period.plan, unit(unit_code), period.quarter)
    figures = {indicator.code: Typed("-", NOTHING_YET) for indicator in asked}
    return {**figures, **{code: Typed(text, "已核对") for code, text in (given or {}).items()}}


def saved(
    period: Period,
    unit_code: str,
    by: User,
    given: Mapping[str, str] | None = None,
    *,
    when: datetime | None = None,
) -> QuarterlyReturn:
    """The unit's draft with these figures, saved over whatever version there is."""
    before = QuarterlyReturn.objects.filter(period=period, unit=unit(unit_code)).first()
    return filing.save_return(
        period,
        unit=unit(unit_code),
        version=before.version if before else filing.NOT_BEGUN,
        figures=filled(period, unit_code, given),
        texts={"progress_text": "按计划推进。"},
        by=by,
        at=when or at(8),
    )


def submitted(
    period: Period,
    unit_code: str,
    by: User,
    given: Mapping[str, str] | None = None,
    *,
    when: datetime | None = None,
) -> QuarterlyReturn:
    draft = saved(period, unit_code, by, given, when=when)
    return filing.submit_return(draft, version=draft.version, by=by, at=when or at(8))


def approved(
    period: Period,
    unit_code: str,
    by: User,
    reviewer: User,
    given: Mapping[str, str] | None = None,
    *,
    when: datetime | None = None,
) -> QuarterlyReturn:
    waiting = submitted(period, unit_code, by, given, when=when)
    return filing.approve_return(waiting, version=waiting.version, by=reviewer, at=when or at(9))
