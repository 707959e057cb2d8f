"""How far the plans of a reader's city have come: what was drawn of them before is not what is to be shown now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from towns.access import city_of

if TYPE_CHECKING:
    from towns.access import Person

# Read with every request for a kept page: putting the statement together each time would cost four times as much.
REVISIONS = (
    "SELECT plan.code, plan.revision FROM indicators_plan plan JOIN towns_area city ON city.id = plan.city_id"
    " WHERE city.city_code = %s ORDER BY plan.code"
)


def revisions_of(user: Person) -> tuple[tuple[str, int], ...]:
    """(code, revision) of each plan of the reader's city; one query. A revision rises in the act's own transaction."""
    city = city_of(user)
    if city is None:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(REVISIONS, [city.city_code])
        return tuple(cursor.fetchall())
