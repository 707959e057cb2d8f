"""A split adds up, keeps its locks, and says why when it cannot be made."""

from decimal import Decimal

import pytest

from indicators.domain.allocation import AllocationError, split


def shares(**given: str) -> dict[str, Decimal]:
    return {town: Decimal(share) for town, share in given.items()}


def test_parts_follow_the_shares() -> None:
    assert split(Decimal(280), shares(huoju="3", xiaolan="1"), decimals=2) == shares(
        huoju="210.00", xiaolan="70.00"
    )


def test_a_left_over_unit_goes_to_the_largest_remainder() -> None:
    # 10 x 5/9 = 5.556, 10 x 3/9 = 3.333, 10 x 1/9 = 1.111: 5 + 3 + 1 leaves 1, to 0.556
    assert split(Decimal(10), shares(huoju="5", xiaolan="3", guzhen="1"), decimals=0) == shares(
        huoju="6", xiaolan="3", guzhen="1"
    )


def test_a_tie_of_remainders_goes_to_the_earlier_town() -> None:
    # 3.333 each: one unit left, to the first in the plan's order
    assert split(Decimal(10), shares(shiqi="1", dongqu="1", huoju="1"), decimals=0) == shares(
        shiqi="4", dongqu="3", huoju="3"
    )
    assert list(split(Decimal(10), shares(shiqi="1", dongqu="1", huoju="1"), decimals=0)) == [
        "shiqi",
        "dongqu",
        "huoju",
    ]


def test_the_step_is_the_last_reporting_decimal() -> None:
    # 0.1/3 = 0.0333: 0.03 each leaves 0.01
    assert split(Decimal("0.1"), shares(a="1", b="1", c="1"), decimals=2) == shares(
        a="0.04", b="0.03", c="0.03"
    )


def test_a_locked_town_keeps_its_value_and_the_others_share_the_rest() -> None:
    parts = split(
        Decimal(100),
        shares(shiqi="1", dongqu="5", huoju="3"),
        decimals=0,
        locked={"dongqu": Decimal(20)},
    )

    # 80 left: 80 x 1/4 = 20, 80 x 3/4 = 60
    assert parts == shares(shiqi="20", dongqu="20", huoju="60")
    assert list(parts) == ["shiqi", "dongqu", "huoju"]


def test_a_town_locked_without_a_share_is_part_of_the_split() -> None:
    assert split(Decimal(10), shares(a="1"), decimals=0, locked={"b": Decimal(4)}) == shares(a="6", b="4")


def test_a_target_of_zero_gives_everyone_zero() -> None:
    assert split(Decimal(0), shares(a="0", b="0"), decimals=2) == shares(a="0.00", b="0.00")


@pytest.mark.parametrize(
    ("total", "given", "locked", "says"),
    [
        (
            "10",
            shares(a="1", b="1"),
            shares(b="12"),
            "锁定值合计比全市目标多 2.0，请调低锁定值或提高全市目标。",
        ),
        ("10", shares(a="0", b="0"), {}, "未锁定镇区的分解比例全部为零，无法分解，请填写比例或锁定数值。"),
        ("10", shares(a="1"), shares(a="7"), "所有镇区都已锁定，还有 3.0 没有分解，请解锁一个镇区。"),
        ("-10", shares(a="1"), {}, "全市目标、分解比例和锁定值都不能小于零，请检查。"),
        ("10", shares(a="1", b="-1"), {}, "全市目标、分解比例和锁定值都不能小于零，请检查。"),
        ("10.05", shares(a="1"), {}, "全市目标和锁定值最多 1 位小数，请先四舍五入。"),
        ("10", shares(a="1", b="1"), shares(a="1.25"), "全市目标和锁定值最多 1 位小数，请先四舍五入。"),
    ],
)
def test_a_split_that_cannot_be_made_is_refused_with_its_reason(
    total: str, given: dict[str, Decimal], locked: dict[str, Decimal], says: str
) -> None:
    with pytest.raises(AllocationError) as refusal:
        split(Decimal(total), given, decimals=1, locked=locked)

    assert refusal.value.args == (says,)


def test_the_plans_own_totals_split_exactly_by_its_own_shares() -> None:
    # 120 over 附件2's printed shares of it, whose own sum is 119.96
    printed = shares(a="1.42", b="23.62", c="2.36", d="11.81", e="80.75")

    assert sum(split(Decimal(120), printed, decimals=2).values()) == 120
