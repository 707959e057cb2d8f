"""What the codes in a city's trail are called, read once for any number of events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from indicators.choices import ObjectKind
from indicators.domain.periods import Quarter
from indicators.models import AuditEvent, Indicator, Plan
from towns.models import Area, Unit


@dataclass(frozen=True, slots=True)
class Names:
    """Names by code: of the city's units, areas and plans; of indicators, with their units, by (plan code, code)."""

    units: Mapping[str, str]
    areas: Mapping[str, str]
    plans: Mapping[str, str]
    indicators: Mapping[tuple[str, str], tuple[str, str]]

    def indicator(self, plan: str, code: str) -> str:
        return self.indicators.get((plan, code), (code, ""))[0]

    def figure(self, plan: str, code: str) -> str:
        """The indicator as the heading of its figures: 工业投资（亿元）."""
        name, unit = self.indicators.get((plan, code), (code, ""))
        return f"{name}（{unit}）" if unit else name

    def object_of(self, event: AuditEvent) -> str:
        """What the event is about, in words: "小榄镇 2015年第二季度"; the key itself where it names nothing known."""
        key = event.object_key
        parts = key.split("/")
        if event.object_kind == ObjectKind.RETURN and len(parts) == 2:
            return f"{self.units.get(parts[1], parts[1])} {quarter_words(parts[0])}"
        if event.object_kind == ObjectKind.PERIOD:
            return quarter_words(key)
        if event.object_kind == ObjectKind.TARGET and len(parts) == 3:
            indicator, area, year = parts
            name = self.indicator(event.chain.name, indicator)
            return f"{name} {self.areas.get(area, area)} {year}年"
        return self.plans.get(key, key)

    def address_of(self, event: AuditEvent) -> str:
        """The page of what the event is about, as far as the auditor may open it; empty for none."""
        parts = event.object_key.split("/")
        plan = {"plan": event.chain.name} if len(self.plans) > 1 else {}
        if event.object_kind == ObjectKind.RETURN and len(parts) == 2 and parts[1] in self.units:
            return _with(reverse("return", args=parts), plan)
        if event.object_kind == ObjectKind.PERIOD:
            return _with(reverse("returns"), {**plan, "period": event.object_key})
        if event.object_kind == ObjectKind.TARGET and (event.chain.name, parts[0]) in self.indicators:
            return _with(reverse("indicator", args=parts[:1]), plan)
        if event.object_key in self.plans:
            return _with(reverse("plan"), plan)
        return ""


def load_names(city: Area) -> Names:
    """The names of a city's units, areas, plans and indicators; four queries."""
    plans = dict(Plan.objects.filter(city=city).order_by("-first_year", "code").values_list("code", "name"))
    indicators = Indicator.objects.filter(plan__city=city).order_by()
    rows = indicators.values_list("plan__code", "code", "name", "unit")
    return Names(
        units=dict(Unit.objects.of_city(city).order_by("order").values_list("code", "name")),
        areas=dict(Area.objects.of_city(city).order_by("order").values_list("code", "name")),
        plans=plans,
        indicators={(plan, code): (name, unit) for plan, code, name, unit in rows},
    )


def quarter_words(code: str) -> str:
    """2015年第二季度; the code itself where it is no quarter."""
    try:
        return Quarter.parse(code).label
    except ValueError:
        return code


def _with(address: str, query: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(query)}" if query else address
