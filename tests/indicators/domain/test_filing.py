"""What blocks a figure, what asks for a note, and in which words."""

from decimal import Decimal

import pytest

from indicators.choices import Kind
from indicators.domain.filing import (
    EntryRule,
    Finding,
    Level,
    blocks_submission,
    check_entry,
    check_part,
)

INVESTMENT = EntryRule("工业投资", Kind.FLOW, 2, "亿元", percent_of_whole=False, signed=False, due=True)
FIRMS = EntryRule("机器换人企业", Kind.FLOW, 0, "家", percent_of_whole=False, signed=False, due=True)
SHARE = EntryRule("研发机构比例", Kind.RATE, 2, "%", percent_of_whole=True, signed=False, due=True)
GROWTH = EntryRule("工业投资增长率", Kind.RATE, 2, "%", percent_of_whole=False, signed=True, due=True)
LEADERS = EntryRule("智能制造骨干企业", Kind.STOCK, 0, "家", percent_of_whole=False, signed=False, due=True)
ANNUAL = EntryRule("研发投入占比", Kind.RATE, 2, "%", percent_of_whole=True, signed=False, due=False)


def findings(
    rule: EntryRule,
    value: str | None,
    note: str = "",
    *,
    target: str | None = None,
    last_quarter: str | None = None,
    last_year: str | None = None,
    later: tuple[str | None, ...] = (),
    is_correction: bool = False,
) -> list[Finding]:
    def figure(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return check_entry(
        rule,
        figure(value),
        note,
        target=figure(target),
        last_quarter=figure(last_quarter),
        last_year=figure(last_year),
        later_quarters=[figure(text) for text in later],
        is_correction=is_correction,
    )


def test_a_figure_in_order_has_no_findings() -> None:
    # 140 after 70 in the quarter before and 120 a year ago: up by a sixth
    assert findings(INVESTMENT, "140", target="280", last_quarter="70", last_year="120") == []


@pytest.mark.parametrize(
    ("rule", "value", "code", "says"),
    [
        (INVESTMENT, "-0.01", "below_zero", "“工业投资”不能小于零，填的是 -0.01。"),
        (SHARE, "100.01", "above_whole", "“研发机构比例”是占比，不能超过 100%，填的是 100.01%。"),
        (INVESTMENT, "1.234", "decimals", "“工业投资”最多 2 位小数，填的是 1.234，请四舍五入后填写。"),
        (FIRMS, "1.5", "decimals", "“机器换人企业”应为整数，填的是 1.5，请四舍五入后填写。"),
        (FIRMS, None, "blank", "“机器换人企业”没有填数，请填报，或在说明中写明原因。"),
    ],
)
def test_an_error_says_what_is_wrong_and_what_to_do(
    rule: EntryRule, value: str | None, code: str, says: str
) -> None:
    assert findings(rule, value) == [Finding(Level.ERROR, code, says)]


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (INVESTMENT, "0"),
        (SHARE, "100"),
        (GROWTH, "-3.5"),  # a growth may fall below zero
        (GROWTH, "120"),  # and pass 100
        (FIRMS, "80.000"),  # zeros behind the point are no decimals
    ],
)
def test_the_bounds_themselves_are_allowed(rule: EntryRule, value: str) -> None:
    assert findings(rule, value) == []


def test_a_figure_beyond_fifteen_digits_is_an_error_and_no_exception() -> None:
    (finding,) = findings(INVESTMENT, "1234567890123456")

    assert (finding.level, finding.code) == (Level.ERROR, "too_long")


def test_a_blank_with_a_note_stays_not_reported() -> None:
    assert findings(FIRMS, None, "统计口径调整中") == []
    assert [finding.code for finding in findings(FIRMS, None, " 　")] == ["blank"]


def test_a_figure_that_is_not_due_may_stay_blank() -> None:
    assert findings(ANNUAL, None) == []


def test_a_figure_can_have_several_errors_at_once() -> None:
    assert [finding.code for finding in findings(INVESTMENT, "-1.234")] == ["decimals", "below_zero"]


def test_a_cumulative_total_below_last_quarters_is_doubted() -> None:
    assert findings(INVESTMENT, "69.99", last_quarter="70") == [
        Finding(
            Level.WARNING,
            "falling_total",
            "“工业投资”累计数 69.99亿元低于上季的 70.00亿元，累计数一般不会减少，请核对或说明原因。",
        )
    ]
    assert findings(INVESTMENT, "70", last_quarter="70") == []


def test_a_level_may_fall() -> None:
    assert findings(LEADERS, "2", last_quarter="3") == []


@pytest.mark.parametrize(
    ("value", "last_year", "is_doubted"),
    [
        ("150", "100", False),  # up by exactly half
        ("150.01", "100", True),
        ("50", "100", False),  # down by exactly half
        ("49.99", "100", True),
        ("150", None, False),
        ("150", "0", False),  # no base to take half of
    ],
)
def test_a_change_of_over_half_against_last_year_is_doubted(
    value: str, last_year: str | None, is_doubted: bool
) -> None:
    found = findings(INVESTMENT, value, last_year=last_year)

    assert [finding.code for finding in found] == (["over_half"] if is_doubted else [])


def test_a_figure_that_cannot_stay_is_not_doubted_too() -> None:
    """32.5 firms, where 33 would be told of beside 21."""
    assert [finding.code for finding in findings(FIRMS, "32.5", last_year="21")] == ["decimals"]


def test_the_doubt_about_a_change_names_both_figures() -> None:
    (finding,) = findings(INVESTMENT, "200", last_year="100")

    assert (
        finding.message == "“工业投资”200.00亿元与上年同期的 100.00亿元相比变动超过一半，请核对或说明原因。"
    )


@pytest.mark.parametrize(("target", "is_doubted"), [("2", True), ("0", False), (None, False)])
def test_zero_is_doubted_where_something_was_promised(target: str | None, is_doubted: bool) -> None:
    found = findings(FIRMS, "0", target=target)

    assert [finding.code for finding in found] == (["zero"] if is_doubted else [])


def test_a_correction_above_a_later_quarter_is_doubted() -> None:
    found = findings(INVESTMENT, "150", later=(None, "140", "210"), is_correction=True)

    assert [finding.code for finding in found] == ["later_quarter"]
    assert found[0].message == (
        "“工业投资”更正为 150.00亿元后，以后季度已审定的累计数 140.00亿元反而更低，请一并更正以后季度或说明原因。"
    )


def test_a_later_quarter_is_held_against_corrections_of_totals_only() -> None:
    assert findings(INVESTMENT, "140", later=("140",), is_correction=True) == []
    assert findings(INVESTMENT, "150", later=("140",)) == []
    assert findings(LEADERS, "5", later=("4",), is_correction=True) == []


def test_a_part_above_its_whole_is_an_error() -> None:
    assert check_part(Decimal(221), Decimal(220), part_name="超5000万元企业", whole_name="开展技改企业") == [
        Finding(Level.ERROR, "part_above_whole", "“超5000万元企业”221 大于“开展技改企业”220，请核对。")
    ]


@pytest.mark.parametrize(("part", "whole"), [("220", "220"), ("0", "0"), (None, "220"), ("220", None)])
def test_a_part_within_its_whole_or_without_one_is_in_order(part: str | None, whole: str | None) -> None:
    assert check_part(*(None if text is None else Decimal(text) for text in (part, whole))) == []


@pytest.mark.parametrize(
    ("level", "note", "is_blocked"),
    [
        (Level.ERROR, "", True),
        (Level.ERROR, "已核实", True),
        (Level.WARNING, "", True),
        (Level.WARNING, " 　", True),
        (Level.WARNING, "已核实", False),
    ],
)
def test_an_error_always_blocks_and_a_warning_until_there_is_a_note(
    level: Level, note: str, is_blocked: bool
) -> None:
    assert blocks_submission([Finding(level, "code", "sentence")], note) is is_blocked


def test_nothing_found_blocks_nothing() -> None:
    assert blocks_submission([], "") is False
