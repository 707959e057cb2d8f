"""佐证材料: handing files in with a return, and taking them out again, while the return may be edited.

A file of the unit's own does not move the return's version. The version guards figures and texts: were it moved, a
colleague's open form, or one's own above the list of files, would be stale and its next save refused. Files need no
such guard, since nobody writes over one: they are added and removed one by one under the return's lock, and no decision
passes them by, for they stand still from submitting on. So a return that the unit's file begins is stored with the
version of one that nobody has begun, and whoever types into it saves as the first.

A file of the office's in the unit's name (代填) does move it, as figures do: such a return may be approved unsubmitted,
and whoever approves names the version that they looked at, files and all.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from indicators.choices import FilingAct
from indicators.domain.evidence import MAX_FILES
from indicators.models import Evidence, EvidenceContent, Period, QuarterlyReturn
from indicators.services.filing.acts import (
    begin_and_hold,
    editors_with,
    hold_with_dates,
    move,
    record_return,
    refuse_unless_free,
    standing_now,
)
from indicators.services.filing.evidence_content import inspect
from indicators.services.filing.refusals import FilingError
from towns.access import can_fill_return, require
from towns.models import Unit

FULL = f"一张季报表最多附 {MAX_FILES} 个文件，请先删去不需要的，或合并成一个文件。"


@dataclass(frozen=True, slots=True)
class AddedEvidence:
    """A file as it is kept; `is_new` is False where the return had the same content already."""

    evidence: Evidence
    is_new: bool


def add_evidence(
    period: Period, *, unit: Unit, name: str, data: bytes, by: User, at: datetime
) -> AddedEvidence:
    """Hand a file in with the unit's return, which is begun where there is none.

    The same content a second time has no effect. Whoever hands in has had a hand in the return: they may not
    approve it.
    Raises FilingError (a file that is not accepted, too many, a return that cannot be edited), AlreadyDoneError,
    PermissionDenied.
    """
    require(can_fill_return(by, unit), "只能填报本单位的季报表。")
    name, kind = inspect(name, data)
    told = {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    with transaction.atomic():
        (held,) = begin_and_hold([(period, unit)])
        is_own = _refuse_unless_editing(held, by=by, at=at)
        there = list(held.evidence.order_by("pk"))
        if same := [file for file in there if file.sha256 == told["sha256"]]:
            return AddedEvidence(same[0], is_new=False)
        if len(there) >= MAX_FILES:
            raise FilingError(FULL)
        _name_as_editor(held, by, is_own_unit=is_own)
        evidence = Evidence.objects.create(
            quarterly_return=held, media_type=kind.media_type, uploaded_by=by, uploaded_at=at, **told
        )
        EvidenceContent.objects.create(evidence=evidence, data=data)
        record_return(FilingAct.ADD_EVIDENCE, held, {}, told, by=by, at=at)
    return AddedEvidence(evidence, is_new=True)


def remove_evidence(evidence: Evidence, *, by: User, at: datetime) -> bool:
    """Take a file out of its return for good; the trail keeps its name, size and hash. False: it was out already.

    Raises FilingError when the return cannot be edited, AlreadyDoneError, PermissionDenied.
    """
    with transaction.atomic():
        held = hold_with_dates(evidence.quarterly_return)
        is_own = _refuse_unless_editing(held, by=by, at=at)
        now = held.evidence.filter(pk=evidence.pk).first()
        if now is None:
            return False
        _name_as_editor(held, by, is_own_unit=is_own)
        told = {"name": now.name, "size": now.size, "sha256": now.sha256}
        now.delete()
        record_return(FilingAct.REMOVE_EVIDENCE, held, told, {}, by=by, at=at)
    return True


def _refuse_unless_editing(held: QuarterlyReturn, *, by: User, at: datetime) -> bool:
    """Refuse who may not edit the return now; answer whether it is their own unit's."""
    standing = standing_now(held, by=by, at=at)
    refuse_unless_free(standing.may_edit(), held)
    return standing.is_own_unit


def _name_as_editor(held: QuarterlyReturn, by: User, *, is_own_unit: bool) -> None:
    """Note who had a hand in the return, as a save of figures does, under the lock that is held."""
    editors = editors_with(held, by)
    if is_own_unit:
        # A return that the unit has a hand in is no longer an import's, which could be imported over.
        QuarterlyReturn.objects.filter(pk=held.pk).update(editors=editors, source="")
    else:
        move(held, version=held.version, editors=editors, filled_for_unit=True)
