"""Submitting a return, and taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from indicators.choices import FilingAct, ReturnState
from indicators.domain.filing import Finding
from indicators.models import Indicator, QuarterlyReturn
from indicators.queries.filing.assignments import assigned_figures
from indicators.queries.filing.comparisons import Figure, load_comparisons, standing_in_the_way
from indicators.services.filing.acts import (
    REVIEW_NOT_BEGUN,
    bump,
    editors_with,
    hold,
    hold_with_dates,
    move,
    record_return,
    refuse_unless_free,
    standing_now,
)
from indicators.services.filing.refusals import OpenFindingsError


def submit_return(filed: QuarterlyReturn, *, version: int, by: User, at: datetime) -> QuarterlyReturn:
    """Hand the unit's return to the office, once every error is mended and every doubt has its note.

    Raises OpenFindingsError with what stands in the way, StaleReturnError when it changed since `version`,
    AlreadyDoneError for a second submission, FilingError outside the window, PermissionDenied for anybody
    but the unit.
    """
    with transaction.atomic():
        held = hold(filed)
        # Read first, since the quarter's dates come along.
        indicators, figures = assigned_figures(held)
        refuse_unless_free(standing_now(held, by=by, at=at).may_submit(), held)
        if found := _open_findings(held, indicators, figures):
            raise OpenFindingsError(found)
        old = {"state": held.state}
        move(
            held,
            version=version,
            state=ReturnState.SUBMITTED,
            submitted_at=at,
            submitted_by=by,
            decided_at=None,
            decided_by=None,
            source="",
            editors=editors_with(held, by),
            **REVIEW_NOT_BEGUN,
        )
        bump(held.period.plan)
        record_return(FilingAct.SUBMIT, held, old, {"state": held.state}, by=by, at=at)
    return held


def withdraw_return(filed: QuarterlyReturn, *, version: int, by: User, at: datetime) -> QuarterlyReturn:
    """Make a submitted return the unit's draft again, until its review has begun and before closing."""
    with transaction.atomic():
        held = hold_with_dates(filed)
        refuse_unless_free(standing_now(held, by=by, at=at).may_withdraw(), held)
        old = {"state": held.state}
        move(held, version=version, state=ReturnState.DRAFT, submitted_at=None, submitted_by=None)
        bump(held.period.plan)
        record_return(FilingAct.WITHDRAW, held, old, {"state": held.state}, by=by, at=at)
    return held


def open_findings_of(held: QuarterlyReturn) -> Mapping[str, tuple[Finding, ...]]:
    """What stands in the way of this return; under "progress_text" when a unit without indicators wrote nothing."""
    indicators, figures = assigned_figures(held)
    return _open_findings(held, indicators, figures)


def _open_findings(
    held: QuarterlyReturn, indicators: Sequence[Indicator], figures: Mapping[str, Figure]
) -> Mapping[str, tuple[Finding, ...]]:
    period, area = held.period, held.unit.area
    facts = load_comparisons(period.plan, [area], [period.quarter])
    return standing_in_the_way(
        indicators, figures, facts, area, period.quarter, progress_text=held.progress_text
    )
