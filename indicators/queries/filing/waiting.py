"""One return that waits for the office: what it says beside what stood there, what is doubtful, what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from indicators.choices import Frequency, Reason, ReturnState
from indicators.domain.filing import Finding
from indicators.domain.history import Changes, Stated
from indicators.domain.numbers import format_percent
from indicators.domain.periods import is_due
from indicators.domain.workflow import Window
from indicators.models import Indicator, QuarterlyReturn
from indicators.models.filing import RETURN_TEXTS
from indicators.queries.facts import PlanFacts
from indicators.queries.filing.assignments import assigned_among
from indicators.queries.filing.comparisons import EMPTY, Figure, beside, findings_of, open_findings
from indicators.queries.filing.reviewing import EMPTY_TEXT, since_words, stated_figure
from indicators.queries.filing.standing import Standing
from indicators.queries.filing.wording import Cell, moment, name_of, review_words, show

NO_CHANGES: Mapping[str, tuple[Stated, Stated]] = {}


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding and the note that answers it; `note` is empty where none was written."""

    message: str
    note: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One indicator, as strings. `was` is what stood here before, where the return has changed; empty otherwise.

    `completion` and the light are those that the figure would have, once approved; without a target there is only a
    word in the light's place. `approved` is the figure that stands while this one would correct it.
    """

    code: str
    name: str
    unit: str
    is_part: bool
    target: Cell
    last_quarter: Cell
    last_year: Cell
    value: Cell
    was: str
    approved: str
    completion: Cell
    light_class: str
    light: str
    note: str
    note_was: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaitingText:
    """One of the texts; `was` is how it read before, where it has changed."""

    label: str
    text: str
    was: str


@dataclass(frozen=True, slots=True)
class WaitingReturn:
    """One return that waits, as strings. `refusal` says why this reader may not decide on it, empty when they may.

    `key` names it with the version that is shown. `open` is what a 代填 draft still lacks before it can be approved.
    `changes` says since when changes are marked, empty where there is nothing to compare with. `reopens` is whether
    a return given back needs a day to file until, since the quarter has closed.
    """

    filed: QuarterlyReturn
    key: str
    handed_in: str
    waits: str
    late: bool
    reported: str
    marks: tuple[str, ...]
    back_because: str
    doubts: tuple[Doubt, ...]
    open: tuple[str, ...]
    refusal: str
    is_submitted: bool
    review: str
    is_reviewed_by_reader: bool
    changes: str
    rows: tuple[WaitingRow, ...]
    texts: tuple[WaitingText, ...]
    files: int
    reopens: bool

    @property
    def can_approve(self) -> bool:
        return not self.refusal and not self.open


@dataclass(frozen=True, slots=True)
class Weighed:
    """A waiting return with the facts it is compared with: enough to be counted, filtered and shown."""

    filed: QuarterlyReturn
    standing: Standing
    facts: PlanFacts
    asked: tuple[Indicator, ...]
    figures: Mapping[str, Figure]
    found: Mapping[str, tuple[Finding, ...]]
    reader_id: int

    @property
    def is_mine_to_decide(self) -> bool:
        return self.standing.may_approve() is None

    def shown(self, changes: Changes | None) -> WaitingReturn:
        """As the queue shows it, with what changed since the office last decided."""
        filed, today = self.filed, self.standing.today
        submitted = filed.submitted_at if filed.state == ReturnState.SUBMITTED else None
        words = "代填的草稿，未提交"
        if submitted:
            words = f"{name_of(filed.submitted_by)} {moment(submitted, today, filed.period)} 提交"
        refusal = self.standing.may_approve()
        reported = sum(figure.value is not None for figure in self.figures.values())
        return WaitingReturn(
            filed=filed,
            key=f"{filed.period.code}/{filed.unit.code}/{filed.version}",
            handed_in=words,
            waits=_waits(timezone.localdate(submitted), today) if submitted else "",
            late=submitted is not None and timezone.localdate(submitted) > filed.period.due_on,
            reported=f"已报 {reported}/{len(self.asked)} 项" if self.asked else "仅文字",
            marks=self._marks(),
            back_because=filed.return_reason,
            doubts=tuple(self._doubts()),
            open=tuple(row.message for found in self._open_findings().values() for row in found),
            refusal=refusal.sentence if refusal else "",
            is_submitted=submitted is not None,
            review=review_words(filed.period, filed, today),
            is_reviewed_by_reader=filed.review_begun_by_id == self.reader_id,
            changes=since_words(changes, filed.period, today),
            rows=tuple(self._row(indicator, changes) for indicator in self.asked),
            texts=tuple(_text(filed, name, changes) for name in RETURN_TEXTS),
            files=getattr(filed, "files", 0),
            reopens=self.standing.window == Window.LOCKED,
        )

    def _marks(self) -> tuple[str, ...]:
        """代填 and 导入 say whose figures these are, 更正 and 重新提交 that the office has seen this return before."""
        filed, area, quarter = self.filed, self.filed.unit.area, self.filed.period.quarter
        marks = ["代填"] if filed.filled_for_unit else []
        if filed.source:
            marks.append("导入")
        if any(self.facts.actual(indicator, area, quarter) is not None for indicator in self.asked):
            marks.append("更正")
        elif filed.return_reason:
            marks.append("重新提交")
        return tuple(marks)

    def _doubts(self) -> list[Doubt]:
        """What was found and does not stand in the way."""
        still_open = self._open_findings()
        return [
            Doubt(finding.message, self.figures.get(code, EMPTY).note)
            for code, findings in self.found.items()
            for finding in findings
            if code not in still_open
        ]

    def _open_findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """What stands in the way of approving a draft; what was handed in has passed already."""
        is_draft = self.filed.state != ReturnState.SUBMITTED
        return open_findings(self.found, self.figures) if is_draft else {}

    def _row(self, indicator: Indicator, changes: Changes | None) -> WaitingRow:
        facts, area, quarter = self.facts, self.filed.unit.area, self.filed.period.quarter
        figure, there = self.figures.get(indicator.code, EMPTY), beside(facts, indicator, area, quarter)
        progress = facts.progress_at(indicator, area, quarter, figure.value)
        decimals, rate = indicator.decimals, progress.completion
        old, new = (changes.figures if changes else NO_CHANGES).get(indicator.code, (None, None))
        stands = there.approved is not None and there.approved != figure.value
        return WaitingRow(
            code=indicator.code,
            name=indicator.name,
            unit=indicator.unit,
            is_part=indicator.part_of_id in {other.pk for other in self.asked},
            target=show(there.target, decimals, if_none="未定目标"),
            last_quarter=show(there.last_quarter, decimals, if_none="没有审定数"),
            last_year=show(there.last_year, decimals, if_none="没有审定数"),
            value=show(figure.value, decimals, if_none="未报"),
            was=stated_figure(old, decimals) if old and new and old.value != new.value else "",
            approved=show(there.approved, decimals, if_none="").text if stands else "",
            completion=Cell("—", str(rate.label)) if isinstance(rate, Reason) else Cell(format_percent(rate)),
            light_class="" if progress.unjudged else progress.light.value.lower(),
            light=str((progress.unjudged or progress.light).label),
            note=figure.note,
            note_was=(old.note or EMPTY_TEXT) if old and new and old.note != new.note else "",
            doubts=tuple(finding.message for finding in self.found.get(indicator.code, ())),
        )


def weigh(
    filed: QuarterlyReturn,
    standing: Standing,
    facts: PlanFacts,
    figures: Mapping[str, Figure],
    *,
    reader_id: int,
) -> Weighed:
    """Find what is doubtful about a waiting return; no query."""
    period, unit = filed.period, filed.unit
    due = [row for row in facts.indicators if is_due(Frequency(row.frequency), period.number)]
    asked = assigned_among(due, unit)
    found = findings_of(asked, figures, facts, unit.area, period.quarter)
    return Weighed(filed, standing, facts, asked, figures, found, reader_id)


def _waits(since: date, today: date) -> str:
    days = (today - since).days
    return f"已等 {days} 天" if days > 0 else ""


def _text(filed: QuarterlyReturn, name: str, changes: Changes | None) -> WaitingText:
    label = str(QuarterlyReturn._meta.get_field(name).verbose_name)
    old, _ = (changes.texts if changes else {}).get(name, (None, None))
    return WaitingText(label, getattr(filed, name), "" if old is None else old or EMPTY_TEXT)
