"""Quarters, their neighbours, their words, and what falls due in them."""

import datetime

import pytest

from indicators.choices import Frequency
from indicators.domain.periods import Quarter, is_due, quarters_of


def test_a_quarter_reads_back_as_it_is_written() -> None:
    assert Quarter.parse("2015Q2") == Quarter(2015, 2)
    assert str(Quarter(2015, 2)) == "2015Q2"


@pytest.mark.parametrize(
    "text", ["", "2015", "2015Q0", "2015Q5", "2015q2", " 2015Q2", "2015Q2\n", "15Q2", "0000Q1", "２０１５Q2"]
)
def test_any_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Quarter.parse(text)


@pytest.mark.parametrize(("year", "number"), [(2015, 0), (2015, 5), (0, 1), (10000, 1)])
def test_a_quarter_that_no_calendar_has_is_refused(year: int, number: int) -> None:
    with pytest.raises(ValueError):
        Quarter(year, number)


def test_neighbours_cross_the_year() -> None:
    assert Quarter(2015, 1).previous == Quarter(2014, 4)
    assert Quarter(2015, 3).previous == Quarter(2015, 2)
    assert Quarter(2015, 4).next == Quarter(2016, 1)
    assert Quarter(2015, 1).next == Quarter(2015, 2)
    assert Quarter(2016, 3).same_last_year == Quarter(2015, 3)


def test_quarters_sort_by_time() -> None:
    assert sorted([Quarter(2016, 1), Quarter(2015, 4), Quarter(2015, 2)]) == [
        Quarter(2015, 2),
        Quarter(2015, 4),
        Quarter(2016, 1),
    ]


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [(1, (1, 1), (3, 31)), (2, (4, 1), (6, 30)), (3, (7, 1), (9, 30)), (4, (10, 1), (12, 31))],
)
def test_a_quarter_spans_three_months(number: int, first: tuple[int, int], last: tuple[int, int]) -> None:
    quarter = Quarter(2016, number)

    assert quarter.first_day == datetime.date(2016, *first)
    assert quarter.last_day == datetime.date(2016, *last)


def test_a_quarter_is_named_as_the_office_names_it() -> None:
    assert [quarter.label for quarter in quarters_of(2015, 2015)] == [
        "2015年第一季度",
        "2015年第二季度",
        "2015年第三季度",
        "2015年第四季度",
    ]
    assert [quarter.span for quarter in quarters_of(2015, 2015)] == ["1-3月", "1-6月", "1-9月", "1-12月"]


def test_what_is_left_of_the_year_shrinks_to_nothing() -> None:
    assert [quarter.left_in_year for quarter in quarters_of(2015, 2015)] == [3, 2, 1, 0]
    assert [quarter.is_last for quarter in quarters_of(2015, 2015)] == [False, False, False, True]


def test_a_plan_of_three_years_has_twelve_quarters() -> None:
    quarters = quarters_of(2015, 2017)

    assert len(quarters) == 12
    assert (quarters[0], quarters[-1]) == (Quarter(2015, 1), Quarter(2017, 4))
    assert quarters_of(2017, 2015) == ()


@pytest.mark.parametrize(
    ("frequency", "due"),
    [
        (Frequency.QUARTER, [True, True, True, True]),
        (Frequency.HALF, [False, True, False, True]),
        (Frequency.YEAR, [False, False, False, True]),
    ],
)
def test_a_figure_falls_due_by_its_frequency(frequency: Frequency, due: list[bool]) -> None:
    assert [is_due(frequency, quarter) for quarter in (1, 2, 3, 4)] == due
