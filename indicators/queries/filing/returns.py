"""One unit's return for one quarter: a row an indicator, what stands beside it, and what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from indicators.choices import Frequency
from indicators.domain.filing import Finding, Level
from indicators.domain.periods import is_due
from indicators.models import Indicator, Period, QuarterlyReturn
from indicators.models.filing import RETURN_TEXTS
from indicators.queries.facts import PlanFacts
from indicators.queries.filing.assignments import assigned_among
from indicators.queries.filing.comparisons import (
    EMPTY,
    Beside,
    Figure,
    beside,
    findings_of,
    load_comparisons,
)
from indicators.queries.filing.standing import Standing, standing_of
from indicators.queries.filing.wording import Cell, Tag, as_typed, last_step, show, standing_words, tag_of
from towns.models import Unit

if TYPE_CHECKING:
    from towns.access import Person


NOT_BEGUN = 0
"""The version of a return that nobody has begun."""


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One indicator of a return, as strings. `typed` is what the cell holds, `value` the same for reading.

    `fault` is why the cell cannot be read, and one of `errors`. `approved` is the figure that stands while a
    correction is on its way, `saved` the one that somebody else has saved meanwhile; empty otherwise.
    """

    code: str
    name: str
    unit: str
    is_part: bool
    target: Cell
    last_quarter: Cell
    last_year: Cell
    typed: str
    value: Cell
    note: str
    source: str
    approved: str
    fault: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    saved: str

    @property
    def state(self) -> str:
        """ "error", "warning" for a doubt that no note answers yet, or empty."""
        if self.errors or self.saved:
            return "error"
        return "warning" if self.warnings and not self.note.strip() else ""


@dataclass(frozen=True, slots=True)
class ReturnText:
    """One of the return's texts. `saved` is what somebody else has saved meanwhile; empty otherwise."""

    name: str
    label: str
    text: str
    error: str = ""
    saved: str = ""

    @property
    def is_described(self) -> bool:
        return bool(self.error or self.saved)


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a person has just typed and what was said of it; it is shown in place of what is stored."""

    values: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    saved: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, Sequence[Finding]] | None = None


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing to mend or to explain, with the id of the field it is about."""

    anchor: str
    message: str


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """A return as its page shows it; `version` is 0 while nobody has begun it.

    `window` says where the period stands for this unit, `steps` who did what with the return last.
    """

    period: Period
    unit: Unit
    filed: QuarterlyReturn | None
    version: int
    tag: Tag
    window: str
    steps: str
    rows: tuple[ReturnRow, ...]
    texts: tuple[ReturnText, ...]

    @property
    def errors(self) -> tuple[OpenItem, ...]:
        cells = [
            OpenItem(f"entry-{row.code}", f"{row.name}：{message}" if message == row.fault else message)
            for row in self.rows
            for message in row.errors
        ]
        return (*cells, *(OpenItem(f"text-{text.name}", text.error) for text in self.texts if text.error))

    @property
    def doubts(self) -> tuple[OpenItem, ...]:
        """Doubts that no note answers yet."""
        doubted = [row for row in self.rows if row.warnings and not row.note.strip()]
        return tuple(OpenItem(f"note-{row.code}", message) for row in doubted for message in row.warnings)


@dataclass(frozen=True, slots=True)
class StoredReturn:
    """A return as the database holds it, with all that its page is built from."""

    period: Period
    unit: Unit
    filed: QuarterlyReturn | None
    standing: Standing
    indicators: tuple[Indicator, ...]
    figures: Mapping[str, Figure]
    sources: Mapping[str, str]
    facts: PlanFacts


def load_return(period: Period, unit: Unit, user: Person, *, today: date) -> StoredReturn:
    """Read a unit's return: five queries at most, whether it was begun or not."""
    filed = (
        QuarterlyReturn.objects.filter(period=period, unit=unit)
        .select_related("submitted_by", "decided_by")
        .first()
    )
    figures: dict[str, Figure] = {}
    sources: dict[str, str] = {}
    if filed is not None:
        for code, value, note, source in filed.entries.order_by().values_list(
            "indicator__code", "value", "note", "source"
        ):
            figures[code], sources[code] = Figure(value, note), source
    facts = load_comparisons(period.plan, [unit.area], [period.quarter])
    due = [row for row in facts.indicators if is_due(Frequency(row.frequency), period.number)]
    return StoredReturn(
        period=period,
        unit=unit,
        filed=filed,
        standing=standing_of(user, period, unit, filed, today=today),
        indicators=assigned_among(due, unit),
        figures=figures,
        sources=sources,
        facts=facts,
    )


def return_page(stored: StoredReturn, overlay: Overlay | None = None) -> ReturnPage:
    """Lay the return out in rows, with what was just typed in its place."""
    overlay = overlay or Overlay()
    findings = overlay.findings if overlay.findings is not None else _findings_so_far(stored)
    filed = stored.filed
    texts = tuple(
        ReturnText(
            name=name,
            label=str(QuarterlyReturn._meta.get_field(name).verbose_name),
            text=overlay.texts.get(name, getattr(filed, name) if filed else ""),
            error=" ".join(finding.message for finding in findings.get(name, ())),
            saved=overlay.saved.get(name, ""),
        )
        for name in RETURN_TEXTS
    )
    here = {indicator.pk for indicator in stored.indicators}
    rows = tuple(
        _row(stored, indicator, overlay, findings.get(indicator.code, ()), indicator.part_of_id in here)
        for indicator in stored.indicators
    )
    standing = stored.standing
    return ReturnPage(
        period=stored.period,
        unit=stored.unit,
        filed=filed,
        version=filed.version if filed else NOT_BEGUN,
        tag=tag_of(filed),
        window=standing_words(stored.period, filed, standing.window, standing.today),
        steps=last_step(stored.period, filed, standing.today),
        rows=rows,
        texts=texts,
    )


def _findings_so_far(stored: StoredReturn) -> Mapping[str, Sequence[Finding]]:
    """What is doubtful about the figures that are there; empty cells are not held against a draft."""
    found = findings_of(
        stored.indicators, stored.figures, stored.facts, stored.unit.area, stored.period.quarter
    )
    return {code: rows for code, rows in found.items() if stored.figures.get(code, EMPTY).value is not None}


def _row(
    stored: StoredReturn,
    indicator: Indicator,
    overlay: Overlay,
    findings: Sequence[Finding],
    is_part: bool,
) -> ReturnRow:
    code, decimals = indicator.code, indicator.decimals
    figure = stored.figures.get(code, EMPTY)
    there = beside(stored.facts, indicator, stored.unit.area, stored.period.quarter)
    fault = overlay.faults.get(code, "")
    errors = [finding.message for finding in findings if finding.level == Level.ERROR]
    return ReturnRow(
        code=code,
        name=indicator.name,
        unit=indicator.unit,
        is_part=is_part,
        target=show(there.target, decimals, if_none="未定目标"),
        last_quarter=show(there.last_quarter, decimals, if_none="没有审定数"),
        last_year=show(there.last_year, decimals, if_none="没有审定数"),
        typed=overlay.values.get(code, as_typed(figure.value)),
        value=show(figure.value, decimals, if_none="未报"),
        note=overlay.notes.get(code, figure.note),
        source=stored.sources.get(code, ""),
        approved=_approved(stored, there, figure, decimals),
        fault=fault,
        errors=tuple([fault, *errors] if fault else errors),
        warnings=tuple(finding.message for finding in findings if finding.level == Level.WARNING),
        saved=overlay.saved.get(code, ""),
    )


def _approved(stored: StoredReturn, there: Beside, figure: Figure, decimals: int) -> str:
    """The approved figure, where the return no longer says the same."""
    if there.approved is None or there.approved == figure.value:
        return ""
    return show(there.approved, decimals, if_none="").text
