"""Stores the plan's targets, and leaves alone what people have changed since (domain.md section 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from indicators.domain.numbers import format_plain
from indicators.models import Target, TargetChange
from indicators.services.plans.rows import PlanRow
from indicators.services.plans.storing import (
    BATCH,
    Key,
    Stored,
    TableChange,
    assign,
    differences,
    write,
)
from indicators.services.plans.tables import TARGETS

RELOADED = "重新载入计划"


@dataclass(frozen=True, slots=True)
class Authority:
    """Who loads what, and on what grounds; with all of them a target that people have changed may be replaced."""

    by: User | None
    at: datetime
    source: str
    reason: str
    document: str

    @property
    def is_complete(self) -> bool:
        return bool(self.by and self.reason and self.document)


@dataclass
class _Outcome:
    old: dict[str, dict[str, Any]] = field(default_factory=dict)
    new: dict[str, dict[str, Any]] = field(default_factory=dict)
    written: list[Target] = field(default_factory=list)
    trail: list[TargetChange] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def store_targets(
    rows: Sequence[PlanRow], stored: Stored, authority: Authority
) -> tuple[TableChange, list[str]]:
    """Add and update the targets; returns the change, and a sentence for each target that was left alone.

    Where people have changed a target since, the load's other figure counts only with who, why and by which
    document; the target then stays marked as changed by people.
    """
    existing: dict[Key, Target] = stored.objects(TARGETS)
    given = {stored.key_of(TARGETS, row): row for row in rows}
    plan_document = stored.plan.document
    missing = [row for key, row in given.items() if key not in existing]
    Target.objects.bulk_create(
        [stored.build(TARGETS, row, document=plan_document) for row in missing], batch_size=BATCH
    )
    outcome = _Outcome()
    for key, row in given.items():
        if key in existing:
            fields = stored.fields(TARGETS, row)
            _update(existing[key], fields, stored.name(TARGETS, key), plan_document, authority, outcome)
    write(TARGETS, outcome.written, {column for values in outcome.new.values() for column in values})
    TargetChange.objects.bulk_create(outcome.trail, batch_size=BATCH)
    left = [
        stored.name(TARGETS, key)
        for key, target in existing.items()
        if key not in given and not target.demonstration
    ]
    change = TableChange(TARGETS, len(rows), len(missing), outcome.old, outcome.new, left)
    return change, outcome.kept


def _update(
    target: Target,
    fields: dict[str, Any],
    name: str,
    plan_document: str,
    authority: Authority,
    outcome: _Outcome,
) -> None:
    held, value = target.value, fields["value"]
    moves = held != value
    if moves and target.is_amended and not authority.is_complete:
        outcome.kept.append(
            f"{name}：人工调整后为 {_shown(held)}（依据：{target.document or '未注明'}），"
            f"本次文件为 {_shown(value)}，保留不变。"
        )
        return
    fields["demonstration"] = False
    if moves and authority.is_complete:
        fields |= {"document": authority.document, "is_amended": True}
    elif not target.is_amended:
        fields["document"] = plan_document
    outcome.old[name], outcome.new[name] = differences(target, fields)
    if not outcome.new[name]:
        del outcome.old[name], outcome.new[name]
        return
    outcome.written.append(assign(target, outcome.new[name]))
    if moves and authority.by:
        outcome.trail.append(
            TargetChange(
                target=target,
                old=held,
                new=value,
                reason=authority.reason or RELOADED,
                document=authority.document or plan_document,
                by=authority.by,
                at=authority.at,
            )
        )


def _shown(value: Any) -> str:
    return "-" if value is None else format_plain(value)
