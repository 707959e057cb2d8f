"""半年工作情况报告 to the province (四(三) of the plan): due before the half's own figures are closed.

So it tells the latest published quarter of the year up to the one being read, and names it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indicators.domain.periods import Quarter
from indicators.models import Period
from indicators.queries.facts import load_facts
from indicators.queries.filed_texts import load_filed_texts
from indicators.queries.league import load_leagues_of_year
from indicators.queries.reading import Reading
from reports.pages.bulletin import OFFICE
from reports.pages.filed_sections import next_steps_section, problems_section
from reports.pages.official_text import OfficialText, Paragraph, Section, numbered
from reports.pages.target_sections import annex_table, counted_words, read_board, subsections
from reports.pages.town_sections import towns_section

if TYPE_CHECKING:
    from towns.access import Person

ADDRESSED_TO = "省主管部门"
CLOSING = "特此报告。"


def build(reading: Reading, user: Person) -> OfficialText:
    """Five queries at most. ValueError where `refusal` says why there is nothing to report."""
    period = _reported(reading)
    if period is None:
        raise ValueError(refusal(reading))
    half, told = _half(reading.quarter), replace(reading, period=period)
    facts = load_facts(reading.plan, user, at=period.quarter, for_ranks=True)
    board = read_board(told, facts)
    leagues = load_leagues_of_year(told, user, facts, latest=2)
    texts = load_filed_texts(period, user)
    return OfficialText(
        title=f"关于{half}《{reading.plan.name}》工作情况的报告",
        quarter=period.quarter,
        is_published=True,
        is_demonstration=reading.plan.demonstration,
        addressed_to=ADDRESSED_TO,
        opening=_opening(reading, half, period.quarter),
        sections=numbered(
            (
                Section("目标完成情况", tuple(map(Paragraph, counted_words(board))), subsections(board)),
                towns_section("各镇区推进情况", told, user, facts, board, leagues),
                problems_section(texts),
                next_steps_section(texts),
            )
        ),
        annex=annex_table(board),
        closing=CLOSING,
        signed_by=OFFICE,
    )


def refusal(reading: Reading) -> str:
    """Why there is no report yet, in a sentence; empty when there is one."""
    if _reported(reading) is not None:
        return ""
    return f"{reading.quarter.year}年截至{_end(reading.quarter)}还没有已定稿的季度，无数可报。"


def told_of(reading: Reading) -> tuple[str, ...]:
    """What its file is called of: the half, and how far its figures go where that is not the half's end."""
    period = _reported(reading)
    half = _half(reading.quarter)
    if period is None or _is_whole(half, period.quarter):
        return (half,)
    return (half, f"数据截至{_end(period.quarter)}")


def _reported(reading: Reading) -> Period | None:
    """Of the same year, since that year's targets are what the half is measured against."""
    quarter = reading.quarter
    published = [
        period
        for period in reading.periods
        if period.is_published and period.year == quarter.year and period.quarter <= quarter
    ]
    return published[-1] if published else None


def _half(quarter: Quarter) -> str:
    return f"{quarter.year}年{'上' if quarter.number <= 2 else '下'}半年"


def _is_whole(half: str, told: Quarter) -> bool:
    """Whether the quarter's figures go to the half's end."""
    return _half(told) == half and told.number % 2 == 0


def _end(quarter: Quarter) -> str:
    return f"{3 * quarter.number}月底"


def _opening(reading: Reading, half: str, told: Quarter) -> str:
    """Names the quarter that the figures are of, and where it is not the half's last that more will follow."""
    until = f"文中数据截至{told.year}年{_end(told)}"
    if not _is_whole(half, told):
        until += f"，为{told.label}定稿数，{half}数据待定稿后另行报送"
    return f"现将{half}《{reading.plan.name}》工作情况报告如下。{until}。"
