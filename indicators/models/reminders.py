"""催报: which reminders have been sent, so that nobody gets the same one twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from indicators.choices import ReminderKind
from indicators.models.filing import Period
from towns.models import Unit


class Reminder(models.Model):
    """One reminder to one person about one unit's return. A new due date is a new thing to be reminded of."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="reminders")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField("类别", max_length=10, choices=ReminderKind)
    due_on = models.DateField("所提醒的期限")
    sent_at = models.DateTimeField("发送时间")

    class Meta:
        ordering = ["period", "unit__order", "sent_at"]
        verbose_name = verbose_name_plural = "催报记录"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "unit", "user", "kind", "due_on"], name="reminder_sent_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=ReminderKind.values), name="reminder_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.unit} {self.get_kind_display()}"
