"""通报: what the office has published of a quarter, frozen with its number and its date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from indicators.choices import Edition
from indicators.models.filing import Period
from towns.access import can_read_every_town, can_read_figures, city_of

if TYPE_CHECKING:
    from towns.access import Person


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def visible_to(self, user: Person) -> BulletinQuerySet:
        city = city_of(user)
        if city is None or not can_read_figures(user):
            return self.none()
        return self.filter(period__plan__city__city_code=city.city_code)


class Bulletin(models.Model):
    """A quarter's bulletin as it was published; nothing of it changes afterwards.

    `figures` {"figures": {"area/indicator": [value, target, light]}, "ranks": {"area": [rank, score]}} are all that
    could be told of the quarter then, for the list of what has changed since; figures in plain digits, null for none.
    `serial` counts the bulletins of a quarter, of which a correction may ask for a second.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="bulletins", verbose_name="报送期")
    serial = models.PositiveSmallIntegerField("序号")
    number = models.CharField("文号", max_length=60)
    issuer = models.CharField("发文单位", max_length=60)
    issued_on = models.DateField("成文日期")
    has_red_head = models.BooleanField("红头", default=False)
    figures = models.JSONField("当时的数", encoder=DjangoJSONEncoder)
    published_at = models.DateTimeField("发布时间")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = BulletinQuerySet.as_manager()

    class Meta:
        ordering = ["period", "serial"]
        verbose_name = verbose_name_plural = "通报"
        constraints = [
            models.UniqueConstraint(fields=["period", "serial"], name="bulletin_unique_serial_in_period"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.number}"


class BulletinFileQuerySet(models.QuerySet["BulletinFile"]):
    def visible_to(self, user: Person) -> BulletinFileQuerySet:
        """Each reader's edition: a town's official has the one that was made for the towns."""
        edition = Edition.FULL if can_read_every_town(user) else Edition.TOWNS
        return self.filter(bulletin__in=Bulletin.objects.visible_to(user), edition=edition)


class BulletinFile(models.Model):
    """One edition of a bulletin, byte for byte; in the database, so that the act and its file stand or fall together
    and one backup holds both."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="files", verbose_name="通报")
    edition = models.CharField("版本", max_length=8, choices=Edition)
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("散列", max_length=64)
    data = models.BinaryField("内容")

    objects = BulletinFileQuerySet.as_manager()

    class Meta:
        ordering = ["bulletin", "edition"]
        verbose_name = verbose_name_plural = "通报文件"
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "edition"], name="bulletinfile_unique_edition"),
            models.CheckConstraint(
                condition=models.Q(edition__in=Edition.values), name="bulletinfile_edition_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin} {self.get_edition_display()}"
