"""The history of returns, out of the trail of their plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from indicators.choices import FilingAct, ObjectKind, PeriodAct
from indicators.domain.history import Event, Step, steps_of
from indicators.models import AuditEvent, Period, QuarterlyReturn
from indicators.queries.filing.wording import day, moment
from indicators.queries.trail.content import BLANK, Line, figure_words, fold, label_of, words_of
from towns.models import Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from indicators.queries.filing.returns import StoredReturn

SHOWN_OF_PERIOD = (PeriodAct.OPEN, PeriodAct.MOVE, PeriodAct.CLOSE, PeriodAct.PUBLISH)
"""Acts on the quarter that belong to the history of each of its returns."""
TOLD = ("reason", "reopened_until", "opens_on", "due_on", "closes_on", "name")
"""What an act tells beside figures and texts. What a publication tells of other units is for the office alone."""
STYLES = {
    FilingAct.SUBMIT: "submitted",
    FilingAct.APPROVE: "approved",
    FilingAct.BOOTSTRAP: "approved",
    FilingAct.SEND_BACK: "returned",
    FilingAct.CORRECT: "returned",
    PeriodAct.PUBLISH: "approved",
}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One step as strings: `said` is how often and how long it was saved, `folded` stands for lines that are many."""

    when: str
    who: str
    act: str
    style: str
    said: str
    lines: tuple[Line, ...]
    folded: str


def load_histories(returns: Collection[QuarterlyReturn]) -> dict[int, tuple[Event, ...]]:
    """The events of many returns of one plan, {return's id: its events, oldest first}; one query.

    `returns` carry their period, its plan and city, and their unit; whoever may see a return may see its events.
    """
    keys = {f"{filed.period.code}/{filed.unit.code}": filed.pk for filed in returns}
    if not keys:
        return {}
    plan = next(iter(returns)).period.plan
    found: dict[int, list[Event]] = {pk: [] for pk in keys.values()}
    about = Q(object_kind=ObjectKind.RETURN, object_key__in=keys)
    for row in _rows(plan.code, plan.city.city_code, about):
        found[keys[row.object_key]].append(event_of(row))
    return {pk: tuple(events) for pk, events in found.items()}


def history_of(stored: StoredReturn) -> tuple[HistoryRow, ...]:
    """What became of a return and of its quarter, the latest first; one query, whether it was begun or not."""
    period, names = stored.period, {row.code: (row.name, row.unit) for row in stored.facts.indicators}
    events = _events_of(period, stored.unit)
    return tuple(_row(step, period, names, stored.standing.today) for step in reversed(steps_of(events)))


def event_of(row: AuditEvent) -> Event:
    return Event(
        act=row.act,
        at=row.at,
        account=row.actor_name,
        name=row.actor.get_full_name() if row.actor else "",
        old=row.old,
        new=row.new,
    )


def _events_of(period: Period, unit: Unit) -> Iterator[Event]:
    of_return = Q(object_kind=ObjectKind.RETURN, object_key=f"{period.code}/{unit.code}")
    of_period = Q(object_kind=ObjectKind.PERIOD, object_key=period.code, act__in=SHOWN_OF_PERIOD)
    plan = period.plan
    return map(event_of, _rows(plan.code, plan.city.city_code, of_return | of_period))


def _rows(chain: str, city_code: str, about: Q) -> QuerySet[AuditEvent]:
    """Events of a plan's chain in their order; another plan or city may have objects of the same name."""
    rows = AuditEvent.objects.filter(about, chain__name=chain, city_code=city_code)
    return rows.select_related("actor").order_by("sequence")


def _row(step: Step, period: Period, names: Mapping[str, tuple[str, str]], today: date) -> HistoryRow:
    event, lines = step.event, tuple(_lines(step, names))
    return HistoryRow(
        when=_when(step.began, step.ended, today, period),
        who=event.name or event.account,
        act=event.act,
        style=STYLES.get(event.act, "draft"),
        said=_said(step, lines),
        lines=lines,
        folded=fold(lines),
    )


def _when(began: datetime, ended: datetime, today: date, period: Period) -> str:
    """A moment, or from when to when: the day is said once where it is the same."""
    first, last = timezone.localtime(began), timezone.localtime(ended)
    words = moment(began, today, period)
    if (first.date(), first.hour, first.minute) == (last.date(), last.hour, last.minute):
        return words
    other_day = "" if first.date() == last.date() else f"{day(last.date(), today, period)} "
    return f"{words} 至 {other_day}{last:%H:%M}"


def _said(step: Step, lines: tuple[Line, ...]) -> str:
    often = f"共保存 {step.times} 次" if step.times > 1 else ""
    nothing = "内容没有变化" if step.event.act in (FilingAct.SAVE, FilingAct.FILL_IN) and not lines else ""
    return "，".join(filter(None, (often, nothing)))


def _lines(step: Step, names: Mapping[str, tuple[str, str]]) -> Iterator[Line]:
    """What the step changed; a text or figure that was not there before is told without its old state."""
    for code, (old, new) in step.figures.items():
        name, unit = names.get(code, (code, ""))
        if old.value != new.value:
            yield _line(
                f"{name}（{unit}）" if unit else name,
                old.value and figure_words(old.value),
                figure_words(new.value),
            )
        if old.note != new.note:
            yield _line(f"{name} 说明", old.note, new.note)
    for text, (before, after) in step.texts.items():
        yield _line(label_of(text), before, after)
    event = step.event
    for key in TOLD:
        before, after = words_of(event.old.get(key)), words_of(event.new.get(key))
        if before != after:
            yield _line(label_of(key), before, after)


def _line(label: str, old: str, new: str) -> Line:
    return Line(label, old, new or BLANK)
