"""Two cities with figures in every state, and one person of every kind signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from indicators.choices import Edition
from indicators.models import Evidence, Period, Plan
from indicators.services import filing
from indicators.services.bulletins import Imprint, publish_bulletin
from tests.evidence_files import PDF
from tests.people import PASSWORD, account, unit
from tests.plan_fixtures import load
from tests.plans.tables import LINHAI, ZHONGSHAN
from tests.scenes import SHANGHAI, approved, drafted, opened, published, submitted
from towns.choices import Role

TOWN_FIGURES = {"industrial-investment": "14.51", "upgraded-firms": "9", "upgraded-firms-large": "4"}


@dataclass(frozen=True, slots=True)
class World:
    """`people` by the name of their column in the table of addresses; `browser` is one for all of them.

    Starting a browser takes longer than most pages: it looks through all static files.
    """

    zhongshan: Plan
    linhai: Plan
    people: Mapping[str, User]
    file: Evidence
    sessions: Mapping[str, str]
    browser: Client = field(default_factory=Client)

    def client(self, person: str) -> Client:
        """The browser with this person signed in and nothing left of the one before; the stranger has no session."""
        self.browser.cookies.clear()
        if person != "stranger":
            self.browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[person]
        return self.browser


def build() -> World:
    zhongshan, linhai = load(ZHONGSHAN), load(LINHAI)
    people = _people()
    file = _file_zhongshan(zhongshan, people)
    _file_linhai(linhai, people)
    return World(zhongshan, linhai, people, file, {name: _session(user) for name, user in people.items()})


def _people() -> dict[str, User]:
    far = "linhaiwan"
    return {
        "admin": account("admin", Role.ADMIN),
        "office": account("office", Role.OFFICE, unit_code="jingxin"),
        "second": account("second", Role.OFFICE, unit_code="fagai"),
        "clerk": account("keji", Role.DEPARTMENT, unit_code="keji"),
        "town": account("xiaolan", Role.TOWN, unit_code="xiaolan"),
        "leader": account("leader", Role.LEADER),
        "auditor": account("auditor", Role.AUDITOR),
        "no_role": User.objects.create_user("no_role", password=PASSWORD),
        "superuser": User.objects.create_superuser("superuser", password=PASSWORD),
        "far_office": account("far_office", Role.OFFICE, unit_code="gongxin", city=far),
        "far_town": account("far_town", Role.TOWN, unit_code="dongqu", city=far),
    }


def _file_zhongshan(plan: Plan, people: Mapping[str, User]) -> Evidence:
    """2015Q1 published, 2015Q2 waiting for review, 2015Q3 open with a file of 小榄镇, 2015Q4 not yet."""
    office, second = people["office"], people["second"]
    guzhen = account("guzhen", Role.TOWN, unit_code="guzhen")
    jingxin = account("jingxin", Role.DEPARTMENT, unit_code="jingxin")
    first = opened(plan, "2015Q1", by=office)
    for clerk in (people["town"], guzhen):
        approved(first, clerk, TOWN_FIGURES, by=office)
    approved(first, people["clerk"], {"hightech-output": "0.0702"}, by=office)
    approved(first, jingxin, {"industrial-value-added": "311.14"}, by=second)
    published(first, by=second)
    _issue(first, second)
    second_quarter = opened(plan, "2015Q2", by=office)
    for clerk in (people["town"], guzhen, people["clerk"], jingxin):
        submitted(second_quarter, clerk)
    drafted(second_quarter, office, unit=unit("huangpu"))
    return filing.add_evidence(
        opened(plan, "2015Q3", by=office),
        unit=unit("xiaolan"),
        name="合同.pdf",
        data=PDF,
        by=people["town"],
        at=datetime(2015, 10, 8, 10, tzinfo=SHANGHAI),
    ).evidence


def _issue(period: Period, office: User) -> None:
    revision = Plan.objects.get(pk=period.plan_id).revision
    publish_bulletin(
        period,
        imprint=Imprint("联席会议办公室", "中经信〔2015〕8号", date(2015, 4, 28)),
        editions={edition: edition.label.encode() for edition in Edition},
        revision=revision,
        by=office,
        at=datetime(2015, 4, 28, 10, tzinfo=SHANGHAI),
    )


def _file_linhai(plan: Plan, people: Mapping[str, User]) -> None:
    office = people["far_office"]
    first = opened(plan, "2021Q1", by=office)
    approved(first, people["far_town"], {"industrial-output": "21.4", "waste-water": "19.9"}, by=office)
    published(first, by=office)
    submitted(opened(plan, "2021Q2", by=office), people["far_town"])


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend="towns.backends.MembershipBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value
