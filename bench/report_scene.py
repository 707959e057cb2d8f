"""The scene of the reports: the plan with its demonstration, and two cities with so many figures to give away."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO

from django.core.management import call_command
from django.db import connection

from bench.big_city import build_city
from bench.scene import PLAN
from indicators.models import Actual, Target

QUARTER = "2015Q2"
ROWS_A_TOWN = 30
"""Ten targets and ten actuals of two quarters; the city has ten targets."""


@dataclass(frozen=True, slots=True)
class LongCity:
    rows: int

    @property
    def code(self) -> str:
        return f"rows-{self.rows}"

    @property
    def leader(self) -> str:
        return f"{self.code}-leader"

    def build(self) -> None:
        """With words in every text column, as real figures have them."""
        build_city(self.code, self.rows // ROWS_A_TOWN)
        Actual.objects.filter(area__city_code=self.code).update(source="镇区统计办上半年台账")
        Target.objects.filter(area__city_code=self.code).update(clause="附件2")


SMALL, LARGE = LongCity(10_000), LongCity(100_000)


def build() -> None:
    call_command("migrate", verbosity=0)
    call_command("load_plan", str(PLAN), verbosity=0, stdout=StringIO())
    call_command("load_demo", verbosity=0, stdout=StringIO())
    for city in (SMALL, LARGE):
        city.build()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
