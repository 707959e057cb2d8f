"""Columns that several tables share: the stored figure, and where a row of the plan comes from."""

from __future__ import annotations

from typing import Any

from django.db import models

from indicators.domain.numbers import MAX_DIGITS, STORED_DECIMALS


class FigureField(models.DecimalField):
    """A stored figure: at most 15 significant digits, since SQLite keeps decimals as floats (traps.md)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", MAX_DIGITS)
        kwargs.setdefault("decimal_places", STORED_DECIMALS)
        super().__init__(*args, **kwargs)


class Sourced(models.Model):
    """A row of the plan: the clause it comes from, and which of its columns are our own choice."""

    clause = models.CharField("出处", max_length=120, blank=True)
    derived = models.CharField("自定项", max_length=200, blank=True)

    class Meta:
        abstract = True
