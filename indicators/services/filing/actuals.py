"""Writes approved figures as actuals: the one place that does."""

from __future__ import annotations

from datetime import datetime

from indicators.choices import Vintage
from indicators.models import Actual, Entry, QuarterlyReturn
from indicators.services.filing.acts import in_plain_digits

Told = dict[str, str]


def write_actuals(held: QuarterlyReturn, *, at: datetime, vintage: Vintage) -> tuple[Told, Told]:
    """Make the return's figures the actuals of its area and quarter; a blank one withdraws what stood there.

    Answers what stood there and what stands there now, {indicator code: figure, empty for none}, for the trail.
    Runs inside the caller's transaction; three or four statements, however many rows.
    """
    period = held.period
    entries = list(held.entries.select_related("indicator").order_by("indicator__order"))
    here = Actual.objects.filter(
        area_id=held.unit.area_id,
        year=period.year,
        quarter=period.number,
        indicator__in=[entry.indicator_id for entry in entries],
    )
    before = dict(here.order_by().values_list("indicator_id", "value"))
    blank = [entry.indicator_id for entry in entries if entry.value is None]
    if withdrawn := [pk for pk in blank if pk in before]:
        here.filter(indicator__in=withdrawn).delete()
    rows = [_actual(held, entry, at, vintage) for entry in entries if entry.value is not None]
    Actual.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["indicator", "area", "year", "quarter"],
        update_fields=["value", "source", "vintage", "filed_in", "approved_at"],
    )
    old = {entry.indicator.code: in_plain_digits(before.get(entry.indicator_id)) for entry in entries}
    new = {entry.indicator.code: in_plain_digits(entry.value) for entry in entries}
    return old, new


def _actual(held: QuarterlyReturn, entry: Entry, at: datetime, vintage: Vintage) -> Actual:
    return Actual(
        indicator_id=entry.indicator_id,
        area_id=held.unit.area_id,
        year=held.period.year,
        quarter=held.period.number,
        value=entry.value,
        source=entry.source or _source_of(held),
        vintage=vintage,
        filed_in=held,
        approved_at=at,
    )


def _source_of(held: QuarterlyReturn) -> str:
    """Where a figure without a source of its own comes from; what the office typed over an import is its own."""
    own = f"{held.unit.name}{held.period.quarter.label}季报"
    return f"{own}（联席会议办公室代填）" if held.filled_for_unit else held.source or own
