"""Changes a year's target: the plan's own figure gives way to one that a document has set (domain.md section 7)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from indicators.domain.numbers import STORED_DECIMALS, FigureError, format_plain, quantize
from indicators.models import Plan, Target, TargetChange
from indicators.services.audit import Act, record
from indicators.services.plans.checking import value_faults
from towns.access import can_run_office, is_in_city, require


class TargetChangeError(ValueError):
    """A change of a target that cannot be made; its message is a Chinese sentence."""


def change_target(
    target: Target, *, new: Decimal | None, reason: str, document: str, by: User, at: datetime
) -> TargetChange:
    """Set a target to another value, or to none, for a reason and by a document; returns the change.

    `target` is the row as the person saw it: when somebody has changed it since, this change is refused. From now
    on a reload of the plan leaves the target alone. Raises TargetChangeError, and PermissionDenied for anybody but
    the city's office.
    """
    plan = target.indicator.plan
    allowed = can_run_office(by) and is_in_city(by, plan.city.city_code)
    require(allowed, "只有本市联席会议办公室可以调整目标。")
    reason, document = reason.strip(), document.strip()
    _check(target, new, reason, document)
    with transaction.atomic():
        # The plan's row first: whoever loads the plan or changes another target holds it too.
        Plan.objects.filter(pk=plan.pk).update(revision=F("revision") + 1)
        held = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
        if held.value != target.value:
            raise TargetChangeError(f"目标已被他人改为 {_shown(held.value)}，请刷新后重新核对。")
        old = {"value": held.value, "document": held.document}
        held.value, held.document, held.is_amended, held.demonstration = new, document, True, False
        held.save(update_fields=["value", "document", "is_amended", "demonstration"])
        change = TargetChange.objects.create(
            target=held, old=old["value"], new=new, reason=reason, document=document, by=by, at=at
        )
        key = f"{target.indicator.code}/{target.area.code}/{target.year}"
        act = Act("调整目标", "年度目标", key, old, {"value": new, "document": document, "reason": reason})
        record(plan.code, act, by=by, at=at, city_code=plan.city.city_code)
    return change


def _check(target: Target, new: Decimal | None, reason: str, document: str) -> None:
    if not reason:
        raise TargetChangeError("请写明调整目标的理由。")
    if not document:
        raise TargetChangeError("请写明调整目标所依据的文件。")
    for word, written in (("reason", reason), ("document", document)):
        limit = TargetChange._meta.get_field(word).max_length
        if len(written) > limit:
            raise TargetChangeError(f"“{written[:20]}…”太长，最多 {limit} 个字。")
    if new is not None:
        _check_value(target, new)
    if new == target.value:
        raise TargetChangeError(f"目标本来就是 {_shown(new)}，没有变化。")


def _check_value(target: Target, new: Decimal) -> None:
    indicator = target.indicator
    try:
        quantize(new, STORED_DECIMALS)
    except FigureError as error:
        raise TargetChangeError(str(error)) from error
    faults = value_faults(
        new,
        decimals=indicator.decimals,
        unit=indicator.unit,
        percent_of_whole=indicator.percent_of_whole,
        signed=indicator.signed,
    )
    if sentences := list(faults):
        raise TargetChangeError(" ".join(sentences))


def _shown(value: Decimal | None) -> str:
    return "-" if value is None else format_plain(value)
