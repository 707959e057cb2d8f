"""The office's queue: narrowed, in pages, with what changed since the office last decided; figures worked by hand."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from indicators.models import Period, Plan, QuarterlyReturn
from indicators.queries.filing.review import PAGE, QueueFilter, load_review_queue
from indicators.queries.filing.waiting import WaitingReturn, WaitingRow
from indicators.services import filing
from indicators.services.filing import Typed
from tests.indicators.filing_steps import approved, at, opened, saved, submitted
from towns.models import Unit

TODAY = date(2015, 7, 12)
INVESTED = "industrial-investment"


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office, closes_on=date(2015, 7, 31))


def waiting(plan: Plan, reader: User, **narrowed: str) -> dict[str, WaitingReturn]:
    queue = load_review_queue(plan, reader, today=TODAY, chosen=QueueFilter(**narrowed))
    return {f"{row.filed.period.code}/{row.filed.unit.code}": row for row in queue.rows}


def row_of(one: WaitingReturn, code: str) -> WaitingRow:
    return next(row for row in one.rows if row.code == code)


def typed_again(filed: QuarterlyReturn, by: User, figures: dict[str, Typed], **texts: str) -> QuarterlyReturn:
    """The unit mends what came back and hands it in again on 10 July."""
    draft = filing.save_return(
        filed.period,
        unit=filed.unit,
        version=filed.version,
        figures=figures,
        texts=texts,
        by=by,
        at=at(10),
    )
    return filing.submit_return(draft, version=draft.version, by=by, at=at(10))


def test_a_figure_stands_beside_its_target_with_the_light_it_would_have(
    period: Period, office: User, xiaolan: User
) -> None:
    submitted(period, "xiaolan", xiaolan, {INVESTED: "11.50"})
    row = row_of(waiting(period.plan, office)["2015Q2/xiaolan"], INVESTED)
    # 小榄镇's target is 24.60; 11.50 / 24.60 = 46.7479%, and 11.50 of 12.30 due by June is 0.935: YELLOW.
    assert (row.target.text, row.value.text, row.completion.text) == ("24.60", "11.50", "46.7%")
    assert (row.light, row.light_class) == ("略欠", "yellow")


def test_what_changed_since_it_was_sent_back_shows_what_it_was(
    period: Period, office: User, xiaolan: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan, {INVESTED: "14.51", "robot-firms": "3"})
    back = filing.send_back_return(
        filed, version=filed.version, reason="与统计月报不一致", by=office, at=at(9, hour=15)
    )
    typed_again(back, xiaolan, {INVESTED: Typed("14.15", "按月报更正")}, progress_text="走访企业二十家。")
    one = waiting(period.plan, office)["2015Q2/xiaolan"]
    assert one.changes == "与7月9日 15:00 退回时相比，改动 2 处"
    assert (one.marks, one.back_because) == (("重新提交",), "与统计月报不一致")
    invested = row_of(one, INVESTED)
    assert (invested.was, invested.value.text) == ("14.51", "14.15")
    assert (invested.note_was, invested.note) == ("已核对", "按月报更正")
    assert row_of(one, "robot-firms").was == ""
    assert (one.texts[0].was, one.texts[0].text) == ("按计划推进。", "走访企业二十家。")
    assert one.texts[1].was == ""


def test_a_return_that_came_back_as_it_was_says_so_and_a_first_one_says_nothing(
    period: Period, office: User, xiaolan: User, guzhen: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan, {INVESTED: "14.51"})
    back = filing.send_back_return(filed, version=filed.version, reason="请核对", by=office, at=at(9))
    filing.submit_return(back, version=back.version, by=xiaolan, at=at(10))
    submitted(period, "guzhen", guzhen)
    found = waiting(period.plan, office)
    assert found["2015Q2/xiaolan"].changes == "与7月9日 10:00 退回时相比，没有改动"
    assert found["2015Q2/guzhen"].changes == ""


def test_a_correction_shows_the_figure_in_use_and_what_it_was(
    period: Period, office: User, xiaolan: User
) -> None:
    filed = approved(period, "xiaolan", xiaolan, office, {INVESTED: "14.51"})
    back = filing.send_back_return(filed, version=filed.version, reason="漏报一户", by=office, at=at(10))
    typed_again(back, xiaolan, {INVESTED: Typed("15.02", "补报一户")})
    one = waiting(period.plan, office)["2015Q2/xiaolan"]
    assert one.marks == ("更正",)
    invested = row_of(one, INVESTED)
    assert (invested.was, invested.approved, invested.value.text) == ("14.51", "14.51", "15.02")


def test_who_is_at_the_review_is_said_to_the_others(
    period: Period, office: User, second_office: User, xiaolan: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan)
    filing.begin_review(filed, by=second_office, at=at(9, hour=9))
    one = waiting(period.plan, office)["2015Q2/xiaolan"]
    assert (one.review, one.is_reviewed_by_reader) == ("冯志远 7月9日 09:00 开始审核", False)
    assert waiting(period.plan, second_office)["2015Q2/xiaolan"].is_reviewed_by_reader


def test_half_a_filled_in_draft_says_what_it_lacks_and_cannot_be_ticked(
    period: Period, office: User, second_office: User
) -> None:
    town = Unit.objects.get(code="xiaolan", city_code="zhongshan")
    filing.save_return(period, unit=town, version=0, figures={"robot-firms": Typed("3")}, by=office, at=at(8))
    one = waiting(period.plan, second_office)["2015Q2/xiaolan"]
    assert (len(one.open), one.can_approve, one.refusal) == (10, False, "")
    assert "自己填写" in waiting(period.plan, office)["2015Q2/xiaolan"].refusal


def test_the_queue_is_narrowed_by_quarter_units_doubts_and_what_one_may_decide(
    period: Period, office: User, second_office: User, clerk: User, xiaolan: User, guzhen: User
) -> None:
    first = opened(period.plan, office, "2015Q1")
    submitted(first, "xiaolan", xiaolan)
    submitted(period, "xiaolan", xiaolan, {"robot-firms": "0"})
    submitted(period, "guzhen", guzhen)
    submitted(period, "jingxin", clerk)
    plan = period.plan
    assert set(waiting(plan, office, quarter="2015Q1")) == {"2015Q1/xiaolan"}
    assert set(waiting(plan, office, units="departments")) == {"2015Q2/jingxin"}
    assert set(waiting(plan, office, doubts="with")) == {"2015Q2/xiaolan"}
    assert set(waiting(plan, office, quarter="2015Q2", doubts="without")) == {
        "2015Q2/guzhen",
        "2015Q2/jingxin",
    }
    assert set(waiting(plan, office, quarter="2015Q2", mine="yes")) == {"2015Q2/xiaolan", "2015Q2/guzhen"}
    assert waiting(plan, office, quarter="1999Q9") == {}
    towns = load_review_queue(plan, office, today=TODAY, chosen=QueueFilter(units="towns"))
    numbers = [{choice.label: choice.number for choice in group} for group in towns.choices]
    assert numbers == [
        {"全部季度": 3, "2015年第一季度": 1, "2015年第二季度": 2},
        {"全部单位": 4, "镇区": 3, "部门": 1},
        {"不论疑点": 3, "有疑点": 1, "没有疑点": 2},
    ]


def test_a_long_queue_is_read_in_pages(period: Period, office: User, xiaolan: User) -> None:
    units = list(Unit.objects.filter(city_code="zhongshan").order_by("order"))
    QuarterlyReturn.objects.bulk_create(
        QuarterlyReturn(
            period=period, unit=unit, state="SUBMITTED", submitted_at=at(8, hour=9), submitted_by=xiaolan
        )
        for unit in units
    )
    queues = [load_review_queue(period.plan, office, today=TODAY, page=page) for page in (1, 2, 9)]
    assert [len(queue.rows) for queue in queues] == [PAGE, len(units) - PAGE, len(units) - PAGE]
    assert [(queue.page, queue.pages, queue.number) for queue in queues] == [
        (1, 2, len(units)),
        (2, 2, len(units)),
        (2, 2, len(units)),
    ]
    assert [row.filed.unit for queue in queues[:2] for row in queue.rows] == units


def test_a_units_own_draft_and_what_is_decided_do_not_wait(
    period: Period, office: User, xiaolan: User, guzhen: User
) -> None:
    saved(period, "xiaolan", xiaolan)
    approved(period, "guzhen", guzhen, office)
    assert waiting(period.plan, office) == {}
