"""Zhongshan's clauses, spellings, milestones and notes: the plan's own words, or marked as ours."""

from __future__ import annotations

import csv
import re

import pytest

from tests.plans.printed import clauses, squeeze, whole_text, year_of_the_text
from tests.plans.tables import COLUMNS, PUBLISHED_RESULTS, ZHONGSHAN, by_code, rows_of, targets_of


def names_and_aliases() -> dict[str, str]:
    names = {row["name"]: row["code"] for row in rows_of(ZHONGSHAN, "indicators")}
    return names | {row["alias"]: row["indicator"] for row in rows_of(ZHONGSHAN, "aliases")}


@pytest.mark.parametrize("table", COLUMNS)
def test_every_clause_stands_in_the_plan(table: str) -> None:
    assert {row["clause"] for row in rows_of(ZHONGSHAN, table)} - clauses().keys() == set()


def test_the_plan_is_named_as_its_title_is() -> None:
    plan = rows_of(ZHONGSHAN, "plan")[0]
    assert clauses()["标题"].startswith(plan["name"])
    assert plan["document"] == f"《{plan['name']}》"


def test_spellings_not_our_own_stand_in_their_clause() -> None:
    for row in rows_of(ZHONGSHAN, "aliases"):
        printed = squeeze(row["alias"]) in clauses()[row["clause"]]
        assert printed or row["derived"] == "alias", row
    for row in rows_of(ZHONGSHAN, "indicators"):
        if row["listing"] == "TEXT" and "name" not in row["derived"].split(";"):
            assert row["name"] in clauses()[row["clause"]], row


def test_milestones_are_in_the_plans_words() -> None:
    milestones = rows_of(ZHONGSHAN, "milestones")
    for row in milestones:
        assert row["name"] in clauses()[row["clause"]]
        assert row["code"].endswith(row["year"])
        if row["name"].startswith("完成省下达"):
            assert row["name"] in year_of_the_text(row["clause"], row["year"])
    assert sum(row["name"].startswith("完成省下达") for row in milestones) == 3


def test_a_note_of_figures_names_another_figure_than_the_target() -> None:
    notes = [row for row in rows_of(ZHONGSHAN, "notes") if row["kind"] == "FIGURE"]
    for row in notes:
        target = targets_of(ZHONGSHAN)[row["indicator"], row["area"], row["year"]]
        assert row["unit"]
        assert row["value"] != target["value"]
        assert row["value"] in row["text"]
        assert row["value"] in clauses()[row["clause"]] or row["derived"] == "value", row
    assert len(notes) == 13


def test_notes_hold_every_disagreement_that_can_be_counted() -> None:
    notes = {
        (row["indicator"], row["area"], row["year"], row["value"], row["unit"])
        for row in rows_of(ZHONGSHAN, "notes")
        if row["kind"] == "FIGURE"
    }
    assert notes == {
        ("hightech-output", "zhongshan", "2017", "3726", "亿元"),
        ("green-value-added", "zhongshan", "2015", "350", "亿元"),
        ("green-value-added", "zhongshan", "2016", "400", "亿元"),
        ("green-value-added", "zhongshan", "2017", "460", "亿元"),
        ("motor-efficiency", "zhongshan", "2017", "48", "万千瓦"),
        ("value-added-increment", "zhongshan", "2017", str(100 + 243), "亿元"),
        ("equipment-value-added", "zhongshan", "2015", "479.97", "亿元"),
        ("equipment-investment", "zhongshan", "2015", "119.96", "亿元"),
        ("motor-efficiency", "zhongshan", "2015", "24.01", "万千瓦"),
        ("equipment-investment", "minzhong", "2015", "7.10", "亿元"),
        ("equipment-investment", "tanzhou", "2015", "9.60", "亿元"),
        ("equipment-investment", "henglan", "2015", "4.50", "亿元"),
        ("equipment-investment", "banfu", "2015", "8.20", "亿元"),
    }


def test_what_a_note_of_wording_quotes_stands_in_the_plan() -> None:
    notes = [row for row in rows_of(ZHONGSHAN, "notes") if row["kind"] == "WORDING"]
    for row in notes:
        quoted = re.findall(r"“([^”]+)”", row["text"])
        assert quoted, row
        assert [words for words in quoted if words not in whole_text()] == []
        assert (row["value"], row["unit"]) == ("", "")


def test_published_results_resolve_in_the_plan() -> None:
    with PUBLISHED_RESULTS.open(encoding="utf-8", newline="") as file:
        published = list(csv.DictReader(file))
    areas = {row["name"] for row in rows_of(ZHONGSHAN, "areas")}
    indicators = by_code(ZHONGSHAN, "indicators")
    for row in published:
        assert row["unit"] == indicators[names_and_aliases()[row["indicator"]]]["unit"]
        assert row["area"] in areas
        assert row["period"][:4] in {"2015", "2016", "2017"}
    assert len(published) == 4
