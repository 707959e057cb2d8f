"""Where a shortfall lies, in words: every case of who is short, who makes up for it and who is missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from indicators.choices import Direction, Kind, Reason
from indicators.domain.measures import Facts, Measure, Result
from indicators.domain.progress import Progress, measure_progress
from reports.pages.indicator_gap import balance_of, gap_sentence

INVESTMENT = Measure(Kind.FLOW, Direction.HIGHER, 2)
WASTE = Measure(Kind.FLOW, Direction.LOWER, 1)


@dataclass(frozen=True)
class Town:
    name: str
    progress: Progress | None
    balance: Result


def at_half_year(measure: Measure, target: str | None, actual: str | None) -> Progress:
    facts = Facts(
        target=None if target is None else Decimal(target), actual=None if actual is None else Decimal(actual)
    )
    return measure_progress(measure, 2, facts)


def towns(measure: Measure, **given: tuple[str | None, str | None]) -> list[Town]:
    """{name: (target of the year, actual of the half-year)}"""
    made = []
    for name, (target, actual) in given.items():
        progress = at_half_year(measure, target, actual)
        made.append(Town(name, progress, balance_of(progress, measure)))
    return made


@pytest.mark.parametrize(
    ("city", "given", "said"),
    [
        # Half of the target is due.
        (("20", "9"), {"甲": ("20", "9")}, "全市比应达数少 1.00 亿元；甲少 1.00 亿元。"),
        (
            ("40", "20"),
            {"甲": ("20", "9"), "乙": ("20", "11")},
            "全市与应达数持平；甲少 1.00 亿元；乙多 1.00 亿元。",
        ),
        (("40", "21"), {"甲": ("20", "10"), "乙": ("20", "11")}, "全市比应达数多 1.00 亿元；已报的镇区都不欠。"),
        (
            ("40", None),
            {"甲": ("20", "9"), "乙": ("20", None)},
            "全市数未报送；甲少 1.00 亿元；乙未报送，应达 10.00 亿元。",
        ),
        (
            ("80", "20"),
            {"甲": ("20", "5"), "乙": ("20", "6"), "丙": ("20", "7"), "丁": ("20", "8")},
            "全市比应达数少 20.00 亿元；4 个镇区合计少 14.00 亿元，其中甲 5.00、乙 4.00、丙 3.00。",
        ),
        # Nothing is due of a town without a target, or with one of zero.
        (
            ("20", "9"),
            {"甲": ("20", "9"), "乙": (None, "3"), "丙": ("0", None)},
            "全市比应达数少 1.00 亿元；甲少 1.00 亿元。",
        ),
        (("20", "9"), {"甲": ("20", None)}, ""),
        ((None, "9"), {"甲": ("20", "9")}, ""),
    ],
)  # fmt: skip
def test_who_is_short_who_makes_up_for_it_and_who_is_missing(
    city: tuple[str | None, str | None], given: dict[str, tuple[str | None, str | None]], said: str
) -> None:
    told = gap_sentence(at_half_year(INVESTMENT, *city), towns(INVESTMENT, **given), INVESTMENT, "亿元")
    assert told == said


def test_of_a_figure_that_should_fall_too_much_is_short() -> None:
    given = towns(WASTE, 甲=("100", "60"), 乙=("100", "45"))
    assert [town.balance for town in given] == [Decimal(-10), Decimal(5)]
    told = gap_sentence(at_half_year(WASTE, "200", "105"), given, WASTE, "万吨")
    assert told == "全市比应达数多 5.0 万吨；甲多 10.0 万吨；乙少 5.0 万吨。"


def test_a_balance_that_cannot_be_told_says_why() -> None:
    assert balance_of(at_half_year(INVESTMENT, None, "3"), INVESTMENT) == Reason.NO_TARGET
    assert balance_of(at_half_year(INVESTMENT, "20", None), INVESTMENT) == Reason.NOT_REPORTED
