"""Published figures from outside: they become submitted returns with their source, for a second person to approve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from indicators.choices import FilingAct, ReturnState, Vintage
from indicators.domain.filing import Level
from indicators.domain.workflow import EDITABLE
from indicators.models import Entry, Indicator, Period, QuarterlyReturn
from indicators.models.filing import RETURN_TEXTS
from indicators.queries.filing.assignments import assigned_indicators
from indicators.queries.filing.comparisons import Figure, findings_of, load_comparisons
from indicators.services.filing.acts import (
    REVIEW_NOT_BEGUN,
    begin_and_hold,
    bump,
    editors_with,
    in_plain_digits,
    move,
    record_return,
)
from indicators.services.filing.actuals import write_actuals
from indicators.services.filing.drafts import stored_figures
from indicators.services.filing.refusals import FilingError, OpenFindingsError
from towns.access import can_run_office, is_in_city, require
from towns.models import Unit

SOURCE_LENGTH = QuarterlyReturn._meta.get_field("source").max_length or 0


@dataclass(frozen=True, slots=True)
class Published:
    """A figure that was published elsewhere: cumulative, in the indicator's unit, and where it was published."""

    value: Decimal
    source: str


def file_published(
    period: Period, *, unit: Unit, figures: Mapping[str, Published], by: User, at: datetime
) -> QuarterlyReturn:
    """Submit published figures {indicator code: Published} in the name of the unit that files them.

    The period's dates do not matter; indicators that are not given stay as they are. Importing what is there
    already has no effect.
    Raises OpenFindingsError for figures that no return may hold, FilingError for indicators that are not the unit's
    and for returns that the unit itself has filed or that have been approved, PermissionDenied.
    """
    with transaction.atomic():
        held = _begin(period, unit, by)
        before = _file(held, figures, by=by, at=at)
        if before is not None:
            bump(held.period.plan)
            record_return(FilingAct.IMPORT, held, before, _told(held, figures), by=by, at=at)
    return held


def bootstrap_published(
    period: Period,
    *,
    unit: Unit,
    figures: Mapping[str, Published],
    by: User,
    at: datetime,
    vintage: Vintage = Vintage.FLASH,
) -> QuarterlyReturn:
    """Submit and approve published figures in one act: only in a system that holds no published quarter.

    An import of the same figures that waits for its second person is approved too.
    Raises what `file_published` raises, and FilingError once a quarter is published.
    """
    with transaction.atomic():
        held = _begin(period, unit, by)
        # The plan's row first: nobody publishes its quarters or changes its indicators until this is done.
        bump(held.period.plan)
        if Period.objects.published().exists():
            raise FilingError(
                "系统里已有定稿的季度，不能再用初始导入；导入的数须由另一位同事审定（去掉 --bootstrap）。"
            )
        state, stored = held.state, stored_figures(held)
        _file(held, figures, by=by, at=at)
        if state == ReturnState.APPROVED:
            return held
        if not held.source:
            raise FilingError(f"{unit.name}{period.quarter.label}季报由本单位报送，须由另一位同事审定。")
        move(held, version=held.version, state=ReturnState.APPROVED, decided_at=at, decided_by=by)
        old, new = write_actuals(held, at=at, vintage=vintage)
        before = {**_stood(state, stored, figures), "actuals": old}
        after = {**_told(held, figures), "actuals": new}
        record_return(FilingAct.BOOTSTRAP, held, before, after, by=by, at=at)
    return held


def _begin(period: Period, unit: Unit, by: User) -> QuarterlyReturn:
    """The unit's return, begun where there is none, held until the transaction ends."""
    require(can_run_office(by) and is_in_city(by, unit.city_code), "只有联席会议办公室可以导入公布数。")
    (held,) = begin_and_hold([(period, unit)])
    return held


def _file(
    held: QuarterlyReturn, figures: Mapping[str, Published], *, by: User, at: datetime
) -> dict[str, Any] | None:
    """Submit the figures; answers what stood before, or None where they were handed in already."""
    unit = held.unit
    indicators = {row.code: row for row in assigned_indicators(held.period.plan, unit, held.period.quarter)}
    if foreign := [code for code in figures if code not in indicators]:
        raise FilingError(f"{unit.name}{held.period.quarter.label}不填报这些指标：{'、'.join(foreign)}。")
    stored = stored_figures(held)
    is_there = all(code in stored and stored[code].value == row.value for code, row in figures.items())
    if is_there and held.state not in EDITABLE:
        return None
    _refuse_unless_free(held, stored)
    _check(held, indicators, stored, figures)
    before = _stood(held.state, stored, figures)
    _write(held, indicators, stored, figures)
    move(
        held,
        version=held.version,
        state=ReturnState.SUBMITTED,
        source=_sources(figures),
        submitted_at=at,
        submitted_by=by,
        decided_at=None,
        decided_by=None,
        editors=editors_with(held, by),
        **REVIEW_NOT_BEGUN,
    )
    return before


def _sources(figures: Mapping[str, Published]) -> str:
    """Where the return's figures come from; each figure keeps its own source, should these be too many to name."""
    sources = list(dict.fromkeys(figure.source for figure in figures.values()))
    named = "；".join(sources)
    return named if len(named) <= SOURCE_LENGTH else f"{len(sources)} 处来源，逐项注明"


def _refuse_unless_free(held: QuarterlyReturn, stored: Mapping[str, Figure]) -> None:
    """Only a return that is nobody's yet, or an import given back, takes figures from outside."""
    name = f"{held.unit.name}{held.period.quarter.label}季报"
    if held.state not in EDITABLE:
        raise FilingError(f"{name}处于“{held.get_state_display()}”，请先退回，再导入。")
    if held.source:
        return
    if held.submitted_at is not None:
        raise FilingError(f"{name}由本单位报送，只能由本单位修改。")
    if stored or held.editors or any(getattr(held, text) for text in RETURN_TEXTS):
        raise FilingError(f"{name}已有草稿，导入不会覆盖它；请由该单位填写，或从文件中去掉这些行。")


def _check(
    held: QuarterlyReturn,
    indicators: Mapping[str, Indicator],
    stored: Mapping[str, Figure],
    figures: Mapping[str, Published],
) -> None:
    """Errors of the imported figures block; doubts are for whoever approves, blanks are not asked for."""
    after = {**stored, **{code: Figure(figure.value) for code, figure in figures.items()}}
    facts = load_comparisons(held.period.plan, [held.unit.area], [held.period.quarter])
    found = findings_of(list(indicators.values()), after, facts, held.unit.area, held.period.quarter)
    errors = {
        code: tuple(finding for finding in found[code] if finding.level == Level.ERROR)
        for code in figures
        if code in found
    }
    if errors := {code: faults for code, faults in errors.items() if faults}:
        raise OpenFindingsError(errors)


def _write(
    held: QuarterlyReturn,
    indicators: Mapping[str, Indicator],
    stored: Mapping[str, Figure],
    figures: Mapping[str, Published],
) -> None:
    rows = [
        Entry(
            quarterly_return=held,
            indicator=indicators[code],
            value=figure.value,
            note=stored[code].note if code in stored else "",
            source=figure.source,
        )
        for code, figure in figures.items()
    ]
    Entry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["quarterly_return", "indicator"],
        update_fields=["value", "source"],
    )


def _stood(state: str, stored: Mapping[str, Figure], figures: Mapping[str, Published]) -> dict[str, Any]:
    """What the trail keeps of a return before an import."""
    kept = {code: in_plain_digits(stored[code].value) for code in figures if code in stored}
    return {"state": state, "figures": kept}


def _told(held: QuarterlyReturn, figures: Mapping[str, Published]) -> dict[str, Any]:
    return {
        "state": held.state,
        "figures": {code: in_plain_digits(figure.value) for code, figure in figures.items()},
        "sources": sorted({figure.source for figure in figures.values()}),
    }
