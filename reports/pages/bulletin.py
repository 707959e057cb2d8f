"""季度工作通报: a quarter's progress as the office tells it to towns and departments.

The same builder makes the full edition and the one for the towns: what each reader may not see is not in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.queries.facts import load_facts
from indicators.queries.filed_texts import load_filed_texts
from indicators.queries.filing_progress import FilingProgress, load_filing_progress
from indicators.queries.league import load_leagues_of_year
from indicators.queries.reading import Reading
from reports.pages.filed_sections import (
    approved_words,
    filing_section,
    next_steps_section,
    problems_section,
)
from reports.pages.official_text import OfficialText, Paragraph, Section, numbered
from reports.pages.target_sections import Board, annex_table, counted_words, read_board, subsections
from reports.pages.town_sections import towns_section

if TYPE_CHECKING:
    from towns.access import Person

ADDRESSED_TO = "各镇区、各有关单位"
OFFICE = "联席会议办公室"


def build(reading: Reading, user: Person) -> OfficialText:
    """Six queries at most, whatever the number of towns: three of facts, printed words, returns, and their texts."""
    quarter = reading.quarter
    facts = load_facts(reading.plan, user, at=quarter, for_ranks=True)
    board = read_board(reading, facts)
    leagues = load_leagues_of_year(reading, user, facts, latest=2)
    filing = load_filing_progress(facts.city, reading.period, user)
    texts = load_filed_texts(reading.period, user)
    return OfficialText(
        title=f"关于{quarter.label}《{reading.plan.name}》目标完成情况的通报",
        quarter=quarter,
        is_published=reading.period.is_published,
        is_demonstration=reading.plan.demonstration,
        addressed_to=ADDRESSED_TO,
        opening=f"现将《{reading.plan.name}》{quarter.label}目标完成情况通报如下：",
        sections=numbered(
            (
                _overall(reading, board, filing),
                Section("分类目标完成情况", subsections=subsections(board)),
                towns_section("镇区情况", reading, user, facts, board, leagues),
                filing_section(filing, leagues.get(quarter)),
                problems_section(texts),
                next_steps_section(texts),
            )
        ),
        annex=annex_table(board),
        closing="",
        signed_by=OFFICE,
    )


def _overall(reading: Reading, board: Board, filing: FilingProgress) -> Section:
    final = (
        "本季度数据已定稿。"
        if reading.period.is_published
        else "本季度尚未定稿，数字可能变动，镇区不计分、不排名。"
    )
    said = [*counted_words(board), approved_words(filing) + final]
    return Section("总体情况", tuple(map(Paragraph, said)))
