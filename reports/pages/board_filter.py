"""Which rows of the 晴雨表 an address asks for, and in which order: ?light=red&unit=keji&sort=lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from indicators.choices import Light
from indicators.domain.measures import Result
from indicators.queries.reading import Reading
from reports.pages.board import BoardRow, LightCount
from towns.models import Unit

LIGHT, UNIT, SORT = "light", "unit", "sort"
FIGURES, SUBMITTED = "figures", "submitted"
"""Which figures the page is made of: links to rows of the board keep it, or they would lead to other figures."""
SHARE = Decimal("0.000001")

SORT_VALUES: Mapping[str, Callable[[BoardRow], Result]] = {
    "progress": lambda row: row.progress.ratio,
    "completion": lambda row: row.progress.completion,
    "lead": lambda row: _shown_lead(row),
    "growth": lambda row: row.progress.year_on_year,
}
"""What a column is put in order by. Amounts are not among them: 亿元 and 家 have no order between them."""

SORT_WORDS = {
    "progress": "进度最慢在前",
    "-progress": "进度最快在前",
    "completion": "完成率由低到高",
    "-completion": "完成率由高到低",
    "lead": "超/欠序时由低到高",
    "-lead": "超/欠序时由高到低",
    "growth": "同比由低到高",
    "-growth": "同比由高到低",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list in the form."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What the address asks for: a light, the code of the department that leads, an order ("lead", "-lead").

    None and empty mean all, and the plan's order. `unknown` names what the address asks for in vain, `figures` is what
    it says of the figures themselves, carried along.
    """

    light: Light | None = None
    unit: str = ""
    sort: str = ""
    figures: str = ""
    unknown: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        return self.light is not None or bool(self.unit)

    @property
    def query(self) -> dict[str, str]:
        light = self.light.value.lower() if self.light else ""
        asked = {FIGURES: self.figures, LIGHT: light, UNIT: self.unit, SORT: self.sort}
        return {name: value for name, value in asked.items() if value}

    def lets_through(self, row: BoardRow, led_by: str) -> bool:
        """By each row's own light, a part's too. A row without a light (no target of the year) is of none."""
        if self.light is not None and (row.shown.unjudged or row.light != self.light):
            return False
        return not self.unit or led_by == self.unit


def read_filter(asked: Mapping[str, str], units: Iterable[Unit]) -> BoardFilter:
    """From an address's query. A value that does not exist is left out and named, never an error."""
    light, unit, sort = (asked.get(name, "").strip() for name in (LIGHT, UNIT, SORT))
    lights = {one.value.lower(): one for one in Light}
    codes = {one.code for one in units}
    checks = (
        (light, light in lights, "状态"),
        (unit, unit in codes, "部门"),
        (sort, sort in SORT_WORDS, "排序"),
    )
    return BoardFilter(
        light=lights.get(light),
        unit=unit if unit in codes else "",
        sort=sort if sort in SORT_WORDS else "",
        figures=SUBMITTED if asked.get(FIGURES) == SUBMITTED else "",
        unknown=tuple(word for value, is_known, word in checks if value and not is_known),
    )


def address(reading: Reading, chosen: BoardFilter) -> str:
    """The overview narrowed to this, with plan and quarter kept: "/?period=2015Q2&light=red#board"."""
    query = urlencode({**reading.query, **chosen.query})
    return reverse("city") + (f"?{query}" if query else "") + "#board"


def count_links(
    reading: Reading, counts: Iterable[LightCount], chosen: BoardFilter
) -> tuple[LightCount, ...]:
    """The strip's counts, which count everything, each leading to just what it counts."""
    return tuple(
        replace(
            count,
            href=address(reading, replace(chosen, light=count.light, unit="")),
            is_chosen=count.light == chosen.light,
        )
        for count in counts
    )


def sort_value(row: BoardRow, key: str) -> str:
    """A column's value to put rows in order by, to six places, the same here and in the browser; empty for none."""
    value = SORT_VALUES[key](row)
    return f"{value.quantize(SHARE):f}" if isinstance(value, Decimal) else ""


def _shown_lead(row: BoardRow) -> Result:
    """As the column shows it: percentage points for a FLOW, the indicator's own unit else."""
    lead = row.progress.lead
    return lead * 100 if isinstance(lead, Decimal) and row.measure.is_flow else lead
