"""Who may do what: the table of the design, row by row, and those who stand outside it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied, ValidationError

from tests.people import account, area, unit
from towns import access
from towns.choices import Role

PEOPLE = (
    "office",
    "clerk",
    "xiaolan",
    "leader",
    "auditor",
    "admin_account",
    "nobody",
    "superuser_without_role",
)
READERS = {"office", "clerk", "xiaolan", "leader", "auditor"}

ROWS: list[tuple[Callable[[User], bool], set[str]]] = [
    (access.can_manage_accounts, {"admin_account"}),
    (access.can_read_figures, READERS),
    (access.can_read_every_town, READERS - {"xiaolan"}),
    (access.can_read_every_return, {"office", "auditor"}),
    (access.can_read_returns, {"office", "clerk", "xiaolan", "auditor"}),
    (access.can_run_office, {"office"}),
    (access.can_read_audit, {"auditor"}),
]


@pytest.fixture
def people(request: pytest.FixtureRequest) -> dict[str, User]:
    return {name: request.getfixturevalue(name) for name in PEOPLE}


@pytest.mark.parametrize(("predicate", "allowed"), ROWS, ids=lambda value: getattr(value, "__name__", ""))
def test_each_row_of_the_table_allows_just_its_roles(
    people: dict[str, User], predicate: Callable[[User], bool], allowed: set[str]
) -> None:
    assert {name for name, person in people.items() if predicate(person)} == allowed
    assert not predicate(AnonymousUser())


def test_a_town_official_reads_their_own_town_alone(xiaolan: User, leader: User, outsider: User) -> None:
    own, other = area("xiaolan"), area("guzhen")
    assert [access.can_read_town(xiaolan, town) for town in (own, other)] == [True, False]
    assert [access.can_read_town(leader, town) for town in (own, other)] == [True, True]
    assert not access.can_read_town(outsider, own)


def test_the_towns_of_another_city_with_the_same_code_are_not_ones_own(db: None) -> None:
    here = account("dongqu", Role.TOWN, unit_code="dongqu")
    namesake = area("dongqu", city="linhaiwan")
    assert access.can_read_town(here, area("dongqu"))
    assert not access.can_read_town(here, namesake)


def test_a_return_is_filled_by_its_unit_and_by_the_office(
    xiaolan: User, guzhen: User, clerk: User, office: User, auditor: User, outsider: User
) -> None:
    town = unit("xiaolan")
    everybody = (xiaolan, guzhen, clerk, office, auditor, outsider)
    assert [access.can_fill_return(person, town) for person in everybody] == [
        True,
        False,
        False,
        True,
        False,
        False,
    ]


def test_a_switched_off_account_may_do_nothing(leader: User) -> None:
    leader.is_active = False
    assert not access.can_read_figures(leader)


def test_a_refused_act_says_why() -> None:
    with pytest.raises(PermissionDenied, match="只有联席会议办公室可以定稿"):
        access.require(False, "只有联席会议办公室可以定稿。")


@pytest.mark.parametrize(
    ("role", "unit_code", "sentence"),
    [
        (Role.TOWN, "", "镇区必须选定“所在单位”。"),
        (Role.TOWN, "keji", "市科技局是市直部门单位，与角色“镇区”不符。"),
        (Role.DEPARTMENT, "xiaolan", "小榄镇是镇区单位，与角色“市直部门”不符。"),
        (Role.OFFICE, "xiaolan", "小榄镇是镇区单位，与角色“联席会议办公室”不符。"),
        (Role.LEADER, "keji", "市领导不属于填报单位，请将“所在单位”留空。"),
    ],
)
def test_a_role_that_does_not_fit_its_unit_is_refused_in_a_sentence(
    db: None, role: Role, unit_code: str, sentence: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        account("somebody", role, unit_code=unit_code)
    assert sentence in refusal.value.messages


def test_a_department_may_send_somebody_to_the_office(db: None) -> None:
    seconded = account("seconded", Role.OFFICE, unit_code="fagai")
    assert access.can_run_office(seconded)
