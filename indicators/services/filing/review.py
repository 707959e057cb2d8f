"""Reviewing a return: approving writes its figures as actuals, all or none; returning gives the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from indicators.choices import FilingAct, ReturnState, Vintage
from indicators.domain import workflow
from indicators.models import Period, QuarterlyReturn
from indicators.queries.filing.standing import standing_of
from indicators.services.filing.acts import (
    begin_and_hold,
    bump,
    hold,
    hold_with_dates,
    move,
    record_return,
    refuse_unless_free,
    standing_now,
)
from indicators.services.filing.actuals import write_actuals
from indicators.services.filing.refusals import (
    AlreadyDoneError,
    FilingError,
    OpenFindingsError,
    StaleReturnError,
    refuse,
)
from indicators.services.filing.submission import open_findings_of
from towns.models import Unit

NAMED = 3
"""So many findings say what is wrong with a return among many; its own page lists them all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one return among many: `why_not` is empty for one that was approved.

    `was_done`: somebody had decided before, so that nothing is left to do.
    """

    filed: QuarterlyReturn
    why_not: str = ""
    was_done: bool = False


def approve_return(
    filed: QuarterlyReturn, *, version: int, by: User, at: datetime, vintage: Vintage = Vintage.FLASH
) -> QuarterlyReturn:
    """Approve a return and write its figures as actuals in the same transaction; a blank withdraws its actual.

    What the office filled in for a unit (代填) may be approved unsubmitted, once nothing stands in its way.
    Raises AlreadyDoneError when somebody decided before, StaleReturnError when it changed since `version`,
    PermissionDenied for who edited or submitted it or belongs to the unit.
    """
    with transaction.atomic():
        held = hold(filed)
        refuse_unless_free(standing_now(held, by=by, at=at).may_approve(), held)
        # The plan's row first: no load of the plan changes an indicator between the check and its actual.
        bump(held.period.plan)
        if held.state != ReturnState.SUBMITTED and (found := open_findings_of(held)):
            raise OpenFindingsError(found)
        old_state = held.state
        move(
            held,
            version=version,
            state=ReturnState.APPROVED,
            decided_at=at,
            decided_by=by,
            return_reason="",
            reopened_until=None,
        )
        old, new = write_actuals(held, at=at, vintage=vintage)
        old, new = {"state": old_state, "actuals": old}, {"state": held.state, "actuals": new}
        record_return(FilingAct.APPROVE, held, old, new, by=by, at=at)
    return held


def approve_each(
    chosen: Iterable[tuple[QuarterlyReturn, int]], *, by: User, at: datetime
) -> tuple[Outcome, ...]:
    """Approve many returns, each as it was looked at (return, version), by its own rules in its own transaction.

    One that is refused holds back no other: what became of each is answered in the order given.
    """
    return tuple(_approve_one(filed, version, by, at) for filed, version in chosen)


def _approve_one(filed: QuarterlyReturn, version: int, by: User, at: datetime) -> Outcome:
    try:
        approve_return(filed, version=version, by=by, at=at)
    except OpenFindingsError as refusal:
        return Outcome(filed, _named(refusal))
    except StaleReturnError:
        return Outcome(filed, "列出之后又有改动，请看过现在的数再审定。")
    except AlreadyDoneError as before:
        return Outcome(filed, str(before), was_done=True)
    except (FilingError, PermissionDenied) as refusal:
        return Outcome(filed, str(refusal))
    return Outcome(filed)


def _named(refusal: OpenFindingsError) -> str:
    """The first of what is open, and how much there is in all."""
    messages = [finding.message for found in refusal.findings.values() for finding in found]
    more = f"等 {len(messages)} 处" if len(messages) > NAMED else ""
    return f"还有需要更正或说明的：{''.join(messages[:NAMED])}{more}"


def begin_review(filed: QuarterlyReturn, *, by: User, at: datetime) -> QuarterlyReturn:
    """Mark that somebody looks at a submitted return: its unit can no longer take it back.

    Whoever began first is kept; a second beginning has no effect. The figures do not move, nor does the version.
    Raises AlreadyDoneError when it is decided, FilingError when it was taken back, PermissionDenied.
    """
    with transaction.atomic():
        held = hold(filed)
        refuse_unless_free(standing_now(held, by=by, at=at).may_begin_review(), held)
        if held.review_begun_at is None:
            held.review_begun_at, held.review_begun_by = at, by
            held.save(update_fields=["review_begun_at", "review_begun_by"])
            new = {"review_begun_at": at}
            record_return(FilingAct.BEGIN_REVIEW, held, {"review_begun_at": None}, new, by=by, at=at)
    return held


def send_back_return(
    filed: QuarterlyReturn,
    *,
    version: int,
    reason: str,
    reopened_until: date | None = None,
    by: User,
    at: datetime,
) -> QuarterlyReturn:
    """Give a return back to its unit with a reason; an approved one is then corrected, its actuals stay meanwhile.

    After the closing date `reopened_until` is needed: the unit may file again up to that day.
    Raises FilingError without a reason or a date, AlreadyDoneError when it was returned before, StaleReturnError.
    """
    with transaction.atomic():
        held = hold_with_dates(filed)
        standing = standing_now(held, by=by, at=at)
        refuse_unless_free(standing.may_return(reason=reason, reopened_until=reopened_until), held)
        is_correction = held.state == ReturnState.APPROVED
        old = {"state": held.state, "reopened_until": held.reopened_until}
        move(
            held,
            version=version,
            state=ReturnState.RETURNED,
            decided_at=at,
            decided_by=by,
            return_reason=reason.strip(),
            reopened_until=reopened_until or held.reopened_until,
        )
        bump(held.period.plan)
        new = {"state": held.state, "reason": held.return_reason, "reopened_until": held.reopened_until}
        record_return(
            FilingAct.CORRECT if is_correction else FilingAct.SEND_BACK, held, old, new, by=by, at=at
        )
    return held


def reopen_return(period: Period, *, unit: Unit, until: date, by: User, at: datetime) -> QuarterlyReturn:
    """Let one unit file after the closing date, up to a day; there need be no return yet.

    What is filed does not change, nor does the version: who is typing meanwhile goes on.
    Raises FilingError for a past day, a quarter not yet opened or a return that is no longer being filled,
    AlreadyDoneError when it is open until that day, PermissionDenied.
    """
    today = timezone.localdate(at)
    standing = standing_of(by, period, unit, None, today=today)
    refusal = workflow.may_reopen(is_office=standing.is_office, today=today, reopened_until=until)
    if refusal:
        refuse(refusal)
    if standing.window == workflow.Window.NOT_OPEN:
        raise FilingError(f"{period.quarter.label}尚未开放填报，请先定报送日期。")
    with transaction.atomic():
        (held,) = begin_and_hold([(period, unit)])
        if held.state not in workflow.EDITABLE:
            raise FilingError("这张季报表已经提交或审定，如需更改请先退回。")
        if held.reopened_until == until:
            raise AlreadyDoneError(
                f"{unit.name}已重新开放到{until.year}年{until.month}月{until.day}日，没有重复办理。"
            )
        old = {"reopened_until": held.reopened_until}
        held.reopened_until = until
        held.save(update_fields=["reopened_until"])
        bump(period.plan)
        record_return(FilingAct.REOPEN, held, old, {"reopened_until": until}, by=by, at=at)
    return held
