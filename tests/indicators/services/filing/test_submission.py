"""Submitting: errors block, doubts want a note, the server's day decides; and taking it back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from indicators.models import AuditEvent, Period, Plan, QuarterlyReturn
from indicators.services import filing
from indicators.services.filing import (
    AlreadyDoneError,
    FilingError,
    OpenFindingsError,
    StaleReturnError,
    Typed,
)
from tests.indicators.filing_steps import approved, at, filled, opened, saved, submitted
from tests.people import account, unit
from towns.choices import Role


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office, closes_on=date(2015, 7, 31))


def what_blocks(period: Period, by: User, **typed: Typed) -> dict[str, list[str]]:
    """The codes of what stands in the way of 小榄镇's return with these rows, {indicator code: codes}."""
    figures = filled(period, "xiaolan") | {code.replace("_", "-"): row for code, row in typed.items()}
    before = QuarterlyReturn.objects.filter(period=period, unit=unit("xiaolan")).first()
    version = before.version if before else filing.NOT_BEGUN
    draft = filing.save_return(
        period, unit=unit("xiaolan"), version=version, figures=figures, by=by, at=at(8)
    )
    try:
        filing.submit_return(draft, version=draft.version, by=by, at=at(8))
    except OpenFindingsError as refusal:
        return {code: [finding.code for finding in found] for code, found in refusal.findings.items()}
    return {}


def test_a_whole_return_is_submitted_and_remembers_by_whom(period: Period, xiaolan: User) -> None:
    filed = submitted(period, "xiaolan", xiaolan, {"industrial-investment": "9.1"})
    filed.refresh_from_db()
    assert (filed.state, filed.submitted_by, filed.submitted_at) == ("SUBMITTED", xiaolan, at(8))
    event = AuditEvent.objects.get(act="提交季报")
    assert (event.old, event.new) == ({"state": "DRAFT"}, {"state": "SUBMITTED"})


@pytest.mark.parametrize(
    ("row", "code", "fault"),
    [
        (Typed("-1", "已核对"), "robot_firms", "below_zero"),
        (Typed("1.5", "已核对"), "robot_firms", "decimals"),
        (Typed("100.01", "已核对"), "rd_institution_share", "above_whole"),
        (Typed("", ""), "robot_firms", "blank"),
        (Typed("0", ""), "robot_firms", "zero"),
    ],
)
def test_an_error_blocks_whatever_the_note_and_a_doubt_wants_one(
    period: Period, xiaolan: User, row: Typed, code: str, fault: str
) -> None:
    assert what_blocks(period, xiaolan, **{code: row}) == {code.replace("_", "-"): [fault]}


def test_a_part_above_its_whole_blocks(period: Period, xiaolan: User) -> None:
    assert what_blocks(period, xiaolan, upgraded_firms=Typed("30（31）", "已核对")) == {
        "upgraded-firms-large": ["part_above_whole"]
    }


def test_a_doubt_with_a_note_and_a_blank_with_a_note_pass(period: Period, xiaolan: User) -> None:
    passed = {"robot_firms": Typed("0", "全年集中在下半年"), "motor_efficiency": Typed("", "尚未统计")}
    assert what_blocks(period, xiaolan, **passed) == {}


def test_a_cumulative_figure_below_last_quarters_wants_a_note(
    zhongshan: Plan, office: User, xiaolan: User, period: Period
) -> None:
    first = opened(zhongshan, office, "2015Q1")
    approved(first, "xiaolan", xiaolan, office, {"industrial-investment": "5"})
    assert what_blocks(period, xiaolan, industrial_investment=Typed("4.99")) == {
        "industrial-investment": ["falling_total"]
    }
    assert what_blocks(period, xiaolan, industrial_investment=Typed("4.99", "统计口径核减")) == {}


def test_what_blocks_leaves_the_draft_as_it_was(period: Period, xiaolan: User) -> None:
    what_blocks(period, xiaolan, robot_firms=Typed("-1", "已核对"))
    filed = QuarterlyReturn.objects.get()
    assert (filed.state, filed.submitted_at) == ("DRAFT", None)
    assert filed.entries.get(indicator__code="robot-firms").value == Decimal(-1)


def test_a_second_submission_is_told_so_and_changes_nothing(period: Period, xiaolan: User) -> None:
    colleague = account("xiaolan_2", Role.TOWN, unit_code="xiaolan")
    draft = saved(period, "xiaolan", xiaolan)
    filing.submit_return(draft, version=draft.version, by=xiaolan, at=at(8))
    with pytest.raises(AlreadyDoneError, match="已由何小榄于7月8日10:00提交，没有重复办理"):
        filing.submit_return(draft, version=draft.version, by=colleague, at=at(9))
    filed = QuarterlyReturn.objects.get()
    assert (filed.submitted_by, filed.submitted_at) == (xiaolan, at(8))
    assert AuditEvent.objects.filter(act="提交季报").count() == 1


def test_a_return_that_changed_since_it_was_looked_at_is_not_submitted(period: Period, xiaolan: User) -> None:
    draft = saved(period, "xiaolan", xiaolan)
    saved(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    with pytest.raises(StaleReturnError):
        filing.submit_return(draft, version=draft.version, by=xiaolan, at=at(8))
    assert QuarterlyReturn.objects.get().state == "DRAFT"


def test_only_the_unit_submits(period: Period, xiaolan: User, office: User, guzhen: User) -> None:
    draft = saved(period, "xiaolan", xiaolan)
    for person in (office, guzhen):
        with pytest.raises(PermissionDenied):
            filing.submit_return(draft, version=draft.version, by=person, at=at(8))


def test_late_is_accepted_and_after_closing_nothing_is(period: Period, xiaolan: User) -> None:
    draft = saved(period, "xiaolan", xiaolan)
    with pytest.raises(FilingError, match="本季填报已关闭"):
        filing.submit_return(draft, version=draft.version, by=xiaolan, at=at(1, 8, hour=0))
    late = filing.submit_return(draft, version=draft.version, by=xiaolan, at=at(31, hour=23))
    assert late.state == "SUBMITTED"


def test_a_unit_without_indicators_must_write_something(period: Period) -> None:
    clerk = account("fazhi", Role.DEPARTMENT, unit_code="fazhi")
    empty = filing.save_return(period, unit=unit("fazhi"), version=0, figures={}, by=clerk, at=at(8))
    with pytest.raises(OpenFindingsError) as refusal:
        filing.submit_return(empty, version=empty.version, by=clerk, at=at(8))
    assert list(refusal.value.findings) == ["progress_text"]
    assert submitted(period, "fazhi", clerk).state == "SUBMITTED"


def test_the_unit_takes_back_what_it_submitted_and_changes_it(period: Period, xiaolan: User) -> None:
    filed = submitted(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    back = filing.withdraw_return(filed, version=filed.version, by=xiaolan, at=at(9))
    assert (back.state, back.submitted_by) == ("DRAFT", None)
    assert saved(period, "xiaolan", xiaolan, {"robot-firms": "4"}).version > back.version


def test_what_is_approved_or_past_closing_is_not_taken_back(
    period: Period, xiaolan: User, guzhen: User, office: User
) -> None:
    decided = approved(period, "xiaolan", xiaolan, office)
    with pytest.raises(AlreadyDoneError, match="审定"):
        filing.withdraw_return(decided, version=decided.version, by=xiaolan, at=at(10))
    waiting = submitted(period, "guzhen", guzhen)
    with pytest.raises(FilingError, match="本季填报已关闭"):
        filing.withdraw_return(waiting, version=waiting.version, by=guzhen, at=at(1, 8))
    with pytest.raises(PermissionDenied):
        filing.withdraw_return(waiting, version=waiting.version, by=office, at=at(10))
