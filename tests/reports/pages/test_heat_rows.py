"""Which rows the heat map of a city of many towns shows, and to whom the order by what is behind is told."""

from __future__ import annotations

import pytest

from reports.pages.heat_rows import MOST_ROWS, ChosenRows, choose_rows
from towns.models import Area

TOWNS = [Area(pk=n, code=f"town-{n}", name=f"第{n}镇", short_name=f"{n}镇", order=n) for n in range(1, 91)]
BEHIND = {7: 1, 50: 3, 80: 3}


def numbers(chosen: ChosenRows) -> list[int]:
    return [town.pk for town in chosen.towns]


def test_few_towns_are_all_shown_in_the_plans_order_without_a_choice() -> None:
    chosen = choose_rows(TOWNS[:MOST_ROWS], "2", behind=BEHIND)
    assert numbers(chosen) == list(range(1, 41))
    assert (chosen.choices, chosen.words, chosen.unknown) == ((), "", "")


def test_of_many_towns_those_most_behind_are_shown_first() -> None:
    chosen = choose_rows(TOWNS, "", behind=BEHIND)
    assert numbers(chosen)[:5] == [50, 80, 7, 1, 2]
    assert len(chosen.towns) == 40
    assert chosen.words == "共 90 个镇区，下列落后项最多的 40 个"
    assert [(choice.value, choice.is_chosen) for choice in chosen.choices] == [
        ("behind", True), ("1", False), ("2", False), ("3", False),
    ]  # fmt: skip


def test_a_stretch_of_the_plans_order_can_be_asked_for() -> None:
    chosen = choose_rows(TOWNS, "3", behind=BEHIND)
    assert numbers(chosen) == list(range(81, 91))
    assert chosen.words == "共 90 个镇区，下列第 81-90 个（81镇至90镇）"
    assert chosen.unknown == ""


def test_while_nothing_is_behind_the_plans_order_is_shown() -> None:
    chosen = choose_rows(TOWNS, "", behind=dict.fromkeys(range(1, 91), 0))
    assert numbers(chosen) == list(range(1, 41))
    assert [choice.value for choice in chosen.choices] == ["1", "2", "3"]


@pytest.mark.parametrize("asked", ["", "1", "2", "behind"])
def test_a_towns_official_sees_their_own_row_first_and_no_order_by_what_is_behind(asked: str) -> None:
    chosen = choose_rows(TOWNS, asked, first=TOWNS[59], behind=None)
    assert numbers(chosen)[0] == 60
    assert numbers(chosen)[1:] == ([*range(40, 60), *range(61, 80)] if asked == "2" else list(range(1, 40)))
    assert "behind" not in [choice.value for choice in chosen.choices]


@pytest.mark.parametrize("asked", ["4", "0", "-1", "x", "1e1", "２"])
def test_what_is_not_there_is_said_and_the_rest_shown(asked: str) -> None:
    chosen = choose_rows(TOWNS, asked, behind=BEHIND)
    assert chosen.unknown == "地址中的镇区范围没有对应的选项，已略过。"
    assert numbers(chosen)[0] == 50
