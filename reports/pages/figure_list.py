"""An area's figures at a quarter, one row an indicator: what the command `figures` prints."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.domain.measures import Measure
from indicators.domain.progress import Progress
from indicators.queries.facts import load_facts
from indicators.queries.reading import Reading
from towns.models import Area


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One indicator's unrounded figures."""

    code: str
    name: str
    unit: str
    measure: Measure
    progress: Progress


def build(reading: Reading, area: Area) -> tuple[FigureRow, ...]:
    """Every indicator of the plan for the city; for a town those that are allocated to towns. Reads as the server."""
    quarter = reading.quarter
    facts = load_facts(reading.plan, None, years=(quarter.year - 1, quarter.year), areas=[area])
    indicators = facts.indicators if area.is_city else facts.allocated()
    return tuple(
        FigureRow(
            code=indicator.code,
            name=indicator.name,
            unit=indicator.unit,
            measure=facts.measures[indicator.pk],
            progress=facts.progress(indicator, area, quarter),
        )
        for indicator in indicators
    )
