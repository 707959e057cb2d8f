"""报送情况、存在问题、下一步打算: what the units filed, as far as the reader may know it (domain.md section 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from indicators.choices import ReturnState
from indicators.domain.numbers import format_percent
from indicators.queries.filed_texts import FiledTexts
from indicators.queries.filing_progress import UNFILED, FilingProgress
from indicators.queries.league import League
from reports.pages.official_text import Paragraph, Section, Subsection
from towns.choices import UnitKind

WAITING: tuple[tuple[str, Iterable[ReturnState | None]], ...] = (
    ("尚未提交季报的单位", UNFILED),
    ("季报已退回修改的单位", (ReturnState.RETURNED,)),
    ("季报待审核的单位", (ReturnState.SUBMITTED,)),
)
BY_KIND = ((UnitKind.DEPARTMENT, "市直部门"), (UnitKind.TOWN, "镇区"))


def approved_words(filing: FilingProgress) -> str:
    """ "应报送季报的单位35个，已审定30个，占86%。" """
    if not filing.units:
        return "本季度没有应报送季报的单位。"
    share = format_percent(Decimal(filing.approved) / filing.units, 0)
    return f"应报送季报的单位{filing.units}个，已审定{filing.approved}个，占{share}。"


def filing_section(filing: FilingProgress, league: League | None) -> Section:
    """Counts for everybody; names of units for those who read every return; of towns as far as the ranking tells."""
    said = [approved_words(filing)]
    if filing.shows_every_unit:
        said += _waiting(filing)
    said += _silent_towns(league)
    return Section("报送情况", tuple(map(Paragraph, said)))


def problems_section(texts: Iterable[FiledTexts]) -> Section | None:
    return _section("存在问题", texts, lambda filed: filed.problems)


def next_steps_section(texts: Iterable[FiledTexts]) -> Section | None:
    return _section("下一步打算", texts, lambda filed: filed.next_steps)


def _waiting(filing: FilingProgress) -> list[str]:
    named = [(label, [unit.name for unit in filing.in_state(states)]) for label, states in WAITING]
    said = [f"{label}（{len(names)}个）：{'、'.join(names)}。" for label, names in named if names]
    return said or ["各单位季报均已审定。"]


def _silent_towns(league: League | None) -> list[str]:
    if league is None:
        return []
    silent = [one.town.name for one in league.standings if one.reported_nothing]
    return [f"到期指标均未报送的镇区（{len(silent)}个）：{'、'.join(silent)}。"] if silent else []


def _section(title: str, texts: Iterable[FiledTexts], words: Callable[[FiledTexts], str]) -> Section | None:
    """Departments, then towns, each unit's words behind its name; None where nobody wrote any."""
    there = [filed for filed in texts if words(filed)]
    subsections = tuple(
        Subsection(label, paragraphs)
        for kind, label in BY_KIND
        if (paragraphs := tuple(_paragraphs(there, kind, words)))
    )
    return Section(title, subsections=subsections) if subsections else None


def _paragraphs(
    texts: Iterable[FiledTexts], kind: UnitKind, words: Callable[[FiledTexts], str]
) -> Iterable[Paragraph]:
    """A paragraph a line as the unit typed it, its name before the first; who say the same say it together."""
    by_words: dict[tuple[str, ...], list[str]] = {}
    for filed in texts:
        if filed.kind == kind:
            lines = tuple(line.strip() for line in words(filed).splitlines() if line.strip())
            by_words.setdefault(lines, []).append(filed.unit)
    for (first, *others), units in by_words.items():
        yield Paragraph(first, named=f"{'、'.join(units)}：")
        yield from map(Paragraph, others)
