"""A town's score, ranks that are shared, and who is among the last."""

from decimal import Decimal

import pytest

from indicators.choices import Direction, Frequency, Kind
from indicators.domain.progress import Facts, Measure, progress_ratio
from indicators.domain.ranking import is_among_last, score_of, shared_ranks, total_score

AMOUNT = Measure(Kind.FLOW, Direction.HIGHER, 2)
LEADERS = Measure(Kind.STOCK, Direction.HIGHER, 0)
SHARE = Measure(Kind.RATE, Direction.HIGHER, 2)
ENERGY = Measure(Kind.RATE, Direction.LOWER, 2, Frequency.YEAR)


def test_a_flow_scores_its_progress_ratio() -> None:
    known = Facts(target=Decimal(280), actual=Decimal(126))

    # 126/(280 x 0.5) = 0.9
    assert score_of(AMOUNT, 2, known) == progress_ratio(AMOUNT, 2, known) == Decimal("0.9")


def test_a_level_scores_against_what_is_expected_whatever_its_base() -> None:
    # e = 20 + (25 - 20) x 0.5 = 22.5; 18/22.5 = 0.8, though (18 - 20)/(22.5 - 20) is below zero
    assert score_of(SHARE, 2, Facts(Decimal(25), Decimal(18), Decimal(20))) == Decimal("0.8")
    # No base: e = 25; 18/25
    assert score_of(SHARE, 2, Facts(Decimal(25), Decimal(18))) == Decimal("0.72")


def test_a_falling_level_scores_what_is_expected_over_the_actual() -> None:
    # e = 91; 91/94 = 0.968085
    score = score_of(ENERGY, 4, Facts(Decimal(91), Decimal(94), Decimal(100)))

    assert score is not None
    assert round(score, 6) == Decimal("0.968085")


def test_a_level_that_need_not_have_begun_scores_full() -> None:
    # From 0 to 1 by the year's end: e = 0.75, a count: 0; 0 meets 0
    assert score_of(LEADERS, 3, Facts(Decimal(1), Decimal(0), Decimal(0))) == 1


@pytest.mark.parametrize(
    ("measure", "quarter", "known"),
    [
        (AMOUNT, 2, Facts(None, Decimal(3))),
        (AMOUNT, 2, Facts(Decimal(0), Decimal(3))),
        (ENERGY, 2, Facts(Decimal(91), None, Decimal(100))),
        (ENERGY, 2, Facts(Decimal(91), Decimal(90), Decimal(100))),  # reported early: still not due
    ],
)
def test_what_has_no_target_above_zero_or_is_not_due_is_not_scored(
    measure: Measure, quarter: int, known: Facts
) -> None:
    assert score_of(measure, quarter, known) is None


def test_due_and_not_reported_scores_nothing() -> None:
    assert score_of(AMOUNT, 2, Facts(Decimal(280), None)) == 0
    assert score_of(ENERGY, 4, Facts(Decimal(91), None)) == 0


def test_the_total_is_the_weighted_mean_of_parts_held_within_zero_and_the_cap() -> None:
    parts = [
        (Decimal(2), Decimal("0.9")),  # 1.8
        (Decimal(1), Decimal("2.32")),  # held at 1.2
        (Decimal(1), Decimal("-0.5")),  # held at 0
    ]

    # 100 x (1.8 + 1.2 + 0)/4 = 75
    assert total_score(parts) == 75
    # A cap of 1: 100 x (1.8 + 1 + 0)/4 = 70
    assert total_score(parts, cap=Decimal(1)) == 70


@pytest.mark.parametrize("parts", [[], [(Decimal(0), Decimal(1))]])
def test_a_town_with_nothing_to_score_has_no_total(parts: list[tuple[Decimal, Decimal]]) -> None:
    assert total_score(parts) is None


def test_a_weight_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="weight below zero"):
        total_score([(Decimal(-1), Decimal(1))])


def test_equal_scores_share_a_rank_and_the_next_rank_is_skipped() -> None:
    scores = {"xiaolan": Decimal(90), "dongfeng": Decimal(95), "guzhen": Decimal(80), "nantou": Decimal(90)}

    assert shared_ranks(scores) == {"xiaolan": 2, "dongfeng": 1, "guzhen": 4, "nantou": 2}


def test_an_unscored_town_is_unranked_and_takes_no_place() -> None:
    scores = {"xiaolan": None, "dongfeng": Decimal(0), "guzhen": Decimal(5)}

    assert shared_ranks(scores) == {"xiaolan": None, "dongfeng": 2, "guzhen": 1}


def test_two_sevenths_tie_with_two_of_one_seventh() -> None:
    weight, seventh = Decimal(1), Decimal(1) / 7
    spread = total_score([(weight, seventh), (weight, seventh), (weight, Decimal(0))])
    lumped = total_score([(weight, Decimal(2) / 7), (weight, Decimal(0)), (weight, Decimal(0))])
    scores = {"spread": spread, "lumped": lumped}

    # 100 x 2/7 / 3 = 9.5238… both, but not to the 28th digit, where a seventh has no end
    assert spread != lumped
    assert shared_ranks(scores) == {"spread": 1, "lumped": 1}
    assert [town for town in scores if is_among_last(town, scores, 1)] == ["spread", "lumped"]


def test_among_the_last_three_are_those_with_fewer_than_three_below() -> None:
    scores = {
        "a": Decimal(100),
        "b": Decimal(70),  # below: c, d, e
        "c": Decimal(60),  # below: d, e
        "d": Decimal(50),  # below: none, e is equal
        "e": Decimal(50),
        "unranked": None,
    }

    assert [town for town in scores if is_among_last(town, scores)] == ["c", "d", "e"]


def test_a_tie_at_the_edge_counts_both_towns_among_the_last() -> None:
    scores = {"a": Decimal(90), "b": Decimal(60), "c": Decimal(60), "d": Decimal(50), "e": Decimal(40)}

    # b and c have two below them each, which is fewer than three
    assert [town for town in scores if is_among_last(town, scores)] == ["b", "c", "d", "e"]
