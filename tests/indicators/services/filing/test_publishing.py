"""定稿: differences beyond rounding are explained first; one act publishes, once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from indicators.models import AuditEvent, Period, Plan, ReconciliationNote
from indicators.services import filing
from indicators.services.filing import AlreadyDoneError, DatesError, FilingError, UnexplainedError
from tests.indicators.filing_steps import approved, at, opened, period_of, submitted


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office)


@pytest.fixture
def two_towns_and_the_city(
    period: Period, xiaolan: User, guzhen: User, clerk: User, office: User, second_office: User
) -> Period:
    """工业投资: towns 9.10 + 5.00 = 14.10, city 14.00, 0.10 apart within 24 x 0.005 = 0.12; 机器换人: 3 + 2, city 6."""
    approved(period, "xiaolan", xiaolan, office, {"industrial-investment": "9.10", "robot-firms": "3"})
    approved(period, "guzhen", guzhen, office, {"industrial-investment": "5.00", "robot-firms": "2"})
    approved(period, "jingxin", clerk, second_office, {"industrial-investment": "14", "robot-firms": "6"})
    return period


def test_a_difference_beyond_rounding_must_be_explained_first(
    two_towns_and_the_city: Period, office: User
) -> None:
    period = two_towns_and_the_city
    with pytest.raises(UnexplainedError) as refusal:
        filing.publish_period(period, explanations={"robot-firms": "  "}, by=office, at=at(20))
    assert refusal.value.names == {"robot-firms": "机器换人企业"}
    period.refresh_from_db()
    assert not period.is_published
    filing.publish_period(period, explanations={"robot-firms": "一家由市直管"}, by=office, at=at(20))
    period.refresh_from_db()
    assert (period.published_at, period.published_by) == (at(20), office)
    note = ReconciliationNote.objects.get()
    assert (note.indicator.code, note.difference, note.text, note.by) == (
        "robot-firms",
        Decimal(-1),
        "一家由市直管",
        office,
    )


def test_an_explanation_of_another_difference_does_not_count(
    two_towns_and_the_city: Period, office: User
) -> None:
    period = two_towns_and_the_city
    note = ReconciliationNote(
        period=period, text="两家由市直管", by=office, at=at(19), difference=Decimal(-2)
    )
    note.indicator = period.plan.indicators.get(code="robot-firms")
    note.save()
    with pytest.raises(UnexplainedError):
        filing.publish_period(period, by=office, at=at(20))
    ReconciliationNote.objects.update(difference=Decimal(-1))
    filing.publish_period(period, by=office, at=at(20))
    assert ReconciliationNote.objects.get().text == "两家由市直管"


def test_publishing_is_audited_with_who_was_missing(two_towns_and_the_city: Period, office: User) -> None:
    period = two_towns_and_the_city
    revision = Plan.objects.get(pk=period.plan_id).revision
    filing.publish_period(period, explanations={"robot-firms": "一家由市直管"}, by=office, at=at(20))
    assert Plan.objects.get(pk=period.plan_id).revision == revision + 1
    event = AuditEvent.objects.get(act="定稿")
    assert event.old == {"published_at": None}
    assert event.new["differences"] == {"robot-firms": {"difference": "-1", "text": "一家由市直管"}}
    missing = event.new["without_approved_return"]
    assert len(missing) == 41 - 3
    assert not {"xiaolan", "guzhen", "jingxin"} & set(missing)


def test_a_second_publication_is_told_of_the_first(period: Period, office: User, second_office: User) -> None:
    filing.publish_period(period, by=office, at=at(20))
    with pytest.raises(AlreadyDoneError, match="2015年第二季度已由欧阳敏于7月20日10:00定稿"):
        filing.publish_period(period, by=second_office, at=at(21))
    period.refresh_from_db()
    assert period.published_by == office
    assert AuditEvent.objects.filter(act="定稿").count() == 1


def test_only_the_office_publishes_and_not_before_opening(
    zhongshan: Plan, period: Period, office: User, clerk: User, leader: User, auditor: User, outsider: User
) -> None:
    for person in (clerk, leader, auditor, outsider):
        with pytest.raises(PermissionDenied):
            filing.publish_period(period, by=person, at=at(20))
    with pytest.raises(FilingError, match="尚未开始"):
        filing.publish_period(period_of(zhongshan, "2015Q3"), by=office, at=at(20))


def test_what_is_submitted_and_not_approved_is_not_in_the_sum(
    two_towns_and_the_city: Period, office: User, xiaolan: User
) -> None:
    period = two_towns_and_the_city
    filed = period.returns.get(unit__code="xiaolan")
    filing.send_back_return(filed, version=filed.version, reason="少报一家", by=office, at=at(10))
    submitted(period, "xiaolan", xiaolan, {"industrial-investment": "9.10", "robot-firms": "4"}, when=at(11))
    with pytest.raises(UnexplainedError):
        filing.publish_period(period, by=office, at=at(20))


def test_opening_sets_the_dates_once_and_keeps_what_they_were(zhongshan: Plan, office: User) -> None:
    period = period_of(zhongshan, "2015Q3")
    dates = {"opens_on": date(2015, 10, 1), "due_on": date(2015, 10, 15), "closes_on": date(2015, 10, 31)}
    filing.open_period(period, **dates, by=office, at=at(1, 10))
    period.refresh_from_db()
    assert {name: getattr(period, name) for name in dates} == dates
    with pytest.raises(AlreadyDoneError):
        filing.open_period(period, **dates, by=office, at=at(2, 10))
    filing.open_period(period, **dates | {"due_on": date(2015, 10, 20)}, by=office, at=at(3, 10))
    event = AuditEvent.objects.get(act="调整报送日期")
    assert (event.old["due_on"], event.new["due_on"]) == ("2015-10-15", "2015-10-20")


@pytest.mark.parametrize(
    ("opens_on", "due_on", "closes_on"),
    [
        (date(2015, 6, 30), date(2015, 10, 15), None),
        (date(2015, 10, 16), date(2015, 10, 15), None),
        (date(2015, 10, 1), date(2015, 10, 15), date(2015, 10, 14)),
    ],
)
def test_dates_out_of_order_are_refused(
    zhongshan: Plan, office: User, opens_on: date, due_on: date, closes_on: date | None
) -> None:
    period = period_of(zhongshan, "2015Q3")
    with pytest.raises(DatesError):
        filing.open_period(
            period, opens_on=opens_on, due_on=due_on, closes_on=closes_on, by=office, at=at(1, 10)
        )
    period.refresh_from_db()
    assert period.opens_on is None


def test_only_the_office_opens_a_quarter(zhongshan: Plan, clerk: User, auditor: User) -> None:
    for person in (clerk, auditor):
        with pytest.raises(PermissionDenied):
            opened(zhongshan, person)


def test_a_difference_that_moved_after_publishing_is_explained_anew(
    two_towns_and_the_city: Period, office: User, second_office: User, xiaolan: User
) -> None:
    """机器换人: 3 + 2 against 6 is explained and published; 小榄镇 corrects 3 to 1, so that 3 are missing."""
    period = two_towns_and_the_city
    filing.publish_period(period, explanations={"robot-firms": "一家由市直管"}, by=office, at=at(20))
    filed = period.returns.get(unit__code="xiaolan")
    filing.send_back_return(filed, version=filed.version, reason="多报两家", by=office, at=at(21))
    approved(period, "xiaolan", xiaolan, office, {"industrial-investment": "9.10", "robot-firms": "1"})
    (note,) = filing.explain_differences(
        period, explanations={"robot-firms": " 三家由市直管 "}, by=second_office, at=at(22)
    )
    stored = ReconciliationNote.objects.get()
    assert (stored.difference, stored.text, stored.by) == (Decimal(-3), "三家由市直管", second_office)
    assert (note.difference, note.text) == (stored.difference, stored.text)
    event = AuditEvent.objects.get(act="说明差额")
    assert event.old == {"differences": {"robot-firms": {"difference": "-1", "text": "一家由市直管"}}}
    assert event.new == {"differences": {"robot-firms": {"difference": "-3", "text": "三家由市直管"}}}


def test_what_is_explained_ahead_counts_when_the_quarter_is_published(
    two_towns_and_the_city: Period, office: User
) -> None:
    period = two_towns_and_the_city
    filing.explain_differences(period, explanations={"robot-firms": "一家由市直管"}, by=office, at=at(19))
    with pytest.raises(AlreadyDoneError):
        filing.explain_differences(
            period, explanations={"robot-firms": "一家由市直管"}, by=office, at=at(19, hour=11)
        )
    assert AuditEvent.objects.filter(act="说明差额").count() == 1
    assert filing.publish_period(period, by=office, at=at(20)).is_published
    assert ReconciliationNote.objects.get().at == at(19)


def test_nothing_is_explained_where_nothing_is_written_or_nothing_differs(
    two_towns_and_the_city: Period, office: User
) -> None:
    # 工业投资 differs by 0.10 only, within rounding.
    for explanations in ({}, {"robot-firms": " "}, {"industrial-investment": "进位"}):
        with pytest.raises(FilingError, match="没有收到说明"):
            filing.explain_differences(
                two_towns_and_the_city, explanations=explanations, by=office, at=at(19)
            )
    with pytest.raises(FilingError, match="最多 400 字"):
        filing.explain_differences(
            two_towns_and_the_city, explanations={"robot-firms": "长" * 401}, by=office, at=at(19)
        )
    assert not ReconciliationNote.objects.exists()


def test_only_the_office_explains(
    two_towns_and_the_city: Period, clerk: User, xiaolan: User, auditor: User, outsider: User
) -> None:
    for person in (clerk, xiaolan, auditor, outsider):
        with pytest.raises(PermissionDenied):
            filing.explain_differences(
                two_towns_and_the_city, explanations={"robot-firms": "一家"}, by=person, at=at(19)
            )


def test_a_word_on_a_difference_that_moved_meanwhile_is_not_kept(
    two_towns_and_the_city: Period, office: User
) -> None:
    """The page showed -2 when it was opened; by now it is -1."""
    sent = {"explanations": {"robot-firms": "两家由市直管"}, "seen": {"robot-firms": "-2"}}
    for act in (filing.explain_differences, filing.publish_period):
        with pytest.raises(FilingError, match="“机器换人企业”的差额有变动"):
            act(two_towns_and_the_city, **sent, by=office, at=at(20))
    assert not ReconciliationNote.objects.exists()
    sent = {"explanations": {"robot-firms": "一家由市直管"}, "seen": {"robot-firms": "-1"}}
    assert filing.publish_period(two_towns_and_the_city, **sent, by=office, at=at(20)).is_published
