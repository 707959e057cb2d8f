"""Published figures from outside: submitted with their source, approved by a second person."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from indicators.models import Actual, AuditEvent, Plan, QuarterlyReturn
from indicators.services import filing
from indicators.services.filing import FilingError, OpenFindingsError, Published, Typed
from tests.evidence_files import PDF
from tests.indicators.filing_steps import approved, at, opened, period_of, submitted
from tests.people import account, unit
from towns.choices import Role

BULLETIN = "中山市统计局，2015年上半年经济运行"
HIGH_TECH = {"hightech-share": Published(Decimal("17.68"), BULLETIN)}


def imported(plan: Plan, by: User, figures: dict[str, Published] = HIGH_TECH) -> QuarterlyReturn:
    return filing.file_published(period_of(plan), unit=unit("tongji"), figures=figures, by=by, at=at(25))


def test_an_import_waits_for_a_second_person_and_keeps_its_source(
    zhongshan: Plan, office: User, second_office: User
) -> None:
    filed = imported(zhongshan, office)
    assert (filed.state, filed.source, filed.submitted_by) == ("SUBMITTED", BULLETIN, office)
    assert not Actual.objects.exists()
    with pytest.raises(PermissionDenied):
        filing.approve_return(filed, version=filed.version, by=office, at=at(26))
    filing.approve_return(filed, version=filed.version, by=second_office, at=at(26))
    actual = Actual.objects.get()
    assert (actual.value, actual.source, actual.area.code) == (Decimal("17.68"), BULLETIN, "zhongshan")


def test_the_same_import_again_changes_nothing(zhongshan: Plan, office: User, second_office: User) -> None:
    first = imported(zhongshan, office)
    assert imported(zhongshan, office).version == first.version
    done = filing.approve_return(first, version=first.version, by=second_office, at=at(26))
    assert imported(zhongshan, office).version == done.version
    assert AuditEvent.objects.filter(act="导入公布数").count() == 1


def test_an_import_does_not_touch_what_the_unit_itself_filed(zhongshan: Plan, office: User) -> None:
    tongji = account("tongji", Role.DEPARTMENT, unit_code="tongji")
    period = opened(zhongshan, office)
    filed = submitted(period, "tongji", tongji, {"hightech-share": "17.5"})
    with pytest.raises(FilingError, match="请先退回"):
        imported(zhongshan, office)
    filing.send_back_return(filed, version=filed.version, reason="请核对", by=office, at=at(20))
    with pytest.raises(FilingError, match="只能由本单位修改"):
        imported(zhongshan, office)


def test_an_import_given_back_and_imported_again_awaits_a_new_review(
    zhongshan: Plan, office: User, second_office: User
) -> None:
    first = imported(zhongshan, office)
    filing.begin_review(first, by=second_office, at=at(26))
    filing.send_back_return(first, version=first.version, reason="年报数不同", by=second_office, at=at(26))
    again = imported(zhongshan, office, {"hightech-share": Published(Decimal("17.7"), BULLETIN)})
    assert (again.state, again.review_begun_at, again.review_begun_by) == ("SUBMITTED", None, None)


def test_an_import_given_back_and_corrected_by_the_unit_is_the_units(
    zhongshan: Plan, office: User, second_office: User
) -> None:
    tongji = account("tongji", Role.DEPARTMENT, unit_code="tongji")
    period = opened(zhongshan, office)
    filed = imported(zhongshan, office)
    back = filing.send_back_return(filed, version=filed.version, reason="请核对", by=second_office, at=at(26))
    corrected = {"hightech-share": Typed("17.5", "以年报口径为准")}
    filing.save_return(
        period, unit=unit("tongji"), version=back.version, figures=corrected, by=tongji, at=at(27)
    )
    with pytest.raises(FilingError, match="只能由本单位修改"):
        imported(zhongshan, office)
    assert QuarterlyReturn.objects.get().entries.get().value == Decimal("17.5")


def test_figures_that_no_return_may_hold_are_refused(zhongshan: Plan, office: User) -> None:
    faulty = {"hightech-share": Published(Decimal("117.68"), BULLETIN)}
    with pytest.raises(OpenFindingsError) as refusal:
        imported(zhongshan, office, faulty)
    assert list(refusal.value.findings) == ["hightech-share"]
    with pytest.raises(FilingError, match="不填报这些指标：robot-firms"):
        imported(zhongshan, office, {"robot-firms": Published(Decimal(3), BULLETIN)})
    assert not QuarterlyReturn.objects.exists()


def test_only_the_office_imports(zhongshan: Plan, clerk: User, leader: User) -> None:
    for person in (clerk, leader):
        with pytest.raises(PermissionDenied):
            imported(zhongshan, person)


def test_a_bootstrap_does_both_in_one_act_until_a_quarter_is_published(
    zhongshan: Plan, office: User, xiaolan: User, second_office: User
) -> None:
    period, tongji = period_of(zhongshan), unit("tongji")
    filed = filing.bootstrap_published(period, unit=tongji, figures=HIGH_TECH, by=office, at=at(25))
    assert filed.state == "APPROVED"
    assert Actual.objects.get().value == Decimal("17.68")
    event = AuditEvent.objects.get(object_kind="季报表")
    assert event.act == "初始导入并审定"
    assert event.old == {"state": "DRAFT", "figures": {}, "actuals": {"hightech-share": ""}}
    assert event.new == {
        "state": "APPROVED",
        "figures": {"hightech-share": "17.68"},
        "sources": [BULLETIN],
        "actuals": {"hightech-share": "17.68"},
    }
    third = opened(zhongshan, office, "2015Q3")
    approved(third, "xiaolan", xiaolan, second_office, when=at(8, 10))
    filing.publish_period(third, by=office, at=at(20, 10))
    with pytest.raises(FilingError, match="须由另一位同事审定"):
        filing.bootstrap_published(period, unit=tongji, figures=HIGH_TECH, by=office, at=at(25, 10))


def test_a_return_that_its_unit_has_begun_with_a_file_alone_is_not_imported_over(
    zhongshan: Plan, xiaolan: User, office: User
) -> None:
    period = opened(zhongshan, office)
    filing.add_evidence(period, unit=unit("xiaolan"), name="证明.pdf", data=PDF, by=xiaolan, at=at(8))
    figures = {"industrial-investment": Published(Decimal("14.51"), BULLETIN)}
    with pytest.raises(FilingError, match="已有草稿，导入不会覆盖它"):
        filing.file_published(period, unit=unit("xiaolan"), figures=figures, by=office, at=at(9))
