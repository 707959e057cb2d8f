"""One town corrects a share of a quarter that is closed, so that the demonstration shows what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from indicators.choices import Kind
from indicators.domain.numbers import round_half_up
from indicators.models import Indicator, Period, QuarterlyReturn
from indicators.queries.facts import PlanFacts, load_facts
from indicators.services.demonstration.story import SOURCE, Script
from indicators.services.filing import Typed, approve_return, save_return, send_back_return, submit_return
from towns.models import Unit

REASON = "演示：企业台账有误，请核对后更正。"
NOTE = "演示：原数误计，已按企业台账更正"
SHARE_THAT_STAYS = Decimal("0.9")


@dataclass(frozen=True, slots=True)
class _Mistake:
    unit: Unit
    indicator: Indicator
    value: Decimal


def play_correction(script: Script, period: Period, *, at: datetime) -> None:
    """Given back a day after the corrected figure is known, handed in and approved within three days.

    A share, since its correction moves no sum of towns. Nothing happens in a plan that allocates none, and where no
    town's light would turn.
    """
    mistake = _find(script, period)
    if mistake is None:
        return
    unit, clerk, reviewer = (
        mistake.unit,
        script.cast.clerks[mistake.unit.pk],
        script.cast.reviewer_of(mistake.unit),
    )
    filed = QuarterlyReturn.objects.get(period=period, unit=unit)
    send_back_return(filed, version=filed.version, reason=REASON, by=reviewer, at=at)
    filed.refresh_from_db()
    typed = {mistake.indicator.code: Typed(str(mistake.value), NOTE)}
    saved = save_return(
        period, unit=unit, version=filed.version, figures=typed, by=clerk, at=at + timedelta(days=1)
    )
    handed_in = submit_return(saved, version=saved.version, by=clerk, at=at + timedelta(days=2))
    QuarterlyReturn.objects.filter(pk=filed.pk).update(source=SOURCE)
    approve_return(handed_in, version=handed_in.version, by=reviewer, at=at + timedelta(days=3))


def _find(script: Script, period: Period) -> _Mistake | None:
    """The first town of which a tenth less of an allocated share would change the light."""
    facts = load_facts(script.plan, None, at=period.quarter)
    shares = [one for one in facts.allocated() if one.kind == Kind.RATE]
    for indicator in shares:
        for unit in script.towns:
            if (value := _other(facts, indicator, unit, period)) is not None:
                return _Mistake(unit, indicator, value)
    return None


def _other(facts: PlanFacts, indicator: Indicator, unit: Unit, period: Period) -> Decimal | None:
    progress = facts.progress(indicator, unit.area, period.quarter)
    if progress.actual is None or progress.unjudged:
        return None
    value = round_half_up(progress.actual * SHARE_THAT_STAYS, indicator.decimals)
    changed = facts.progress_at(indicator, unit.area, period.quarter, value)
    return value if changed.light != progress.light else None
