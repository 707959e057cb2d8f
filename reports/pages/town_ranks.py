"""A town's place by one indicator, for readers of every town alone: ranks by indicator are not public.

By 超/欠序时, our choice: it stands beside the place, so that a reader can follow the order. (The total score weighs a
level against what is expected of it, which no page shows.)
"""

from __future__ import annotations

from decimal import Decimal

from indicators.choices import Reason
from indicators.domain.periods import Quarter
from indicators.domain.ranking import shared_ranks
from indicators.models import Indicator
from indicators.queries.facts import PlanFacts
from reports.figures import DASH, Shown, known, missing
from towns.models import Area

PROVISIONAL = "未定稿，不排名"
NOT_COMPARED = "没有大于零的目标"


def comparable_lead(facts: PlanFacts, indicator: Indicator, town: Area, quarter: Quarter) -> Decimal | None:
    """超/欠序时, a ratio for a FLOW, else in the indicator's unit; None without a figure or a target above zero."""
    if not _has_target(facts, indicator, town, quarter):
        return None
    return known(facts.progress(indicator, town, quarter).lead)


def _has_target(facts: PlanFacts, indicator: Indicator, town: Area, quarter: Quarter) -> bool:
    target = facts.target(indicator, town, quarter.year)
    return target is not None and target > 0


def indicator_rank(facts: PlanFacts, indicator: Indicator, town: Area, quarter: Quarter) -> Shown:
    """The place among the towns that have a target above zero and reported: "3/17", equals sharing it.

    `facts` must hold every town's actuals.
    """
    ranks = shared_ranks({one.pk: comparable_lead(facts, indicator, one, quarter) for one in facts.towns})
    rank = ranks[town.pk]
    if rank is not None:
        return Shown(f"{rank}/{sum(one is not None for one in ranks.values())}")
    if not _has_target(facts, indicator, town, quarter):
        return Shown(DASH, NOT_COMPARED)
    progress = facts.progress(indicator, town, quarter)
    return missing(progress.ratio if isinstance(progress.ratio, Reason) else Reason.NOT_REPORTED)
