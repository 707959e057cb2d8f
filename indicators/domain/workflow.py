"""The way of a return from draft to approval: its steps, and who may take them (domain.md section 5).

Each predicate takes plain facts and answers None when the act is allowed, else the Refusal that says why
not.
"""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from indicators.choices import ReturnState

_DRAFT, _SUBMITTED = ReturnState.DRAFT, ReturnState.SUBMITTED
_RETURNED, _APPROVED = ReturnState.RETURNED, ReturnState.APPROVED

ALLOWED = MappingProxyType(
    {
        # A draft is approved unsubmitted only where the office filled it in (代填): see may_approve.
        _DRAFT: frozenset({_SUBMITTED, _APPROVED}),
        _SUBMITTED: frozenset({_DRAFT, _RETURNED, _APPROVED}),
        _RETURNED: frozenset({_SUBMITTED, _APPROVED}),
        _APPROVED: frozenset({_RETURNED}),
    }
)
EDITABLE = frozenset({_DRAFT, _RETURNED})


class TransitionError(ValueError):
    """A step that no return can take; its message is a Chinese sentence."""


class Window(StrEnum):
    """Where a day lies against a period's dates, for one unit."""

    NOT_OPEN = "NOT_OPEN"
    OPEN = "OPEN"
    LATE = "LATE"
    LOCKED = "LOCKED"

    @property
    def accepts(self) -> bool:
        """Whether a return may be filled in and submitted."""
        return self in (Window.OPEN, Window.LATE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is not allowed: a code for programs, a Chinese sentence for people."""

    code: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def require_transition(old: ReturnState, new: ReturnState) -> None:
    """Raise TransitionError unless a return may pass from the old state to the new.

    >>> require_transition(ReturnState.SUBMITTED, ReturnState.APPROVED)
    """
    if new not in ALLOWED[old]:
        raise TransitionError(f"季报表处于“{ReturnState(old).label}”，不能变为“{ReturnState(new).label}”。")


def filing_window(
    today: datetime.date,
    opens_on: datetime.date,
    due_on: datetime.date,
    closes_on: datetime.date | None,
    reopened_until: datetime.date | None,
) -> Window:
    """Where today lies: late after the due date, locked after the closing date unless reopened.

    Each of these days counts whole. `closes_on` is None for a period that stays open, `reopened_until` for
    a unit that was not reopened.

    >>> day = datetime.date
    >>> filing_window(day(2015, 7, 11), day(2015, 7, 1), day(2015, 7, 10), None, None).name
    'LATE'
    """
    if today < opens_on:
        return Window.NOT_OPEN
    is_reopened = reopened_until is not None and today <= reopened_until
    if closes_on is not None and today > closes_on and not is_reopened:
        return Window.LOCKED
    return Window.LATE if today > due_on else Window.OPEN


def may_edit(
    state: ReturnState, window: Window, *, is_own_unit: bool, is_office: bool, unit_has_written: bool
) -> Refusal | None:
    """Who may change the figures: the unit; the office for it (代填) while the unit has written nothing.

    >>> str(may_edit(ReturnState.RETURNED, Window.OPEN, is_own_unit=False, is_office=True, unit_has_written=True))
    '本单位填写过的季报表只能由本单位修改，联席会议办公室可以退回已报送的。'
    """
    if not (is_own_unit or is_office):
        return Refusal("not_own_unit", "只能填报本单位的季报表。")
    if state not in EDITABLE:
        return Refusal("state", f"季报表处于“{ReturnState(state).label}”，不能修改。")
    if not is_own_unit and unit_has_written:
        return Refusal(
            "units_figures", "本单位填写过的季报表只能由本单位修改，联席会议办公室可以退回已报送的。"
        )
    return _closed(window)


def may_submit(state: ReturnState, window: Window, *, is_own_unit: bool) -> Refusal | None:
    """Only the unit submits its return, from a draft or a returned one, while the window is open or late.

    >>> may_submit(ReturnState.DRAFT, Window.LATE, is_own_unit=True) is None
    True
    """
    if not is_own_unit:
        return Refusal("not_own_unit", "只有填报单位可以提交本单位的季报表。")
    if state not in EDITABLE:
        return Refusal("state", f"季报表处于“{ReturnState(state).label}”，不能提交。")
    return _closed(window)


def may_withdraw(
    state: ReturnState, window: Window, *, is_own_unit: bool, review_has_begun: bool
) -> Refusal | None:
    """The unit takes back what it submitted, until a review has begun and before closing.

    >>> str(may_withdraw(ReturnState.SUBMITTED, Window.OPEN, is_own_unit=True, review_has_begun=True))
    '审核已经开始，不能撤回；如需修改请联系联席会议办公室退回。'
    """
    if not is_own_unit:
        return Refusal("not_own_unit", "只有填报单位可以撤回本单位的季报表。")
    if state != _SUBMITTED:
        return Refusal("state", f"季报表处于“{ReturnState(state).label}”，不能撤回。")
    if review_has_begun:
        return Refusal("review_has_begun", "审核已经开始，不能撤回；如需修改请联系联席会议办公室退回。")
    return _closed(window)


def may_approve(
    state: ReturnState,
    *,
    is_office: bool,
    has_edited: bool,
    has_submitted: bool,
    same_unit: bool,
    filled_in_by_office: bool = False,
) -> Refusal | None:
    """A second person of the office approves: not who edited or submitted it, nor one of its own unit.

    A return that is not submitted can be approved only where the office alone filled it in (代填).

    >>> str(may_approve(
    ...     ReturnState.SUBMITTED, is_office=True, has_edited=False, has_submitted=False, same_unit=True
    ... ))
    '不能审定自己所在单位的季报表，请由其他单位的人员审定。'
    """
    if not is_office:
        return Refusal("not_office", "只有联席会议办公室可以审定季报表。")
    if state != _SUBMITTED and not (state in EDITABLE and filled_in_by_office):
        return Refusal("state", f"季报表处于“{ReturnState(state).label}”，不能审定。")
    return _own_hand("审定", has_edited=has_edited, has_submitted=has_submitted, same_unit=same_unit)


def may_begin_review(
    state: ReturnState, *, is_office: bool, has_edited: bool, has_submitted: bool, same_unit: bool
) -> Refusal | None:
    """Whoever may decide on a submitted return may begin its review; the unit cannot take it back from then on.

    >>> may_begin_review(
    ...     ReturnState.SUBMITTED, is_office=True, has_edited=False, has_submitted=False, same_unit=False
    ... ) is None
    True
    """
    if not is_office:
        return Refusal("not_office", "只有联席会议办公室审核季报表。")
    if state != _SUBMITTED:
        return Refusal("state", f"季报表处于“{ReturnState(state).label}”，没有要审核的。")
    return _own_hand("审核", has_edited=has_edited, has_submitted=has_submitted, same_unit=same_unit)


def may_return(
    state: ReturnState,
    window: Window,
    *,
    is_office: bool,
    has_edited: bool,
    has_submitted: bool,
    same_unit: bool,
    reason: str,
    today: datetime.date,
    reopened_until: datetime.date | None = None,
) -> Refusal | None:
    """The office gives a return back with a reason; an approved one too, which begins a correction.

    Not who wrote or submitted it, nor one of its unit, for that is a review too. After closing the unit must be
    given a date until which it may file again, today at the earliest.

    >>> str(may_return(
    ...     ReturnState.SUBMITTED, Window.OPEN, is_office=True, has_edited=False, has_submitted=False,
    ...     same_unit=False, reason=" ", today=datetime.date(2015, 7, 8)
    ... ))
    '请写明退回的原因。'
    """
    if not is_office:
        return Refusal("not_office", "只有联席会议办公室可以退回季报表。")
    if _RETURNED not in ALLOWED[state]:
        return Refusal("state", f"季报表处于“{ReturnState(state).label}”，不能退回。")
    if own := _own_hand("退回", has_edited=has_edited, has_submitted=has_submitted, same_unit=same_unit):
        return own
    if not reason.strip():
        return Refusal("no_reason", "请写明退回的原因。")
    if window == Window.LOCKED or reopened_until is not None:
        return may_reopen(is_office=is_office, today=today, reopened_until=reopened_until)
    return None


def may_reopen(
    *, is_office: bool, today: datetime.date, reopened_until: datetime.date | None
) -> Refusal | None:
    """The office lets one unit file after closing, until a date that is not past.

    >>> day = datetime.date
    >>> may_reopen(is_office=True, today=day(2015, 8, 1), reopened_until=day(2015, 8, 5)) is None
    True
    """
    if not is_office:
        return Refusal("not_office", "只有联席会议办公室可以重新开放填报。")
    if reopened_until is None:
        return Refusal("no_date", "本季填报已关闭，请指定重新开放到哪一天。")
    if reopened_until < today:
        return Refusal("past_date", "重新开放的截止日期不能早于今天。")
    return None


def may_publish(
    *, is_office: bool, is_published: bool, window: Window, unexplained: Collection[str]
) -> Refusal | None:
    """定稿: the office closes a quarter's books once, when every difference beyond rounding is explained.

    `unexplained` names the indicators whose difference has no explanation; who has not filed is shown, and
    no bar.

    >>> str(may_publish(is_office=True, is_published=False, window=Window.LATE, unexplained=["工业投资"]))
    '以下指标镇区合计与全市数不一致，请先写明原因：工业投资。'
    """
    if not is_office:
        return Refusal("not_office", "只有联席会议办公室可以定稿。")
    if is_published:
        return Refusal("published", "本季已经定稿。")
    if window == Window.NOT_OPEN:
        return Refusal("not_open", "本季填报尚未开始，不能定稿。")
    if unexplained:
        named = "、".join(unexplained)
        return Refusal("unexplained", f"以下指标镇区合计与全市数不一致，请先写明原因：{named}。")
    return None


def _own_hand(act: str, *, has_edited: bool, has_submitted: bool, same_unit: bool) -> Refusal | None:
    """Nobody decides on what they wrote or submitted, nor on a return of the unit they belong to."""
    if has_edited:
        return Refusal("has_edited", f"不能{act}自己填写或修改过的季报表，请由另一位同事{act}。")
    if has_submitted:
        return Refusal("has_submitted", f"不能{act}自己提交的季报表，请由另一位同事{act}。")
    if same_unit:
        return Refusal("same_unit", f"不能{act}自己所在单位的季报表，请由其他单位的人员{act}。")
    return None


def _closed(window: Window) -> Refusal | None:
    if window.accepts:
        return None
    if window == Window.NOT_OPEN:
        return Refusal("not_open", "本季填报尚未开始。")
    return Refusal("locked", "本季填报已关闭，如需补报请联系联席会议办公室重新开放。")
