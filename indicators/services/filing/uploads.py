"""What an uploaded workbook would change in a return, cell by cell, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from indicators.domain.filing import Finding, Level, blocks_submission
from indicators.domain.periods import Quarter
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from indicators.queries.filing.comparisons import EMPTY, Figure, findings_of
from indicators.queries.filing.wording import as_typed
from indicators.services.filing.acts import in_plain_digits
from indicators.services.filing.drafts import TEXT_LENGTH
from indicators.services.filing.typed import NOTE_LENGTH, Typed, read_typed
from towns.models import Area

BLANK = "（空）"


class Verdict(StrEnum):
    """What becomes of one cell."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SentCell:
    """One cell of an uploaded file: its address, and its text as it was written or why that cannot be taken."""

    address: str
    text: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class SentReturn:
    """A return as a file has it: cells by indicator code, and by a text's name. What is not sent stays."""

    figures: Mapping[str, SentCell]
    notes: Mapping[str, SentCell] = field(default_factory=dict)
    texts: Mapping[str, SentCell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell of the preview, as strings. `key` is its indicator's code or its text's name."""

    key: str
    address: str
    verdict: Verdict
    old: str
    new: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A file beside the return. `figures` and `texts` are what differs: just that is saved."""

    figure_cells: tuple[CellChange, ...]
    note_cells: tuple[CellChange, ...]
    text_cells: tuple[CellChange, ...]
    figures: Mapping[str, Figure]
    texts: Mapping[str, str]

    @property
    def cells(self) -> tuple[CellChange, ...]:
        return (*self.figure_cells, *self.note_cells, *self.text_cells)

    def count(self, verdict: Verdict) -> int:
        return sum(cell.verdict == verdict for cell in self.cells)


def compare(
    indicators: Sequence[Indicator],
    stored: Mapping[str, Figure],
    sent: SentReturn,
    texts: Mapping[str, str] | None = None,
) -> Comparison:
    """Lay a file beside what is stored, {indicator code: figure} and {text's name: text}; no query.

    Figures are read as typed ones are: `350（220）` fills whole and part. A refused cell stays as it is stored.
    """
    readable = {
        code: Typed(cell.text, stored.get(code, EMPTY).note)
        for code, cell in sent.figures.items()
        if not cell.fault
    }
    read, faults = read_typed(indicators, readable, stored)
    figure_cells, note_cells = [], []
    figures: dict[str, Figure] = {}
    for indicator in indicators:
        code, old = indicator.code, stored.get(indicator.code, EMPTY)
        new = old
        if (cell := sent.figures.get(code)) is not None:
            fault = cell.fault or faults.get(code, "")
            new = replace(new, value=old.value if fault else read[code].value)
            figure_cells.append(_change(code, cell, as_typed(old.value), as_typed(new.value), fault))
        if (cell := sent.notes.get(code)) is not None:
            note = _one_line(cell.text)
            fault = cell.fault or _too_long("说明", note, NOTE_LENGTH)
            is_same = note == _one_line(old.note)
            new = replace(new, note=old.note if fault or is_same else note)
            note_cells.append(_change(code, cell, old.note, new.note, fault))
        if new != old:
            figures[code] = new
    text_cells, new_texts = _compare_texts(texts or {}, sent.texts)
    return Comparison(tuple(figure_cells), tuple(note_cells), tuple(text_cells), figures, new_texts)


def _compare_texts(
    stored: Mapping[str, str], sent: Mapping[str, SentCell]
) -> tuple[list[CellChange], dict[str, str]]:
    cells, changed = [], {}
    for name, cell in sent.items():
        text = cell.text.strip()
        fault = cell.fault or _too_long("每段文字", text, TEXT_LENGTH)
        cells.append(_change(name, cell, stored[name], stored[name] if fault else text, fault))
        if not fault and text != stored[name]:
            changed[name] = text
    return cells, changed


def _change(key: str, cell: SentCell, old: str, new: str, fault: str) -> CellChange:
    if fault:
        return CellChange(key, cell.address, Verdict.REFUSED, old or BLANK, cell.text[:40], fault)
    if old == new:
        return CellChange(key, cell.address, Verdict.SAME, old, new)
    verdict = Verdict.CHANGED if old else Verdict.NEW
    return CellChange(key, cell.address, verdict, old or BLANK, new or BLANK)


def _is_open(finding: Finding, figure: Figure) -> bool:
    return figure.value is not None and blocks_submission([finding], figure.note)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _too_long(what: str, text: str, longest: int) -> str:
    return "" if len(text) <= longest else f"{what}最多 {longest} 字，现有 {len(text)} 字，请缩短。"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a figure of a file leaves to do before submission: mend an error, or write a note on a doubt."""

    key: str
    address: str
    is_error: bool
    message: str


def as_sent(figure: Figure) -> Typed:
    """A figure that was read already, as one types it: nothing is left to be understood otherwise."""
    return Typed(in_plain_digits(figure.value) or "-", figure.note)


def doubts_about(
    comparison: Comparison,
    indicators: Sequence[Indicator],
    stored: Mapping[str, Figure],
    facts: PlanFacts,
    area: Area,
    quarter: Quarter,
) -> tuple[Doubt, ...]:
    """Errors, and doubts without a note, that the figures would raise once applied; empty cells raise none yet."""
    merged = {**stored, **comparison.figures}
    found = findings_of(indicators, merged, facts, area, quarter)
    addresses = {cell.key: cell.address for cell in comparison.figure_cells}
    return tuple(
        Doubt(code, addresses[code], finding.level == Level.ERROR, finding.message)
        for code, findings in found.items()
        for finding in findings
        if code in addresses and _is_open(finding, merged.get(code, EMPTY))
    )
