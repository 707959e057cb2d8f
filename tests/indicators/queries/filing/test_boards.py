"""What the office and a unit see of a quarter: in words, and at the same cost however many have filed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.domain.periods import Quarter
from indicators.models import Period, Plan
from indicators.queries.filing.assignments import assigned_indicators
from indicators.queries.filing.board import Board, BoardRow, load_board
from indicators.queries.filing.publishing import load_publishing_page
from indicators.queries.filing.returns import load_return, return_page
from indicators.queries.filing.review import load_review_queue
from indicators.services import filing
from tests.indicators.filing_steps import approved, at, opened, period_of, saved, submitted
from tests.people import account, unit
from towns.choices import Role

TODAY = date(2015, 7, 12)


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office, closes_on=date(2015, 7, 31))


def rows_of(board: Board) -> dict[str, BoardRow]:
    return {row.unit.code: row for _, rows in board.groups for row in rows}


def queries(read: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as statements:
        read()
    return len(statements)


def test_a_town_files_the_allocated_columns_and_a_department_what_it_leads(zhongshan: Plan) -> None:
    half_year = period_of(zhongshan).quarter
    town = [row.code for row in assigned_indicators(zhongshan, unit("xiaolan"), half_year)]
    assert len(town) == 11
    assert town[town.index("upgraded-firms") + 1] == "upgraded-firms-large"
    science = [row.code for row in assigned_indicators(zhongshan, unit("keji"), half_year)]
    assert "rd-institution-share" in science
    # 研发投入占比 is filed once a year.
    assert "rd-intensity" not in science
    year_end = [row.code for row in assigned_indicators(zhongshan, unit("keji"), Quarter(2015, 4))]
    assert "rd-intensity" in year_end
    assert assigned_indicators(zhongshan, unit("fazhi"), half_year) == ()


def test_the_board_says_of_every_unit_how_far_it_is(
    period: Period, office: User, xiaolan: User, guzhen: User, clerk: User, second_office: User
) -> None:
    submitted(period, "xiaolan", xiaolan)
    back = submitted(period, "guzhen", guzhen)
    filing.send_back_return(back, version=back.version, reason="请核对", by=office, at=at(9))
    approved(period, "jingxin", clerk, second_office)
    saved(period, "nantou", office)
    board = load_board(period, office, today=TODAY)
    rows = rows_of(board)
    assert (len(rows), board.window) == (41, "7月15日截止，还有 3 天。")
    assert {code: rows[code].tag.label for code in ("xiaolan", "guzhen", "jingxin", "nantou", "shiqi")} == {
        "xiaolan": "已提交",
        "guzhen": "已退回",
        "jingxin": "已审定",
        "nantou": "草稿",
        "shiqi": "未开始",
    }
    assert rows["xiaolan"].detail == "何小榄 7月8日 10:00 提交"
    assert (rows["guzhen"].detail, rows["guzhen"].reason) == ("欧阳敏 7月9日 10:00 退回", "请核对")
    assert rows["nantou"].marks == ("代填",)
    assert (rows["xiaolan"].asked, rows["fazhi"].asked) == ("11 项", "仅文字")
    counted = {count.label: count.number for count in board.counts}
    assert counted == {"未开始": 37, "草稿": 1, "已提交": 1, "已退回": 1, "已审定": 1, "逾期": 0}


def test_late_is_only_who_has_yet_to_file(
    period: Period, office: User, xiaolan: User, guzhen: User, auditor: User
) -> None:
    submitted(period, "xiaolan", xiaolan)
    approved(period, "guzhen", guzhen, office)
    board = load_board(period, auditor, today=date(2015, 7, 18), chosen="late")
    rows = rows_of(board)
    assert rows["shiqi"].late == "逾期 3 天"
    assert len(rows) == 39
    assert not {"xiaolan", "guzhen"} & set(rows)


def test_a_day_outside_the_quarters_year_is_written_with_its_year(
    zhongshan: Plan, office: User, xiaolan: User
) -> None:
    last = opened(zhongshan, office, "2015Q4", closes_on=date(2016, 1, 31))
    filed = submitted(last, "xiaolan", xiaolan, when=at(8, 1, year=2016))
    assert filed.submitted_at is not None
    board = load_board(last, office, today=date(2016, 1, 12))
    assert board.window == "2016年1月15日截止，还有 3 天。"
    assert rows_of(board)["xiaolan"].detail == "何小榄 2016年1月8日 10:00 提交"


def test_a_return_shows_what_stands_beside_each_figure(
    zhongshan: Plan, period: Period, office: User, xiaolan: User
) -> None:
    first = opened(zhongshan, office, "2015Q1")
    approved(first, "xiaolan", xiaolan, office, {"industrial-investment": "5.2"})
    saved(period, "xiaolan", xiaolan, {"industrial-investment": "5.1"})
    page = return_page(load_return(period, unit("xiaolan"), xiaolan, today=TODAY))
    row = next(row for row in page.rows if row.code == "industrial-investment")
    # 附件2: 小榄镇 24.60亿元.
    assert (row.target.text, row.last_quarter.text, row.typed, row.note) == ("24.60", "5.20", "5.1", "已核对")
    assert (row.last_year.text, row.last_year.reason) == ("—", "没有审定数")
    assert [message.split("，")[0] for message in row.warnings] == [
        "“工业投资”累计数 5.10亿元低于上季的 5.20亿元"
    ]
    assert page.doubts == ()
    assert [row.is_part for row in page.rows if row.code == "upgraded-firms-large"] == [True]


def test_a_correction_shows_the_figure_that_still_stands(period: Period, office: User, xiaolan: User) -> None:
    filed = approved(period, "xiaolan", xiaolan, office, {"industrial-investment": "9.1"})
    filing.send_back_return(filed, version=filed.version, reason="请核对", by=office, at=at(10))
    saved(period, "xiaolan", xiaolan, {"industrial-investment": "9.4"}, when=at(11))
    page = return_page(load_return(period, unit("xiaolan"), xiaolan, today=TODAY))
    row = next(row for row in page.rows if row.code == "industrial-investment")
    assert (row.typed, row.approved) == ("9.4", "9.10")


def test_the_queue_names_the_doubts_and_who_may_not_decide(
    period: Period, office: User, second_office: User, xiaolan: User, clerk: User
) -> None:
    submitted(period, "xiaolan", xiaolan, {"robot-firms": "0"})
    submitted(period, "jingxin", clerk, when=at(9))
    saved(period, "nantou", second_office)
    queue = {row.filed.unit.code: row for row in load_review_queue(period.plan, office, today=TODAY).rows}
    assert list(queue) == ["xiaolan", "jingxin", "nantou"]
    (doubt,) = queue["xiaolan"].doubts
    assert ("填的是 0" in doubt.message, doubt.note) == (True, "已核对")
    assert queue["xiaolan"].reported == "已报 1/11 项"
    assert "自己所在单位" in queue["jingxin"].refusal
    assert (queue["nantou"].marks, queue["nantou"].handed_in) == (("代填",), "代填的草稿，未提交")


def test_the_quarters_of_a_year_stand_side_by_side(
    zhongshan: Plan, period: Period, office: User, xiaolan: User, guzhen: User
) -> None:
    first = opened(zhongshan, office, "2015Q1")
    approved(first, "xiaolan", xiaolan, office, {"industrial-investment": "5.2"})
    submitted(period, "xiaolan", xiaolan)
    board = load_board(period, office, today=TODAY, beside=[first, period])
    cells = {code: row.cells for code, row in rows_of(board).items()}
    assert [cell.tag.label for cell in cells["xiaolan"]] == ["已审定", "已提交"]
    assert [(cell.tag.label, cell.late[:2]) for cell in cells["guzhen"]] == [
        ("未开始", "逾期"),
        ("未开始", ""),
    ]
    assert [cell.chosen for cell in cells["guzhen"]] == [False, True]


def test_a_correction_is_marked_until_it_is_approved(period: Period, office: User, xiaolan: User) -> None:
    filed = approved(period, "xiaolan", xiaolan, office, {"industrial-investment": "9.1"})
    assert rows_of(load_board(period, office, today=TODAY))["xiaolan"].marks == ()
    filing.send_back_return(filed, version=filed.version, reason="请核对", by=office, at=at(10))
    assert rows_of(load_board(period, office, today=TODAY))["xiaolan"].marks == ("更正中",)
    submitted(period, "xiaolan", xiaolan, {"industrial-investment": "9.4"}, when=at(11))
    assert rows_of(load_board(period, office, today=TODAY))["xiaolan"].marks == ("更正中",)


def test_a_reopened_unit_is_marked_while_it_may_file(period: Period, office: User) -> None:
    filing.reopen_return(period, unit=unit("shiqi"), until=date(2015, 8, 5), by=office, at=at(1, 8))
    board = load_board(period, office, today=date(2015, 8, 5))
    row = rows_of(board)["shiqi"]
    assert (row.marks, row.late) == (("重新开放至8月5日",), "逾期 21 天")
    assert rows_of(load_board(period, office, today=date(2015, 8, 6)))["shiqi"].marks == ()


def test_one_kind_of_unit_is_counted_and_listed_alone(
    period: Period, office: User, xiaolan: User, clerk: User, second_office: User
) -> None:
    submitted(period, "xiaolan", xiaolan)
    approved(period, "jingxin", clerk, second_office)
    board = load_board(period, office, today=TODAY, kind="town", chosen="submitted")
    assert list(rows_of(board)) == ["xiaolan"]
    assert (board.listed, board.units, board.everybody) == ("列出 1 个，全市共 41 个", 24, 41)
    assert {count.label: count.number for count in board.counts}["已审定"] == 0
    assert [(kind.label, kind.number, kind.chosen) for kind in board.kinds] == [
        ("市直部门", 17, False),
        ("镇区", 24, True),
    ]


def test_the_office_of_another_city_sees_none_of_it(period: Period, xiaolan: User) -> None:
    stranger = account("linhai_office", Role.OFFICE, unit_code="gongxin", city="linhaiwan")
    submitted(period, "xiaolan", xiaolan)
    assert load_review_queue(period.plan, stranger, today=TODAY).rows == ()
    assert "xiaolan" not in rows_of(load_board(period, stranger, today=TODAY))


def test_the_pages_cost_the_same_however_many_units_have_filed(period: Period, office: User) -> None:
    first = opened(period.plan, office, "2015Q1")

    def costs() -> dict[str, int]:
        fresh = period_of(period.plan)
        return {
            "board": queries(lambda: load_board(fresh, office, today=TODAY)),
            "year": queries(lambda: load_board(fresh, office, today=TODAY, beside=[first, fresh])),
            "review": queries(lambda: load_review_queue(fresh.plan, office, today=TODAY)),
            "publishing": queries(lambda: load_publishing_page(fresh, office, today=TODAY)),
        }

    officials = {
        code: account(code, Role.TOWN, unit_code=code) for code in ("xiaolan", "guzhen", "shiqi", "dongqu")
    }
    submitted(period, "xiaolan", officials["xiaolan"], {"robot-firms": "0"})
    alone = costs()
    for code in ("guzhen", "shiqi", "dongqu"):
        submitted(period, code, officials[code], {"robot-firms": "0", "upgraded-firms": "3"})
    assert costs() == alone
    assert alone == {"board": 3, "year": 3, "review": 6, "publishing": 7}


def test_a_return_costs_five_queries_to_read(period: Period, xiaolan: User) -> None:
    saved(period, "xiaolan", xiaolan)
    town = unit("xiaolan")
    assert queries(lambda: return_page(load_return(period, town, xiaolan, today=TODAY))) == 5
