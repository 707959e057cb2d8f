"""What holds of every figure, tried on many: the same many on every run."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.choices import Direction, Kind, Light
from indicators.domain.allocation import split
from indicators.domain.numbers import (
    STORED_DECIMALS,
    FigureError,
    format_figure,
    format_signed,
    parse_figure,
    parse_whole_and_part,
    quantize,
)
from indicators.domain.progress import Facts, Measure, Progress, Result, measure_progress
from indicators.domain.ranking import is_among_last, score_of, shared_ranks, total_score

always = settings(derandomize=True, max_examples=100, deadline=None, database=None)

kinds = st.sampled_from(Kind)
directions = st.sampled_from(Direction)
quarters = st.integers(1, 4)
amounts = st.decimals(0, 10**7, places=2)
signed_amounts = st.decimals(-(10**7), 10**7, places=2)
paces = st.lists(st.integers(0, 100), min_size=3, max_size=3).map(
    lambda shares: tuple(Decimal(share) / 100 for share in [*sorted(shares), 100])
)
BRIGHTNESS = {Light.RED: 0, Light.YELLOW: 1, Light.GREEN: 2}


@st.composite
def measures(draw: st.DrawFn, decimals: int = 2) -> Measure:
    return Measure(draw(kinds), draw(directions), decimals, pace=draw(paces))


@st.composite
def known(draw: st.DrawFn, figures: st.SearchStrategy[Decimal] = amounts) -> Facts:
    return Facts(draw(figures), draw(figures), draw(st.none() | figures))


def number(result: Result) -> Decimal:
    assert isinstance(result, Decimal)
    return result


def in_other_unit(facts: Facts, power: int) -> Facts:
    return Facts(
        *(
            None if figure is None else figure.scaleb(power)
            for figure in (facts.target, facts.actual, facts.base)
        )
    )


@always
@given(measures(), quarters, known(), st.integers(-8, 8))
def test_a_light_never_depends_on_the_unit(measure: Measure, quarter: int, facts: Facts, power: int) -> None:
    here = measure_progress(measure, quarter, facts)
    there = measure_progress(measure, quarter, in_other_unit(facts, power))

    assert (there.light, there.ratio, there.completion) == (here.light, here.ratio, here.completion)


@always
@given(paces, st.sampled_from([0, 2]), quarters, amounts, amounts, amounts)
def test_more_of_a_rising_flow_never_lowers_completion_or_light(
    pace: tuple[Decimal, ...], decimals: int, quarter: int, target: Decimal, actual: Decimal, more: Decimal
) -> None:
    measure = Measure(Kind.FLOW, Direction.HIGHER, decimals, pace=pace)
    target += 1  # a target of zero has no completion to lower

    def progress(value: Decimal) -> Progress:
        return measure_progress(measure, quarter, Facts(target, value))

    before, after = progress(actual), progress(actual + more)

    assert number(after.completion) >= number(before.completion)
    assert number(after.ratio) >= number(before.ratio)
    assert BRIGHTNESS[after.light] >= BRIGHTNESS[before.light]


@always
@given(st.sampled_from([0, 2]).flatmap(measures), quarters, known(signed_amounts))
def test_a_light_is_green_exactly_when_the_actual_meets_what_is_expected(
    measure: Measure, quarter: int, facts: Facts
) -> None:
    progress = measure_progress(measure, quarter, facts)

    assert facts.actual is not None
    meets = measure.meets(facts.actual, number(progress.expected))
    assert (progress.light == Light.GREEN) is meets
    assert (number(progress.ratio) >= 1) is meets


@always
@given(measures(), quarters, known())
def test_a_lead_has_the_sign_that_the_light_tells(measure: Measure, quarter: int, facts: Facts) -> None:
    progress = measure_progress(measure, quarter, facts)

    if isinstance(progress.lead, Decimal):
        assert (progress.lead >= 0) is (progress.light == Light.GREEN)


@always
@given(st.sampled_from([Kind.STOCK, Kind.RATE]), st.sampled_from([0, 2]), paces, quarters, st.data())
def test_a_falling_level_is_the_mirror_of_a_rising_one(
    kind: Kind, decimals: int, pace: tuple[Decimal, ...], quarter: int, data: st.DataObject
) -> None:
    base, way = data.draw(amounts), data.draw(st.decimals("0.01", 10**6, places=2))
    actual, mirror = data.draw(amounts), data.draw(st.integers(0, 10**7))
    rising = Measure(kind, Direction.HIGHER, decimals, pace=pace)
    falling = Measure(kind, Direction.LOWER, decimals, pace=pace)

    up = measure_progress(rising, quarter, Facts(base + way, actual, base))
    down = measure_progress(falling, quarter, Facts(mirror - base - way, mirror - actual, mirror - base))

    assert (down.ratio, down.light, down.lead, down.met) == (up.ratio, up.light, up.lead, up.met)


@always
@given(
    st.integers(0, 4).flatmap(
        lambda places: st.tuples(st.decimals(-99999999999, 99999999999, places=places), st.just(places))
    )
)
def test_what_is_shown_reads_back_as_the_same_figure(figure: tuple[Decimal, int]) -> None:
    value, decimals = figure

    assert parse_figure(format_figure(value, decimals), unit="亿元") == value
    assert parse_figure(format_signed(value, decimals), unit="亿元") == value
    assert quantize(value, decimals) == value


@always
@given(st.text(), st.sampled_from(["亿元", "%", "家", "", "2014年=100"]))
def test_no_text_breaks_the_reading_of_figures(text: str, unit: str) -> None:
    read_or_refused(lambda: [parse_figure(text, unit=unit)])
    read_or_refused(lambda: parse_whole_and_part(text, unit=unit))


@always
@given(
    st.text("0123456789０１９.．,，+-−－—()（）%％eE_ 　亿万元家", max_size=12),
    st.sampled_from(["亿元", "%", "家", ""]),
)
def test_no_text_that_looks_like_a_figure_breaks_it_either(text: str, unit: str) -> None:
    read_or_refused(lambda: [parse_figure(text, unit=unit)])
    read_or_refused(lambda: parse_whole_and_part(text, unit=unit))


def read_or_refused(read: Callable[[], Sequence[Decimal | None]]) -> None:
    sentences: list[str] = []
    values: list[Decimal | None] = []
    try:
        values = [*read()]
    except FigureError as refusal:
        sentences = [str(refusal)]

    assert all(sentence.endswith("。") for sentence in sentences)
    assert all(value is None or quantize(value, STORED_DECIMALS) == value for value in values)


@always
@given(
    st.lists(st.integers(0, 10**6), min_size=1, max_size=24).filter(any),
    st.integers(0, 10**9),
    st.integers(0, 4),
)
def test_an_allocation_adds_up_exactly_and_stays_within_one_step_of_its_share(
    given_shares: list[int], steps: int, decimals: int
) -> None:
    step = Decimal(1).scaleb(-decimals)
    total = steps * step
    shares = {town: Decimal(share) for town, share in enumerate(given_shares)}

    parts = split(total, shares, decimals=decimals)

    assert sum(parts.values()) == total
    for town, part in parts.items():
        assert part == quantize(part, decimals)
        fair = total * shares[town] / sum(given_shares)
        assert abs(part - fair) < step + Decimal("1E-12")


@always
@given(
    st.dictionaries(st.integers(0, 30), st.none() | st.decimals(0, 120, places=1)),
    st.integers(1, 5),
)
def test_ranks_count_the_towns_above_and_the_last_the_towns_below(
    scores: dict[int, Decimal | None], last: int
) -> None:
    ranks = shared_ranks(scores)
    ranked = [score for score in scores.values() if score is not None]

    assert list(ranks) == list(scores)
    for town, score in scores.items():
        if score is None:
            assert ranks[town] is None
            assert not is_among_last(town, scores, last)
        else:
            assert ranks[town] == 1 + sum(other > score for other in ranked)
            assert is_among_last(town, scores, last) is (sum(other < score for other in ranked) < last)


@always
@given(st.lists(st.tuples(measures(), known(signed_amounts), st.integers(1, 9)), max_size=10), quarters)
def test_a_score_lies_within_0_and_120(rows: list[tuple[Measure, Facts, int]], quarter: int) -> None:
    parts = [
        (Decimal(weight), score)
        for measure, facts, weight in rows
        if (score := score_of(measure, quarter, facts)) is not None
    ]

    total = total_score(parts)

    assert (total is None) is (not parts)
    assert total is None or 0 <= total <= 120
