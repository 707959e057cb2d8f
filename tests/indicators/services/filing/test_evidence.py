"""Evidence: who hands it in, when, and what it leaves behind; told of 小榄镇 in 2015Q2."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection

from indicators.choices import FilingAct, ReturnState
from indicators.models import AuditEvent, Entry, Evidence, EvidenceContent, Period, Plan, QuarterlyReturn
from indicators.services import filing
from indicators.services.audit import verify_chains
from indicators.services.filing import NOT_BEGUN, AlreadyDoneError, FilingError, StaleReturnError, Typed
from tests.evidence_files import DOCX, PDF, PNG
from tests.indicators.filing_steps import approved, at, filled, opened, saved, submitted
from tests.people import unit

EVIDENCE_ACTS = (FilingAct.ADD_EVIDENCE, FilingAct.REMOVE_EVIDENCE)


@pytest.fixture
def quarter(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office, closes_on=date(2015, 7, 31))


def added(
    period: Period,
    by: User,
    name: str = "合同.pdf",
    data: bytes = PDF,
    *,
    unit_code: str = "xiaolan",
    day: int = 8,
) -> Evidence:
    return filing.add_evidence(period, unit=unit(unit_code), name=name, data=data, by=by, at=at(day)).evidence


def evidence_events() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(act__in=EVIDENCE_ACTS).order_by("sequence"))


def test_a_file_is_kept_byte_for_byte_with_its_event(quarter: Period, xiaolan: User) -> None:
    file = added(quarter, xiaolan, "C:\\台账\\合同.pdf")
    kept = Evidence.objects.select_related("content").get()
    assert bytes(kept.content.data) == PDF
    assert (kept.name, kept.media_type, kept.size) == ("合同.pdf", "application/pdf", len(PDF))
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (kept.uploaded_by, kept.uploaded_at) == (xiaolan, at(8))
    [event] = evidence_events()
    assert (event.act, event.object_kind, event.object_key) == ("上传佐证材料", "季报表", "2015Q2/xiaolan")
    assert event.new == {"name": "合同.pdf", "size": len(PDF), "sha256": file.sha256}
    assert (event.old, event.actor) == ({}, xiaolan)
    assert list(verify_chains()) == []


def test_the_first_file_begins_the_return_as_a_draft_nobody_has_typed_into(
    quarter: Period, xiaolan: User
) -> None:
    filed = added(quarter, xiaolan).quarterly_return
    filed.refresh_from_db()
    assert (filed.state, filed.version, filed.filled_for_unit) == (ReturnState.DRAFT, NOT_BEGUN, False)
    assert filed.editor_units == {xiaolan.pk: unit("xiaolan").pk}


def test_a_form_opened_before_a_file_came_is_saved_all_the_same(quarter: Period, xiaolan: User) -> None:
    """The page of a return that nobody has begun carries version 0, and so does one whose only content is a file."""
    added(quarter, xiaolan)
    first = filing.save_return(
        quarter,
        unit=unit("xiaolan"),
        version=NOT_BEGUN,
        figures=filled(quarter, "xiaolan"),
        by=xiaolan,
        at=at(8),
    )
    assert first.version == 1
    added(quarter, xiaolan, "照片.png", PNG)
    second = filing.save_draft(
        quarter,
        unit=unit("xiaolan"),
        version=1,
        figures={"upgraded-firms": Typed("9", "")},
        by=xiaolan,
        at=at(8),
    )
    assert second.filed.version == 2
    assert QuarterlyReturn.objects.get().evidence.count() == 2
    assert str(Entry.objects.get(indicator__code="upgraded-firms").value.normalize()) == "9"


def test_two_who_begin_by_a_file_and_by_figures_still_find_out_about_each_other(
    quarter: Period, xiaolan: User
) -> None:
    added(quarter, xiaolan)
    home = {"unit": unit("xiaolan"), "by": xiaolan, "at": at(8)}
    filing.save_return(quarter, version=NOT_BEGUN, figures={"upgraded-firms": Typed("9", "")}, **home)
    with pytest.raises(StaleReturnError):
        filing.save_return(quarter, version=NOT_BEGUN, figures={"upgraded-firms": Typed("8", "")}, **home)


def test_the_same_content_twice_has_one_effect(quarter: Period, xiaolan: User) -> None:
    first = added(quarter, xiaolan)
    again = filing.add_evidence(
        quarter, unit=unit("xiaolan"), name="又一份.pdf", data=PDF, by=xiaolan, at=at(9)
    )
    assert (again.evidence, again.is_new) == (first, False)
    assert [file.name for file in Evidence.objects.all()] == ["合同.pdf"]
    assert len(evidence_events()) == 1


def test_another_return_may_hold_the_same_content(quarter: Period, xiaolan: User, guzhen: User) -> None:
    added(quarter, xiaolan)
    added(quarter, guzhen, unit_code="guzhen")
    assert Evidence.objects.count() == EvidenceContent.objects.count() == 2


def test_the_eleventh_file_is_refused_and_the_ten_stay(quarter: Period, xiaolan: User) -> None:
    for number in range(10):
        added(quarter, xiaolan, f"{number}.pdf", PDF + bytes([number]))
    with pytest.raises(FilingError, match="最多附 10 个文件"):
        added(quarter, xiaolan, "又一份.pdf", PDF)
    assert Evidence.objects.count() == len(evidence_events()) == 10
    # One of the ten once more is no eleventh.
    assert added(quarter, xiaolan, "0.pdf", PDF + bytes([0])).name == "0.pdf"


def test_a_file_that_is_not_accepted_begins_no_return(quarter: Period, xiaolan: User) -> None:
    with pytest.raises(FilingError, match="与扩展名不符"):
        added(quarter, xiaolan, "合同.pdf", b"<html>")
    assert not QuarterlyReturn.objects.exists()
    assert evidence_events() == []


def test_a_removed_file_is_gone_and_the_trail_keeps_what_it_was(quarter: Period, xiaolan: User) -> None:
    file = added(quarter, xiaolan)
    assert filing.remove_evidence(file, by=xiaolan, at=at(9)) is True
    assert not Evidence.objects.exists()
    assert not EvidenceContent.objects.exists()
    event = evidence_events()[-1]
    assert (event.act, event.new) == ("删除佐证材料", {})
    assert event.old == {"name": "合同.pdf", "size": len(PDF), "sha256": file.sha256}
    assert filing.remove_evidence(file, by=xiaolan, at=at(9)) is False
    assert len(evidence_events()) == 2


def test_nobody_else_hands_in_for_a_unit(
    quarter: Period,
    xiaolan: User,
    guzhen: User,
    leader: User,
    auditor: User,
    outsider: User,
    admin_account: User,
) -> None:
    file = added(quarter, xiaolan)
    for other in (guzhen, leader, auditor, outsider, admin_account):
        with pytest.raises(PermissionDenied):
            added(quarter, other, "照片.png", PNG)
        with pytest.raises(PermissionDenied):
            filing.remove_evidence(file, by=other, at=at(9))
    assert Evidence.objects.count() == 1


def test_the_office_does_not_touch_the_files_of_a_return_that_the_unit_writes_in(
    quarter: Period, office: User, xiaolan: User
) -> None:
    file = added(quarter, xiaolan)
    with pytest.raises(FilingError, match="只能由本单位修改"):
        added(quarter, office, "照片.png", PNG)
    with pytest.raises(FilingError, match="只能由本单位修改"):
        filing.remove_evidence(file, by=office, at=at(9))


def test_the_office_hands_in_for_a_unit_that_has_written_nothing_and_may_go_on(
    quarter: Period, office: User, second_office: User
) -> None:
    """代填 begun by a file: the second officer may still fill in, and whoever handed in may not approve."""
    added(quarter, office)
    added(quarter, second_office, "照片.png", PNG)
    draft = saved(quarter, "xiaolan", second_office)
    assert draft.filled_for_unit
    with pytest.raises(PermissionDenied, match="不能审定自己填写或修改过的"):
        filing.approve_return(draft, version=draft.version, by=office, at=at(9))


@pytest.mark.parametrize("act", ["adds", "removes"])
def test_nobody_approves_files_that_they_have_not_seen(
    quarter: Period, office: User, second_office: User, act: str
) -> None:
    """代填 is approved unsubmitted: one officer looks at it while the other still hands files in."""
    saved(quarter, "xiaolan", office)
    file = added(quarter, office)
    seen = QuarterlyReturn.objects.get()
    if act == "adds":
        added(quarter, office, "照片.png", PNG)
    else:
        filing.remove_evidence(file, by=office, at=at(9))
    with pytest.raises(StaleReturnError):
        filing.approve_return(seen, version=seen.version, by=second_office, at=at(9))
    now = QuarterlyReturn.objects.get()
    assert now.version == seen.version + 1
    done = filing.approve_return(now, version=now.version, by=second_office, at=at(9))
    assert done.state == ReturnState.APPROVED


def test_the_offices_form_opened_before_its_file_came_hears_of_the_version_alone(
    quarter: Period, office: User
) -> None:
    """Its page sends again over the version that it is told: nothing that was typed is lost or has to be chosen."""
    draft = saved(quarter, "xiaolan", office)
    added(quarter, office)
    typed = {"upgraded-firms": Typed("9", "")}
    send = partial(filing.save_draft, quarter, unit=unit("xiaolan"), figures=typed, by=office, at=at(9))
    with pytest.raises(StaleReturnError) as refusal:
        send(version=draft.version)
    assert refusal.value.version == draft.version + 1
    assert [(row.code, row.saved) for row in refusal.value.conflicts] == [
        ("upgraded-firms", "（空）；说明：本季尚无数据")
    ]
    assert send(version=refusal.value.version).version == draft.version + 2


def test_a_file_sent_twice_by_the_office_moves_the_version_once(quarter: Period, office: User) -> None:
    added(quarter, office)
    added(quarter, office)
    assert QuarterlyReturn.objects.get().version == 1


def test_whoever_removes_a_file_has_had_a_hand_in_the_return_too(
    quarter: Period, office: User, second_office: User
) -> None:
    saved(quarter, "xiaolan", office)
    file = added(quarter, office)
    filing.remove_evidence(file, by=second_office, at=at(9))
    held = QuarterlyReturn.objects.get()
    with pytest.raises(PermissionDenied, match="不能审定自己填写或修改过的"):
        filing.approve_return(held, version=held.version, by=second_office, at=at(9))


@pytest.mark.parametrize("decided", [False, True])
def test_what_is_handed_in_or_approved_stands_still(
    quarter: Period, office: User, xiaolan: User, decided: bool
) -> None:
    file = added(quarter, xiaolan)
    if decided:
        approved(quarter, "xiaolan", xiaolan, office)
    else:
        submitted(quarter, "xiaolan", xiaolan)
    with pytest.raises(AlreadyDoneError):
        added(quarter, xiaolan, "照片.png", PNG)
    with pytest.raises(AlreadyDoneError):
        filing.remove_evidence(file, by=xiaolan, at=at(10))
    assert Evidence.objects.count() == 1


def test_a_return_given_back_takes_files_again(quarter: Period, office: User, xiaolan: User) -> None:
    added(quarter, xiaolan)
    waiting = submitted(quarter, "xiaolan", xiaolan)
    filing.send_back_return(waiting, version=waiting.version, reason="请附合同", by=office, at=at(9))
    added(quarter, xiaolan, "说明.docx", DOCX, day=10)
    assert [file.name for file in QuarterlyReturn.objects.get().evidence.all()] == ["合同.pdf", "说明.docx"]


def test_files_come_only_while_the_quarter_is_open_to_the_unit(
    quarter: Period, office: User, xiaolan: User
) -> None:
    with pytest.raises(FilingError, match="已关闭"):
        filing.add_evidence(
            quarter, unit=unit("xiaolan"), name="合同.pdf", data=PDF, by=xiaolan, at=at(1, month=8)
        )
    filing.reopen_return(quarter, unit=unit("xiaolan"), until=date(2015, 8, 10), by=office, at=at(5, month=8))
    filing.add_evidence(
        quarter, unit=unit("xiaolan"), name="合同.pdf", data=PDF, by=xiaolan, at=at(6, month=8)
    )
    assert Evidence.objects.count() == 1


def test_the_office_let_a_unit_in_and_then_fills_in_for_it(quarter: Period, office: User) -> None:
    """A return begun by reopening has no editor; a file of the office in it is 代填 too."""
    filing.reopen_return(quarter, unit=unit("xiaolan"), until=date(2015, 8, 10), by=office, at=at(5, month=8))
    for number, data in enumerate((PDF, PNG)):
        name = ("合同.pdf", "照片.png")[number]
        filing.add_evidence(quarter, unit=unit("xiaolan"), name=name, data=data, by=office, at=at(6, month=8))
    assert QuarterlyReturn.objects.get().filled_for_unit


@pytest.mark.django_db(transaction=True)
def test_people_who_hand_in_at_the_same_moment_begin_one_return_and_never_pass_the_limit(
    zhongshan: Plan, office: User, xiaolan: User
) -> None:
    """Twelve files at once into a return that nobody has begun, while its figures are saved for the first time."""
    period = opened(zhongshan, office)
    start = threading.Barrier(13)
    refused: list[str] = []

    def hand_in(number: int) -> None:
        start.wait()
        added(period, xiaolan, f"{number}.pdf", PDF + bytes([number]))

    def save() -> None:
        start.wait()
        filing.save_return(
            period,
            unit=unit("xiaolan"),
            version=NOT_BEGUN,
            figures=filled(period, "xiaolan"),
            by=xiaolan,
            at=at(8),
        )

    def run(act: Callable[[], None]) -> None:
        try:
            act()
        except FilingError as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    acts = [save, *(partial(hand_in, number) for number in range(12))]
    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    filed = QuarterlyReturn.objects.get()
    assert (filed.version, filed.evidence.count(), filed.entries.count()) == (1, 10, 11)
    assert [said[:14] for said in refused] == ["一张季报表最多附 10 个文"] * 2
    assert list(verify_chains()) == []
