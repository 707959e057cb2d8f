"""What a save of a return costs at the least: a form is read, its rows are written in one transaction."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from indicators.models import Entry


def save(request: HttpRequest, return_id: int) -> HttpResponse:
    rows = [
        Entry(quarterly_return_id=return_id, indicator_id=int(name), value=Decimal(str(text)))
        for name, text in request.POST.items()
    ]
    with transaction.atomic():
        Entry.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["quarterly_return", "indicator"],
            update_fields=["value", "note", "source"],
        )
    return HttpResponse("saved")


urlpatterns = [path("<int:return_id>/", save)]
