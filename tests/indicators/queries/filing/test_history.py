"""The history of a return: who did what, old and new, for whoever sees the return and nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indicators.domain.history import changes_since_last_decision
from indicators.models import Plan, QuarterlyReturn
from indicators.queries.filing.history import HistoryRow, history_of, load_histories
from indicators.queries.filing.returns import load_return
from indicators.services import filing
from indicators.services.audit import Act, record
from tests.indicators.filing_steps import approved, at, opened, period_of, saved, submitted
from tests.people import unit

pytestmark = pytest.mark.django_db

INVESTMENT = "industrial-investment"


def history(plan: Plan, reader: User, code: str = "xiaolan") -> tuple[HistoryRow, ...]:
    return history_of(load_return(period_of(plan), unit(code), reader, today=date(2015, 7, 31)))


def test_every_step_is_told_the_latest_first(zhongshan: Plan, office: User, xiaolan: User) -> None:
    period = opened(zhongshan, office)
    waiting = submitted(period, "xiaolan", xiaolan, {INVESTMENT: "14"}, when=at(8))
    filing.begin_review(waiting, by=office, at=at(9))
    back = filing.send_back_return(waiting, version=waiting.version, reason="请核对", by=office, at=at(10))
    saved(period, "xiaolan", xiaolan, {INVESTMENT: "14.51"}, when=at(11))
    again = QuarterlyReturn.objects.get(pk=back.pk)
    again = filing.submit_return(again, version=again.version, by=xiaolan, at=at(12))
    filing.approve_return(again, version=again.version, by=office, at=at(13))
    filing.publish_period(period, by=office, at=at(20))
    rows = history(zhongshan, xiaolan)
    assert [(row.act, row.who, row.when) for row in rows] == [
        ("定稿", "欧阳敏", "7月20日 10:00"),
        ("审定季报", "欧阳敏", "7月13日 10:00"),
        ("提交季报", "何小榄", "7月12日 10:00"),
        ("保存季报", "何小榄", "7月11日 10:00"),
        ("退回季报", "欧阳敏", "7月10日 10:00"),
        ("开始审核", "欧阳敏", "7月9日 10:00"),
        ("提交季报", "何小榄", "7月8日 10:00"),
        ("保存季报", "何小榄", "7月8日 10:00"),
        ("开放报送期", "欧阳敏", "7月1日 10:00"),
    ]
    assert [(line.label, line.old, line.new) for line in rows[3].lines] == [
        ("工业投资（亿元）", "14", "14.51")
    ]
    assert [(line.label, line.old, line.new) for line in rows[4].lines] == [("理由", "", "请核对")]


def test_saves_in_a_row_are_one_step_that_says_how_many_and_from_when_to_when(
    zhongshan: Plan, office: User, xiaolan: User
) -> None:
    period = opened(zhongshan, office)
    saved(period, "xiaolan", xiaolan, {INVESTMENT: "1"}, when=at(8, hour=9))
    saved(period, "xiaolan", xiaolan, {INVESTMENT: "14"}, when=at(8, hour=10))
    saved(period, "xiaolan", xiaolan, {INVESTMENT: "14.51"}, when=at(9, hour=11))
    step, _ = history(zhongshan, xiaolan)
    assert (step.when, step.said) == ("7月8日 09:00 至 7月9日 11:00", "共保存 3 次")
    assert ("工业投资（亿元）", "", "14.51") in [(line.label, line.old, line.new) for line in step.lines]
    assert step.folded.startswith(f"{len(step.lines)} 项：")


def test_who_filled_in_for_the_unit_is_named(zhongshan: Plan, office: User, xiaolan: User) -> None:
    saved(opened(zhongshan, office), "xiaolan", office, {INVESTMENT: "14.51"})
    latest = history(zhongshan, xiaolan)[0]
    assert (latest.act, latest.who) == ("代填季报", "欧阳敏")


def test_a_return_that_nobody_has_begun_tells_only_of_its_quarter(zhongshan: Plan, office: User) -> None:
    opened(zhongshan, office)
    assert [row.act for row in history(zhongshan, office)] == ["开放报送期"]


def test_what_a_publication_says_of_other_units_is_not_told(
    client: Client, zhongshan: Plan, office: User, xiaolan: User, guzhen: User
) -> None:
    """The event of a publication holds who was missing and why the city differs: neither is a town's to read."""
    period = opened(zhongshan, office)
    approved(period, "xiaolan", xiaolan, office, {INVESTMENT: "14.51"})
    submitted(period, "guzhen", guzhen, {INVESTMENT: "77.77"})
    filing.publish_period(period, explanations={INVESTMENT: "古镇镇未报"}, by=office, at=at(20))
    published, *_ = history(zhongshan, xiaolan)
    assert (published.act, published.lines) == ("定稿", ())
    client.force_login(xiaolan, backend="towns.backends.MembershipBackend")
    page = client.get("/returns/2015Q2/xiaolan/").content.decode()
    assert "办理经过" in page
    assert "何小榄" in page
    for hidden in ("古镇", "guzhen", "77.77", "未报"):
        assert hidden not in page.partition('id="history"')[2]


def test_another_towns_history_does_not_exist_for_a_towns_official(
    client: Client, zhongshan: Plan, office: User, xiaolan: User, guzhen: User
) -> None:
    submitted(opened(zhongshan, office), "xiaolan", xiaolan, {INVESTMENT: "14.51"})
    client.force_login(guzhen, backend="towns.backends.MembershipBackend")
    assert client.get("/returns/2015Q2/xiaolan/").status_code == 404
    own = client.get("/returns/2015Q2/guzhen/").content.decode()
    assert "何小榄" not in own
    assert "14.51" not in own


def test_events_of_another_plan_or_city_under_the_same_name_are_not_told(
    zhongshan: Plan, office: User, xiaolan: User
) -> None:
    submitted(opened(zhongshan, office), "xiaolan", xiaolan)
    before = history(zhongshan, xiaolan)
    act = Act("保存季报", "季报表", "2015Q2/xiaolan", {}, {"progress_text": "别处的"})
    record("another-plan", act, by=office, at=at(9), city_code="zhongshan")
    record(zhongshan.code, act, by=office, at=at(9), city_code="elsewhere")
    assert history(zhongshan, xiaolan) == before


def test_the_histories_of_many_returns_take_one_query(
    zhongshan: Plan, office: User, xiaolan: User, guzhen: User
) -> None:
    period = opened(zhongshan, office)
    first = submitted(period, "xiaolan", xiaolan, {INVESTMENT: "14"})
    filing.send_back_return(first, version=first.version, reason="请核对", by=office, at=at(9))
    saved(period, "xiaolan", xiaolan, {INVESTMENT: "14.51"}, when=at(10))
    submitted(period, "guzhen", guzhen)
    returns = list(
        QuarterlyReturn.objects.select_related("period__plan__city", "unit").order_by("unit__code")
    )
    with CaptureQueriesContext(connection) as captured:
        histories = load_histories(returns)
    assert len(captured) == 1
    assert {pk: [event.act for event in events] for pk, events in histories.items()} == {
        returns[0].pk: ["保存季报", "提交季报"],
        returns[1].pk: ["保存季报", "提交季报", "退回季报", "保存季报"],
    }
    changes = changes_since_last_decision(histories[returns[1].pk])
    assert changes is not None
    assert {code: (old.value, new.value) for code, (old, new) in changes.figures.items()} == {
        INVESTMENT: ("14", "14.51")
    }


def test_no_returns_are_read_without_a_query(db: None) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert load_histories([]) == {}
    assert len(captured) == 0
