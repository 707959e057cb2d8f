"""How far the plans of a reader's city have come: what was drawn of them before is not what is to be shown now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indicators.models import Plan
from towns.access import city_of

if TYPE_CHECKING:
    from towns.access import Person


def revisions_of(user: Person) -> tuple[tuple[str, int], ...]:
    """(code, revision) of each plan of the reader's city; one query. A revision rises in the act's own transaction."""
    city = city_of(user)
    if city is None:
        return ()
    of_city = Plan.objects.filter(city__city_code=city.city_code).order_by("code")
    return tuple(of_city.values_list("code", "revision"))
