"""年度目标: what was promised for an indicator, an area and a year, and how it changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from indicators.models.fields import FigureField, Sourced
from indicators.models.plan import Indicator
from towns.models import Area


class Target(Sourced):
    """The target of an indicator in an area and a year; no value where the plan prints "-", which is not zero.

    Targets are public to every reader of the plan (domain.md section 6), so there is no `visible_to` beyond the plan's.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    area = models.ForeignKey(Area, models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField("年")
    value = FigureField("目标", null=True, blank=True)
    qualifier = models.CharField("限定词", max_length=10, blank=True)
    printed = models.CharField("原文", max_length=60, blank=True)
    document = models.CharField("依据", max_length=200, blank=True)
    demonstration = models.BooleanField("演示目标", default=False)
    is_amended = models.BooleanField("人工调整", default=False)

    class Meta:
        ordering = ["indicator", "area", "year"]
        verbose_name = verbose_name_plural = "年度目标"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "year"], name="target_unique_indicator_area_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.area} {self.year}"


class TargetChange(models.Model):
    """One change of a target by a person: old, new, why, by which document, who and when."""

    target = models.ForeignKey(Target, models.PROTECT, related_name="changes")
    old = FigureField("原值", null=True)
    new = FigureField("新值", null=True)
    reason = models.CharField("理由", max_length=400)
    document = models.CharField("依据文件", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["target", "at", "pk"]
        verbose_name = verbose_name_plural = "目标调整"

    def __str__(self) -> str:
        return f"{self.target}: {self.old} → {self.new}"
