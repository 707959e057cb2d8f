"""What an event changed, in words: one line a thing, old and new, with names in place of codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils import timezone

from indicators.choices import ReturnState
from indicators.domain.history import TEXTS
from indicators.models import (
    Alias,
    AuditEvent,
    Baseline,
    Category,
    Indicator,
    KeyTask,
    KeyTaskUnit,
    Milestone,
    Period,
    Plan,
    PlanNote,
    QuarterlyReturn,
    Target,
)
from indicators.queries.trail.names import Names
from towns.choices import Role
from towns.models import Area, Unit

BLANK, NONE = "（空）", "（无）"
SHOWN_LINES, SHOWN_LENGTH, SHORT = 3, 120, 24
"""So many lines, of so many characters together, are shown unfolded; folded, so long a line stands for itself."""
LABELS = {
    **{name: str(QuarterlyReturn._meta.get_field(name).verbose_name) for name in TEXTS},
    "state": "状态",
    "reason": "理由",
    "reopened_until": "重新开放至",
    "review_begun_at": "开始审核时间",
    "opens_on": "开放日期",
    "due_on": "截止日期",
    "closes_on": "关闭日期",
    "published_at": "定稿时间",
    "without_approved_return": "尚未审定的单位",
    "source": "来源",
    "sources": "来源",
    "document": "依据",
    "value": "目标值",
    "number": "文号",
    "issuer": "发文单位",
    "issued_on": "成文日期",
    "has_red_head": "红头",
    "full_sha256": "全本散列",
    "towns_sha256": "镇区本散列",
    "name": "文件名",
    "size": "字节数",
    "sha256": "文件散列",
    "added": "新增",
    "username": "账号",
    "usernames": "账号",
    "full_name": "姓名",
    "is_active": "启用",
    "role": "角色",
    "city": "所属市",
    "unit": "所在单位",
}
TABLES: Mapping[str, type[Model]] = {
    "plan": Plan,
    "areas": Area,
    "units": Unit,
    "categories": Category,
    "indicators": Indicator,
    "aliases": Alias,
    "baselines": Baseline,
    "targets": Target,
    "notes": PlanNote,
    "tasks": KeyTask,
    "task_units": KeyTaskUnit,
    "milestones": Milestone,
    "periods": Period,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that an event tells; `old` is empty where it tells no earlier state."""

    label: str
    old: str
    new: str


def lines_of(event: AuditEvent, names: Names) -> tuple[Line, ...]:
    """Everything that the event tells, in its own order; what is the same before and after is left out."""
    told = [key for key in {**event.old, **event.new} if key not in ("figures", "actuals", "differences")]
    plan = event.chain.name
    lines = [
        *_figures(event, "figures", "", plan, names),
        *_figures(event, "actuals", "采用数：" if "figures" in event.new else "", plan, names),
        *_differences(event, plan, names),
        *(line for key in told for line in _lines(key, event.old.get(key), event.new.get(key), names)),
    ]
    return tuple(replace(line, new=line.new or NONE) for line in lines if line.old != line.new)


def label_of(key: str) -> str:
    """What a part of an event is called."""
    return LABELS.get(key, key)


def fold(lines: tuple[Line, ...]) -> str:
    """What stands for the lines while they are folded; empty where they are few and short."""
    if len(lines) <= SHOWN_LINES and sum(len(line.old) + len(line.new) for line in lines) <= SHOWN_LENGTH:
        return ""
    first = "、".join(_short(line) for line in lines[:SHOWN_LINES])
    return f"{len(lines)} 项：{first}{'等' if len(lines) > SHOWN_LINES else ''}"


def _short(line: Line) -> str:
    """The line where it is short, else what it is about."""
    if len(line.old) + len(line.new) > SHORT:
        return line.label
    return f"{line.label} {line.new}" if line.old in ("", BLANK) else f"{line.label} {line.old} → {line.new}"


def _figures(event: AuditEvent, key: str, prefix: str, plan: str, names: Names) -> Iterator[Line]:
    """Figures and notes by indicator, as they were typed, imported or taken over."""
    old, new = _dict(event.old.get(key)), _dict(event.new.get(key))
    for code in {**old, **new}:
        before, after = _figure_and_note(old.get(code)), _figure_and_note(new.get(code))
        yield Line(prefix + names.figure(plan, code), figure_words(before[0]), figure_words(after[0]))
        if before[1] or after[1]:
            yield Line(f"{names.indicator(plan, code)} 说明", before[1] or BLANK, after[1] or BLANK)


def _differences(event: AuditEvent, plan: str, names: Names) -> Iterator[Line]:
    """Differences between the towns' sum and the city's figure, and how the office explains them."""
    old, new = _dict(event.old.get("differences")), _dict(event.new.get("differences"))
    for code in {**old, **new}:
        name, before, after = names.indicator(plan, code), _dict(old.get(code)), _dict(new.get(code))
        yield Line(f"{name} 差额", _if_told(before, "difference"), figure_words(after.get("difference")))
        yield Line(f"{name} 差额说明", str(before.get("text") or ""), str(after.get("text") or BLANK))


def _lines(key: str, old: Any, new: Any, names: Names) -> Iterator[Line]:
    if key in TABLES and (isinstance(old, dict) or isinstance(new, dict)):
        yield from _rows(TABLES[key], _dict(old), _dict(new))
    else:
        yield Line(label_of(key), _words(key, old, names), _words(key, new, names))


def _rows(model: type[Model], old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Line]:
    """The changed columns of a plan's rows."""
    noun = str(model._meta.verbose_name)
    for row in {**old, **new}:
        before, after = _dict(old.get(row)), _dict(new.get(row))
        for column in {**before, **after}:
            label = f"{noun} {row} {_column(model, column)}"
            yield Line(label, words_of(before.get(column)), words_of(after.get(column)))


def _column(model: type[Model], column: str) -> str:
    try:
        return str(model._meta.get_field(column).verbose_name)  # type: ignore[union-attr]
    except (FieldDoesNotExist, AttributeError):
        return column


def _words(key: str, value: Any, names: Names) -> str:
    """A value as people read it; empty for one that is not told."""
    if key == "state" and value in ReturnState.values:
        return str(ReturnState(value).label)
    if key == "role" and value in Role.values:
        return str(Role(value).label)
    if key == "unit" and value:
        return names.units.get(value, str(value))
    if key == "city" and value:
        return names.areas.get(value, str(value))
    if key == "without_approved_return" and isinstance(value, list):
        return "、".join(names.units.get(code, str(code)) for code in value) or NONE
    if key == "added":
        return "，".join(f"{_noun(table)} {number}" for table, number in _dict(value).items())
    if key == "value":
        return NONE if value is None else figure_words(value)
    return words_of(value)


def _noun(table: str) -> str:
    return str(TABLES[table]._meta.verbose_name) if table in TABLES else table


def words_of(value: Any) -> str:
    """A value that needs no name: a day, a moment, yes or no, a list, a text; empty for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(words_of, value)) or NONE
    if isinstance(value, dict):
        return "，".join(f"{key} {words_of(one)}" for key, one in value.items())
    return _moment(value) if isinstance(value, str) else str(value)


def _moment(text: str) -> str:
    """A day or a moment in Shanghai's words; any other text as it is, （空） for none."""
    try:
        if len(text) == len("2015-04-01"):
            day = date.fromisoformat(text)
            return f"{day.year}年{day.month}月{day.day}日"
        if len(text) > len("2015-04-01") and text[10] == "T":
            at = timezone.localtime(datetime.fromisoformat(text))
            return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"
    except ValueError:
        pass
    return text or BLANK


def figure_words(value: Any) -> str:
    """A figure in its own digits, thousands separated; （空） for none."""
    try:
        return f"{Decimal(str(value)):,f}" if value not in ("", None) else BLANK
    except (InvalidOperation, ValueError):
        return str(value)


def _figure_and_note(told: Any) -> tuple[Any, str]:
    if isinstance(told, dict):
        return told.get("value", ""), str(told.get("note", ""))
    return told, ""


def _if_told(content: Mapping[str, Any], key: str) -> str:
    return figure_words(content[key]) if key in content else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
