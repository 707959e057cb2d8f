"""A return passes from hand to hand: the clerk, the office, a town, an outsider."""

import datetime
from typing import Any

import pytest

from indicators.choices import ReturnState
from indicators.domain.workflow import (
    ALLOWED,
    Refusal,
    TransitionError,
    Window,
    filing_window,
    may_approve,
    may_begin_review,
    may_edit,
    may_publish,
    may_reopen,
    may_return,
    may_submit,
    may_withdraw,
    require_transition,
)

DRAFT, SUBMITTED = ReturnState.DRAFT, ReturnState.SUBMITTED
RETURNED, APPROVED = ReturnState.RETURNED, ReturnState.APPROVED
TODAY = datetime.date(2015, 7, 15)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def code(refusal: object) -> str | None:
    return getattr(refusal, "code", None)


@pytest.mark.parametrize(
    ("today", "window"),
    [
        ("2015-06-30", Window.NOT_OPEN),
        ("2015-07-01", Window.OPEN),
        ("2015-07-10", Window.OPEN),  # the due day still counts
        ("2015-07-11", Window.LATE),
        ("2015-07-20", Window.LATE),  # and the closing day too
        ("2015-07-21", Window.LOCKED),
    ],
)
def test_a_period_opens_is_due_and_closes_on_whole_days(today: str, window: Window) -> None:
    found = filing_window(day(today), day("2015-07-01"), day("2015-07-10"), day("2015-07-20"), None)

    assert found == window


def test_a_period_without_a_closing_date_is_late_for_good() -> None:
    assert filing_window(day("2016-12-31"), day("2015-07-01"), day("2015-07-10"), None, None) == Window.LATE


@pytest.mark.parametrize(("today", "window"), [("2015-08-05", Window.LATE), ("2015-08-06", Window.LOCKED)])
def test_a_reopened_unit_may_file_until_its_date(today: str, window: Window) -> None:
    found = filing_window(
        day(today), day("2015-07-01"), day("2015-07-10"), day("2015-07-20"), day("2015-08-05")
    )

    assert found == window


def test_a_date_of_reopening_that_is_past_takes_nothing_from_an_open_period() -> None:
    found = filing_window(
        day("2015-07-05"), day("2015-07-01"), day("2015-07-10"), day("2015-07-20"), day("2015-07-02")
    )

    assert found == Window.OPEN


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (DRAFT, SUBMITTED),
        (SUBMITTED, APPROVED),
        (SUBMITTED, RETURNED),
        (SUBMITTED, DRAFT),
        (RETURNED, SUBMITTED),
        (APPROVED, RETURNED),
    ],
)
def test_a_return_takes_the_steps_of_the_plan(old: ReturnState, new: ReturnState) -> None:
    require_transition(old, new)
    assert new in ALLOWED[old]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (APPROVED, DRAFT),
        (APPROVED, SUBMITTED),
        (RETURNED, DRAFT),
        (DRAFT, RETURNED),
        (SUBMITTED, SUBMITTED),
        (APPROVED, APPROVED),
    ],
)
def test_a_return_takes_no_other_step(old: ReturnState, new: ReturnState) -> None:
    with pytest.raises(TransitionError, match=f"处于“{old.label}”，不能变为“{new.label}”。"):
        require_transition(old, new)


@pytest.mark.parametrize("state", [DRAFT, RETURNED])
@pytest.mark.parametrize("window", [Window.OPEN, Window.LATE])
def test_the_clerk_edits_and_submits_the_units_own_return(state: ReturnState, window: Window) -> None:
    assert may_edit(state, window, is_own_unit=True, is_office=False, unit_has_written=True) is None
    assert may_submit(state, window, is_own_unit=True) is None


@pytest.mark.parametrize("state", [SUBMITTED, APPROVED])
def test_what_is_submitted_or_approved_stays_as_it_is(state: ReturnState) -> None:
    refusal = may_edit(state, Window.OPEN, is_own_unit=True, is_office=False, unit_has_written=True)

    assert str(refusal) == f"季报表处于“{state.label}”，不能修改。"
    assert str(may_submit(state, Window.OPEN, is_own_unit=True)) == f"季报表处于“{state.label}”，不能提交。"


@pytest.mark.parametrize(
    ("window", "says"),
    [
        (Window.NOT_OPEN, "本季填报尚未开始。"),
        (Window.LOCKED, "本季填报已关闭，如需补报请联系联席会议办公室重新开放。"),
    ],
)
def test_outside_the_window_nobody_files(window: Window, says: str) -> None:
    for is_own_unit in (True, False):
        refusal = may_edit(
            DRAFT, window, is_own_unit=is_own_unit, is_office=not is_own_unit, unit_has_written=False
        )
        assert str(refusal) == says
    assert str(may_submit(DRAFT, window, is_own_unit=True)) == says
    assert str(may_withdraw(SUBMITTED, window, is_own_unit=True, review_has_begun=False)) == says


def test_an_outsider_touches_nothing() -> None:
    assert (
        code(may_edit(DRAFT, Window.OPEN, is_own_unit=False, is_office=False, unit_has_written=False))
        == "not_own_unit"
    )
    assert code(may_submit(DRAFT, Window.OPEN, is_own_unit=False)) == "not_own_unit"
    assert (
        code(may_withdraw(SUBMITTED, Window.OPEN, is_own_unit=False, review_has_begun=False))
        == "not_own_unit"
    )


def test_the_office_fills_in_for_a_unit_that_has_written_nothing() -> None:
    assert may_edit(DRAFT, Window.OPEN, is_own_unit=False, is_office=True, unit_has_written=False) is None


@pytest.mark.parametrize("state", [DRAFT, RETURNED])
def test_the_office_never_changes_what_a_unit_wrote(state: ReturnState) -> None:
    refusal = may_edit(state, Window.OPEN, is_own_unit=False, is_office=True, unit_has_written=True)

    assert str(refusal) == "本单位填写过的季报表只能由本单位修改，联席会议办公室可以退回已报送的。"


def test_the_clerk_takes_back_a_return_until_its_review_begins() -> None:
    assert may_withdraw(SUBMITTED, Window.LATE, is_own_unit=True, review_has_begun=False) is None
    assert (
        code(may_withdraw(SUBMITTED, Window.LATE, is_own_unit=True, review_has_begun=True))
        == "review_has_begun"
    )
    assert code(may_withdraw(APPROVED, Window.LATE, is_own_unit=True, review_has_begun=True)) == "state"


def test_a_second_person_of_the_office_approves() -> None:
    assert (
        may_approve(SUBMITTED, is_office=True, has_edited=False, has_submitted=False, same_unit=False) is None
    )


@pytest.mark.parametrize(
    ("is_office", "has_edited", "has_submitted", "same_unit", "why"),
    [
        (False, False, False, False, "not_office"),
        (True, True, False, False, "has_edited"),
        (True, False, True, False, "has_submitted"),
        (True, False, False, True, "same_unit"),
    ],
)
def test_nobody_approves_their_own_work_or_their_own_units(
    is_office: bool, has_edited: bool, has_submitted: bool, same_unit: bool, why: str
) -> None:
    refusal = may_approve(
        SUBMITTED,
        is_office=is_office,
        has_edited=has_edited,
        has_submitted=has_submitted,
        same_unit=same_unit,
    )

    assert code(refusal) == why


@pytest.mark.parametrize("state", [DRAFT, RETURNED, APPROVED])
def test_only_what_was_submitted_is_approved(state: ReturnState) -> None:
    refusal = may_approve(state, is_office=True, has_edited=False, has_submitted=False, same_unit=False)

    assert str(refusal) == f"季报表处于“{state.label}”，不能审定。"


def test_a_draft_that_the_office_filled_in_is_approved_by_a_second_officer_only() -> None:
    def approve(*, has_edited: bool) -> str | None:
        return code(
            may_approve(
                DRAFT,
                is_office=True,
                has_edited=has_edited,
                has_submitted=False,
                same_unit=False,
                filled_in_by_office=True,
            )
        )

    assert approve(has_edited=False) is None
    assert approve(has_edited=True) == "has_edited"


def give_back(state: ReturnState, window: Window, **facts: Any) -> Refusal | None:
    """A colleague of the office, who had no hand in it, gives a return back for a reason."""
    nothing = {"has_edited": False, "has_submitted": False, "same_unit": False}
    colleague = {"is_office": True, "reason": "与统计数不符", "today": TODAY, **nothing}
    return may_return(state, window, **{**colleague, **facts})


@pytest.mark.parametrize("state", [SUBMITTED, APPROVED])
def test_the_office_returns_with_a_reason(state: ReturnState) -> None:
    assert give_back(state, Window.LATE) is None
    assert code(give_back(state, Window.LATE, reason=" 　")) == "no_reason"
    assert code(give_back(state, Window.LATE, is_office=False)) == "not_office"


@pytest.mark.parametrize("state", [DRAFT, RETURNED])
def test_what_was_not_submitted_cannot_be_returned(state: ReturnState) -> None:
    assert code(give_back(state, Window.OPEN)) == "state"


@pytest.mark.parametrize(
    ("until", "why"), [(None, "no_date"), ("2015-07-14", "past_date"), ("2015-07-15", None)]
)
def test_a_return_after_closing_needs_a_date_to_file_by(until: str | None, why: str | None) -> None:
    refusal = give_back(SUBMITTED, Window.LOCKED, reopened_until=day(until) if until else None)

    assert code(refusal) == why


@pytest.mark.parametrize("own", ["has_edited", "has_submitted", "same_unit"])
@pytest.mark.parametrize("state", [SUBMITTED, APPROVED])
def test_nobody_returns_what_they_had_a_hand_in(state: ReturnState, own: str) -> None:
    assert code(give_back(state, Window.OPEN, **{own: True})) == own


@pytest.mark.parametrize("own", ["has_edited", "has_submitted", "same_unit"])
def test_nobody_begins_to_review_what_they_had_a_hand_in(own: str) -> None:
    nothing = {"is_office": True, "has_edited": False, "has_submitted": False, "same_unit": False}
    assert may_begin_review(SUBMITTED, **nothing) is None
    assert code(may_begin_review(SUBMITTED, **{**nothing, own: True})) == own
    assert code(may_begin_review(SUBMITTED, **{**nothing, "is_office": False})) == "not_office"
    assert code(may_begin_review(DRAFT, **nothing)) == "state"


def test_only_the_office_reopens_a_unit() -> None:
    assert may_reopen(is_office=True, today=TODAY, reopened_until=TODAY) is None
    assert code(may_reopen(is_office=False, today=TODAY, reopened_until=TODAY)) == "not_office"


def test_the_office_publishes_once_everything_is_explained() -> None:
    def publish(
        *,
        is_office: bool = True,
        is_published: bool = False,
        window: Window = Window.LOCKED,
        unexplained: tuple[str, ...] = (),
    ) -> str | None:
        return code(
            may_publish(
                is_office=is_office, is_published=is_published, window=window, unexplained=unexplained
            )
        )

    assert publish() is None
    assert publish(window=Window.OPEN) is None
    assert publish(is_office=False) == "not_office"
    assert publish(is_published=True) == "published"
    assert publish(window=Window.NOT_OPEN) == "not_open"
    assert publish(unexplained=("工业投资",)) == "unexplained"
