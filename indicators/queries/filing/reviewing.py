"""What a return's own page says of its review: who has begun it, what has changed, whether figures still stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.choices import ReturnState
from indicators.domain.history import Changes, Stated, changes_since_last_decision
from indicators.models import Indicator, Period, QuarterlyReturn
from indicators.queries.filing.history import load_histories
from indicators.queries.filing.wording import moment, review_words, show

if TYPE_CHECKING:
    from indicators.queries.filing.returns import StoredReturn
    from towns.access import Person

EMPTY_TEXT = "（空）"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the return says differently now, and how it stood before."""

    label: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Reviewing:
    """`words` say who has begun, empty until somebody has; `is_others` that it is not this reader.

    `is_corrected`: the figures approved before stand until these are approved. `since` says against what `changes`
    are told, for those who decide.
    """

    words: str = ""
    is_others: bool = False
    can_begin: bool = False
    is_corrected: bool = False
    since: str = ""
    changes: tuple[Change, ...] = ()


def reviewing_of(stored: StoredReturn, user: Person) -> Reviewing:
    """One query for the office while a return waits for it, else none."""
    filed, standing = stored.filed, stored.standing
    if filed is None:
        return Reviewing()
    changes = None
    if standing.is_office and filed.state == ReturnState.SUBMITTED:
        filed.period, filed.unit = stored.period, stored.unit
        changes = changes_since_last_decision(load_histories([filed])[filed.pk])
    return Reviewing(
        words=review_words(stored.period, filed, standing.today),
        is_others=filed.review_begun_by_id not in (None, user.pk),
        can_begin=filed.review_begun_at is None and standing.may_begin_review() is None,
        is_corrected=bool(_corrected(stored)),
        since=since_words(changes, stored.period, standing.today),
        changes=tuple(_changes(changes, stored)) if changes else (),
    )


def since_words(changes: Changes | None, period: Period, today: date) -> str:
    """Since when changes are told: "与7月9日 15:00 退回时相比，改动 2 处"; empty with nothing to compare with."""
    if changes is None:
        return ""
    when = f"与{moment(changes.at, today, period)} {changes.act.removesuffix('季报')}时相比"
    number = len(changes.figures) + len(changes.texts)
    return f"{when}，改动 {number} 处" if number else f"{when}，没有改动"


def stated_figure(told: Stated, decimals: int) -> str:
    """A figure that the trail tells, as a table shows it."""
    return show(Decimal(told.value), decimals, if_none="").text if told.value else "未报"


def _corrected(stored: StoredReturn) -> list[Indicator]:
    """The indicators whose approved figure stands while this return is being corrected."""
    facts, area, quarter = stored.facts, stored.unit.area, stored.period.quarter
    return [one for one in stored.indicators if facts.is_in_correction(one, area, quarter)]


def _changes(changes: Changes, stored: StoredReturn) -> Iterator[Change]:
    """Figures in the return's order, each with its note where that changed, then the texts."""
    for indicator in stored.indicators:
        if indicator.code in changes.figures:
            old, new = changes.figures[indicator.code]
            if old.value != new.value:
                was, now = (stated_figure(told, indicator.decimals) for told in (old, new))
                yield Change(f"{indicator.short_name}（{indicator.unit}）", was, now)
            if old.note != new.note:
                yield Change(f"{indicator.short_name}的说明", old.note or EMPTY_TEXT, new.note or EMPTY_TEXT)
    for name, (before, after) in changes.texts.items():
        label = str(QuarterlyReturn._meta.get_field(name).verbose_name)
        yield Change(label, before or EMPTY_TEXT, after or EMPTY_TEXT)
