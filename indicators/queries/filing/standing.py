"""Where one person stands towards one unit's return on one day: what they may do with it, and why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from indicators.choices import ReturnState
from indicators.domain import workflow
from indicators.domain.workflow import Refusal, Window
from indicators.models import Period, QuarterlyReturn
from towns.access import can_run_office, is_in_city, unit_of
from towns.models import Unit

if TYPE_CHECKING:
    from towns.access import Person


def window_of(period: Period, filed: QuarterlyReturn | None, today: date) -> Window:
    """Where today lies for this unit; a period that the office has not opened is NOT_OPEN."""
    if period.opens_on is None:
        return Window.NOT_OPEN
    reopened_until = filed.reopened_until if filed else None
    return workflow.filing_window(today, period.opens_on, period.due_on, period.closes_on, reopened_until)


@dataclass(frozen=True, slots=True)
class Standing:
    """One person, one return (or none yet), one day. `may_…` answer None, or the Refusal that says why not."""

    state: ReturnState
    window: Window
    today: date
    is_own_unit: bool
    is_office: bool
    unit_has_written: bool
    filled_in_by_office: bool
    has_edited: bool
    has_submitted: bool
    review_has_begun: bool

    def may_edit(self) -> Refusal | None:
        return workflow.may_edit(
            self.state,
            self.window,
            is_own_unit=self.is_own_unit,
            is_office=self.is_office,
            unit_has_written=self.unit_has_written,
        )

    def may_submit(self) -> Refusal | None:
        return workflow.may_submit(self.state, self.window, is_own_unit=self.is_own_unit)

    def may_withdraw(self) -> Refusal | None:
        return workflow.may_withdraw(
            self.state, self.window, is_own_unit=self.is_own_unit, review_has_begun=self.review_has_begun
        )

    def may_begin_review(self) -> Refusal | None:
        return workflow.may_begin_review(
            self.state,
            is_office=self.is_office,
            has_edited=self.has_edited,
            has_submitted=self.has_submitted,
            same_unit=self.is_own_unit,
        )

    def may_approve(self) -> Refusal | None:
        return workflow.may_approve(
            self.state,
            is_office=self.is_office,
            has_edited=self.has_edited,
            has_submitted=self.has_submitted,
            same_unit=self.is_own_unit,
            filled_in_by_office=self.filled_in_by_office,
        )

    def may_return(self, *, reason: str, reopened_until: date | None) -> Refusal | None:
        return workflow.may_return(
            self.state,
            self.window,
            is_office=self.is_office,
            has_edited=self.has_edited,
            has_submitted=self.has_submitted,
            same_unit=self.is_own_unit,
            reason=reason,
            today=self.today,
            reopened_until=reopened_until,
        )


def standing_of(
    user: Person, period: Period, unit: Unit, filed: QuarterlyReturn | None, *, today: date
) -> Standing:
    """Work out a person's standing, without a query.

    Person, unit and plan must be of one city: a unit files nothing in another city's quarter.
    """
    own = unit_of(user)
    is_here = is_in_city(user, unit.city_code) and period.plan.city.city_code == unit.city_code
    unit_has_written = filed is not None and _unit_has_written(filed, unit)
    return Standing(
        state=ReturnState(filed.state) if filed else ReturnState.DRAFT,
        window=window_of(period, filed, today),
        today=today,
        is_own_unit=is_here and own is not None and own.pk == unit.pk,
        is_office=is_here and can_run_office(user),
        unit_has_written=unit_has_written,
        # Once the unit has had a hand in what was filled in for it, it is the unit's.
        filled_in_by_office=filed is not None
        and filed.filled_for_unit
        and filed.submitted_at is None
        and not unit_has_written,
        has_edited=filed is not None and user.pk in filed.editor_units,
        has_submitted=filed is not None and filed.submitted_by_id == user.pk,
        review_has_begun=filed is not None and filed.review_begun_at is not None,
    )


def _unit_has_written(filed: QuarterlyReturn, unit: Unit) -> bool:
    """Whether the unit itself wrote in the return or handed it in, be it taken back since; an import is not its."""
    if filed.source:
        return False
    last_saved_by_unit = bool(filed.editors) and not filed.filled_for_unit
    return filed.submitted_at is not None or last_saved_by_unit or unit.pk in filed.editors.values()
