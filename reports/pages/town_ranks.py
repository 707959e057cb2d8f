"""A town's place by one indicator, for readers of every town alone: ranks by indicator are not public."""

from __future__ import annotations

from decimal import Decimal

from indicators.choices import Reason
from indicators.domain.periods import Quarter
from indicators.domain.ranking import score_of, shared_ranks
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from reports.figures import DASH, Shown, missing
from towns.models import Area

PROVISIONAL = "未定稿，不排名"
NOT_COMPARED = "没有大于零的目标"


def indicator_score(facts: PlanFacts, indicator: Indicator, town: Area, quarter: Quarter) -> Decimal | None:
    """What the total score counts of this figure, before its cap; None without a target above zero or a figure."""
    known = facts.facts_of(indicator, town, quarter)
    if known.actual is None:
        return None
    return score_of(facts.measures[indicator.pk], quarter.number, known)


def indicator_rank(facts: PlanFacts, indicator: Indicator, town: Area, quarter: Quarter) -> Shown:
    """The place among the towns that have a target above zero and reported: "3/17", equals sharing it.

    `facts` must hold every town's actuals.
    """
    ranks = shared_ranks({one.pk: indicator_score(facts, indicator, one, quarter) for one in facts.towns})
    rank = ranks[town.pk]
    if rank is not None:
        return Shown(f"{rank}/{sum(one is not None for one in ranks.values())}")
    target = facts.target(indicator, town, quarter.year)
    if target is None or target <= 0:
        return Shown(DASH, NOT_COMPARED)
    progress = facts.progress(indicator, town, quarter)
    return missing(progress.ratio if isinstance(progress.ratio, Reason) else Reason.NOT_REPORTED)
