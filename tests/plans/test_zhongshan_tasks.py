"""The plan's key tasks and safeguards with their departments, read out of its text, against the tables."""

from __future__ import annotations

from tests.plans.printed import PrintedTask, clauses, tasks
from tests.plans.tables import ZHONGSHAN, Row, by_code, rows_of


def full_name(place: int, printed: str) -> str:
    """Departments lose their 市 after the first in a list."""
    return printed if place == 0 else f"市{printed}"


def departments_of(task: PrintedTask) -> list[str]:
    return [full_name(place, name) for place, name in enumerate(task.departments)]


def tabled_departments(code: str) -> list[str]:
    units = by_code(ZHONGSHAN, "units")
    rows = [row for row in rows_of(ZHONGSHAN, "task_units") if row["task"] == code]
    assert [row["order"] for row in rows] == [str(place) for place in range(1, len(rows) + 1)]
    return [units[row["unit"]]["name"] for row in rows]


def pairs() -> list[tuple[PrintedTask, Row]]:
    return list(zip(tasks(), rows_of(ZHONGSHAN, "tasks"), strict=True))


def test_twenty_one_key_tasks_and_thirteen_safeguards() -> None:
    kinds = [row["kind"] for row in rows_of(ZHONGSHAN, "tasks")]
    assert kinds == ["TASK"] * 21 + ["SAFEGUARD"] * 13
    assert [row["order"] for row in rows_of(ZHONGSHAN, "tasks")] == [str(place) for place in range(1, 35)]


def test_tasks_are_in_the_plans_words_under_their_heading() -> None:
    for printed, row in pairs():
        assert f"{row['title']}。{row['text']}" == printed.paragraph
        assert (row["section"], row["clause"]) == (printed.section, printed.clause)
        assert row["kind"] == ("TASK" if printed.clause.startswith("二") else "SAFEGUARD")


def test_departments_are_those_in_brackets_in_their_order() -> None:
    for printed, row in pairs():
        assert tabled_departments(row["code"]) == departments_of(printed), row["title"]
        assert bool(row["all_towns"]) == printed.all_towns, row["title"]


def test_every_row_of_a_tasks_departments_cites_the_tasks_clause() -> None:
    clause = {row["code"]: row["clause"] for row in rows_of(ZHONGSHAN, "tasks")}
    for row in rows_of(ZHONGSHAN, "task_units"):
        assert row["clause"] == clause[row["task"]]


def test_departments_are_exactly_those_named_in_brackets() -> None:
    departments = [row for row in rows_of(ZHONGSHAN, "units") if row["kind"] == "DEPARTMENT"]
    named = dict.fromkeys(name for task in tasks() for name in departments_of(task))
    assert [row["name"] for row in departments] == list(named)
    assert len(departments) == 17


def test_a_full_name_is_printed_or_marked_derived() -> None:
    printed = {task.departments[0] for task in tasks()}
    for row in rows_of(ZHONGSHAN, "units"):
        if row["kind"] == "DEPARTMENT":
            assert (row["name"] in printed) == ("name" not in row["derived"].split(";")), row["name"]
            assert row["short_name"] == row["name"].removeprefix("市")
            assert row["short_name"] in clauses()[row["clause"]]


def test_the_office_sits_where_the_plan_puts_it() -> None:
    office = [row["name"] for row in rows_of(ZHONGSHAN, "units") if row["is_office"]]
    assert len(office) == 1
    assert f"办公室，设在{office[0]}" in clauses()["四(一)"]
