"""A unit's own returns: what to do next, what else is open, and how the year's quarters stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from indicators.choices import Frequency, ReturnState
from indicators.domain.periods import is_due
from indicators.domain.reminders import due_date
from indicators.domain.workflow import Window
from indicators.models import Indicator, Period, QuarterlyReturn
from indicators.queries.filing.assignments import assigned_among
from indicators.queries.filing.standing import window_of
from indicators.queries.filing.wording import (
    Tag,
    day,
    days_left,
    last_step,
    reason_of,
    standing_words,
    still_to_file,
    tag_of,
)
from towns.models import Unit

VERBS = {None: "开始填报", ReturnState.DRAFT: "继续填报", ReturnState.RETURNED: "更正"}
NOTHING = "没有待办的季报"
FILLED = Count("entries", filter=Q(entries__value__isnull=False) | ~Q(entries__note=""))
"""How many figures of a return are there, or say why they are not."""


@dataclass(frozen=True, slots=True)
class MyReturn:
    """One quarter of a unit's own returns.

    `left` is how long there still is, in words, `until` the last day as words; both empty when nothing is to be
    handed in; `is_past` when that day has gone by. `due` says where it stands and, when it is locked, what to do.
    `filled` is how much of it is there.
    `action` is the word on its link, empty when nothing can be opened.
    """

    period: Period
    tag: Tag
    due: str
    left: str
    until: str
    is_late: bool
    is_past: bool
    needs_action: bool
    reason: str
    detail: str
    filled: str
    action: str
    deadline: date

    @property
    def urgency(self) -> tuple[bool, bool, date]:
        """What is past due first, then what came back, then what is due soonest."""
        return (not self.is_late, not self.reason, self.deadline)


@dataclass(frozen=True, slots=True)
class MyReturns:
    """`first` is the one to do next, None when there is nothing to do; `others` are the rest that can be filed now.

    `calm` says in that case what comes next. `quarters` are those of the year looked at, the latest first.
    """

    unit: Unit
    first: MyReturn | None
    others: tuple[MyReturn, ...]
    calm: str
    year: int
    quarters: tuple[MyReturn, ...]


def load_my_returns(periods: Sequence[Period], unit: Unit, *, year: int, today: date) -> MyReturns:
    """A unit's returns in these periods of one plan; what is to be done now counts in every year. Two queries."""
    returns = _returns(periods, unit)
    asked = _asked(periods, unit)
    rows = [_my_return(period, returns.get(period.pk), asked[period.pk], today) for period in periods]
    to_do = sorted((row for row in rows if row.needs_action), key=lambda row: row.urgency)
    return MyReturns(
        unit=unit,
        first=to_do[0] if to_do else None,
        others=tuple(to_do[1:]),
        calm="" if to_do else _calm(rows, today),
        year=year,
        quarters=tuple(row for row in reversed(rows) if row.period.year == year),
    )


def _returns(periods: Sequence[Period], unit: Unit) -> Mapping[int, QuarterlyReturn]:
    """{period id: the unit's return}, each with the number of its figures; one query."""
    filed = (
        QuarterlyReturn.objects.filter(period__in=periods, unit=unit)
        .select_related("submitted_by", "decided_by", "review_begun_by")
        .annotate(filled=FILLED)
        .order_by()
    )
    of = {period.pk: period for period in periods}
    for row in filed:
        row.period = of[row.period_id]
    return {row.period_id: row for row in filed}


def _asked(periods: Sequence[Period], unit: Unit) -> Mapping[int, int]:
    """How many indicators the unit files in each period, {period id: number}; one query."""
    plans = {period.plan_id for period in periods}
    indicators = list(Indicator.objects.filter(plan__in=plans).order_by("order"))
    mine = assigned_among(indicators, unit)
    return {
        period.pk: sum(is_due(Frequency(row.frequency), period.number) for row in mine) for period in periods
    }


def _my_return(period: Period, filed: QuarterlyReturn | None, asked: int, today: date) -> MyReturn:
    window = window_of(period, filed, today)
    to_file = still_to_file(filed) and window != Window.NOT_OPEN
    can_file = to_file and window.accepts
    deadline = due_date(period.due_on, filed.reopened_until if filed else None)
    action = VERBS[ReturnState(filed.state) if filed else None] if can_file else "查看"
    return MyReturn(
        period=period,
        tag=tag_of(filed),
        due=standing_words(period, filed, window, today),
        left=days_left(deadline, today) if can_file else "",
        until=f"{day(deadline, today, period)}截止" if can_file else "",
        is_late=to_file and window in (Window.LATE, Window.LOCKED),
        is_past=can_file and deadline < today,
        needs_action=can_file,
        reason=reason_of(filed),
        detail=last_step(period, filed, today),
        filled=_filled(filed, asked),
        action="" if window == Window.NOT_OPEN and filed is None else action,
        deadline=deadline,
    )


def _filled(filed: QuarterlyReturn | None, asked: int) -> str:
    if not asked:
        return "只填文字"
    return f"已填 {filed.filled}/{asked} 项" if filed is not None else f"共 {asked} 项"


def _calm(rows: Sequence[MyReturn], today: date) -> str:
    """What comes next where nothing is to be done now."""
    waiting = [row.period.quarter.label for row in rows if row.tag.key == "submitted"]
    if waiting:
        return f"{'、'.join(waiting)}的季报已经提交，等待联席会议办公室审核。"
    announced = [row.period for row in rows if row.period.opens_on and row.period.opens_on > today]
    if announced:
        first = announced[0]
        return f"{first.quarter.label}的季报{day(first.opens_on or today, today, first)}开放填报。"
    locked = [row for row in rows if row.is_late]
    if locked:
        return "有的季度没有报送，已经关闭；如需补报请联系联席会议办公室重新开放。"
    return "下一季开放填报后会列在这里。"
