"""The rows of a return as its page shows them: what stands beside a figure, how it is judged, what is said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from indicators.choices import Reason
from indicators.domain.filing import Finding, Level
from indicators.domain.numbers import format_percent
from indicators.domain.periods import Quarter
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from indicators.queries.filing.comparisons import Figure, beside
from indicators.queries.filing.wording import Cell, as_typed, show
from towns.models import Area

UNREADABLE = Cell("—", "无法识别")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a figure does against its target: its completion rate, and its light.

    `light` is the ending of the light's class, empty where none is given; `word` is then why not, if the plan knows.
    """

    completion: Cell
    light: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """One indicator of a return, as strings. `typed` and `note` are what its cells hold, `value` the same for reading.

    `stored` and `stored_note` are what the database has of them, as a cell would hold it. `fault` is why the cell
    cannot be read, and one of `errors`. `approved` is the figure that stands while a correction is on its way,
    `saved` the one that somebody else has saved meanwhile; empty otherwise. `names` are all that it goes by.
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
    stored: str
    stored_note: str
    verdict: Verdict
    source: str
    approved: str
    fault: str
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    saved: str
    names: tuple[str, ...]

    @property
    def state(self) -> str:
        """ "error", "warning" for a doubt that no note answers yet, or empty."""
        if self.errors or self.saved:
            return "error"
        return "warning" if self.warnings and not self.note.strip() else ""


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
class RowFacts:
    """What all rows of one return share."""

    facts: PlanFacts
    area: Area
    quarter: Quarter
    aliases: Mapping[int, Sequence[str]]


def return_row(
    shared: RowFacts,
    indicator: Indicator,
    figure: Figure,
    overlay: Overlay,
    findings: Sequence[Finding],
    *,
    source: str,
    is_part: bool,
) -> ReturnRow:
    """Lay out one row, with what was just typed in its place."""
    code, decimals = indicator.code, indicator.decimals
    there = beside(shared.facts, indicator, shared.area, shared.quarter)
    fault = overlay.faults.get(code, "")
    errors = [finding.message for finding in findings if finding.level == Level.ERROR]
    stored = as_typed(figure.value)
    return ReturnRow(
        code=code,
        name=indicator.name,
        unit=indicator.unit,
        is_part=is_part,
        target=show(there.target, decimals, if_none="未定目标"),
        last_quarter=show(there.last_quarter, decimals, if_none="没有审定数"),
        last_year=show(there.last_year, decimals, if_none="没有审定数"),
        typed=overlay.values.get(code, stored),
        value=show(figure.value, decimals, if_none="未报"),
        note=overlay.notes.get(code, figure.note),
        stored=stored,
        stored_note=figure.note,
        verdict=Verdict(UNREADABLE) if fault else verdict_on(shared, indicator, figure.value),
        source=source,
        approved=_approved(there.approved, figure, decimals),
        fault=fault,
        errors=tuple([fault, *errors] if fault else errors),
        warnings=tuple(finding.message for finding in findings if finding.level == Level.WARNING),
        saved=overlay.saved.get(code, ""),
        names=(indicator.name, indicator.short_name, *shared.aliases.get(indicator.pk, ())),
    )


def verdict_on(shared: RowFacts, indicator: Indicator, value: Decimal | None) -> Verdict:
    """How this value would do as the quarter's actual, by the rules that the published pages go by."""
    if value is None:
        return Verdict(Cell("—", str(Reason.NOT_REPORTED.label)))
    progress = shared.facts.progress_at(indicator, shared.area, shared.quarter, value)
    rate = progress.completion
    completion = Cell("—", str(rate.label)) if isinstance(rate, Reason) else Cell(format_percent(rate))
    if unjudged := progress.unjudged:
        return Verdict(completion, word=str(unjudged.label))
    return Verdict(completion, progress.light.value.lower(), str(progress.light.label))


def _approved(approved: Decimal | None, figure: Figure, decimals: int) -> str:
    """The approved figure, where the return no longer says the same."""
    if approved is None or approved == figure.value:
        return ""
    return show(approved, decimals, if_none="").text
