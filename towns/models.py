"""Where a figure applies, who files it, and who a person is (domain.md sections 1 and 6)."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from towns.choices import Role, UnitKind


class AreaQuerySet(models.QuerySet["Area"]):
    def of_city(self, city: Area) -> AreaQuerySet:
        """The city itself and its towns, in the plan's order."""
        return self.filter(city_code=city.city_code)

    def towns(self) -> AreaQuerySet:
        return self.exclude(code=F("city_code"))

    def cities(self) -> AreaQuerySet:
        return self.filter(code=F("city_code"))


class Area(models.Model):
    """A city or one of its towns. The city is a row of its own: the one whose code is its city_code.

    The key is (city_code, code), never NULL, since two cities may both have a 东区.
    """

    city_code = models.SlugField("所属市代码", max_length=40)
    code = models.SlugField("代码", max_length=40)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=20)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    tile_column = models.PositiveSmallIntegerField("示意图列", null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField("示意图行", null=True, blank=True)
    clause = models.CharField("出处", max_length=120, blank=True)
    derived = models.CharField("自定项", max_length=200, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["city_code", "order", "code"]
        verbose_name = verbose_name_plural = "地区"
        constraints = [
            models.UniqueConstraint(fields=["city_code", "code"], name="area_unique_code_in_city"),
            models.CheckConstraint(
                condition=Q(tile_column__isnull=True, tile_row__isnull=True)
                | Q(tile_column__isnull=False, tile_row__isnull=False),
                name="area_tile_has_column_and_row",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("city") if self.is_city else reverse("town", args=[self.code])

    @property
    def is_city(self) -> bool:
        return self.code == self.city_code


class UnitQuerySet(models.QuerySet["Unit"]):
    def of_city(self, city: Area) -> UnitQuerySet:
        return self.filter(city_code=city.city_code)


class Unit(models.Model):
    """填报单位: who files a return, a town government for its area or a department for the city."""

    city_code = models.SlugField("所属市代码", max_length=40)
    code = models.SlugField("代码", max_length=40)
    name = models.CharField("名称", max_length=60)
    short_name = models.CharField("简称", max_length=30)
    kind = models.CharField("类别", max_length=12, choices=UnitKind)
    area = models.ForeignKey(Area, models.PROTECT, related_name="units", verbose_name="填报地区")
    is_office = models.BooleanField("联席会议办公室所在单位", default=False)
    order = models.PositiveSmallIntegerField("顺序", default=0)
    clause = models.CharField("出处", max_length=120, blank=True)
    derived = models.CharField("自定项", max_length=200, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["city_code", "order", "code"]
        verbose_name = verbose_name_plural = "填报单位"
        constraints = [
            models.UniqueConstraint(fields=["city_code", "code"], name="unit_unique_code_in_city"),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


ROLES_WITH_UNIT = (Role.OFFICE, Role.DEPARTMENT, Role.TOWN)


class Membership(models.Model):
    """An account's one role and, for those who work in a filing unit, that unit.

    One role an account is how "no account holds admin together with office or auditor" is kept: by the key.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="membership", verbose_name="账号"
    )
    role = models.CharField("角色", max_length=12, choices=Role)
    city = models.ForeignKey(Area, models.PROTECT, related_name="members", verbose_name="所属市")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="members", null=True, blank=True, verbose_name="所在单位"
    )

    class Meta:
        verbose_name = verbose_name_plural = "角色"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(role__in=ROLES_WITH_UNIT, unit__isnull=False)
                | (~Q(role__in=ROLES_WITH_UNIT) & Q(unit__isnull=True)),
                name="membership_unit_exactly_for_those_who_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    def clean(self) -> None:
        """Refuse a role that does not fit the unit, in a sentence for the administrator."""
        if self.role and self.city_id and (fault := membership_fault(self.role, self.city, self.unit)):
            raise ValidationError(fault)


def membership_fault(role: str, city: Area, unit: Unit | None) -> str:
    """Why this role cannot go with this city and unit; empty when it can.

    The office sits in one department, and other departments send people to it: somebody must be able to approve
    the returns of the department it sits in, which its own people may not.
    """
    if not city.is_city:
        return f"“所属市”应选一个市，{city.name}是镇区。"
    if role not in ROLES_WITH_UNIT:
        return f"{Role(role).label}不属于填报单位，请将“所在单位”留空。" if unit else ""
    if unit is None:
        return f"{Role(role).label}必须选定“所在单位”。"
    if unit.city_code != city.city_code:
        return f"{unit.name}不属于{city.name}。"
    kind = UnitKind.TOWN if role == Role.TOWN else UnitKind.DEPARTMENT
    if unit.kind != kind:
        return f"{unit.name}是{unit.get_kind_display()}单位，与角色“{Role(role).label}”不符。"
    return ""
