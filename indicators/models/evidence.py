"""佐证材料: the files that a unit hands in with its return, kept in the database beside what they prove.

In the database and not in a folder, so that a file and its event stand or fall together, one backup holds both, and
any number of servers see the same files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from indicators.models.filing import QuarterlyReturn

if TYPE_CHECKING:
    from towns.access import Person


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: Person) -> EvidenceQuerySet:
        """Whoever sees the return sees its files."""
        return self.filter(quarterly_return__in=QuarterlyReturn.objects.visible_to(user))


class Evidence(models.Model):
    """One file of a return: what it is called, what it is by its content, and who handed it in."""

    quarterly_return = models.ForeignKey(QuarterlyReturn, models.PROTECT, related_name="evidence")
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("散列", max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["quarterly_return", "uploaded_at", "pk"]
        verbose_name = verbose_name_plural = "佐证材料"
        constraints = [
            models.UniqueConstraint(fields=["quarterly_return", "sha256"], name="evidence_once_a_return"),
        ]

    def __str__(self) -> str:
        return self.name


class EvidenceContent(models.Model):
    """A file's bytes, in a table of their own so that listing files never reads them."""

    evidence = models.OneToOneField(
        Evidence, models.CASCADE, primary_key=True, related_name="content", verbose_name="佐证材料"
    )
    data = models.BinaryField("内容")

    class Meta:
        verbose_name = verbose_name_plural = "佐证材料内容"

    def __str__(self) -> str:
        return str(self.evidence)
