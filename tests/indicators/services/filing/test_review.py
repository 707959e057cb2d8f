"""Reviewing: a second person decides once; approval writes all of a return; corrections keep what stands."""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import close_old_connections, connection, connections
from django.test.utils import CaptureQueriesContext

from indicators.models import Actual, AuditEvent, Period, Plan, QuarterlyReturn
from indicators.queries.filing.review import load_review_queue
from indicators.services import filing
from indicators.services.audit import verify_chains
from indicators.services.filing import (
    AlreadyDoneError,
    FilingError,
    OpenFindingsError,
    StaleReturnError,
    Typed,
)
from tests.indicators.filing_steps import approved, at, filled, opened, period_of, saved, submitted
from tests.people import account, unit
from towns.choices import Role


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office, closes_on=date(2015, 7, 31))


def actuals() -> dict[tuple[str, str], Decimal]:
    """All that is approved, {(indicator, area): value}."""
    rows = Actual.objects.values_list("indicator__code", "area__code", "value")
    return {(indicator, area): value for indicator, area, value in rows}


def test_approval_writes_the_figures_of_the_units_own_area(
    period: Period, xiaolan: User, clerk: User, office: User, second_office: User
) -> None:
    approved(period, "xiaolan", xiaolan, office, {"upgraded-firms": "35（22）", "robot-firms": "0"})
    approved(period, "jingxin", clerk, second_office, {"upgraded-firms": "350（220）"})
    assert actuals() == {
        ("upgraded-firms", "xiaolan"): Decimal(35),
        ("upgraded-firms-large", "xiaolan"): Decimal(22),
        ("robot-firms", "xiaolan"): Decimal(0),
        ("upgraded-firms", "zhongshan"): Decimal(350),
        ("upgraded-firms-large", "zhongshan"): Decimal(220),
    }
    actual = Actual.objects.get(indicator__code="robot-firms")
    assert (actual.source, actual.year, actual.quarter) == ("小榄镇2015年第二季度季报", 2015, 2)
    assert (actual.vintage, actual.approved_at, actual.filed_in.unit.code) == ("FLASH", at(9), "xiaolan")


def test_nobody_approves_what_they_submitted_or_edited_or_their_own_units(
    period: Period, xiaolan: User, clerk: User, office: User, second_office: User
) -> None:
    of_jingxin = submitted(period, "jingxin", clerk)
    with pytest.raises(PermissionDenied, match="自己所在单位"):
        filing.approve_return(of_jingxin, version=of_jingxin.version, by=office, at=at(9))
    assert (
        filing.approve_return(of_jingxin, version=of_jingxin.version, by=second_office, at=at(9)).state
        == "APPROVED"
    )
    own_hand = saved(period, "fagai", second_office)
    own_hand = filing.submit_return(own_hand, version=own_hand.version, by=second_office, at=at(9))
    with pytest.raises(PermissionDenied):
        filing.approve_return(own_hand, version=own_hand.version, by=second_office, at=at(9))
    assert filing.approve_return(own_hand, version=own_hand.version, by=office, at=at(9)).state == "APPROVED"


def test_only_the_office_decides(
    period: Period, xiaolan: User, clerk: User, leader: User, auditor: User, outsider: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan)
    for person in (xiaolan, clerk, leader, auditor, outsider):
        with pytest.raises(PermissionDenied):
            filing.approve_return(filed, version=filed.version, by=person, at=at(9))
        with pytest.raises(PermissionDenied):
            filing.send_back_return(filed, version=filed.version, reason="请核对", by=person, at=at(9))
    assert QuarterlyReturn.objects.get().state == "SUBMITTED"


def test_an_office_of_another_city_decides_nothing(period: Period, xiaolan: User) -> None:
    stranger = account("linhai_office", Role.OFFICE, unit_code="gongxin", city="linhaiwan")
    filed = submitted(period, "xiaolan", xiaolan)
    with pytest.raises(PermissionDenied):
        filing.approve_return(filed, version=filed.version, by=stranger, at=at(9))


def test_what_the_office_filled_in_a_second_officer_approves_unsubmitted(
    period: Period, office: User, second_office: User
) -> None:
    draft = saved(period, "xiaolan", office, {"robot-firms": "3"})
    with pytest.raises(PermissionDenied, match="自己填写"):
        filing.approve_return(draft, version=draft.version, by=office, at=at(9))
    filing.approve_return(draft, version=draft.version, by=second_office, at=at(9))
    assert Actual.objects.get().source == "小榄镇2015年第二季度季报（联席会议办公室代填）"


def test_what_the_unit_handed_in_and_got_back_is_not_approved_before_it_comes_again(
    period: Period, office: User, second_office: User, xiaolan: User
) -> None:
    draft = saved(period, "xiaolan", office, {"industrial-investment": "9.84"})
    filed = filing.submit_return(draft, version=draft.version, by=xiaolan, at=at(8))
    back = filing.send_back_return(
        filed, version=filed.version, reason="与统计月报不一致", by=second_office, at=at(9)
    )
    third = account("third_office", Role.OFFICE, unit_code="fagai")
    with pytest.raises(FilingError):
        filing.approve_return(back, version=back.version, by=third, at=at(10))
    assert not Actual.objects.exists()


def test_what_the_unit_took_back_is_not_approved_as_filled_in_for_it(
    period: Period, office: User, second_office: User, xiaolan: User
) -> None:
    draft = saved(period, "xiaolan", office, {"robot-firms": "3"})
    today = at(9).date()
    assert [row.marks for row in load_review_queue(period.plan, second_office, today=today).rows] == [
        ("代填",)
    ]
    filed = filing.submit_return(draft, version=draft.version, by=xiaolan, at=at(8))
    back = filing.withdraw_return(filed, version=filed.version, by=xiaolan, at=at(8))
    with pytest.raises(FilingError, match="草稿"):
        filing.approve_return(back, version=back.version, by=second_office, at=at(9))
    assert load_review_queue(period.plan, second_office, today=today).rows == ()


def test_half_a_filled_in_draft_is_not_approved(period: Period, office: User, second_office: User) -> None:
    draft = filing.save_return(
        period, unit=unit("xiaolan"), version=0, figures={"robot-firms": Typed("3")}, by=office, at=at(8)
    )
    with pytest.raises(OpenFindingsError):
        filing.approve_return(draft, version=draft.version, by=second_office, at=at(9))
    assert actuals() == {}


def test_a_units_own_draft_is_not_approved(period: Period, xiaolan: User, office: User) -> None:
    draft = saved(period, "xiaolan", xiaolan)
    with pytest.raises(FilingError, match="草稿"):
        filing.approve_return(draft, version=draft.version, by=office, at=at(9))


def test_the_second_decision_is_told_of_the_first(
    period: Period, xiaolan: User, office: User, second_office: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    filing.approve_return(filed, version=filed.version, by=office, at=at(9))
    with pytest.raises(AlreadyDoneError, match="已由欧阳敏于7月9日10:00审定"):
        filing.approve_return(filed, version=filed.version, by=second_office, at=at(10))
    assert AuditEvent.objects.filter(act="审定季报").count() == 1


def test_a_review_of_figures_that_changed_meanwhile_is_refused(
    period: Period, xiaolan: User, office: User
) -> None:
    looked_at = submitted(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    filing.withdraw_return(looked_at, version=looked_at.version, by=xiaolan, at=at(8))
    submitted(period, "xiaolan", xiaolan, {"robot-firms": "30"})
    with pytest.raises(StaleReturnError):
        filing.approve_return(looked_at, version=looked_at.version, by=office, at=at(9))
    assert actuals() == {}


def test_a_return_goes_back_with_its_reason_and_comes_again(
    period: Period, xiaolan: User, office: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    with pytest.raises(FilingError, match="请写明退回的原因"):
        filing.send_back_return(filed, version=filed.version, reason="  ", by=office, at=at(9))
    back = filing.send_back_return(
        filed, version=filed.version, reason=" 与统计口径不符 ", by=office, at=at(9)
    )
    assert (back.state, back.return_reason, back.decided_by) == ("RETURNED", "与统计口径不符", office)
    again = submitted(period, "xiaolan", xiaolan, {"robot-firms": "2"}, when=at(10))
    assert (again.state, again.decided_by) == ("SUBMITTED", None)


def test_after_closing_a_return_goes_back_only_with_a_day_to_file_until(
    period: Period, xiaolan: User, guzhen: User, office: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    with pytest.raises(FilingError, match="请指定重新开放到哪一天"):
        filing.send_back_return(filed, version=filed.version, reason="请核对", by=office, at=at(3, 8))
    filing.send_back_return(
        filed,
        version=filed.version,
        reason="请核对",
        reopened_until=date(2015, 8, 5),
        by=office,
        at=at(3, 8),
    )
    with pytest.raises(FilingError, match="已关闭"):
        saved(period, "guzhen", guzhen, when=at(4, 8))
    again = submitted(period, "xiaolan", xiaolan, {"robot-firms": "2"}, when=at(5, 8))
    assert again.state == "SUBMITTED"


def test_during_a_correction_the_approved_figures_stay_and_a_blank_withdraws(
    period: Period, xiaolan: User, office: User, second_office: User
) -> None:
    filed = approved(period, "xiaolan", xiaolan, office, {"robot-firms": "3", "industrial-investment": "9.1"})
    back = filing.send_back_return(filed, version=filed.version, reason="年报数有调整", by=office, at=at(10))
    draft = filing.save_return(
        period,
        unit=unit("xiaolan"),
        version=back.version,
        figures={"robot-firms": Typed("-", "误报，撤销"), "industrial-investment": Typed("9.4")},
        by=xiaolan,
        at=at(11),
    )
    before = {("robot-firms", "xiaolan"): Decimal(3), ("industrial-investment", "xiaolan"): Decimal("9.1")}
    assert actuals() == before
    again = filing.submit_return(draft, version=draft.version, by=xiaolan, at=at(11))
    assert actuals() == before
    filing.approve_return(again, version=again.version, by=second_office, at=at(12))
    assert actuals() == {("industrial-investment", "xiaolan"): Decimal("9.4")}
    event = AuditEvent.objects.filter(act="审定季报").last()
    assert event is not None
    assert event.old["actuals"]["robot-firms"] == "3"
    assert event.new["actuals"]["robot-firms"] == ""
    assert list(verify_chains()) == []


def test_a_correction_that_overtakes_a_later_quarter_wants_a_note(
    zhongshan: Plan, period: Period, xiaolan: User, office: User
) -> None:
    first = opened(zhongshan, office, "2015Q1")
    early = approved(first, "xiaolan", xiaolan, office, {"industrial-investment": "5"})
    approved(period, "xiaolan", xiaolan, office, {"industrial-investment": "9"})
    back = filing.send_back_return(early, version=early.version, reason="请核对", by=office, at=at(10))
    draft = filing.save_return(
        first,
        unit=unit("xiaolan"),
        version=back.version,
        figures=filled(first, "xiaolan") | {"industrial-investment": Typed("9.5")},
        by=xiaolan,
        at=at(11),
    )
    with pytest.raises(OpenFindingsError) as refusal:
        filing.submit_return(draft, version=draft.version, by=xiaolan, at=at(11))
    found = refusal.value.findings["industrial-investment"]
    assert [finding.code for finding in found] == ["later_quarter"]


def test_the_office_lets_one_unit_in_after_closing(
    period: Period, xiaolan: User, guzhen: User, office: User
) -> None:
    with pytest.raises(PermissionDenied):
        filing.reopen_return(period, unit=unit("xiaolan"), until=date(2015, 8, 5), by=xiaolan, at=at(3, 8))
    with pytest.raises(FilingError, match="不能早于今天"):
        filing.reopen_return(period, unit=unit("xiaolan"), until=date(2015, 8, 2), by=office, at=at(3, 8))
    filing.reopen_return(period, unit=unit("xiaolan"), until=date(2015, 8, 5), by=office, at=at(3, 8))
    assert submitted(period, "xiaolan", xiaolan, when=at(5, 8)).state == "SUBMITTED"
    with pytest.raises(FilingError, match="已关闭"):
        saved(period, "guzhen", guzhen, when=at(4, 8))


def test_every_decision_bumps_the_plans_revision(period: Period, xiaolan: User, office: User) -> None:
    before = Plan.objects.get(pk=period.plan_id).revision
    approved(period, "xiaolan", xiaolan, office)
    # Submitted and approved: two acts that pages show.
    assert Plan.objects.get(pk=period.plan_id).revision == before + 2


def test_a_return_costs_the_same_statements_however_many_rows_it_has(
    period: Period, xiaolan: User, guzhen: User, office: User
) -> None:
    counted = []
    for code, person, given in (
        ("xiaolan", xiaolan, {"robot-firms": "3"}),
        ("guzhen", guzhen, {"robot-firms": "3", "industrial-investment": "9", "upgraded-firms": "35（22）"}),
    ):
        filed = submitted(period, code, person, given)
        with CaptureQueriesContext(connection) as statements:
            filing.approve_return(filed, version=filed.version, by=office, at=at(9))
        counted.append(len(statements))
    assert counted[0] == counted[1]


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_approve_at_once_make_one_decision(
    zhongshan: Plan, office: User, xiaolan: User
) -> None:
    """Six threads, each with a connection of its own: one approves, the others are told."""
    period = opened(zhongshan, office)
    filed = submitted(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    officers = [account(f"officer_{n}", Role.OFFICE, unit_code="fagai") for n in range(6)]
    start = threading.Barrier(len(officers))
    outcomes: list[str] = []

    def decide(officer: User) -> None:
        close_old_connections()
        start.wait()
        try:
            filing.approve_return(filed, version=filed.version, by=officer, at=at(9))
            outcomes.append("approved")
        except AlreadyDoneError:
            outcomes.append("told")
        except Exception as fault:  # a lost thread must fail the test
            outcomes.append(repr(fault))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=(officer,)) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["approved"] + ["told"] * 5
    assert AuditEvent.objects.filter(act="审定季报").count() == 1
    assert list(verify_chains()) == []


def test_a_unit_cannot_take_back_what_is_being_reviewed(
    period: Period, xiaolan: User, office: User, second_office: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan)
    filing.begin_review(filed, by=office, at=at(9))
    filing.begin_review(filed, by=second_office, at=at(10))
    filed.refresh_from_db()
    assert (filed.review_begun_by, filed.review_begun_at) == (office, at(9))
    with pytest.raises(FilingError, match="审核已经开始，不能撤回"):
        filing.withdraw_return(filed, version=filed.version, by=xiaolan, at=at(10))


def test_what_comes_back_and_is_submitted_again_awaits_a_new_review(
    period: Period, xiaolan: User, office: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan)
    filing.begin_review(filed, by=office, at=at(9))
    back = filing.send_back_return(filed, version=filed.version, reason="请核对。", by=office, at=at(9))
    again = filing.submit_return(back, version=back.version, by=xiaolan, at=at(10))
    assert again.review_begun_at is None
    filing.withdraw_return(again, version=again.version, by=xiaolan, at=at(11))


def test_nobody_sends_back_a_return_of_their_own_unit(period: Period, clerk: User, office: User) -> None:
    """市经济和信息化局 files too, and its people in the office decide nothing about that return."""
    filed = submitted(period, "jingxin", clerk)
    with pytest.raises(PermissionDenied, match="不能退回自己所在单位的季报表"):
        filing.send_back_return(filed, version=filed.version, reason="请核对。", by=office, at=at(9))


def test_reopening_leaves_the_copy_that_somebody_types_into_as_it_was(
    period: Period, xiaolan: User, office: User
) -> None:
    let_in = partial(filing.reopen_return, period, unit=unit("xiaolan"), until=date(2015, 8, 5), by=office)
    let_in(at=at(1, 8))
    with pytest.raises(AlreadyDoneError, match="已重新开放到2015年8月5日"):
        let_in(at=at(1, 8))
    assert AuditEvent.objects.filter(act="重新开放").count() == 1
    saved = filing.save_return(
        period,
        unit=unit("xiaolan"),
        version=filing.NOT_BEGUN,
        figures={"robot-firms": Typed("3")},
        by=xiaolan,
        at=at(2, 8),
    )
    assert saved.version == 1


def test_nobody_is_let_into_a_quarter_that_was_never_opened(zhongshan: Plan, office: User) -> None:
    with pytest.raises(FilingError, match="2016年第一季度尚未开放填报"):
        filing.reopen_return(
            period_of(zhongshan, "2016Q1"), unit=unit("xiaolan"), until=date(2016, 5, 1), by=office, at=at(1)
        )
