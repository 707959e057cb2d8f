"""What an official letter is made of: numbered sections of paragraphs, a ranking, a table of indicators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indicators.domain.periods import Quarter
from reports.figures import Shown
from reports.pages.board import BoardGroup

DIGITS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`named` stands before the text, set apart: the unit that wrote it."""

    text: str
    named: str = ""


@dataclass(frozen=True, slots=True)
class RankedTown:
    """A line of the ranking, public as it is. `change` is empty without an earlier quarter to compare with."""

    rank: Shown
    town: str
    score: Shown
    change: str
    unreported: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """`notes` stand below it."""

    caption: str
    towns: tuple[RankedTown, ...]
    has_changes: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subsection:
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Paragraphs first, then what is divided further, then a ranking: whichever of them there is."""

    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    subsections: tuple[Subsection, ...] = ()
    ranking: Ranking | None = None


@dataclass(frozen=True, slots=True)
class AnnexTable:
    """主要指标完成情况: the rows of the status board under their headings; `notes` stand below it."""

    caption: str
    groups: tuple[BoardGroup, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficialText:
    """A letter as it is read from top to bottom.

    `quarter` is the one whose figures it tells. `addressed_to` is empty where nobody is known to address.
    """

    title: str
    quarter: Quarter
    is_published: bool
    is_demonstration: bool
    addressed_to: str
    opening: str
    sections: tuple[Section, ...]
    annex: AnnexTable
    closing: str
    signed_by: str


def numbered(sections: Iterable[Section | None]) -> tuple[Section, ...]:
    """The sections that there are, with their numbers: 一、 and, below them, （一）."""
    there = [section for section in sections if section is not None]
    return tuple(
        replace(
            section,
            title=f"{numeral(at)}、{section.title}",
            subsections=tuple(
                replace(below, title=f"（{numeral(number)}）{below.title}")
                for number, below in enumerate(section.subsections, start=1)
            ),
        )
        for at, section in enumerate(there, start=1)
    )


def numeral(number: int) -> str:
    """A number from 1 to 99 as headings are numbered.

    >>> numeral(8), numeral(10), numeral(12), numeral(30), numeral(45)
    ('八', '十', '十二', '三十', '四十五')
    """
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens - 1]}十"
    return ten + (DIGITS[ones - 1] if ones else "")
