"""An uploaded workbook as its preview shows it: every cell that is new, changed or refused, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils.cell import coordinate_to_tuple

from indicators.models import Indicator, QuarterlyReturn
from indicators.models.filing import RETURN_TEXTS
from indicators.queries.filing.returns import StoredReturn
from indicators.services.filing import (
    CellChange,
    Comparison,
    Doubt,
    SentReturn,
    TownComparison,
    Verdict,
    compare,
    doubts_about,
)

TAGS = {
    Verdict.NEW: ("新填", "submitted"),
    Verdict.CHANGED: ("更改", "draft"),
    Verdict.SAME: ("未变", "missing"),
    Verdict.REFUSED: ("不采用", "late"),
}


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One cell, as strings; `tag` is its verdict's word, `style` the ending of the tag's class."""

    address: str
    name: str
    tag: str
    style: str
    old: str
    new: str
    reason: str
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """One unit's file beside its return. `counts` are (word, style, number), the refused last."""

    comparison: Comparison
    cells: tuple[PreviewCell, ...]
    counts: tuple[tuple[str, str, int], ...]
    doubts: tuple[Doubt, ...]

    @property
    def can_apply(self) -> bool:
        return bool(self.comparison.figures or self.comparison.texts)

    @property
    def refused(self) -> int:
        return self.comparison.count(Verdict.REFUSED)


@dataclass(frozen=True, slots=True)
class TownPreview:
    """One town of the office's file: its cells that differ, or why none of them is taken."""

    code: str
    name: str
    refusal: str
    cells: tuple[PreviewCell, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class TownsPreview:
    """`filling` are the towns whose drafts would change, or that have a refused cell; `left_out` those not taken."""

    filling: tuple[TownPreview, ...]
    left_out: tuple[TownPreview, ...]
    unchanged: int
    counts: tuple[tuple[str, str, int], ...]
    drafts: int
    refused: int


def preview_return(stored: StoredReturn, sent: SentReturn) -> Preview:
    texts = {name: getattr(stored.filed, name) if stored.filed else "" for name in RETURN_TEXTS}
    comparison = compare(stored.indicators, stored.figures, sent, texts)
    names = _names(stored.indicators)
    cells = [
        *(_cell(cell, f"{names[cell.key]}　本季累计") for cell in comparison.figure_cells),
        *(_cell(cell, f"{names[cell.key]}　说明", is_text=True) for cell in comparison.note_cells),
        *(_cell(cell, _label(cell.key), is_text=True) for cell in comparison.text_cells),
    ]
    doubts = doubts_about(
        comparison,
        stored.indicators,
        stored.figures,
        stored.facts,
        stored.unit.area,
        stored.period.quarter,
    )
    in_reading_order = sorted(cells, key=lambda cell: coordinate_to_tuple(cell.address))
    return Preview(comparison, _differing(in_reading_order), _counts([comparison]), doubts)


def preview_towns(compared: Sequence[TownComparison], indicators: Sequence[Indicator]) -> TownsPreview:
    names = _names(indicators)
    taken = [one for one in compared if not one.refusal]
    shown = [_town(one, names) for one in taken]
    filling = tuple(town for town in shown if town.cells)
    return TownsPreview(
        filling=filling,
        left_out=tuple(_town(one, names) for one in compared if one.refusal),
        unchanged=len(shown) - len(filling),
        counts=_counts(one.comparison for one in taken),
        drafts=sum(one.draft is not None for one in taken),
        refused=sum(one.comparison.count(Verdict.REFUSED) for one in taken),
    )


def _town(one: TownComparison, names: Mapping[str, str]) -> TownPreview:
    cells = _differing(_cell(cell, names[cell.key]) for cell in one.comparison.cells)
    unit = one.town.unit
    return TownPreview(unit.code, unit.name, one.refusal, cells, one.doubts)


def _names(indicators: Iterable[Indicator]) -> dict[str, str]:
    return {one.code: f"{one.short_name}（{one.unit}）" for one in indicators}


def _label(name: str) -> str:
    return str(QuarterlyReturn._meta.get_field(name).verbose_name)


def _cell(cell: CellChange, name: str, *, is_text: bool = False) -> PreviewCell:
    tag, style = TAGS[cell.verdict]
    return PreviewCell(cell.address, name, tag, style, cell.old, cell.new, cell.reason, is_text)


def _differing(cells: Iterable[PreviewCell]) -> tuple[PreviewCell, ...]:
    return tuple(cell for cell in cells if cell.tag != TAGS[Verdict.SAME][0])


def _counts(comparisons: Iterable[Comparison]) -> tuple[tuple[str, str, int], ...]:
    every = list(comparisons)
    return tuple((*tag, sum(one.count(verdict) for one in every)) for verdict, tag in TAGS.items())
