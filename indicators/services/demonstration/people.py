"""Demonstration accounts: one of every role, one for each town and each department, all with one known password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User

from indicators.models import AuditEvent, Plan
from indicators.services.audit import ACCOUNTS_CHAIN, Act, record
from towns.choices import Role, UnitKind
from towns.models import Membership, Unit

PASSWORD = "demo-2015-2017"  # noqa: S105 - printed by make run; only a database of demonstration data has it
CAST_ACT = "开设演示账号"
COMMON_NAMES = ("office", "office2", "leader", "auditor", "admin")


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays in the demonstration: `clerks` by unit id; `office` comes from another department than the seat."""

    office: User
    seat_officer: User
    clerks: dict[int, User]

    def reviewer_of(self, unit: Unit) -> User:
        """An officer who may approve the unit's return: nobody approves their own unit's."""
        return self.seat_officer if self.office.membership.unit_id == unit.pk else self.office


def create_cast(plan: Plan, *, at: datetime) -> Cast:
    """Create the accounts, in the caller's transaction; where a name is taken, all begin with the city's code.

    One password hash serves them all: forty slow hashes would be most of the loading time, and guard nothing here.
    """
    units = list(Unit.objects.of_city(plan.city).select_related("area"))
    seat = next(unit for unit in units if unit.is_office)
    departments = [unit for unit in units if unit.kind == UnitKind.DEPARTMENT]
    sender = next((unit for unit in departments if not unit.is_office), seat)
    hashed = make_password(PASSWORD)
    names = [*COMMON_NAMES, *(unit.code for unit in units)]
    prefix = f"{plan.city.code}-" if User.objects.filter(username__in=names).exists() else ""

    def account(username: str, full_name: str, role: Role, unit: Unit | None = None) -> User:
        user = User(username=prefix + username, first_name=full_name, password=hashed)
        user.save()
        Membership(user=user, role=role, city=plan.city, unit=unit).save()
        return user

    office = account("office", f"联席办（{sender.short_name}派驻）", Role.OFFICE, sender)
    seat_officer = account("office2", f"联席办（{seat.short_name}）", Role.OFFICE, seat)
    account("leader", "分管副市长", Role.LEADER)
    account("auditor", "审计人员", Role.AUDITOR)
    account("admin", "系统管理员", Role.ADMIN)
    clerks = {
        unit.pk: account(unit.code, f"{unit.short_name}填报员", Role(unit.kind), unit) for unit in units
    }
    record(
        ACCOUNTS_CHAIN,
        Act(CAST_ACT, "账号", plan.code, {}, {"usernames": [prefix + name for name in names]}),
        by=None,
        at=at,
        city_code=plan.city.city_code,
    )
    return Cast(office, seat_officer, clerks)


def cast_names() -> set[str]:
    """The user names that demonstrations have been given here, as the trail tells."""
    told = AuditEvent.objects.filter(chain__name=ACCOUNTS_CHAIN, act=CAST_ACT).values_list("new", flat=True)
    return {name for new in told for name in new["usernames"]}
