"""镇区情况: who stands where in a published quarter, and, for readers of every town, where the city's gaps lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from indicators.domain.numbers import format_figure, format_percent
from indicators.domain.periods import Quarter
from indicators.queries.facts import PlanFacts
from indicators.queries.league import League, Standing
from indicators.queries.reading import Reading
from reports.pages.official_text import Paragraph, RankedTown, Ranking, Section
from reports.pages.sentences import behind_words
from reports.pages.shortfalls import largest_shortfalls
from reports.pages.standings import FULL_SCORE, show_standing
from reports.pages.target_sections import Board

if TYPE_CHECKING:
    from towns.access import Person

ENDS = 3
"""So many first and last towns are named, with all that share their places."""
MOST_NAMED = 6
SHARED, CHANGED = "得分相同的镇区并列同一名次。", "“比上季度”为本年度内名次的升降。"
CHANGES = {"up": "升{}位", "down": "降{}位", "same": "持平", "": "—"}


def towns_section(
    title: str,
    reading: Reading,
    user: Person,
    facts: PlanFacts,
    board: Board,
    leagues: Mapping[Quarter, League],
) -> Section | None:
    """None where the quarter is not published and the reader may see no town's figures."""
    league = leagues.get(reading.quarter)
    said = [] if league is None else _scores(reading, league)
    said += _gaps(reading, user, facts, board)
    if said and any(year == reading.quarter.year for _, _, year in facts.stand_ins):
        said.append(f"{reading.quarter.year}年度镇区目标尚未分解，以上按演示目标计算。")
    if not said:
        return None
    return Section(title, tuple(map(Paragraph, said)), ranking=_ranking(reading, leagues))


def _scores(reading: Reading, league: League) -> list[str]:
    ranked = [one for one in league.standings if one.score is not None]
    if not ranked:
        return ["本季度没有可以计分的镇区分解目标。"]
    reported = [one for one in ranked if not one.reported_nothing]
    silent = len(ranked) - len(reported)
    return [_bands(reading, reported, len(ranked)), *_ends(reported), *_unreported(reported, silent)]


def _bands(reading: Reading, reported: Sequence[Standing], total: int) -> str:
    """How many towns' scores lie where: 100 is on pace in everything."""
    low = format_percent(reading.plan.yellow_from, 0).rstrip("%")
    scores = [one.score for one in reported if one.score is not None]
    limit = FULL_SCORE * reading.plan.yellow_from
    high, between = (
        sum(score >= FULL_SCORE for score in scores),
        sum(limit <= score < FULL_SCORE for score in scores),
    )
    counts = [
        (high, f"{FULL_SCORE}分以上的{high}个"),
        (between, f"{low}分以上、不足{FULL_SCORE}分的{between}个"),
        (len(scores) - high - between, f"不足{low}分的{len(scores) - high - between}个"),
        (total - len(scores), f"到期指标均未报送、得分计0的{total - len(scores)}个"),
    ]
    told = "，".join(words for count, words in counts if count)
    return f"各镇区按分解到镇区的指标等权计分，各项均达序时为{FULL_SCORE}分。{total}个镇区中，{told}。"


def _ends(reported: Sequence[Standing]) -> list[str]:
    """The first towns and the last of those that reported, by name."""
    if not reported:
        return []
    first = _with_equals(reported, reported[min(ENDS, len(reported)) - 1], ahead=True)
    last = [
        one
        for one in _with_equals(reported, reported[-min(ENDS, len(reported))], ahead=False)
        if one not in first
    ]
    said = f"得分居前的是{_placed(first)}"
    return [f"{said}；居后的是{_placed(last)}。" if last else f"{said}。"]


def _with_equals(reported: Sequence[Standing], limit: Standing, *, ahead: bool) -> list[Standing]:
    places = [(one, (one.rank or 0) - (limit.rank or 0)) for one in reported]
    return [one for one, behind in places if (behind <= 0 if ahead else behind >= 0)]


def _placed(standings: Sequence[Standing]) -> str:
    named = standings if len(standings) <= MOST_NAMED else standings[:ENDS]
    words = "、".join(
        f"{one.town.name}（第{one.rank}名，{format_figure(one.score or Decimal(0), 1)}分）" for one in named
    )
    return words if len(named) == len(standings) else f"{words}等{len(standings)}个镇区"


def _unreported(reported: Sequence[Standing], silent: int) -> list[str]:
    """A score that counts figures not reported as 0 says so."""
    partly = [one.town.name for one in reported if one.unreported]
    if not partly:
        return []
    others = "另有" if silent else "有"
    return [f"{others}{len(partly)}个镇区部分到期指标未报送，未报各项计0分：{'、'.join(partly)}。"]


def _gaps(reading: Reading, user: Person, facts: PlanFacts, board: Board) -> list[str]:
    """Where the city's largest shortfalls lie, for readers of every town."""
    shortfalls = largest_shortfalls(board.counted, facts, user, reading.quarter)
    told = [
        f"{one.row.short_name}{behind_words(board.told[one.row.code])}，{one.relation}{one.towns}"
        for one in shortfalls
        if one.towns
    ]
    return [f"从全市差距较大的指标看，{'；'.join(told)}。"] if told else []


def _ranking(reading: Reading, leagues: Mapping[Quarter, League]) -> Ranking | None:
    quarter = reading.quarter
    league = leagues.get(quarter)
    if league is None or all(one.score is None for one in league.standings):
        return None
    has_changes = quarter.previous in leagues
    return Ranking(
        caption=f"{quarter.label}镇区得分和名次",
        towns=tuple(_ranked(reading, leagues, one) for one in league.standings),
        has_changes=has_changes,
        notes=(SHARED, CHANGED) if has_changes else (SHARED,),
    )


def _ranked(reading: Reading, leagues: Mapping[Quarter, League], standing: Standing) -> RankedTown:
    shown = show_standing(reading.plan, leagues, reading.quarter, standing.town)
    return RankedTown(
        rank=shown.rank,
        town=standing.town.name,
        score=shown.score,
        change=CHANGES[shown.change].format(shown.places),
        unreported=shown.unreported,
    )
