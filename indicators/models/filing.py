"""季报: periods, the returns filed in them, and their typed figures (domain.md section 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from indicators.choices import ReturnState
from indicators.domain.periods import Quarter
from indicators.models.fields import FigureField
from indicators.models.plan import Indicator, Plan
from towns.access import can_read_every_return, can_read_figures, can_read_returns, city_of, unit_of
from towns.models import Unit

if TYPE_CHECKING:
    from towns.access import Person

RETURN_TEXTS = ("progress_text", "problems_text", "next_steps_text")


class PeriodQuerySet(models.QuerySet["Period"]):
    def visible_to(self, user: Person) -> PeriodQuerySet:
        city = city_of(user)
        if city is None or not can_read_figures(user):
            return self.none()
        return self.filter(plan__city__city_code=city.city_code)

    def published(self) -> PeriodQuerySet:
        return self.filter(published_at__isnull=False)


class Period(models.Model):
    """A quarter of a plan: opens on (none = the office has not opened it), due by, closes on (none = open-ended)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="periods")
    year = models.PositiveSmallIntegerField("年")
    number = models.PositiveSmallIntegerField("季")
    opens_on = models.DateField("开放日期", null=True, blank=True)
    due_on = models.DateField("截止日期")
    closes_on = models.DateField("关闭日期", null=True, blank=True)
    published_at = models.DateTimeField("定稿时间", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "year", "number"]
        verbose_name = verbose_name_plural = "报送期"
        constraints = [
            models.UniqueConstraint(fields=["plan", "year", "number"], name="period_unique_quarter_in_plan"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=4), name="period_number_is_1_to_4"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True) | Q(opens_on__lte=F("due_on")),
                name="period_opens_before_due",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gte=F("due_on")),
                name="period_closes_after_due",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="period_published_by_and_at_together",
            ),
        ]

    def __str__(self) -> str:
        return self.quarter.label

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.year, self.number)

    @property
    def code(self) -> str:
        return str(self.quarter)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


class QuarterlyReturnQuerySet(models.QuerySet["QuarterlyReturn"]):
    def visible_to(self, user: Person) -> QuarterlyReturnQuerySet:
        """All of the city for the office and the auditor; a unit's own people see their unit's; others none."""
        city = city_of(user)
        if city is None or not can_read_returns(user):
            return self.none()
        mine = self.filter(unit__city_code=city.city_code)
        return mine if can_read_every_return(user) else mine.filter(unit=unit_of(user))

    def waiting(self) -> QuarterlyReturnQuerySet:
        """Submitted and not yet decided."""
        return self.filter(state=ReturnState.SUBMITTED)


class QuarterlyReturn(models.Model):
    """季报表: what one unit files for one quarter. `version` rises with every change, for conditional updates."""

    period = models.ForeignKey(Period, models.PROTECT, related_name="returns")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="returns")
    state = models.CharField("状态", max_length=10, choices=ReturnState, default=ReturnState.DRAFT)
    version = models.PositiveIntegerField("版次", default=1)
    filled_for_unit = models.BooleanField("代填", default=False)
    source = models.CharField("来源", max_length=400, blank=True)
    progress_text = models.TextField("工作进展", blank=True)
    problems_text = models.TextField("存在问题", blank=True)
    next_steps_text = models.TextField("下一步打算", blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    return_reason = models.TextField("退回理由", blank=True)
    reopened_until = models.DateField("重新开放至", null=True, blank=True)
    review_begun_at = models.DateTimeField("开始审核时间", null=True, blank=True)
    review_begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    # Who wrote in it, {user id as text: id of their unit then}: none of them may approve it. On the row itself, so
    # that it is read with the return and written with it. The trail holds the same people for good.
    editors = models.JSONField("填写人", default=dict, blank=True)
    # The keys of the last saves and the versions they made, [[key, version], …]: one that is sent again after a cut
    # connection is known and has no second effect.
    save_keys = models.JSONField("保存标识", default=list, blank=True)

    objects = QuarterlyReturnQuerySet.as_manager()

    class Meta:
        ordering = ["period", "unit__order"]
        verbose_name = verbose_name_plural = "季报表"
        constraints = [
            models.UniqueConstraint(fields=["period", "unit"], name="return_unique_period_unit"),
            models.CheckConstraint(condition=Q(state__in=ReturnState.values), name="return_state_known"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="return_submitted_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="return_decided_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(review_begun_at__isnull=True, review_begun_by__isnull=True)
                | Q(review_begun_at__isnull=False, review_begun_by__isnull=False),
                name="return_review_begun_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReturnState.RETURNED) | ~Q(return_reason=""),
                name="return_sent_back_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("return", args=[self.period.code, self.unit.code])

    @property
    def editor_units(self) -> dict[int, int | None]:
        """{user id: id of the unit they belonged to when they wrote}."""
        return {int(user_id): unit_id for user_id, unit_id in self.editors.items()}


class Entry(models.Model):
    """填报数: one typed cumulative figure for the unit's area; no value with a note = not reported, and why."""

    quarterly_return = models.ForeignKey(QuarterlyReturn, models.CASCADE, related_name="entries")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="entries")
    value = FigureField("累计数", null=True, blank=True)
    note = models.CharField("说明", max_length=400, blank=True)
    source = models.CharField("来源", max_length=400, blank=True)

    class Meta:
        ordering = ["quarterly_return", "indicator__order"]
        verbose_name = verbose_name_plural = "填报数"
        constraints = [
            models.UniqueConstraint(
                fields=["quarterly_return", "indicator"], name="entry_unique_return_indicator"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quarterly_return} {self.indicator}"


class ReconciliationNote(models.Model):
    """The office's written explanation of a difference between the towns' sum and the city's figure."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="reconciliation_notes")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    difference = FigureField("差额")
    text = models.CharField("说明", max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        ordering = ["period", "indicator__order"]
        verbose_name = verbose_name_plural = "差额说明"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "indicator"], name="reconciliationnote_unique_period_indicator"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.indicator}"
