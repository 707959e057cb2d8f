"""What of the trail is asked for: one condition a field, all of them together."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from indicators.choices import FilingAct, ObjectKind, PeriodAct
from indicators.models.audit import AuditEventQuerySet

ACTS = (
    *FilingAct,
    *PeriodAct,
    "载入计划",
    "调整目标",
    "开设账号",
    "变更账号",
    "重设密码",
    "载入演示数据",
    "开设演示账号",
)

WRITTEN = ("old", "new")


@dataclass(frozen=True, slots=True)
class Asked:
    """Conditions on events, empty for none. `since` and `until` are days of the city, both inclusive.

    `quarter` and `unit` are codes; `object` is a whole key ("2015Q2/xiaolan"); `text` stands somewhere in the object,
    in the person's account or name, or in what was written: a figure, a note, a reason, an indicator by its name.
    """

    act: str = ""
    person: str = ""
    kind: str = ""
    object: str = ""
    quarter: str = ""
    unit: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The conditions as an address carries them."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: str(value) for name, value in told.items() if value}

    def words(self, units: Mapping[str, str], quarters: Mapping[str, str]) -> str:
        """The conditions as people read them; empty for none."""
        told = {
            "行为": self.act,
            "经办人": self.person,
            "对象类别": self.kind,
            "对象": self.object,
            "季度": quarters.get(self.quarter, self.quarter),
            "单位": units.get(self.unit, self.unit),
            "自": f"{self.since:%Y-%m-%d}" if self.since else "",
            "至": f"{self.until:%Y-%m-%d}" if self.until else "",
            "含": self.text,
        }
        return "，".join(f"{label} {value}" for label, value in told.items() if value)

    def address(self, **more: str) -> str:
        """The query string of these conditions, and more."""
        return "?" + urlencode({**self.query, **more})

    def but(self, **changes: str) -> str:
        """The query string of these conditions with some of them changed."""
        return replace(self, **changes).address()


def matching(
    events: AuditEventQuerySet,
    asked: Asked,
    *,
    people: Mapping[str, str],
    units: Mapping[str, str],
    quarters: Collection[str],
    indicators: Mapping[str, str],
) -> AuditEventQuerySet:
    """The events that meet every condition.

    `people` {account: name}, `units` and `indicators` {code: name} of the city are searched by name; `quarters` are
    its plans'.
    """
    exactly = {"act": asked.act, "object_kind": asked.kind, "object_key": asked.object}
    found = events.filter(**{name: value for name, value in exactly.items() if value})
    if asked.quarter or asked.unit:
        found = found.filter(_about(asked.quarter, asked.unit, quarters))
    if asked.person:
        named = [account for account, name in people.items() if name == asked.person]
        found = found.filter(actor_name__in=[asked.person, *named])
    if asked.since:
        found = found.filter(at__gte=_midnight(asked.since))
    if asked.until:
        found = found.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    if asked.text:
        written = {name: Cast(name, TextField()) for name in WRITTEN}
        about = _holds(asked.text, people, units, quarters) | _writes(asked.text, indicators)
        found = found.alias(**{f"{name}_text": cast for name, cast in written.items()}).filter(about)
    return found


def _about(quarter: str, unit: str, quarters: Collection[str]) -> Q:
    """What was done in a quarter, by whomever; to a unit's returns and targets; or both."""
    if quarter and unit:
        return Q(object_key=f"{quarter}/{unit}")
    if quarter:
        return Q(object_key=quarter) | Q(object_key__startswith=f"{quarter}/")
    return _returns_of([unit], quarters) | _targets(f"/{unit}/")


def _holds(text: str, people: Mapping[str, str], units: Mapping[str, str], quarters: Collection[str]) -> Q:
    """The text in the object's key or the account, or in what these are called."""
    meant = [code for code, name in units.items() if text in name]
    named = [account for account, name in people.items() if text in name]
    return (
        Q(object_key__icontains=text)
        | Q(actor_name__icontains=text)
        | Q(actor_name__in=named)
        | _returns_of(meant, quarters)
        | _targets(*(f"/{code}/" for code in meant))
    )


def _writes(text: str, indicators: Mapping[str, str]) -> Q:
    """The text in what was written before or after, or an indicator's code there whose name holds it."""
    codes = [code for code, name in indicators.items() if text in name]
    # PostgreSQL keeps JSON in plain characters, SQLite with other than Latin ones escaped.
    spellings = {text, json.dumps(text)[1:-1], *(f'"{code}"' for code in codes)}
    holding = [(f"{name}_text__contains", spelling) for name in WRITTEN for spelling in sorted(spellings)]
    return Q(*holding, _connector=Q.OR) | _targets(*(f"{code}/" for code in codes))


def _returns_of(units: Collection[str], quarters: Collection[str]) -> Q:
    keys = [f"{quarter}/{unit}" for unit in units for quarter in quarters]
    return Q(object_kind=ObjectKind.RETURN, object_key__in=keys)


def _targets(*parts: str) -> Q:
    """Changes of targets with one of these in their key, 指标/镇区/年; none for no parts."""
    held = Q(*(("object_key__contains", part) for part in parts), _connector=Q.OR)
    return Q(held, object_kind=ObjectKind.TARGET) if parts else Q(pk__in=[])


def _midnight(day: date) -> datetime:
    """When the day begins in the city."""
    return timezone.make_aware(datetime.combine(day, time.min))
