"""Who wrote in a return moves onto the return itself, with the unit they belong to."""

from django.db import migrations
from django.utils import timezone


def into_returns(apps, schema_editor):
    QuarterlyReturn = apps.get_model("indicators", "QuarterlyReturn")
    ReturnEditor = apps.get_model("indicators", "ReturnEditor")
    wrote = {}
    for return_id, user_id, unit_id in ReturnEditor.objects.values_list(
        "quarterly_return_id", "user_id", "user__membership__unit_id"
    ):
        wrote.setdefault(return_id, {})[str(user_id)] = unit_id
    returns = list(QuarterlyReturn.objects.filter(pk__in=wrote))
    for filed in returns:
        filed.editors = wrote[filed.pk]
    QuarterlyReturn.objects.bulk_update(returns, ["editors"], batch_size=500)


def back_into_rows(apps, schema_editor):
    QuarterlyReturn = apps.get_model("indicators", "QuarterlyReturn")
    ReturnEditor = apps.get_model("indicators", "ReturnEditor")
    # When somebody first wrote is in the trail alone; the reversed table gets the moment of submission, or this one.
    now = timezone.now()
    rows = [
        ReturnEditor(quarterly_return_id=pk, user_id=int(user_id), first_at=submitted_at or now)
        for pk, editors, submitted_at in QuarterlyReturn.objects.values_list("pk", "editors", "submitted_at")
        for user_id in editors
    ]
    ReturnEditor.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0003_review_evidence_reminders")]

    operations = [migrations.RunPython(into_returns, back_into_rows)]
