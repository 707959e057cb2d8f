"""Scores, shared ranks and who is among the last (domain.md section 4, ranking and assessment of towns).

Weights, cap and how many last places count as 排名靠后 are a scheme's; the defaults are our choice, because
the plan leaves them to 市经济和信息化局 and 市考评办 (四(四)).
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

from indicators.domain.measures import Facts, Measure
from indicators.domain.numbers import round_half_up
from indicators.domain.pace import mark_at, ratio_at, ratio_to
from indicators.domain.periods import is_due

K = TypeVar("K")

DEFAULT_CAP = Decimal("1.2")
DEFAULT_LAST = 3
SCORE_DECIMALS = 1

# Scores that agree to twelve decimals are equal: two towns with 2/7 must tie however their parts add up.
_SAME_SCORE = Decimal("1E-12")


def score_of(measure: Measure, quarter: int, facts: Facts) -> Decimal | None:
    """One indicator's part of a town's score, a ratio before the cap: 1 is on pace.

    None when it is not scored: not due in this quarter, or without a target above zero. Due and not
    reported is 0. FLOW: the progress ratio. STOCK and RATE: the actual over what is expected, so that one
    base more or less changes nothing within the year.

    >>> from indicators.choices import Direction, Kind
    >>> coverage = Measure(Kind.RATE, Direction.HIGHER, 2)
    >>> score_of(coverage, 2, Facts(target=Decimal(25), actual=Decimal(24)))
    Decimal('0.96')
    """
    target, actual = facts.target, facts.actual
    if target is None or target <= 0 or not is_due(measure.frequency, quarter):
        return None
    if actual is None:
        return Decimal(0)
    mark = mark_at(measure, quarter, target, facts.base)
    if measure.is_flow:
        return ratio_at(measure, target, actual, facts.base, mark)
    return ratio_to(measure, actual, mark)


def total_score(parts: Iterable[tuple[Decimal, Decimal]], cap: Decimal = DEFAULT_CAP) -> Decimal | None:
    """A town's score, 0 to 100 x cap: the weighted mean of its (weight, part) pairs, parts held in 0 to cap.

    None when nothing is scored or every weight is 0. ValueError for a weight below zero.

    >>> total_score([(Decimal(1), Decimal("0.9")), (Decimal(3), Decimal(2))])
    Decimal('112.5')
    """
    weights = points = Decimal(0)
    for weight, part in parts:
        if weight < 0:
            raise ValueError(f"a weight below zero: {weight}")
        weights += weight
        points += weight * max(Decimal(0), min(part, cap))
    return 100 * points / weights if weights else None


def public_score(score: Decimal | None) -> Decimal | None:
    """The score as it is given out, to one decimal, in cells and charts too; ranks are made of the whole one.

    Our choice: with sixteen digits of it whoever knows the targets works out the town's figures, which are not public.

    >>> public_score(Decimal("109.895121163483"))
    Decimal('109.9')
    """
    return None if score is None else round_half_up(score, SCORE_DECIMALS)


def shared_ranks(scores: Mapping[K, Decimal | None]) -> dict[K, int | None]:
    """The rank of each town, in the order given: the highest score is first, equal scores share (1, 2, 2, 4).

    None for a town with nothing to score.

    >>> shared_ranks({"小榄": Decimal(90), "东凤": Decimal(95), "古镇": None, "南头": Decimal(90)})
    {'小榄': 2, '东凤': 1, '古镇': None, '南头': 2}
    """
    comparable = {town: _comparable(score) for town, score in scores.items() if score is not None}
    rank_of: dict[Decimal, int] = {}
    for place, score in enumerate(sorted(comparable.values(), reverse=True), start=1):
        rank_of.setdefault(score, place)
    return {town: rank_of[comparable[town]] if town in comparable else None for town in scores}


def is_among_last(town: K, scores: Mapping[K, Decimal | None], last: int = DEFAULT_LAST) -> bool:
    """排名靠后: fewer than so many ranked towns have a lower score. An unranked town is not among the last.

    >>> scores = {"东凤": Decimal(95), "古镇": Decimal(80), "小榄": Decimal(90), "南头": Decimal(90)}
    >>> [town for town in scores if is_among_last(town, scores, 2)]
    ['古镇', '小榄', '南头']
    """
    own = scores[town]
    if own is None:
        return False
    lower = sum(1 for score in scores.values() if score is not None and _comparable(score) < _comparable(own))
    return lower < last


def _comparable(score: Decimal) -> Decimal:
    return score.quantize(_SAME_SCORE)
