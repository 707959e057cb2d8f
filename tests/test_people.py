"""The tests' people are who they say they are, since every test of rights leans on them."""

from __future__ import annotations

from django.contrib.auth.models import User

from tests.people import PASSWORD
from towns.access import city_of, role_of, unit_of


def test_everybody_has_the_role_and_place_of_their_name(
    office: User, clerk: User, xiaolan: User, leader: User, auditor: User, admin_account: User, outsider: User
) -> None:
    people = (office, clerk, xiaolan, leader, auditor, admin_account, outsider)
    who = [
        (role_of(person), getattr(city_of(person), "code", None), getattr(unit_of(person), "name", None))
        for person in people
    ]
    assert who == [
        ("OFFICE", "zhongshan", "市经济和信息化局"),
        ("DEPARTMENT", "zhongshan", "市经济和信息化局"),
        ("TOWN", "zhongshan", "小榄镇"),
        ("LEADER", "zhongshan", None),
        ("AUDITOR", "zhongshan", None),
        ("ADMIN", "zhongshan", None),
        ("LEADER", "linhaiwan", None),
    ]


def test_those_without_a_role_have_none(nobody: User, superuser_without_role: User) -> None:
    assert [role_of(nobody), role_of(superuser_without_role)] == [None, None]


def test_everybody_signs_in_with_the_tests_password(science_clerk: User) -> None:
    assert science_clerk.check_password(PASSWORD)
