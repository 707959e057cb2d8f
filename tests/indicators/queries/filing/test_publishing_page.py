"""What the publishing page says: who is missing, what moved since, and what asks for a word again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Period, Plan
from indicators.queries.filing.publishing import PublishingPage, ReconciliationRow, load_publishing_page
from indicators.services import filing
from tests.indicators.filing_steps import approved, at, opened, submitted
from tests.people import account
from towns.choices import Role, UnitKind

TODAY = date(2015, 7, 28)


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office)


@pytest.fixture
def published(period: Period, xiaolan: User, clerk: User, office: User, second_office: User) -> Period:
    """机器换人: 小榄镇 5, the city 6, published on 20 July with a word on the one that is missing."""
    approved(period, "xiaolan", xiaolan, office, {"robot-firms": "5"})
    approved(period, "jingxin", clerk, second_office, {"robot-firms": "6"})
    return filing.publish_period(period, explanations={"robot-firms": "一家由市直管"}, by=office, at=at(20))


def page_of(period: Period, reader: User) -> PublishingPage:
    return load_publishing_page(period, reader, today=TODAY)


def robots(page: PublishingPage) -> ReconciliationRow:
    return next(row for row in page.rows if row.code == "robot-firms")


def corrected(period: Period, xiaolan: User, office: User, figure: str) -> None:
    filed = period.returns.get(unit__code="xiaolan")
    filing.send_back_return(filed, version=filed.version, reason="少报一家", by=office, at=at(21))
    approved(period, "xiaolan", xiaolan, office, {"robot-firms": figure}, when=at(22))


def test_before_publishing_it_is_said_who_is_left_out(
    period: Period, office: User, second_office: User, xiaolan: User, clerk: User
) -> None:
    approved(period, "xiaolan", xiaolan, office)
    approved(period, "jingxin", clerk, second_office)
    page = page_of(period, office)
    towns = sum(row.unit.kind == UnitKind.TOWN for row in page.unfinished)
    assert (len(page.unfinished), towns) == (39, 23)
    assert page.confirmation == (
        "39 个单位尚未审定，其中 23 个镇区；没有审定数的镇区本季计 0 分。"
        "定稿后本季数字成为各页的默认，并开始排名。确定定稿？"
    )
    assert replace(page, unfinished=()).confirmation.startswith("定稿后")
    departments = tuple(row for row in page.unfinished if row.unit.kind == UnitKind.DEPARTMENT)
    assert replace(page, unfinished=departments).confirmation.startswith("16 个单位尚未审定。")


def test_who_waits_for_the_office_stands_apart_from_who_has_not_filed(
    period: Period, office: User, xiaolan: User
) -> None:
    submitted(period, "xiaolan", xiaolan)
    groups = page_of(period, office).groups
    assert [(heading, len(rows)) for heading, rows in groups] == [("还没有报送", 40), ("已提交，等待审核", 1)]


def test_what_was_approved_before_publishing_is_not_listed_as_moved(published: Period, office: User) -> None:
    page = page_of(published, office)
    assert (page.late, page.correcting, page.unexplained) == ((), (), 0)
    assert page.still_open == ("39 个单位没有审定数",)
    row = robots(page)
    assert (row.explained, row.explained_by, row.may_write) == ("一家由市直管", "欧阳敏 7月20日 10:00", False)


def test_a_late_approval_is_listed_with_what_it_moved_by_whom_and_when(
    published: Period, guzhen: User, office: User
) -> None:
    """古镇镇 files 2 after publishing: the sum becomes 7, the difference +1 in place of -1."""
    approved(published, "guzhen", guzhen, office, {"robot-firms": "2"}, when=at(25, hour=15))
    page = page_of(published, office)
    (late,) = page.late
    assert (late.name, late.kind, late.by, late.when) == ("古镇镇", "补报", "欧阳敏", "7月25日 15:00")
    assert [(moved.indicator, moved.old.text, moved.new.text) for moved in late.figures] == [
        ("规模以上工业企业开展“机器换人”", "—", "2")
    ]


def test_a_correction_is_listed_with_the_figure_that_was_published(
    published: Period, xiaolan: User, office: User
) -> None:
    corrected(published, xiaolan, office, "6")
    page = page_of(published, office)
    (late,) = page.late
    assert (late.name, late.kind) == ("小榄镇", "更正")
    assert [(moved.old.text, moved.new.text) for moved in late.figures] == [("5", "6")]
    # 6 = 6: what was explained is gone, and says so.
    row = robots(page)
    assert (row.verdict, row.is_open, row.may_write) == ("差额已消除", False, False)
    assert row.outdated == "原说明（针对差额 -1）：一家由市直管（欧阳敏 7月20日 10:00）"


def test_a_moved_difference_makes_the_explanation_obsolete_and_asks_for_another(
    published: Period, xiaolan: User, office: User
) -> None:
    """小榄镇 corrects 5 to 3: -1 becomes -3, and the word on one missing firm explains it no more."""
    corrected(published, xiaolan, office, "3")
    page = page_of(published, office)
    row = robots(page)
    assert (row.verdict, row.is_open, row.may_write) == ("差额有变，须重新说明", True, True)
    assert (row.text, row.explained_by) == ("", "")
    assert row.outdated == "原说明（针对差额 -1）：一家由市直管（欧阳敏 7月20日 10:00）"
    assert row.moved_by == "小榄镇"
    assert page.still_open == ("1 项差额须说明", "39 个单位没有审定数")
    filing.explain_differences(published, explanations={"robot-firms": "三家由市直管"}, by=office, at=at(26))
    after = robots(page_of(published, office))
    assert (after.explained, after.explained_by) == ("三家由市直管", "欧阳敏 7月26日 10:00")
    assert (after.is_open, after.outdated) == (False, "")


def test_what_is_being_corrected_is_named_while_its_figures_stand(
    published: Period, xiaolan: User, office: User
) -> None:
    filed = published.returns.get(unit__code="xiaolan")
    filing.send_back_return(filed, version=filed.version, reason="少报一家", by=office, at=at(21))
    page = page_of(published, office)
    assert [(row.unit.code, row.reason) for row in page.correcting] == [("xiaolan", "少报一家")]
    assert page.still_open == ("39 个单位没有审定数", "1 个单位正在更正，更正审定前仍用原数")
    submitted(published, "xiaolan", xiaolan, {"robot-firms": "6"}, when=at(22))
    after = page_of(published, office)
    assert [row.tag.key for row in after.correcting] == ["submitted"]
    assert [(heading, len(rows)) for heading, rows in after.groups] == [("还没有报送", 39)]


def test_of_two_quarters_each_lists_its_own(
    zhongshan: Plan, published: Period, guzhen: User, office: User
) -> None:
    later = filing.publish_period(opened(zhongshan, office, "2015Q3"), by=office, at=at(20, 10))
    approved(later, "guzhen", guzhen, office, {"robot-firms": "2"}, when=at(21, 10))
    assert page_of(published, office).late == ()
    assert [late.code for late in load_publishing_page(later, office, today=date(2015, 10, 30)).late] == [
        "guzhen"
    ]


def test_the_page_costs_the_same_however_much_has_moved(published: Period, office: User) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as statements:
            page_of(published, office)
        return len(statements)

    counts = []
    for code in ("guzhen", "shiqi", "dongqu"):
        official = account(code + "_official", Role.TOWN, unit_code=code)
        approved(published, code, official, office, {"robot-firms": "2", "upgraded-firms": "3"})
        counts.append(cost())
    assert len(set(counts)) == 1
    assert counts[0] == 9
