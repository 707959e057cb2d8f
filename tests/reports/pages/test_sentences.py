"""An indicator's progress in a sentence, each worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from indicators.choices import Direction, Frequency, Kind
from indicators.domain.measures import Facts, Measure
from indicators.domain.periods import Quarter
from indicators.domain.progress import measure_progress
from reports.pages.sentences import Told, behind_words, sentence

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER
MONEY = ("规模以上工业增加值", "亿元", Measure(Kind.FLOW, HIGHER, 2))
FIRMS = ("开展技改的规模以上工业企业", "家", Measure(Kind.FLOW, HIGHER, 0))
WATER = ("工业废水排放量", "万吨", Measure(Kind.FLOW, LOWER, 1))
PLATFORMS = ("创新平台", "家", Measure(Kind.STOCK, HIGHER, 0))
SHARE = ("高技术制造业占比", "%", Measure(Kind.RATE, HIGHER, 2))
ENERGY = ("单位能耗指数", "点", Measure(Kind.RATE, LOWER, 2))
YEARLY = ("研发投入占比", "%", Measure(Kind.RATE, HIGHER, 2, Frequency.YEAR))
HALF_YEARLY = ("创新平台", "家", Measure(Kind.STOCK, HIGHER, 0, Frequency.HALF))

Indicator = tuple[str, str, Measure]


def told(indicator: Indicator, quarter: int, **known: str) -> Told:
    """What is known in figures: target, actual, base, last_year."""
    name, unit, measure = indicator
    facts = Facts(**{key: Decimal(value) for key, value in known.items()})
    return Told(name, unit, measure, measure_progress(measure, quarter, facts), last_year=facts.last_year)


@pytest.mark.parametrize(
    ("indicator", "quarter", "known", "words"),
    [
        # 647.78 / 1417 = 45.71%, 4.29 points behind; over 600 last year +7.96%.
        (
            MONEY,
            2,
            {"target": "1417", "actual": "647.78", "last_year": "600"},
            "1-6月，全市规模以上工业增加值累计647.78亿元，完成年度目标1,417亿元的45.7%，"
            "欠序时进度4.3个百分点，同比增长8.0%（名义）。",
        ),
        # 120 / 400 = 30%, 5 points ahead; under 150 last year.
        (
            MONEY,
            1,
            {"target": "400", "actual": "120", "last_year": "150"},
            "1-3月，全市规模以上工业增加值累计120.00亿元，完成年度目标400亿元的30.0%，"
            "超序时进度5.0个百分点，同比下降20.0%（名义）。",
        ),
        (
            MONEY,
            2,
            {"target": "400", "actual": "200", "last_year": "200"},
            "1-6月，全市规模以上工业增加值累计200.00亿元，完成年度目标400亿元的50.0%，"
            "与序时进度持平，同比持平（名义）。",
        ),
        # No last year, or one of nothing: nothing is said of it.
        (
            MONEY,
            2,
            {"target": "400", "actual": "200", "last_year": "0"},
            "1-6月，全市规模以上工业增加值累计200.00亿元，完成年度目标400亿元的50.0%，与序时进度持平。",
        ),
        # 600 of 1000 used half-way: 10 points more than half.
        (
            WATER,
            2,
            {"target": "1000", "actual": "600"},
            "1-6月，全市工业废水排放量累计600.0万吨，年度控制目标1,000万吨，比序时控制进度多用10.0个百分点。",
        ),
        (
            WATER,
            2,
            {"target": "1000", "actual": "450"},
            "1-6月，全市工业废水排放量累计450.0万吨，年度控制目标1,000万吨，比序时控制进度少用5.0个百分点。",
        ),
        # One of three: 1.5 were due, in whole units 1.
        (
            FIRMS,
            2,
            {"target": "3", "actual": "1"},
            "1-6月，全市开展技改的规模以上工业企业累计1家，完成年度目标3家的33.3%，达到按整数计的序时应达数1家。",
        ),
        # 149 + 5 x 0.5 = 151.5, in whole units 151.
        (
            PLATFORMS,
            2,
            {"target": "154", "actual": "150", "base": "149"},
            "6月末，全市创新平台为150家，完成年度目标154家的97.4%，较序时应达数少1家。",
        ),
        (
            PLATFORMS,
            2,
            {"target": "154", "actual": "151", "base": "149", "last_year": "151"},
            "6月末，全市创新平台为151家，完成年度目标154家的98.1%，与序时应达数持平，同比持平（名义）。",
        ),
        # 17.1 + 0.5 x 0.5 = 17.35.
        (
            SHARE,
            2,
            {"target": "17.6", "actual": "17.68", "base": "17.1", "last_year": "17.1"},
            "6月末，全市高技术制造业占比为17.68%，年度目标17.6%，完成率100.5%，"
            "较序时应达数高0.33个百分点，比上年同期提高0.58个百分点。",
        ),
        (
            SHARE,
            2,
            {"target": "17.6", "actual": "17.20", "base": "17.1", "last_year": "17.50"},
            "6月末，全市高技术制造业占比为17.20%，年度目标17.6%，完成率97.7%，"
            "较序时应达数低0.15个百分点，比上年同期下降0.30个百分点。",
        ),
        # 100 - 9 x 0.75 = 93.25.
        (
            ENERGY,
            3,
            {"target": "91", "actual": "94", "base": "100"},
            "9月末，全市单位能耗指数为94.00点，年度控制目标91点，较序时控制数高0.75点。",
        ),
        (
            ENERGY,
            3,
            {"target": "91", "actual": "93", "base": "100"},
            "9月末，全市单位能耗指数为93.00点，年度控制目标91点，较序时控制数低0.25点。",
        ),
    ],
)
def test_a_figure_that_is_there(
    indicator: Indicator, quarter: int, known: dict[str, str], words: str
) -> None:
    assert sentence(told(indicator, quarter, **known), Quarter(2015, quarter)) == words


@pytest.mark.parametrize(
    ("indicator", "known", "words"),
    [
        (
            MONEY,
            {"target": "1417", "actual": "1430"},
            "1-12月，全市规模以上工业增加值累计1,430.00亿元，完成年度目标1,417亿元的100.9%，已完成年度目标。",
        ),
        (
            MONEY,
            {"target": "1417", "actual": "1400"},
            "1-12月，全市规模以上工业增加值累计1,400.00亿元，完成年度目标1,417亿元的98.8%，"
            "未完成年度目标，差17.00亿元。",
        ),
        (
            SHARE,
            {"target": "17.6", "actual": "17.5"},
            "12月末，全市高技术制造业占比为17.50%，年度目标17.6%，完成率99.4%，未完成年度目标，差0.10个百分点。",
        ),
        (
            WATER,
            {"target": "1000", "actual": "990"},
            "1-12月，全市工业废水排放量累计990.0万吨，年度控制目标1,000万吨，控制在目标以内。",
        ),
        (
            WATER,
            {"target": "1000", "actual": "1050"},
            "1-12月，全市工业废水排放量累计1,050.0万吨，年度控制目标1,000万吨，超出控制目标50.0万吨。",
        ),
        (
            FIRMS,
            {"target": "350"},
            "1-12月，全市开展技改的规模以上工业企业数据未报送（年度目标350家），按未完成计。",
        ),
    ],
)
def test_at_the_years_end_a_target_is_met_or_not(
    indicator: Indicator, known: dict[str, str], words: str
) -> None:
    assert sentence(told(indicator, 4, **known), Quarter(2015, 4)) == words


@pytest.mark.parametrize(
    ("indicator", "known", "words"),
    [
        (FIRMS, {"target": "350"}, "1-3月，全市开展技改的规模以上工业企业数据未报送（年度目标350家）。"),
        (WATER, {"target": "1000"}, "1-3月，全市工业废水排放量数据未报送（年度控制目标1,000万吨）。"),
        (
            YEARLY,
            {"target": "1.3"},
            "全市研发投入占比每年报送一次，本季度未到报送期（年度目标1.3%）。",
        ),
        (
            HALF_YEARLY,
            {"target": "9"},
            "全市创新平台每半年报送一次，本季度未到报送期（年度目标9家）。",
        ),
        (YEARLY, {}, "全市研发投入占比每年报送一次，本季度未到报送期，计划未定2015年度目标。"),
        (FIRMS, {}, "1-3月，全市开展技改的规模以上工业企业数据未报送，计划未定2015年度目标。"),
        (
            FIRMS,
            {"actual": "12", "last_year": "10"},
            "1-3月，全市开展技改的规模以上工业企业累计12家，计划未定2015年度目标，同比增长20.0%（名义）。",
        ),
        (
            FIRMS,
            {"target": "0", "actual": "3"},
            "1-3月，全市开展技改的规模以上工业企业累计3家，年度目标为0家，不计完成率。",
        ),
        # A true zero is a figure.
        (
            MONEY,
            {"target": "400", "actual": "0"},
            "1-3月，全市规模以上工业增加值累计0.00亿元，完成年度目标400亿元的0.0%，欠序时进度25.0个百分点。",
        ),
    ],
)
def test_what_is_missing_is_said_with_its_reason(
    indicator: Indicator, known: dict[str, str], words: str
) -> None:
    assert sentence(told(indicator, 1, **known), Quarter(2015, 1)) == words


def test_a_part_stands_behind_its_whole() -> None:
    whole = told(FIRMS, 2, target="350", actual="152")
    part = told(("超5000万元企业", "家", FIRMS[2]), 2, target="220", actual="120")
    assert sentence(whole, Quarter(2015, 2), parts=[part]) == (
        "1-6月，全市开展技改的规模以上工业企业累计152家，完成年度目标350家的43.4%，欠序时进度6.6个百分点；"
        "其中，超5000万元企业累计120家，完成年度目标220家的54.5%，超序时进度4.5个百分点。"
    )
    unreported = told(("超5000万元企业", "家", FIRMS[2]), 2, target="220")
    assert sentence(whole, Quarter(2015, 2), parts=[unreported]).endswith(
        "；其中，超5000万元企业数据未报送（年度目标220家）。"
    )


def test_the_printed_word_behind_a_target_and_a_correction_are_told() -> None:
    name, unit, measure = PLATFORMS
    progress = measure_progress(measure, 2, Facts(target=Decimal(8), actual=Decimal(4)))
    marked = Told(name, unit, measure, progress, qualifier="左右", in_correction=True)
    assert sentence(marked, Quarter(2015, 2)) == (
        "6月末，全市创新平台为4家（更正中），完成年度目标8家左右的50.0%，较序时应达数少4家。"
    )


@pytest.mark.parametrize(
    ("indicator", "known", "words"),
    [
        (MONEY, {"target": "480", "actual": "199.58"}, "欠序时进度8.4个百分点，比应达数少40.42亿元"),
        (WATER, {"target": "1000", "actual": "600"}, "比序时控制进度多用10.0个百分点，比应达数多100.0万吨"),
        (SHARE, {"target": "17.6", "actual": "17.2", "base": "17.1"}, "较序时应达数低0.15个百分点"),
    ],
)
def test_how_far_behind_in_words(indicator: Indicator, known: dict[str, str], words: str) -> None:
    assert behind_words(told(indicator, 2, **known)) == words
