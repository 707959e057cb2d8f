"""Which towns' rows the heat map shows where a city has more than can be read at once: ?rows=behind, ?rows=2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator

from towns.models import Area

ROWS = "rows"
BEHIND = "behind"
MOST_ROWS = 40
"""What one looks over at a desk without losing the line (our choice); a city of fewer towns sees them all."""

UNKNOWN = "地址中的镇区范围没有对应的选项，已略过。"


@dataclass(frozen=True, slots=True)
class RowChoice:
    """One set of rows to choose; `value` stands in the address."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ChosenRows:
    """`towns` in the order of their rows; `choices` and `words` (what is shown of how many) empty where that is all.

    `unknown` says that the address asks for rows in vain.
    """

    towns: tuple[Area, ...]
    choices: tuple[RowChoice, ...] = ()
    words: str = ""
    unknown: str = ""


def choose_rows(
    towns: Sequence[Area], asked: str, *, first: Area | None = None, behind: Mapping[int, int] | None = None
) -> ChosenRows:
    """The rows that the address asks for; without a word of it those most behind, else the first in the plan's order.

    `behind` is {town id: targets behind}, None where the reader may not know: an order by it would tell. `first` is
    the reader's own town, which is always there and leads.
    """
    rest = [town for town in towns if town != first]
    own = (first,) if first else ()
    if len(towns) <= MOST_ROWS:
        return ChosenRows((*own, *rest))
    pages = Paginator(rest, MOST_ROWS - len(own))
    labels = {str(page.number): _label(page.object_list, page.start_index()) for page in pages}
    if behind and any(behind.values()):
        labels = {BEHIND: f"落后项最多的 {MOST_ROWS} 个", **labels}
    asked = asked.strip()
    chosen = asked if asked in labels else next(iter(labels))
    if chosen == BEHIND and behind:
        shown = sorted(rest, key=lambda town: (-behind.get(town.pk, 0), town.order))[:MOST_ROWS]
    else:
        shown = list(pages.page(int(chosen)).object_list)
    return ChosenRows(
        towns=(*own, *shown),
        choices=tuple(RowChoice(value, label, value == chosen) for value, label in labels.items()),
        words=f"共 {len(towns)} 个镇区，下列{labels[chosen]}",
        unknown=UNKNOWN if asked and asked != chosen else "",
    )


def _label(towns: Sequence[Area], start: int) -> str:
    """A stretch of the plan's order: "第 41-80 个（东凤镇至三乡镇）"."""
    return f"第 {start}-{start + len(towns) - 1} 个（{towns[0].short_name}至{towns[-1].short_name}）"
