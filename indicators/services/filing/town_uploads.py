"""What the office's workbook of all towns would change, town by town, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.queries.filing.towns import TownReturn, TownsQuarter
from indicators.services.filing.towns import TownDraft
from indicators.services.filing.uploads import Comparison, Doubt, SentReturn, compare, doubts_about

MOVED = "下载之后，这个镇区的季报表已有改动，请重新下载代填表再填。"


@dataclass(frozen=True, slots=True)
class TownComparison:
    """One town's row of the file beside its return. `refusal` says why nothing of it is taken; empty when it may be."""

    town: TownReturn
    refusal: str
    comparison: Comparison
    doubts: tuple[Doubt, ...]

    @property
    def draft(self) -> TownDraft | None:
        """What would be saved in the town's name, if anything."""
        if self.refusal or not self.comparison.figures:
            return None
        return TownDraft(self.town.unit, self.town.version, self.comparison.figures)


def compare_towns(
    quarter: TownsQuarter, versions: Mapping[str, int], sent: Mapping[str, SentReturn]
) -> tuple[TownComparison, ...]:
    """Lay the file beside every town's return, in the order of the rows; no query."""
    return tuple(_compare(quarter, town, versions, sent[town.unit.code]) for town in quarter.towns)


def _compare(
    quarter: TownsQuarter, town: TownReturn, versions: Mapping[str, int], sent: SentReturn
) -> TownComparison:
    comparison = compare(quarter.indicators, town.figures, sent)
    refusal = town.refusal.sentence if town.refusal else ""
    if not refusal and versions.get(town.unit.code) != town.version:
        refusal = MOVED
    doubts: tuple[Doubt, ...] = ()
    if not refusal:
        doubts = doubts_about(
            comparison,
            quarter.indicators,
            town.figures,
            quarter.facts,
            town.unit.area,
            quarter.period.quarter,
        )
    return TownComparison(town, refusal, comparison, doubts)
