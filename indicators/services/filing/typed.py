"""What a person typed into a return, read the way they write it (domain.md section 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.domain.numbers import FigureError, parse_figure, parse_whole_and_part
from indicators.models import Entry, Indicator
from indicators.queries.filing.comparisons import EMPTY, Figure
from indicators.services.filing.refusals import FilingError

NOTE_LENGTH = Entry._meta.get_field("note").max_length or 0


@dataclass(frozen=True, slots=True)
class Typed:
    """One row as it was typed: the figure's text, and its note. None where it was not sent: it stays as it is."""

    value: str | None = ""
    note: str | None = ""


def read_typed(
    indicators: Sequence[Indicator], typed: Mapping[str, Typed], stored: Mapping[str, Figure]
) -> tuple[dict[str, Figure], dict[str, str]]:
    """The figures that were meant and the faults of those that cannot be read, both by indicator code.

    `350（220）` in a whole's row fills its part too, unless the part's own row says something else.
    Raises FilingError for an indicator that is not the unit's.
    """
    by_code = {indicator.code: indicator for indicator in indicators}
    if foreign := [code for code in typed if code not in by_code]:
        raise FilingError(f"本单位本季度不填报这些指标：{'、'.join(foreign)}。")
    faults: dict[str, str] = {}
    figures: dict[str, Figure] = {}
    in_brackets: dict[int, Decimal] = {}
    wholes = {indicator.part_of_id for indicator in indicators}
    for code, row in typed.items():
        indicator = by_code[code]
        before = stored.get(code, EMPTY)
        value, part = before.value, None
        try:
            if row.value is not None:
                value, part = _read(indicator, row.value, has_part=indicator.pk in wholes)
        except FigureError as fault:
            faults[code] = str(fault)
            continue
        if part is not None:
            in_brackets[indicator.pk] = part
        figures[code] = Figure(value, before.note if row.note is None else row.note.strip())
        if len(figures[code].note) > NOTE_LENGTH:
            faults[code] = f"说明最多 {NOTE_LENGTH} 字，现有 {len(figures[code].note)} 字，请缩短。"
    for indicator in indicators:
        bracketed = in_brackets.get(indicator.part_of_id or 0)
        if bracketed is not None and indicator.code not in faults:
            _fill_part(indicator.code, bracketed, figures, stored, faults)
    return {code: figure for code, figure in figures.items() if code not in faults}, faults


def _read(indicator: Indicator, text: str, *, has_part: bool) -> tuple[Decimal | None, Decimal | None]:
    if has_part:
        return parse_whole_and_part(text, unit=indicator.unit)
    return parse_figure(text, unit=indicator.unit), None


def _fill_part(
    code: str,
    bracketed: Decimal,
    figures: dict[str, Figure],
    stored: Mapping[str, Figure],
    faults: dict[str, str],
) -> None:
    """Take the bracketed part where its own row was left empty or as it was; else both must agree."""
    before = stored.get(code, EMPTY)
    own = figures.get(code, before)
    if own.value is None or own.value == before.value or own.value == bracketed:
        figures[code] = Figure(bracketed, own.note)
    else:
        faults[code] = (
            f"总数括号里的其中数是 {bracketed.normalize():,f}，这一行填的是 {own.value.normalize():,f}，"
            "请改成一致。"
        )
