"""One unit's return for one quarter: a row an indicator, what stands beside it, and what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from indicators.choices import Frequency
from indicators.domain.filing import Finding
from indicators.domain.periods import is_due
from indicators.models import Alias, Indicator, Period, QuarterlyReturn
from indicators.models.filing import RETURN_TEXTS
from indicators.queries.facts import PlanFacts
from indicators.queries.filing.assignments import assigned_among
from indicators.queries.filing.comparisons import (
    EMPTY,
    Figure,
    findings_of,
    load_comparisons,
    standing_in_the_way,
)
from indicators.queries.filing.return_rows import Overlay, ReturnRow, RowFacts, return_row
from indicators.queries.filing.standing import Standing, standing_of
from indicators.queries.filing.wording import Tag, last_step, standing_words, tag_of
from towns.models import Unit

if TYPE_CHECKING:
    from towns.access import Person


NOT_BEGUN = 0
"""The version of a return that nobody has begun."""


@dataclass(frozen=True, slots=True)
class ReturnText:
    """One of the return's texts, and what the database has of it. `saved` is what somebody else has saved meanwhile."""

    name: str
    label: str
    text: str
    stored: str
    error: str = ""
    saved: str = ""


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

    @property
    def open_words(self) -> str:
        """How much is still to be mended and explained, in words; empty when nothing is."""
        errors, doubts = len(self.errors), len(self.doubts)
        words = [f"{errors} 处需要更正"] if errors else []
        return "，".join([*words, f"{doubts} 处需要说明"] if doubts else words)

    @property
    def filled_words(self) -> str:
        """How many rows say something, a figure or why there is none; empty where no figures are filed."""
        said = sum(bool(row.stored or row.stored_note) for row in self.rows)
        return f"已填 {said}/{len(self.rows)} 项" if self.rows else ""


@dataclass(frozen=True, slots=True)
class StoredReturn:
    """A return as the database holds it, with all that its page is built from.

    `aliases` are other names of its indicators, {indicator id: names}, where the page needs them.
    """

    period: Period
    unit: Unit
    filed: QuarterlyReturn | None
    standing: Standing
    indicators: tuple[Indicator, ...]
    figures: Mapping[str, Figure]
    sources: Mapping[str, str]
    facts: PlanFacts
    aliases: Mapping[int, Sequence[str]] = field(default_factory=dict)


def load_return(period: Period, unit: Unit, user: Person, *, today: date) -> StoredReturn:
    """Read a unit's return: five queries at most, whether it was begun or not."""
    filed = (
        QuarterlyReturn.objects.filter(period=period, unit=unit)
        .select_related("submitted_by", "decided_by", "review_begun_by")
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


def aliases_of(stored: StoredReturn) -> dict[int, list[str]]:
    """The other names under which a pasted table may know the return's indicators; one query."""
    names: dict[int, list[str]] = {}
    rows = Alias.objects.filter(indicator__in=stored.indicators).values_list("indicator_id", "alias")
    for indicator_id, alias in rows:
        names.setdefault(indicator_id, []).append(alias)
    return names


def return_page(stored: StoredReturn, overlay: Overlay | None = None) -> ReturnPage:
    """Lay the return out in rows, with what was just typed in its place."""
    overlay = overlay or Overlay()
    findings = overlay.findings if overlay.findings is not None else findings_so_far(stored)
    filed = stored.filed
    here = {indicator.pk for indicator in stored.indicators}
    shared = RowFacts(stored.facts, stored.unit.area, stored.period.quarter, stored.aliases)
    rows = tuple(
        return_row(
            shared,
            indicator,
            stored.figures.get(indicator.code, EMPTY),
            overlay,
            findings.get(indicator.code, ()),
            source=stored.sources.get(indicator.code, ""),
            is_part=indicator.part_of_id in here,
        )
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
        texts=tuple(_text(filed, name, overlay, findings.get(name, ())) for name in RETURN_TEXTS),
    )


def open_findings_in(stored: StoredReturn) -> dict[str, tuple[Finding, ...]]:
    """What stands in the way of submitting the return as it is stored, empty cells among it."""
    return standing_in_the_way(
        stored.indicators,
        stored.figures,
        stored.facts,
        stored.unit.area,
        stored.period.quarter,
        progress_text=stored.filed.progress_text if stored.filed else "",
    )


def findings_so_far(stored: StoredReturn) -> Mapping[str, Sequence[Finding]]:
    """What is doubtful about the figures that are there; empty cells are not held against a draft."""
    found = findings_of(
        stored.indicators, stored.figures, stored.facts, stored.unit.area, stored.period.quarter
    )
    return {code: rows for code, rows in found.items() if stored.figures.get(code, EMPTY).value is not None}


def _text(
    filed: QuarterlyReturn | None, name: str, overlay: Overlay, findings: Sequence[Finding]
) -> ReturnText:
    stored = getattr(filed, name) if filed else ""
    return ReturnText(
        name=name,
        label=str(QuarterlyReturn._meta.get_field(name).verbose_name),
        text=overlay.texts.get(name, stored),
        stored=stored,
        error=" ".join(finding.message for finding in findings),
        saved=overlay.saved.get(name, ""),
    )
