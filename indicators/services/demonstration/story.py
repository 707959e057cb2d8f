"""How the demonstration's quarters went: filed, approved, published; somebody late, somebody missing, one sent back.

Every step goes through the same services as a person's, at the times that the quarters had.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from indicators.domain.periods import Quarter, is_due
from indicators.models import Entry, Indicator, Period, Plan, QuarterlyReturn
from indicators.queries.facts import PlanFacts
from indicators.queries.filing.assignments import assigned_among
from indicators.queries.filing.comparisons import Figure, load_comparisons, standing_in_the_way
from indicators.queries.filing.reconciliations import reconcile_period
from indicators.services.demonstration.people import Cast
from indicators.services.filing import (
    NOT_BEGUN,
    Typed,
    approve_return,
    open_period,
    publish_period,
    save_return,
    send_back_return,
    submit_return,
)
from towns.choices import UnitKind
from towns.models import Unit

SOURCE = "演示数据"
NOTE = "演示：已与企业台账核对"
TEXTS = {
    "progress_text": "演示：本季度按计划推进各项工作，重点项目建设总体顺利。",
    "problems_text": "演示：部分项目用地手续办理进度偏慢。",
    "next_steps_text": "演示：加强跟踪服务，督促项目按期开工投产。",
}
RETURN_REASON = "演示：工业投资与统计月报不一致，请核对后重新提交。"
EXPLANATION = "演示：有镇区未报送，镇区合计暂不完整。"


@dataclass(frozen=True, slots=True)
class Script:
    """Everything the quarters are played from. `figures` {(indicator id, area id, quarter): value}; `sources` alike."""

    plan: Plan
    cast: Cast
    units: tuple[Unit, ...]
    indicators: tuple[Indicator, ...]
    figures: Mapping[tuple[int, int, Quarter], Decimal]
    sources: Mapping[tuple[int, int, Quarter], str]

    @property
    def towns(self) -> list[Unit]:
        return [unit for unit in self.units if unit.kind == UnitKind.TOWN]


def play_published(script: Script, period: Period, *, is_last: bool) -> None:
    """A quarter from opening to publishing; in the last one a town is late and another never files."""
    opens_on = period.quarter.last_day + timedelta(days=1)
    due_on = max(period.due_on, opens_on)
    office = script.cast.office
    open_period(period, opens_on=opens_on, due_on=due_on, by=office, at=_at(opens_on, 9))
    period.refresh_from_db()
    late, missing = (
        (script.towns[-3], script.towns[-8]) if is_last and len(script.towns) > 8 else (None, None)
    )
    facts = _facts_before(script, period)
    for unit in script.units:
        if unit != missing:
            day = due_on + timedelta(days=2) if unit == late else due_on - timedelta(days=3)
            filed = _file(script, period, facts, unit, _at(day, 10))
            QuarterlyReturn.objects.filter(pk=filed.pk).update(source=SOURCE)
            reviewer = script.cast.reviewer_of(unit)
            approve_return(filed, version=filed.version, by=reviewer, at=_at(due_on + timedelta(days=3), 15))
    explanations = {
        row.indicator.code: EXPLANATION for row in reconcile_period(period) if row.needs_explanation
    }
    publish_period(period, explanations=explanations, by=office, at=_at(due_on + timedelta(days=5), 16))


def play_open(script: Script, period: Period, *, today: date) -> None:
    """The quarter that is being filed now: some submitted, some drafts, one sent back, the others not begun."""
    opens_on, due_on = today - timedelta(days=5), today + timedelta(days=10)
    office = script.cast.office
    open_period(period, opens_on=opens_on, due_on=due_on, by=office, at=_at(opens_on, 9))
    period.refresh_from_db()
    at = _at(today - timedelta(days=2), 10)
    facts = _facts_before(script, period)
    for place, unit in enumerate(script.units):
        if place % 4 == 1:
            filed = _file(script, period, facts, unit, at)
            if unit.kind == UnitKind.TOWN and not period.returns.exclude(return_reason="").exists():
                send_back_return(
                    filed, version=filed.version, reason=RETURN_REASON, by=office, at=at + timedelta(hours=5)
                )
        elif place % 4 == 3:
            _draft(script, period, facts, unit, at)


def _facts_before(script: Script, period: Period) -> PlanFacts:
    """What every unit's figures of the quarter are compared with, read once: no unit's are compared with another's."""
    areas = {unit.area_id: unit.area for unit in script.units}
    return load_comparisons(script.plan, areas.values(), [period.quarter])


def _file(script: Script, period: Period, facts: PlanFacts, unit: Unit, at: datetime) -> QuarterlyReturn:
    filed = _draft(script, period, facts, unit, at)
    return submit_return(filed, version=filed.version, by=script.cast.clerks[unit.pk], at=at)


def _draft(script: Script, period: Period, facts: PlanFacts, unit: Unit, at: datetime) -> QuarterlyReturn:
    """What the unit's clerk types, with a note wherever the rules ask for one."""
    clerk = script.cast.clerks[unit.pk]
    quarter = period.quarter
    due = [
        indicator for indicator in script.indicators if is_due(indicator.measure.frequency, quarter.number)
    ]
    assigned = assigned_among(due, unit)
    figures = {row.code: _figure(script, row, unit, quarter) for row in assigned}
    typed = {
        code: Typed("" if row.value is None else str(row.value), row.note) for code, row in figures.items()
    }
    filed = save_return(period, unit=unit, version=NOT_BEGUN, figures=typed, texts=TEXTS, by=clerk, at=at)
    if doubtful := standing_in_the_way(
        assigned, figures, facts, unit.area, quarter, progress_text=filed.progress_text
    ):
        noted = {code: Typed(typed[code].value, NOTE) for code in doubtful}
        filed = save_return(period, unit=unit, version=filed.version, figures=noted, by=clerk, at=at)
    _name_sources(script, filed, unit, quarter)
    return filed


def _figure(script: Script, indicator: Indicator, unit: Unit, quarter: Quarter) -> Figure:
    value = script.figures.get((indicator.pk, unit.area_id, quarter))
    return Figure(value, "" if value is not None else NOTE)


def _name_sources(script: Script, filed: QuarterlyReturn, unit: Unit, quarter: Quarter) -> None:
    """Figures that were really published keep their source, in a demonstration too."""
    for (indicator_id, area_id, at_quarter), source in script.sources.items():
        if (area_id, at_quarter) == (unit.area_id, quarter):
            Entry.objects.filter(quarterly_return=filed, indicator_id=indicator_id).update(source=source)


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))
