"""季报: a unit's own quarters, or the board of all units for the office and the auditor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from indicators.domain.workflow import Window
from indicators.forms import PeriodForm
from indicators.models import Period
from indicators.queries.filing.board import Count, load_board
from indicators.queries.filing.my_returns import load_my_returns
from indicators.queries.filing.reminders import ReminderRow, load_reminder_list
from indicators.queries.filing.standing import window_of
from indicators.queries.reading import Reading
from indicators.views.filing import NO_RETURNS, at_period, filing_reading, iso, plan_query
from towns.access import can_read_every_return, can_run_office, unit_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is due for those who file; the board of units for the office and the auditor."""
    reading = filing_reading(request)
    if can_read_every_return(request.user):
        return show_board(request, reading)
    unit = unit_of(request.user)
    if unit is None:
        raise PermissionDenied(NO_RETURNS)
    today = timezone.localdate()
    page = load_my_returns(reading.periods, unit, year=reading.period.year, today=today)
    context = {"page": page, "years": years_of(reading, today=today), "plan_query": plan_query(reading)}
    return render(request, "indicators/my_returns.html", context)


def show_board(
    request: HttpRequest, reading: Reading, form: PeriodForm | None = None, *, status: int = 200
) -> HttpResponse:
    """The board of the quarter; `form` holds dates that were just refused."""
    today = timezone.localdate()
    period = reading.period
    beside = [
        row
        for row in reading.periods
        if row.year == period.year and (row == period or window_of(row, None, today) != Window.NOT_OPEN)
    ]
    asked = {name: request.GET[name] for name in ("state", "kind") if request.GET.get(name)}
    board = load_board(
        period,
        request.user,
        today=today,
        beside=beside,
        chosen=asked.get("state", ""),
        kind=asked.get("kind", ""),
    )
    reminders = load_reminder_list(reading.plan, request.user, today=today)
    runs_office = can_run_office(request.user)
    may_reopen = runs_office and period.closes_on is not None and board.is_open
    context = {
        "board": board,
        "columns": [
            (column, column.quarter.label.partition("年")[2], at_period(reading, column, asked))
            for column in board.columns
        ],
        "years": years_of(reading, today=today),
        "states": _filters(reading, board.counts, board.units, "state", asked),
        "kinds": _filters(reading, board.kinds, board.everybody, "kind", asked),
        "reminders": reminders,
        "reminder_summary": _reminder_summary(reminders),
        "reminder_text": _reminder_text(reminders),
        "dates": _dates(period, form),
        "form": form,
        "may_close": runs_office and board.stands == Window.LATE,
        "close_question": f"还有 {board.to_file} 个单位没有报送，关闭后它们不能再填报和提交，"
        "已重新开放的单位除外。确定立即关闭？",
        "may_reopen": may_reopen,
        "span": len(board.columns) + (3 if may_reopen else 2),
        "earliest": iso(today),
        "runs_office": runs_office,
        "plan_query": plan_query(reading),
    }
    return render(request, "indicators/board.html", context, status=status)


def years_of(reading: Reading, *, today: date) -> list[tuple[int, str, bool]]:
    """The plan's years, each with the query that asks for it and whether it is looked at.

    A year is asked for by its latest quarter that has been opened, else by its first.
    """
    asked_by: dict[int, Period] = {}
    for period in reading.periods:
        if period.year not in asked_by or window_of(period, None, today) != Window.NOT_OPEN:
            asked_by[period.year] = period
    return [
        (year, at_period(reading, period), year == reading.period.year) for year, period in asked_by.items()
    ]


def _filters(
    reading: Reading, counts: tuple[Count, ...], total: int, name: str, asked: dict[str, str]
) -> list[tuple[str, int, str, bool]]:
    """(label, number, query, whether it is chosen) of each choice, 全部 first; the other filter stays."""
    others = {key: value for key, value in asked.items() if key != name}
    everything = ("全部", total, at_period(reading, reading.period, others), not asked.get(name))
    return [
        everything,
        *(
            (
                count.label,
                count.number,
                at_period(reading, reading.period, {**others, name: count.key}),
                count.chosen,
            )
            for count in counts
        ),
    ]


def _reminder_summary(rows: Sequence[ReminderRow]) -> str:
    late = sum(row.is_late for row in rows)
    return f"{len(rows)} 份季报将到期或已逾期" + (f"，其中逾期 {late} 份" if late else "")


def _reminder_text(rows: Sequence[ReminderRow]) -> str:
    """The reminder list as one pastes it into a message, a line a unit."""
    return "\n".join(
        f"{row.unit.name}：{row.period.quarter.label}季报{row.tag.label}，{row.due}截止，{row.left}。"
        + (f"填报人：{row.people}。" if row.people else "")
        for row in rows
    )


def _dates(period: Period, form: PeriodForm | None) -> dict[str, str]:
    """What the fields of the dates hold: as stored, or as just refused."""
    dates = {name: iso(getattr(period, name)) for name in ("opens_on", "due_on", "closes_on")}
    if not period.opens_on:
        dates["opens_on"] = iso(period.quarter.next.first_day)
    return dates if form is None else {name: form.data.get(name, "") for name in dates}
