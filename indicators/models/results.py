"""实绩: the approved figures, the only ones that pages and files read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from indicators.choices import Vintage
from indicators.models.fields import FigureField
from indicators.models.plan import Indicator, Plan
from towns.access import can_read_every_town, can_read_figures, city_of, unit_of
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person


class ActualQuerySet(models.QuerySet["Actual"]):
    def of(self, plan: Plan) -> ActualQuerySet:
        return self.filter(indicator__plan=plan)

    def visible_to(self, user: Person) -> ActualQuerySet:
        """The city's and every town's; for a town's official the city's and their own town's alone."""
        city = city_of(user)
        if city is None or not can_read_figures(user):
            return self.none()
        mine = self.filter(area__city_code=city.city_code)
        if can_read_every_town(user):
            return mine
        unit = unit_of(user)
        own = unit.area_id if unit else None
        return mine.filter(Q(area__code=F("area__city_code")) | Q(area_id=own))


class Actual(models.Model):
    """The approved cumulative figure of an indicator in an area at the end of a quarter.

    Written only by the approval of a return; carries its source and its vintage (快报, or 年报 that replaces it).
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="actuals")
    area = models.ForeignKey(Area, models.PROTECT, related_name="actuals")
    year = models.PositiveSmallIntegerField("年")
    quarter = models.PositiveSmallIntegerField("季")
    value = FigureField("累计数")
    source = models.CharField("来源", max_length=400)
    vintage = models.CharField("版本", max_length=8, choices=Vintage, default=Vintage.FLASH)
    filed_in = models.ForeignKey(
        "indicators.QuarterlyReturn", models.PROTECT, related_name="actuals", verbose_name="所出季报"
    )
    approved_at = models.DateTimeField("审定时间")

    objects = ActualQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "area", "year", "quarter"]
        verbose_name = verbose_name_plural = "实绩"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "year", "quarter"], name="actual_unique_indicator_area_quarter"
            ),
            models.CheckConstraint(
                condition=Q(quarter__gte=1, quarter__lte=4), name="actual_quarter_is_1_to_4"
            ),
            models.CheckConstraint(condition=Q(vintage__in=Vintage.values), name="actual_vintage_known"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.area} {self.year}Q{self.quarter}"
