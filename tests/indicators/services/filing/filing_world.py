"""Where the state machine test takes place: 临海湾市's first quarter, and people of every role in and around it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

from django.contrib.auth.models import User

from indicators.models import AuditChain
from indicators.queries.filing.assignments import assigned_indicators
from indicators.services.filing import Typed
from tests.indicators.services.filing.filing_model import Cell, Person
from tests.people import account, unit
from tests.plan_fixtures import load
from tests.plans.tables import LINHAI
from towns.choices import Role

CITY, QUARTER, FIRST_DAY = "linhaiwan", "2021Q1", date(2021, 4, 1)
CAST = {
    person.name: person
    for person in (
        Person("officer", "OFFICE", "gongxin"),
        Person("second_officer", "OFFICE", "tongji"),
        Person("gongxin_clerk", "DEPARTMENT", "gongxin"),
        Person("keji_clerk", "DEPARTMENT", "keji"),
        Person("dongqu_official", "TOWN", "dongqu"),
        Person("dongqu_colleague", "TOWN", "dongqu"),
        Person("gangwan_official", "TOWN", "gangwan"),
        Person("leader", "LEADER"),
        Person("auditor", "AUDITOR"),
        Person("admin", "ADMIN"),
        Person("outsider", "OFFICE", "jingxin", is_local=False),
    )
}
# The office sits in 工信局; 科技局 leads no indicator of the quarter and files text; then two towns.
OWN = {
    "dongqu": "dongqu_official",
    "gongxin": "gongxin_clerk",
    "gangwan": "gangwan_official",
    "keji": "keji_clerk",
}
FOREIGN_TO_ALL = "rd-intensity"


class World:
    """What every story starts from, loaded once. `seen` counts the acts {(act, taken or refused)}."""

    def __init__(self) -> None:
        plan = load(LINHAI)
        self.period = next(row for row in plan.periods.select_related("plan__city") if row.code == QUARTER)
        self.users = {person.name: _account(person) for person in CAST.values()}
        self.names = {user.pk: name for name, user in self.users.items()}
        self.units = {code: unit(code, city=CITY) for code in OWN}
        self.asked = {
            code: tuple(row.code for row in assigned_indicators(plan, found, self.period.quarter))
            for code, found in self.units.items()
        }
        self.trail_begins = AuditChain.objects.get(name=plan.code).length
        self.seen: Counter[tuple[str, str]] = Counter()

    def typed(self, code: str, kind: str, number: int) -> dict[str, Typed]:
        """What is typed into a unit's return: all of it, one row, one row without a word, or what is refused."""
        asked, row = self.asked[code], Typed(str(number), "已核对")
        first = asked[:1]
        return {
            "whole": dict.fromkeys(asked, row),
            "one": dict.fromkeys(first, row),
            "blank": dict.fromkeys(first, Typed("-", "")),
            "unreadable": dict.fromkeys(asked, row) | dict.fromkeys(first, Typed("1e5", "")),
            "foreign": dict.fromkeys(asked, row) | {FOREIGN_TO_ALL: row},
        }[kind]


def read_by_hand(typed: dict[str, Typed]) -> dict[str, Cell]:
    """The cells that were meant; of what can be read."""
    return {code: (None if row.value == "-" else Decimal(row.value), row.note) for code, row in typed.items()}


def _account(person: Person) -> User:
    city = CITY if person.is_local else "zhongshan"
    return account(person.name, Role(person.role), unit_code=person.unit, city=city)
