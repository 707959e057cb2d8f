"""行动计划: a plan, its headings and indicators, and where it disagrees with itself (domain.md section 2)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from indicators.choices import Direction, Frequency, GoalKind, Kind, Listing, NoteKind
from indicators.domain.measures import DEFAULT_PACE, Measure
from indicators.domain.numbers import STORED_DECIMALS
from indicators.models.fields import FigureField, Sourced
from towns.access import can_read_figures, city_of
from towns.models import Area, Unit

if TYPE_CHECKING:
    from towns.access import Person


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: Person) -> PlanQuerySet:
        """The plans of the reader's city; nothing for accounts that read no figures."""
        city = city_of(user)
        if city is None or not can_read_figures(user):
            return self.none()
        return self.filter(city__city_code=city.city_code)


class Plan(Sourced):
    """One action plan. `revision` rises with every act that changes what its pages show."""

    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=120)
    city = models.ForeignKey(Area, models.PROTECT, related_name="plans", verbose_name="城市")
    first_year = models.PositiveSmallIntegerField("起始年")
    last_year = models.PositiveSmallIntegerField("终止年")
    yellow_from = models.DecimalField("黄灯下限", max_digits=4, decimal_places=3, default=Decimal("0.9"))
    document = models.CharField("文件", max_length=200, blank=True)
    filing_due_days = models.PositiveSmallIntegerField("季后报送期限（日）", default=15)
    revision = models.PositiveIntegerField("版本", default=1)
    demonstration = models.BooleanField("演示数据", default=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-first_year", "code"]
        verbose_name = verbose_name_plural = "行动计划"
        constraints = [
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="plan_years_in_order"),
            models.CheckConstraint(
                condition=Q(yellow_from__gt=0) & Q(yellow_from__lte=1), name="plan_yellow_from_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('plan')}?plan={self.code}"

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)

    @property
    def base_year(self) -> int:
        """The year that baselines are of: the one before the plan begins."""
        return self.first_year - 1


class Category(Sourced):
    """目标分类: a heading of 附件1's first column."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="categories")
    code = models.SlugField("代码", max_length=60)
    name = models.CharField("名称", max_length=60)
    is_campaign = models.BooleanField("重点攻坚行动", default=False)
    order = models.PositiveSmallIntegerField("顺序")

    class Meta:
        ordering = ["plan", "order"]
        verbose_name = verbose_name_plural = "目标分类"
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="category_unique_code_in_plan"),
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def of(self, plan: Plan) -> IndicatorQuerySet:
        return self.filter(plan=plan)

    def allocated(self) -> IndicatorQuerySet:
        """The columns of 附件2, its part among them: what towns file."""
        return self.filter(allocation_order__isnull=False).order_by("allocation_order")


class Indicator(Sourced):
    """指标: a row of 附件1, its part, or a figure of the text alone.

    `pace` is the indicator's own curve as "10/30/60/100" (per cent at the four quarters' ends), empty = 25/50/75/100.
    `part_of` is a printed 其中; `within` an indicator that contains this one though the plan does not print it so.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="indicators")
    category = models.ForeignKey(Category, models.PROTECT, related_name="indicators")
    code = models.SlugField("代码", max_length=60)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40)
    unit = models.CharField("单位", max_length=20)
    kind = models.CharField("类型", max_length=8, choices=Kind)
    direction = models.CharField("方向", max_length=8, choices=Direction, default=Direction.HIGHER)
    frequency = models.CharField("报送频率", max_length=8, choices=Frequency, default=Frequency.QUARTER)
    decimals = models.PositiveSmallIntegerField("小数位", default=2)
    listing = models.CharField("列于", max_length=8, choices=Listing, default=Listing.ANNEX)
    part_of = models.ForeignKey("self", models.PROTECT, related_name="parts", null=True, blank=True)
    within = models.ForeignKey("self", models.PROTECT, related_name="contained", null=True, blank=True)
    order = models.PositiveSmallIntegerField("顺序")
    allocation_order = models.PositiveSmallIntegerField("附件2列序", null=True, blank=True)
    pace = models.CharField("序时进度", max_length=40, blank=True)
    percent_of_whole = models.BooleanField("占比（不超过100%）", default=False)
    signed = models.BooleanField("可为负（增速）", default=False)
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="led_indicators", null=True, blank=True, verbose_name="牵头单位"
    )
    goal_text = models.CharField("我市目标", max_length=60, blank=True)
    goal_kind = models.CharField("目标类型", max_length=8, choices=GoalKind, blank=True)
    goal_value = FigureField("目标值", null=True, blank=True)
    scope = models.TextField("口径", blank=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "order"]
        verbose_name = verbose_name_plural = "指标"
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="indicator_unique_code_in_plan"),
            models.UniqueConstraint(fields=["plan", "name"], name="indicator_unique_name_in_plan"),
            models.CheckConstraint(
                condition=Q(decimals__lte=STORED_DECIMALS), name="indicator_decimals_can_be_stored"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="indicator_kind_known"),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="indicator_direction_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicator", args=[self.code])

    @property
    def pace_curve(self) -> tuple[Decimal, ...]:
        """Shares of the year due by the end of each quarter, four values, the last 1."""
        if not self.pace:
            return DEFAULT_PACE
        return tuple(Decimal(step) / 100 for step in self.pace.split("/"))

    @property
    def measure(self) -> Measure:
        """How this indicator is measured, in the domain's words."""
        return Measure(
            kind=Kind(self.kind),
            direction=Direction(self.direction),
            decimals=self.decimals,
            frequency=Frequency(self.frequency),
            pace=self.pace_curve,
        )


class Alias(Sourced):
    """别名: another spelling under which imports find an indicator."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="aliases")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="aliases")
    alias = models.CharField("别名", max_length=120)

    class Meta:
        ordering = ["plan", "pk"]
        verbose_name = verbose_name_plural = "别名"
        constraints = [models.UniqueConstraint(fields=["plan", "alias"], name="alias_unique_in_plan")]

    def __str__(self) -> str:
        return self.alias


class Baseline(Sourced):
    """基期: the value of the year before the plan that the plan states or implies."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="baselines")
    area = models.ForeignKey(Area, models.PROTECT, related_name="baselines")
    year = models.PositiveSmallIntegerField("年")
    value = FigureField("数值")
    printed = models.CharField("原文", max_length=60, blank=True)

    class Meta:
        ordering = ["indicator", "area", "year"]
        verbose_name = verbose_name_plural = "基期"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "year"], name="baseline_unique_indicator_area_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"


class PlanNote(Sourced):
    """Where the plan disagrees with itself: both figures are kept, and shown where the figure is shown."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="notes")
    code = models.SlugField("代码", max_length=60)
    kind = models.CharField("类别", max_length=8, choices=NoteKind)
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="notes", null=True, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="notes", null=True, blank=True)
    year = models.PositiveSmallIntegerField("年", null=True, blank=True)
    value = FigureField("正文数值", null=True, blank=True)
    unit = models.CharField("正文单位", max_length=20, blank=True)
    text = models.TextField("说明")

    class Meta:
        ordering = ["plan", "pk"]
        verbose_name = verbose_name_plural = "原文不一致"
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plannote_unique_code_in_plan")]

    def __str__(self) -> str:
        return self.text
