"""A half-year of a few figures, worked by hand, with what units wrote beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from pytest_django.plugin import DjangoDbBlocker

from indicators.choices import ReturnState
from indicators.models import Plan, QuarterlyReturn
from indicators.queries.server_reading import server_reader, towns_reader
from tests.people import account, unit
from tests.plan_fixtures import stored
from tests.plans.tables import ZHONGSHAN
from tests.reports.guzhen_half_year import GUZHEN_2015Q2
from tests.reports.results import PUBLISHED_2015Q2, filed, period_of, publish, record
from tests.scenes import rolled_back
from towns.choices import Role

CITY = PUBLISHED_2015Q2 | {
    ("upgraded-firms", "zhongshan"): "152",  # of 350: 43.4%, ratio 152 / 175 = 0.869, RED, 23 short
    ("upgraded-firms-large", "zhongshan"): "120",  # of 220: 54.5%
}
# Of 24.60, past the cap of 1.2 and the only one of 小榄镇's eight: 15.0 points. No other figure is written so.
XIAOLAN = {("industrial-investment", "xiaolan"): "7031.37"}
PROBLEMS, STEPS, UNAPPROVED = "镇内用地指标紧张", "下月召开推进会", "尚未审定的文字"


@dataclass(frozen=True, slots=True)
class Scene:
    plan: Plan
    server: User
    towns: User
    office: User
    leader: User
    guzhen: User
    xiaolan: User

    def reader(self, name: str) -> User:
        return getattr(self, name)


def half_year(blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """2015Q1 and 2015Q2 published, 2015Q3 not; for a module's tests."""
    with rolled_back(blocker):
        plan = Plan.objects.get(pk=stored(ZHONGSHAN).pk)
        office = account("office", Role.OFFICE, unit_code="jingxin")
        record(plan, "2015Q1", {("industrial-investment", "guzhen"): "2.60"})
        record(plan, "2015Q2", CITY | GUZHEN_2015Q2 | XIAOLAN)
        _write(plan)
        publish(plan, "2015Q1", office)
        publish(plan, "2015Q2", office)
        yield Scene(
            plan=plan,
            server=server_reader(plan),
            towns=towns_reader(plan),
            office=office,
            leader=account("leader", Role.LEADER),
            guzhen=account("guzhen", Role.TOWN, unit_code="guzhen"),
            xiaolan=account("xiaolan", Role.TOWN, unit_code="xiaolan"),
        )


def _write(plan: Plan) -> None:
    period = period_of(plan, "2015Q2")
    words = {
        "jingxin": ("部分项目用地未落实。\n\n企业用工不足。", ""),
        "xiaolan": (PROBLEMS, STEPS),
        "guzhen": ("", "加快机器换人。"),
    }
    for code, (problems, steps) in words.items():
        QuarterlyReturn.objects.filter(period=period, unit__code=code).update(
            problems_text=problems, next_steps_text=steps
        )
    for code, state in (("keji", ReturnState.SUBMITTED), ("dongqu", ReturnState.RETURNED)):
        waiting = filed(period, unit(code), state)
        waiting.problems_text = waiting.next_steps_text = UNAPPROVED
        waiting.save()
