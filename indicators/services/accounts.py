"""Accounts and roles: who was given which, by whom. The administrator's pages and the command line both come here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from indicators.services.audit import ACCOUNTS_CHAIN, Act, record
from towns.access import can_manage_accounts, require
from towns.choices import Role
from towns.models import Area, Membership, Unit


def create_account(
    username: str,
    *,
    password: str,
    full_name: str,
    email: str = "",
    role: Role,
    city: Area,
    unit: Unit | None,
    by: User | None,
    at: datetime,
) -> User:
    """Create an account with its one role; without an address it is sent no reminders.

    `by` is None for the command line alone. Raises ValidationError (Chinese) for a name that is taken or not allowed,
    a weak password or a role that does not fit the unit; PermissionDenied unless `by` manages accounts.
    """
    require(by is None or can_manage_accounts(by), "只有系统管理员可以开设账号。")
    user = User(username=username, first_name=full_name, email=email)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    membership = Membership(user=user, role=role, city=city, unit=unit)
    membership.full_clean(exclude=["user"])
    with transaction.atomic():
        user.save()
        membership.save()
        record_account_act("开设账号", user, {}, account_state(user), by=by, at=at)
    return user


def account_state(user: User) -> dict[str, Any]:
    """What the trail keeps of an account: never the password, only its role, its unit and whether it is in use."""
    membership = Membership.objects.select_related("unit", "city").filter(user=user).first()
    return {
        "username": user.get_username(),
        "full_name": user.get_full_name(),
        "email": user.email,
        "is_active": user.is_active,
        "role": membership.role if membership else "",
        "city": membership.city.code if membership else "",
        "unit": membership.unit.code if membership and membership.unit else "",
    }


def record_account_act(
    name: str, user: User, old: dict[str, Any], new: dict[str, Any], *, by: User | None, at: datetime
) -> None:
    """Leave the audit event of a change to an account, in the city the account belongs to."""
    city_code = str(new.get("city") or old.get("city") or "")
    record(
        ACCOUNTS_CHAIN, Act(name, "账号", user.get_username(), old, new), by=by, at=at, city_code=city_code
    )
