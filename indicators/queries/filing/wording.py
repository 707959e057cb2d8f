"""How dates, states and figures of filing are put into words; no page says them another way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import AbstractBaseUser, User
from django.utils import timezone

from indicators.choices import ReturnState
from indicators.domain.numbers import format_figure
from indicators.domain.workflow import EDITABLE, Window
from indicators.models import Period, QuarterlyReturn

COUNTED_DAYS = 99
"""Beyond so many days a count says less than the date itself."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure's text and, when it is a dash, why."""

    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A state as a page shows it: its word, and the ending of its style's class."""

    key: str
    label: str
    style: str


NOT_STARTED = Tag("not-started", "未开始", "missing")
LATE = Tag("late", "逾期", "late")
TAGS = {
    None: NOT_STARTED,
    ReturnState.DRAFT: Tag("draft", "草稿", "draft"),
    ReturnState.SUBMITTED: Tag("submitted", "已提交", "submitted"),
    ReturnState.RETURNED: Tag("returned", "已退回", "returned"),
    ReturnState.APPROVED: Tag("approved", "已审定", "approved"),
}


def tag_of(filed: QuarterlyReturn | None) -> Tag:
    return TAGS[ReturnState(filed.state) if filed else None]


def still_to_file(filed: QuarterlyReturn | None) -> bool:
    """Whether the unit has yet to hand something in: an approved or submitted return never looks due."""
    return filed is None or filed.state in EDITABLE


def show(value: Decimal | None, decimals: int, *, if_none: str) -> Cell:
    return Cell("—", if_none) if value is None else Cell(format_figure(value, decimals))


def as_typed(value: Decimal | None) -> str:
    """A stored figure as a cell holds it for editing: its own digits, thousands separated; empty for none."""
    return "" if value is None else f"{value.normalize():,f}"


def day(when: date, today: date, period: Period) -> str:
    """A day in words: "7月15日"; with its year when that is not this one, or not the quarter's own."""
    year = "" if when.year == today.year == period.year else f"{when.year}年"
    return f"{year}{when.month}月{when.day}日"


def moment(when: datetime, today: date, period: Period) -> str:
    local = timezone.localtime(when)
    return f"{day(local.date(), today, period)} {local:%H:%M}"


def name_of(user: AbstractBaseUser | None) -> str:
    if not isinstance(user, User):
        return ""
    return user.get_full_name() or user.get_username()


def days_left(due_on: date, today: date) -> str:
    """How long is left until the due date, in words: "还有 7 天", "今天截止", "已逾期 3 天"."""
    left = (due_on - today).days
    if left == 0:
        return "今天截止"
    if left > 0:
        return f"还有 {left} 天"
    return f"已逾期 {-left} 天" if -left <= COUNTED_DAYS else "已逾期"


def window_words(period: Period, window: Window, today: date, reopened_until: date | None) -> str:
    """Where a period stands for one unit, and what that means, in a sentence."""
    if window == Window.NOT_OPEN:
        if period.opens_on is None:
            return "联席会议办公室尚未开放填报。"
        return f"{day(period.opens_on, today, period)}开放填报。"
    if window == Window.LOCKED and period.closes_on is not None:
        last = day(period.closes_on, today, period)
        return f"填报已关闭（最后一天是{last}），如需补报请联系联席会议办公室重新开放。"
    if reopened_until is not None and reopened_until >= today:
        return f"已为本单位重新开放到{day(reopened_until, today, period)}。"
    if period.due_on == today:
        return f"今天（{day(today, today, period)}）截止。"
    words = f"{day(period.due_on, today, period)}截止，{days_left(period.due_on, today)}"
    if window == Window.LATE and period.closes_on is not None:
        return f"{words}，{day(period.closes_on, today, period)}关闭前仍可补报。"
    return f"{words}，仍可补报。" if window == Window.LATE else f"{words}。"


def standing_words(period: Period, filed: QuarterlyReturn | None, window: Window, today: date) -> str:
    """What comes next for a unit's return: what is handed in never looks due."""
    if filed is not None and filed.state == ReturnState.SUBMITTED:
        begun = review_words(period, filed, today)
        return f"{begun}，不能再撤回。" if begun else "等待联席会议办公室审核。"
    if filed is not None and filed.state == ReturnState.APPROVED:
        return "已审定，数字已采用。"
    return window_words(period, window, today, filed.reopened_until if filed else None)


def review_words(period: Period, filed: QuarterlyReturn, today: date) -> str:
    """Who is at the review: "冯志远 7月9日 09:30 开始审核"; empty until somebody has begun, and once it is decided."""
    if filed.state != ReturnState.SUBMITTED or filed.review_begun_at is None:
        return ""
    begun = moment(filed.review_begun_at, today, period)
    return f"{name_of(filed.review_begun_by)} {begun} 开始审核"


def last_step(period: Period, filed: QuarterlyReturn | None, today: date) -> str:
    """Who did what last: "何小榄 7月8日 10:02 提交"; empty for a draft."""
    if filed is None:
        return ""
    if filed.state == ReturnState.SUBMITTED and filed.submitted_at:
        source = f"（导入：{filed.source}）" if filed.source else ""
        return f"{name_of(filed.submitted_by)} {moment(filed.submitted_at, today, period)} 提交{source}"
    act = {ReturnState.RETURNED: "退回", ReturnState.APPROVED: "审定"}.get(ReturnState(filed.state))
    if act is None or filed.decided_at is None:
        return ""
    return f"{name_of(filed.decided_by)} {moment(filed.decided_at, today, period)} {act}"


def reason_of(filed: QuarterlyReturn | None) -> str:
    """Why the return came back, while it is back; empty otherwise."""
    return filed.return_reason if filed is not None and filed.state == ReturnState.RETURNED else ""
