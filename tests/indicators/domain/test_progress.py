"""domain.md section 4, every worked example of it, with the working shown."""

import timeit
from decimal import Decimal
from typing import NamedTuple

import pytest

from indicators.choices import Direction, Frequency, Kind, Light, ProjectionMethod, Reason
from indicators.domain.progress import (
    DEFAULT_YELLOW_FROM,
    Facts,
    Measure,
    Result,
    base_value,
    completion_rate,
    expected,
    is_met,
    lead,
    light,
    measure_progress,
    needed_per_quarter,
    progress_ratio,
    projection,
)

AMOUNT = Measure(Kind.FLOW, Direction.HIGHER, 2)
FALLING_AMOUNT = Measure(Kind.FLOW, Direction.LOWER, 2)
COUNT = Measure(Kind.FLOW, Direction.HIGHER, 0)
SHARE = Measure(Kind.RATE, Direction.HIGHER, 2)
LEADERS = Measure(Kind.STOCK, Direction.HIGHER, 0)
ENERGY = Measure(Kind.RATE, Direction.LOWER, 2, frequency=Frequency.YEAR)


def facts(
    target: str | None, actual: str | None, base: str | None = None, *, last_year: str = "", total: str = ""
) -> Facts:
    def figure(text: str | None) -> Decimal | None:
        return Decimal(text) if text else None

    return Facts(figure(target), figure(actual), figure(base), figure(last_year), figure(total))


def shown(result: Result, decimals: int) -> str:
    assert isinstance(result, Decimal)
    return str(round(result, decimals))


class Worked(NamedTuple):
    """One worked example: what is known, and the figures to six places."""

    measure: Measure
    quarter: int
    facts: Facts
    expected: str
    lead: str
    ratio: str
    light: Light


WORKED = {
    # e = 1417 x 0.5 = 708.5; 647.78/1417 = 0.457149, less 0.5; 647.78/708.5 = 0.914298
    "value added, 2015Q2": Worked(
        AMOUNT, 2, facts("1417", "647.78", "0"), "708.5", "-0.042851", "0.914298", Light.YELLOW
    ),
    # e = 480 x 0.5 = 240; 199.58/480 = 0.415792, less 0.5; 199.58/240 = 0.831583
    "equipment value added, 2015Q2": Worked(
        AMOUNT, 2, facts("480", "199.58", "0"), "240", "-0.084208", "0.831583", Light.RED
    ),
    # e = 17.1 + 0.5 x 0.5 = 17.35; 17.68 - 17.35 = 0.33; 0.58/0.25 = 2.32
    "high-tech share, 2015Q2": Worked(
        SHARE, 2, facts("17.6", "17.68", "17.1"), "17.35", "0.33", "2.32", Light.GREEN
    ),
    # The base 18.3 is already past 18.1, so e = t: 17.0 - 18.1 = -1.1; 17.0/18.1 = 0.939227
    "high-tech share, 2016, base past target": Worked(
        SHARE, 2, facts("18.1", "17.0", "18.3"), "18.1", "-1.1", "0.939227", Light.YELLOW
    ),
    # e = 3 + 1 x 0.75 = 3.75, a count: 3; no way to go yet, and 3 meets 3
    "leaders, 2015Q3": Worked(LEADERS, 3, facts("4", "3", "3"), "3", "0", "1", Light.GREEN),
    # e = 4; (3 - 3)/(4 - 3) = 0
    "leaders, 2015Q4": Worked(LEADERS, 4, facts("4", "3", "3"), "4", "-1", "0", Light.RED),
    # e = 1 x 0.75 = 0.75, a count: 0; 0 meets 0; 0/1 less 0.75
    "park to be rebuilt, 2015Q3": Worked(COUNT, 3, facts("1", "0"), "0", "-0.75", "1", Light.GREEN),
    # e = 1; 0/1 = 0
    "park to be rebuilt, 2015Q4": Worked(COUNT, 4, facts("1", "0"), "1", "-1", "0", Light.RED),
    # No base: e = t; 24/25 = 0.96
    "a town's R&D coverage without a base": Worked(
        SHARE, 2, facts("25", "24"), "25", "-1", "0.96", Light.YELLOW
    ),
    # e = 91; 91 - 94 = -3; (94 - 100)/(91 - 100) = 6/9
    "energy index, Q4": Worked(ENERGY, 4, facts("91", "94", "100"), "91", "-3", "0.666667", Light.RED),
    # e = 500; 0.5 - 0.6 = -0.1; 500/600
    "falling flow, Q2": Worked(FALLING_AMOUNT, 2, facts("1000", "600"), "500", "-0.1", "0.833333", Light.RED),
    # No base, falling: e = t = 91; 91/94
    "energy index without a base": Worked(ENERGY, 4, facts("91", "94"), "91", "-3", "0.968085", Light.YELLOW),
    # A falling count: e = 10 - 5 x 0.25 = 8.75, rounded up to 9; (9 - 10)/(9 - 10) = 1
    "falling count, Q1": Worked(
        Measure(Kind.STOCK, Direction.LOWER, 0), 1, facts("5", "9", "10"), "9", "0", "1", Light.GREEN
    ),
    # 85 firms: e = 21.25, a count: 21; 20/21; 20/85 - 0.25 = -0.014706
    "robot firms, Q1": Worked(COUNT, 1, facts("85", "20"), "21", "-0.014706", "0.952381", Light.YELLOW),
    # A curve of its own, 10/30/60/100 %: e = 200 x 0.3 = 60; 66/200 - 0.3 = 0.03; 66/60
    "a curve of its own, Q2": Worked(
        Measure(Kind.FLOW, Direction.HIGHER, 2, pace=tuple(map(Decimal, ("0.1", "0.3", "0.6", "1")))),
        2,
        facts("200", "66"),
        "60",
        "0.03",
        "1.1",
        Light.GREEN,
    ),
    # A base between two whole units: e = 3.5 + 1.5 x 0.25 = 3.875 -> 3 lies behind the base; 4 meets 3
    "a count from half a unit": Worked(LEADERS, 1, facts("5", "4", "3.5"), "3", "1", "1", Light.GREEN),
}


@pytest.mark.parametrize("example", WORKED.values(), ids=WORKED.keys())
def test_a_worked_example_comes_out_as_worked_by_hand(example: Worked) -> None:
    progress = measure_progress(example.measure, example.quarter, example.facts)

    assert progress.expected == Decimal(example.expected)
    assert isinstance(progress.lead, Decimal)
    assert isinstance(progress.ratio, Decimal)
    assert round(progress.lead, 6) == Decimal(example.lead)
    assert round(progress.ratio, 6) == Decimal(example.ratio)
    assert progress.light == example.light


@pytest.mark.parametrize("example", WORKED.values(), ids=WORKED.keys())
def test_all_at_once_says_what_each_figure_says_alone(example: Worked) -> None:
    measure, quarter, known = example.measure, example.quarter, example.facts

    progress = measure_progress(measure, quarter, known)

    assert progress.completion == completion_rate(measure, known.target, known.actual)
    assert progress.expected == expected(measure, quarter, known.target, known.base)
    assert progress.lead == lead(measure, quarter, known)
    assert progress.ratio == progress_ratio(measure, quarter, known)
    assert progress.light == light(progress.ratio, DEFAULT_YELLOW_FROM)
    assert (progress.projection, progress.projection_method) == projection(measure, quarter, known)
    assert progress.needed == needed_per_quarter(measure, quarter, known)
    assert progress.met == is_met(measure, quarter, known.target, known.actual)
    assert progress.reason is None


def test_completion_of_the_published_half_year() -> None:
    # 647.78/1417, 199.58/480, 17.68/17.6
    assert shown(completion_rate(AMOUNT, Decimal(1417), Decimal("647.78")), 6) == "0.457149"
    assert shown(completion_rate(AMOUNT, Decimal(480), Decimal("199.58")), 6) == "0.415792"
    assert shown(completion_rate(SHARE, Decimal("17.6"), Decimal("17.68")), 6) == "1.004545"


def test_completion_of_a_falling_figure_is_turned_round() -> None:
    # 91/94 = 0.968085
    assert shown(completion_rate(ENERGY, Decimal(91), Decimal(94)), 6) == "0.968085"


def test_value_added_needs_38461_a_quarter_and_projects_to_129556() -> None:
    known = facts("1417", "647.78")

    # (1417 - 647.78)/2 = 384.61; 647.78/0.5 = 1295.56
    assert needed_per_quarter(AMOUNT, 2, known) == Decimal("384.61")
    assert projection(AMOUNT, 2, known) == (Decimal("1295.56"), ProjectionMethod.LINEAR)


def test_projection_follows_last_years_share_where_last_years_quarters_are_there() -> None:
    # Last year 480 of 1200 had come by then, two fifths: 520/0.4 = 1300
    known = facts("1417", "520", last_year="480", total="1200")

    assert projection(AMOUNT, 2, known) == (Decimal(1300), ProjectionMethod.LAST_YEAR)


def test_projection_of_a_level_is_the_present_level() -> None:
    assert projection(LEADERS, 1, facts("4", "3", last_year="1", total="2")) == (
        Decimal(3),
        ProjectionMethod.PRESENT,
    )


@pytest.mark.parametrize(
    ("measure", "known", "method"),
    [
        # Nothing had come by this quarter last year.
        (AMOUNT, Facts(Decimal(9), Decimal(3), None, Decimal(0), Decimal(8)), ProjectionMethod.LAST_YEAR),
        # The curve asks for nothing yet.
        (
            Measure(Kind.FLOW, Direction.HIGHER, 2, pace=tuple(map(Decimal, "0001"))),
            Facts(Decimal(9), Decimal(3)),
            ProjectionMethod.LINEAR,
        ),
    ],
)
def test_projection_over_a_share_of_nothing_has_no_pace(
    measure: Measure, known: Facts, method: ProjectionMethod
) -> None:
    assert projection(measure, 2, known) == (Reason.NO_PACE, method)


def test_projection_needs_no_target() -> None:
    assert projection(AMOUNT, 1, facts(None, "70")) == (Decimal(280), ProjectionMethod.LINEAR)


def test_a_last_year_without_a_total_leaves_the_pace_to_project_by() -> None:
    known = Facts(Decimal(9), Decimal(3), None, Decimal(0), Decimal(0))

    assert projection(AMOUNT, 2, known) == (Decimal(6), ProjectionMethod.LINEAR)


@pytest.mark.parametrize(
    ("measure", "target", "actual", "needed"),
    [
        (AMOUNT, "100", "120", "0"),  # done already: max(0, -20)
        (FALLING_AMOUNT, "1000", "600", "200"),  # (1000 - 600)/2 may still be used up each quarter
        (FALLING_AMOUNT, "1000", "1200", "0"),  # nothing may be used any more
        (Measure(Kind.RATE, Direction.LOWER, 2), "91", "95", "2"),  # must fall by (95 - 91)/2 each quarter
        (Measure(Kind.RATE, Direction.LOWER, 2), "91", "90", "0"),
        (SHARE, "18.6", "18", "0.3"),
    ],
)
def test_needed_per_quarter_is_the_way_left_in_the_right_direction(
    measure: Measure, target: str, actual: str, needed: str
) -> None:
    assert needed_per_quarter(measure, 2, facts(target, actual)) == Decimal(needed)


def test_nothing_can_be_needed_of_a_year_that_is_over() -> None:
    assert needed_per_quarter(AMOUNT, 4, facts("100", "20")) == Reason.YEAR_OVER


@pytest.mark.parametrize(
    ("measure", "quarter", "known", "reason"),
    [
        (AMOUNT, 2, facts(None, "3"), Reason.NO_TARGET),
        (AMOUNT, 2, facts(None, None), Reason.NO_TARGET),
        (AMOUNT, 2, facts("9", None), Reason.NOT_REPORTED),
        (ENERGY, 2, facts("91", None, "100"), Reason.NOT_DUE),
        (ENERGY, 4, facts("91", None, "100"), Reason.NOT_REPORTED),
        (Measure(Kind.FLOW, Direction.HIGHER, 0, Frequency.HALF), 3, facts("9", None), Reason.NOT_DUE),
        (Measure(Kind.FLOW, Direction.HIGHER, 0, Frequency.HALF), 2, facts("9", None), Reason.NOT_REPORTED),
    ],
)
def test_a_figure_that_lacks_a_fact_says_which_and_is_grey(
    measure: Measure, quarter: int, known: Facts, reason: Reason
) -> None:
    progress = measure_progress(measure, quarter, known)

    assert (progress.completion, progress.lead, progress.ratio) == (reason, reason, reason)
    assert progress_ratio(measure, quarter, known) == lead(measure, quarter, known) == reason
    assert progress.light == Light.GREY
    assert progress.reason == reason


def test_what_is_expected_is_known_before_anything_is_reported() -> None:
    assert measure_progress(AMOUNT, 2, facts("1417", None)).expected == Decimal("708.5")
    assert expected(AMOUNT, 2, None, None) == Reason.NO_TARGET


def test_a_true_zero_is_a_figure_and_not_a_gap() -> None:
    progress = measure_progress(AMOUNT, 2, facts("280", "0"))

    assert (progress.completion, progress.ratio) == (Decimal(0), Decimal(0))
    assert progress.lead == Decimal("-0.5")
    assert progress.light == Light.RED


@pytest.mark.parametrize("actual", ["0", "3"])
def test_a_target_of_zero_has_no_rate_but_is_met(actual: str) -> None:
    progress = measure_progress(COUNT, 4, facts("0", actual))

    assert (progress.completion, progress.lead) == (Reason.ZERO_TARGET, Reason.ZERO_TARGET)
    assert (progress.ratio, progress.light, progress.met) == (Decimal(1), Light.GREEN, True)
    assert progress.reason == Reason.ZERO_TARGET


def test_a_falling_flow_over_a_target_of_zero_is_red() -> None:
    # Nothing was allowed: e = 0; 0/3 = 0
    progress = measure_progress(FALLING_AMOUNT, 2, facts("0", "3"))

    assert (progress.ratio, progress.light) == (Decimal(0), Light.RED)


def test_a_falling_figure_at_zero_has_no_rate_but_is_green() -> None:
    progress = measure_progress(FALLING_AMOUNT, 2, facts("1000", "0"))

    assert progress.completion == Reason.NO_BASE
    assert (progress.ratio, progress.lead) == (Decimal(1), Decimal("0.5"))


def test_below_zero_there_is_no_share_but_still_a_verdict() -> None:
    growth = Measure(Kind.RATE, Direction.HIGHER, 2)

    better, worse = (measure_progress(growth, 4, facts("-5", actual)) for actual in ("-3", "-6"))

    assert (better.completion, better.light, better.met) == (Reason.NO_BASE, Light.GREEN, True)
    assert (worse.completion, worse.light, worse.met) == (Reason.NO_BASE, Light.RED, False)


@pytest.mark.parametrize(
    ("measure", "quarter", "target", "actual", "met"),
    [
        (AMOUNT, 4, "100", "100", True),
        (AMOUNT, 4, "100", "99.99", False),
        (AMOUNT, 4, "100", None, False),  # not reported at Q4 is not met
        (AMOUNT, 3, "100", "120", None),  # judged at Q4 only
        (AMOUNT, 4, None, "120", None),
        (ENERGY, 4, "91", "90.5", True),
        (ENERGY, 4, "91", "91.5", False),
    ],
)
def test_met_is_judged_on_the_target_and_at_the_year_end_only(
    measure: Measure, quarter: int, target: str | None, actual: str | None, met: bool | None
) -> None:
    known = facts(target, actual)

    assert measure_progress(measure, quarter, known).met is met


@pytest.mark.parametrize(
    ("ratio", "verdict"),
    [
        ("1", Light.GREEN),
        ("0.9999999", Light.YELLOW),
        ("0.9", Light.YELLOW),
        ("0.8999999", Light.RED),
        ("-1", Light.RED),
    ],
)
def test_a_light_turns_exactly_at_its_threshold(ratio: str, verdict: Light) -> None:
    assert light(Decimal(ratio), Decimal("0.9")) == verdict


def test_the_yellow_threshold_is_the_plans_own() -> None:
    # 647.78/708.5 = 0.914: yellow from 0.9, red from 0.95
    known = facts("1417", "647.78")

    assert measure_progress(AMOUNT, 2, known, yellow_from=Decimal("0.95")).light == Light.RED


@pytest.mark.parametrize(
    ("actual", "target", "baseline", "base"),
    [
        ("18.3", "17.6", "17.1", "18.3"),
        (None, "17.6", "17.1", "17.6"),
        (None, None, "17.1", "17.1"),
        (None, None, None, None),
        ("0", "17.6", "17.1", "0"),  # a reported zero is a base
    ],
)
def test_a_level_starts_from_the_best_known_year_end(
    actual: str | None, target: str | None, baseline: str | None, base: str | None
) -> None:
    last, planned, stated, start = (
        Decimal(text) if text else None for text in (actual, target, baseline, base)
    )

    assert (
        base_value(Kind.RATE, actual_last_year_end=last, target_last_year=planned, baseline=stated) == start
    )


def test_a_flow_starts_every_year_at_zero() -> None:
    start = base_value(
        Kind.FLOW, actual_last_year_end=Decimal(9), target_last_year=None, baseline=Decimal(1312)
    )

    assert start == 0


def test_a_quarter_outside_the_year_is_refused() -> None:
    with pytest.raises(ValueError, match="no such quarter"):
        measure_progress(AMOUNT, 0, facts("1", "1"))


def test_a_page_of_three_hundred_figures_is_measured_in_a_blink() -> None:
    known = facts("1417", "647.78", "0", last_year="600", total="1312")

    best = min(timeit.repeat(lambda: measure_progress(AMOUNT, 2, known), number=300, repeat=5))

    assert best < 0.1  # some 4 ms on the machine this was written on
