"""What the units wrote of their problems and their next steps, in approved returns: for those who read all returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indicators.choices import ReturnState
from indicators.models import Period, QuarterlyReturn
from towns.access import can_read_every_return
from towns.choices import UnitKind

if TYPE_CHECKING:
    from towns.access import Person


@dataclass(frozen=True, slots=True)
class FiledTexts:
    """A unit's words as it filed them; either may be empty."""

    unit: str
    kind: UnitKind
    problems: str
    next_steps: str


def load_filed_texts(period: Period, user: Person) -> tuple[FiledTexts, ...]:
    """Of the quarter's approved returns, in the units' order; one query, none for those who may not read them all."""
    if not can_read_every_return(user):
        return ()
    returns = QuarterlyReturn.objects.visible_to(user).filter(period=period, state=ReturnState.APPROVED)
    columns = ("unit__name", "unit__kind", "problems_text", "next_steps_text")
    return tuple(
        FiledTexts(unit, UnitKind(kind), problems.strip(), next_steps.strip())
        for unit, kind, problems, next_steps in returns.order_by("unit__order").values_list(*columns)
    )
