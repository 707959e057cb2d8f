"""The audit trail: append-only events, each hashed over itself and the one before it in its chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from towns.access import can_read_audit, city_of

if TYPE_CHECKING:
    from towns.access import Person

ACCOUNTS_CHAIN = "accounts"
"""The chain of accounts and roles, one for all cities; every plan has a chain named by its code."""


class AuditChain(models.Model):
    """The head of a chain: its length and last hash, so that a cut tail is found too."""

    name = models.CharField("名称", max_length=80, unique=True)
    length = models.PositiveIntegerField("长度", default=0)
    head = models.CharField("末端散列", max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审计链"

    def __str__(self) -> str:
        return self.name


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def visible_to(self, user: Person) -> AuditEventQuerySet:
        """The auditor's own city; nobody else reads the trail."""
        city = city_of(user)
        if city is None or not can_read_audit(user):
            return self.none()
        return self.filter(city_code=city.city_code)


class AuditEvent(models.Model):
    """One act: who, when, what, on which object, old and new. Database triggers refuse UPDATE and DELETE."""

    chain = models.ForeignKey(AuditChain, models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField("序号")
    city_code = models.SlugField("城市", max_length=40, blank=True)
    at = models.DateTimeField("时间")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, verbose_name="账号"
    )
    actor_name = models.CharField("经办人", max_length=150)
    act = models.CharField("行为", max_length=40)
    object_kind = models.CharField("对象类别", max_length=40)
    object_key = models.CharField("对象", max_length=200)
    old = models.JSONField("原值", default=dict, encoder=DjangoJSONEncoder)
    new = models.JSONField("新值", default=dict, encoder=DjangoJSONEncoder)
    previous = models.CharField("前一散列", max_length=64, blank=True)
    hash = models.CharField("散列", max_length=64)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        ordering = ["chain", "sequence"]
        verbose_name = verbose_name_plural = "审计记录"
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="auditevent_place_in_chain")
        ]
        indexes = [models.Index(fields=["object_kind", "object_key"], name="auditevent_object")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.sequence} {self.act} {self.object_key}"
