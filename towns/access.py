"""Who may do what: the table of domain.md section 6, one predicate a row.

Predicates take the signed-in user and answer at once, without a query when the user came from MembershipBackend.
An account without a role, a superuser too, may do nothing. What exists for a user is decided by `visible_to` on
the querysets; what they may do, here. Services ask again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from towns.choices import Role
from towns.models import Area, Membership, Unit

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Person = AbstractBaseUser | AnonymousUser


READERS = frozenset({Role.OFFICE, Role.DEPARTMENT, Role.TOWN, Role.LEADER, Role.AUDITOR})
READERS_OF_EVERY_TOWN = READERS - {Role.TOWN}
FILERS = frozenset({Role.DEPARTMENT, Role.TOWN})
READERS_OF_EVERY_RETURN = frozenset({Role.OFFICE, Role.AUDITOR})


def membership_of(user: Person) -> Membership | None:
    """The account's membership, or None for a stranger, a switched-off account or one without a role."""
    if not user.is_authenticated or not user.is_active:
        return None
    return getattr(user, "membership", None)


def role_of(user: Person) -> Role | None:
    membership = membership_of(user)
    return Role(membership.role) if membership else None


def city_of(user: Person) -> Area | None:
    membership = membership_of(user)
    return membership.city if membership else None


def unit_of(user: Person) -> Unit | None:
    membership = membership_of(user)
    return membership.unit if membership else None


def is_in_city(user: Person, city_code: str) -> bool:
    city = city_of(user)
    return city is not None and city.city_code == city_code


def can_manage_accounts(user: Person) -> bool:
    return role_of(user) == Role.ADMIN


def can_read_figures(user: Person) -> bool:
    """The plan, its targets, the city's dashboard and the published ranks."""
    return role_of(user) in READERS


def can_read_every_town(user: Person) -> bool:
    """Towns' actuals by indicator; a town's official reads only their own."""
    return role_of(user) in READERS_OF_EVERY_TOWN


def can_read_town(user: Person, town: Area) -> bool:
    return bool(readable_towns(user, [town]))


def readable_towns(user: Person, towns: Iterable[Area]) -> list[Area]:
    """Those of the towns whose actuals the account may read, in their order."""
    city, unit, every = city_of(user), unit_of(user), can_read_every_town(user)
    own = unit.area_id if unit and role_of(user) == Role.TOWN else None
    code = city.city_code if city else None
    return [town for town in towns if town.city_code == code and (every or town.pk == own)]


def can_read_every_return(user: Person) -> bool:
    """Returns and figures not yet approved."""
    return role_of(user) in READERS_OF_EVERY_RETURN


def can_read_returns(user: Person) -> bool:
    return can_read_every_return(user) or role_of(user) in FILERS


def can_run_office(user: Person) -> bool:
    """Plan, targets, periods, reviewing, publishing, importing: the acts of the joint conference's office."""
    return role_of(user) == Role.OFFICE


def can_fill_return(user: Person, unit: Unit) -> bool:
    """The unit's own people, and the office in its name (代填)."""
    if not is_in_city(user, unit.city_code):
        return False
    own = unit_of(user)
    return can_run_office(user) or (role_of(user) in FILERS and own is not None and own.pk == unit.pk)


def can_read_audit(user: Person) -> bool:
    return role_of(user) == Role.AUDITOR


def require(allowed: bool, sentence: str) -> None:
    """Refuse an act that a predicate denied.

    Raises PermissionDenied with a Chinese sentence for the reader.
    """
    if not allowed:
        raise PermissionDenied(sentence)
