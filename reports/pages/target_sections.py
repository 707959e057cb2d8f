"""目标完成情况: the status board in words, one sentence an indicator, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indicators.choices import Light, Listing, Reason
from indicators.domain.numbers import format_percent
from indicators.domain.periods import Quarter
from indicators.models import Plan
from indicators.queries.facts import PlanFacts
from indicators.queries.reading import Reading
from reports.figures import corrected_words
from reports.pages.annex1 import printed_qualifiers
from reports.pages.board import BoardGroup, BoardRow, assessed, board_groups, board_rows, count_lights
from reports.pages.official_text import AnnexTable, Paragraph, Subsection
from reports.pages.sentences import Told, sentence

NAMED = (Light.GREEN, Light.YELLOW, Light.RED)
GREYS = ((Reason.NOT_REPORTED, "未报送的有"), (Reason.NOT_DUE, "未到报送期的有"))


@dataclass(frozen=True, slots=True)
class Board:
    """The city's indicators at a quarter: their rows under the plan's headings, and what sentences are made of.

    `told` is by the indicator's code.
    """

    plan: Plan
    quarter: Quarter
    groups: tuple[BoardGroup, ...]
    counted: tuple[BoardRow, ...]
    told: Mapping[str, Told]


def read_board(reading: Reading, facts: PlanFacts) -> Board:
    """One query: the words behind printed targets."""
    quarter, city = reading.quarter, facts.city
    qualifiers = printed_qualifiers(reading)
    rows = board_rows(reading, facts, Listing.ANNEX)
    indicator_of = {indicator.code: indicator for indicator in facts.indicators}
    return Board(
        plan=reading.plan,
        quarter=quarter,
        groups=board_groups(facts, rows),
        counted=assessed(rows),
        told={
            row.code: Told(
                name=row.name,
                unit=row.unit,
                measure=row.measure,
                progress=row.progress,
                qualifier=qualifiers.get((indicator_of[row.code].pk, quarter.year), ""),
                last_year=facts.actual(indicator_of[row.code], city, quarter.same_last_year),
                in_correction=row.shown.actual.in_correction,
            )
            for row in rows
        },
    )


def counted_words(board: Board) -> list[str]:
    """How many targets of the year have which light, and which they are."""
    until = f"截至{board.quarter.year}年{3 * board.quarter.number}月底"
    if not board.counted:
        return [f"{until}，本年度没有可以对照的年度目标。"]
    counts = [f"{one.label}{one.count}项" for one in count_lights(board.plan, board.counted) if one.count]
    of = f"《{board.plan.name}》{board.quarter.year}年度的{len(board.counted)}项目标"
    return [f"{until}，{of}中，{'，'.join(counts)}。", *_named(board.counted)]


def subsections(board: Board) -> tuple[Subsection, ...]:
    """A subsection a heading of the plan, a paragraph an indicator with its parts."""
    return tuple(
        Subsection(group.name, tuple(Paragraph(words) for words in _sentences(board, group.rows)))
        for group in board.groups
    )


def annex_table(board: Board) -> AnnexTable:
    share = format_percent(board.plan.yellow_from, 0)
    rows = [row for group in board.groups for row in group.rows]
    notes = [
        "完成率＝累计÷年度目标（越低越好的指标为年度目标÷累计）；流量指标的超/欠序时以百分点计，存量和比率以本指标单位计；同比为名义增速。",
        f"达序时：达到序时应达数；略欠：不足应达数，在其{share}以上；落后：不足应达数的{share}。按个数计的指标，序时应达数取整。“—”表示没有数，不是零。",
    ]
    corrected = corrected_words(row.short_name for row in rows if row.shown.actual.in_correction)
    period = f"{board.quarter.year}年{board.quarter.span}"
    return AnnexTable(
        f"{period}主要指标完成情况", board.groups, (*notes, corrected) if corrected else tuple(notes)
    )


def _named(rows: Iterable[BoardRow]) -> list[str]:
    """The indicators of each light by name; the grey ones by why they have none."""
    there = list(rows)
    said = [
        f"{light.label}的有{_names(row for row in there if row.light == light)}"
        for light in NAMED
        if any(row.light == light for row in there)
    ]
    said += [
        f"{label}{_names(row for row in there if row.progress.ratio == reason)}"
        for reason, label in GREYS
        if any(row.progress.ratio == reason for row in there)
    ]
    return ["；".join(said) + "。"]


def _names(rows: Iterable[BoardRow]) -> str:
    return "、".join(row.short_name for row in rows)


def _sentences(board: Board, rows: Sequence[BoardRow]) -> Iterable[str]:
    """A part stands in the sentence of the whole that it follows."""
    wholes: list[tuple[BoardRow, list[Told]]] = []
    for row in rows:
        if row.is_part and wholes:
            wholes[-1][1].append(board.told[row.code])
        else:
            wholes.append((row, []))
    return (sentence(board.told[whole.code], board.quarter, parts=parts) for whole, parts in wholes)
