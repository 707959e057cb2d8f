"""重点任务、保障措施 and milestones, with the departments that answer for them (sections 二 and 三 of the plan)."""

from __future__ import annotations

from django.db import models

from indicators.choices import TaskKind, TaskRole
from indicators.models.fields import Sourced
from indicators.models.plan import Plan
from towns.models import Unit


class KeyTask(Sourced):
    """A key task of section 二 or a safeguard of section 三; `all_towns` is 各镇区."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks")
    code = models.SlugField("代码", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=TaskKind)
    section = models.CharField("章节", max_length=120)
    order = models.PositiveSmallIntegerField("顺序")
    title = models.CharField("任务", max_length=120)
    text = models.TextField("内容")
    all_towns = models.BooleanField("各镇区", default=False)

    class Meta:
        ordering = ["plan", "order"]
        verbose_name = verbose_name_plural = "重点任务"
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="keytask_unique_code_in_plan")]

    def __str__(self) -> str:
        return self.title


class KeyTaskUnit(Sourced):
    """A department named in a task's brackets; the first named leads."""

    task = models.ForeignKey(KeyTask, models.CASCADE, related_name="responsible")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks")
    role = models.CharField("职责", max_length=8, choices=TaskRole)
    order = models.PositiveSmallIntegerField("顺序")

    class Meta:
        ordering = ["task", "order"]
        verbose_name = verbose_name_plural = "任务责任单位"
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], name="keytaskunit_unit_once_in_task"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.unit}"


class Milestone(Sourced):
    """A promise in words with a year; met by a date and evidence, never by a rate."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="milestones")
    code = models.SlugField("代码", max_length=60)
    name = models.CharField("名称", max_length=200)
    year = models.PositiveSmallIntegerField("年")
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="milestones", null=True, blank=True, verbose_name="牵头单位"
    )
    order = models.PositiveSmallIntegerField("顺序")

    class Meta:
        ordering = ["plan", "order"]
        verbose_name = verbose_name_plural = "里程碑"
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="milestone_unique_code_in_plan")]

    def __str__(self) -> str:
        return self.name
