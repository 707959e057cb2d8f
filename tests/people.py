"""The people of the tests' stories: one account of every role in Zhongshan, and those who do not belong.

Their areas and units are made from the plan's own tables where no plan has been loaded yet, so that a test
asks for people and plan in any order. Everybody carries their role with them, as a signed-in user does.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from towns.choices import Role
from towns.models import Area, Membership, Unit

ROOT = Path(__file__).resolve().parent.parent
TABLES = {
    "zhongshan": ROOT / "fixtures" / "zhongshan-2015-2017",
    "linhaiwan": ROOT / "tests" / "plans" / "linhai-2021-2025",
}
PASSWORD = "gongye-zhuanxing-2015"


def area(code: str, *, city: str = "zhongshan") -> Area:
    """The area of this code, from the database or else from the city's own table."""
    found = Area.objects.filter(city_code=city, code=code).first()
    if found is not None:
        return found
    row = _row("areas", code, city)
    return Area.objects.create(
        city_code=city,
        code=code,
        name=row["name"],
        short_name=row["short_name"],
        order=int(row["order"]),
        tile_column=int(row["tile_column"]) if row["tile_column"] else None,
        tile_row=int(row["tile_row"]) if row["tile_row"] else None,
        clause=row["clause"],
        derived=row["derived"],
    )


def unit(code: str, *, city: str = "zhongshan") -> Unit:
    """The filing unit of this code, from the database or else from the city's own table."""
    found = Unit.objects.select_related("area").filter(city_code=city, code=code).first()
    if found is not None:
        return found
    row = _row("units", code, city)
    return Unit.objects.create(
        city_code=city,
        code=code,
        name=row["name"],
        short_name=row["short_name"],
        kind=row["kind"],
        area=area(row["area"], city=city),
        is_office=row["is_office"] == "yes",
        order=int(row["order"]),
        clause=row["clause"],
        derived=row["derived"],
    )


def account(
    username: str, role: Role, *, full_name: str = "", unit_code: str = "", city: str = "zhongshan"
) -> User:
    """A signed-up account with its one role; its password is PASSWORD."""
    user = User.objects.create_user(username, password=PASSWORD, first_name=full_name)
    membership = Membership(user=user, role=role, city=area(city, city=city))
    if unit_code:
        membership.unit = unit(unit_code, city=city)
    membership.full_clean()
    membership.save()
    return user


def _row(table: str, code: str, city: str) -> dict[str, str]:
    return next(row for row in _rows(table, city) if row["code"] == code)


@cache
def _rows(table: str, city: str) -> list[dict[str, str]]:
    with (TABLES[city] / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def office(db: None) -> User:
    """The joint conference's office, which sits in 市经济和信息化局."""
    return account("office", Role.OFFICE, full_name="欧阳敏", unit_code="jingxin")


@pytest.fixture
def second_office(db: None) -> User:
    """A second officer, sent to the office by 市发展改革局: decides what those of 市经济和信息化局 may not."""
    return account("second_office", Role.OFFICE, full_name="冯志远", unit_code="fagai")


@pytest.fixture
def clerk(db: None) -> User:
    """The clerk of 市经济和信息化局, the department that leads most indicators."""
    return account("clerk", Role.DEPARTMENT, full_name="陈晓", unit_code="jingxin")


@pytest.fixture
def science_clerk(db: None) -> User:
    """The clerk of 市科技局."""
    return account("science_clerk", Role.DEPARTMENT, full_name="林科", unit_code="keji")


@pytest.fixture
def xiaolan(db: None) -> User:
    """The official of 小榄镇."""
    return account("xiaolan", Role.TOWN, full_name="何小榄", unit_code="xiaolan")


@pytest.fixture
def guzhen(db: None) -> User:
    """The official of 古镇镇, who must not see what 小榄镇 files."""
    return account("guzhen", Role.TOWN, full_name="区古镇", unit_code="guzhen")


@pytest.fixture
def leader(db: None) -> User:
    """A leader of the city."""
    return account("leader", Role.LEADER, full_name="梁市长")


@pytest.fixture
def auditor(db: None) -> User:
    """The auditor, who reads everything and changes nothing."""
    return account("auditor", Role.AUDITOR, full_name="沈计")


@pytest.fixture
def admin_account(db: None) -> User:
    """The administrator of accounts, who reads no figure."""
    return account("admin_account", Role.ADMIN, full_name="管理员")


@pytest.fixture
def outsider(db: None) -> User:
    """A leader of another city."""
    return account("outsider", Role.LEADER, full_name="临海湾市长", city="linhaiwan")


@pytest.fixture
def nobody(db: None) -> User:
    """An account that has been given no role."""
    return User.objects.create_user("nobody", password=PASSWORD, first_name="无角色")


@pytest.fixture
def superuser_without_role(db: None) -> User:
    """Django's superuser flag, which opens nothing here without a role."""
    return User.objects.create_superuser("root_of_all", password=PASSWORD, first_name="超级用户")
