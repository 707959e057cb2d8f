"""A return's events told as a history: saves in a row are one, and what changed since somebody last looked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from indicators.choices import FilingAct
from indicators.domain.history import Event, Stated, changes_since_last_decision, steps_of


def at(minute: int) -> datetime:
    return datetime(2015, 7, 8, 2, minute, tzinfo=UTC)


def event(act: FilingAct, minute: int, *, by: str = "xiaolan", **told: tuple[Any, Any]) -> Event:
    """An event whose old and new hold what is told: figures=({…}, {…})."""
    old = {name: pair[0] for name, pair in told.items()}
    return Event(act, at(minute), by, old=old, new={name: pair[1] for name, pair in told.items()})


def typed(minute: int, code: str, old: str, new: str, *, by: str = "xiaolan", note: str = "") -> Event:
    figures = ({code: {"value": old, "note": ""}}, {code: {"value": new, "note": note}})
    return event(FilingAct.SAVE, minute, by=by, figures=figures)


def submitted(minute: int) -> Event:
    return event(FilingAct.SUBMIT, minute, state=("DRAFT", "SUBMITTED"))


def sent_back(minute: int) -> Event:
    return event(FilingAct.SEND_BACK, minute, by="office", state=("SUBMITTED", "RETURNED"))


def withdrawn(minute: int) -> Event:
    return event(FilingAct.WITHDRAW, minute, state=("SUBMITTED", "DRAFT"))


def test_saves_of_one_person_in_a_row_are_one_step_from_the_first_old_to_the_last_new() -> None:
    """投资 14 → 14.5 → 14.51 and 企业 none → 9: two lines in one step of three saves."""
    [step] = steps_of(
        [
            typed(1, "industrial-investment", "14", "14.5"),
            typed(3, "upgraded-firms", "", "9", note="含新增"),
            typed(6, "industrial-investment", "14.5", "14.51"),
        ]
    )
    assert (step.times, step.began, step.ended) == (3, at(1), at(6))
    assert step.figures == {
        "industrial-investment": (Stated("14"), Stated("14.51")),
        "upgraded-firms": (Stated(), Stated("9", "含新增")),
    }


def test_another_person_or_another_act_ends_the_row() -> None:
    steps = steps_of(
        [
            typed(1, "a", "", "1"),
            typed(2, "a", "1", "2", by="colleague"),
            typed(3, "a", "2", "3"),
            submitted(4),
            withdrawn(5),
            typed(6, "a", "3", "4"),
            event(FilingAct.FILL_IN, 7, figures=({"a": {"value": "4"}}, {"a": {"value": "5"}})),
        ]
    )
    assert [(step.event.account, step.event.act, step.times) for step in steps] == [
        ("xiaolan", "保存季报", 1),
        ("colleague", "保存季报", 1),
        ("xiaolan", "保存季报", 1),
        ("xiaolan", "提交季报", 1),
        ("xiaolan", "撤回季报", 1),
        ("xiaolan", "保存季报", 1),
        ("xiaolan", "代填季报", 1),
    ]


def test_what_was_typed_and_taken_back_in_one_row_is_no_change() -> None:
    [step] = steps_of([typed(1, "a", "7", "8"), typed(2, "a", "8", "7")])
    assert (step.times, step.figures) == (2, {})


def test_texts_are_told_from_the_first_to_the_last() -> None:
    [step] = steps_of(
        [
            event(FilingAct.SAVE, 1, progress_text=("", "按计划")),
            event(FilingAct.SAVE, 2, progress_text=("按计划", "按计划推进。")),
        ]
    )
    assert step.texts == {"progress_text": ("", "按计划推进。")}


def test_an_imported_figure_has_no_note_and_an_approval_tells_what_stood_before() -> None:
    imported, approved = steps_of(
        [
            event(FilingAct.IMPORT, 1, by="office", figures=({}, {"a": "647.78"})),
            event(
                FilingAct.APPROVE, 2, by="second", actuals=({"a": "640", "b": "3"}, {"a": "647.78", "b": "3"})
            ),
        ]
    )
    assert imported.figures == {"a": (Stated(), Stated("647.78"))}
    assert approved.figures == {"a": (Stated("640"), Stated("647.78"))}


def test_a_bare_figure_leaves_the_note_that_was_told_before() -> None:
    changes = changes_since_last_decision(
        [
            sent_back(1),
            typed(2, "a", "1", "2", note="含新增"),
            event(FilingAct.IMPORT, 3, figures=({"a": "2"}, {"a": "3"})),
        ]
    )
    assert changes is not None
    assert changes.figures == {"a": (Stated("1"), Stated("3", "含新增"))}


FIRST = [typed(1, "a", "", "1"), submitted(2)]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], None),
        ([typed(1, "a", "", "1")], None),  # a draft that nobody has seen
        (FIRST, None),  # handed in for the first time
        ([*FIRST, event(FilingAct.BEGIN_REVIEW, 3, by="office")], None),
        ([*FIRST, withdrawn(3)], {}),
        ([*FIRST, withdrawn(3), typed(4, "a", "1", "2"), submitted(5)], {"a": ("1", "2")}),
        ([*FIRST, sent_back(3), typed(4, "a", "1", "2"), submitted(5)], {"a": ("1", "2")}),
        ([*FIRST, sent_back(3), submitted(5)], {}),  # given back, handed in as it was
        ([*FIRST, sent_back(3), typed(4, "a", "1", "2"), typed(5, "a", "2", "1"), submitted(6)], {}),
        # given back twice: since the second time
        (
            [
                *FIRST,
                sent_back(3),
                typed(4, "a", "1", "2"),
                submitted(5),
                sent_back(6),
                typed(7, "a", "2", "3"),
            ],
            {"a": ("2", "3")},
        ),
        # given back, handed in, taken back, changed once more: the office has seen 1 alone
        (
            [
                *FIRST,
                sent_back(3),
                typed(4, "a", "1", "2"),
                submitted(5),
                withdrawn(6),
                typed(7, "a", "2", "3"),
            ],
            {"a": ("1", "3")},
        ),
    ],
)
def test_what_changed_since_the_office_last_looked(
    events: list[Event], expected: dict[str, tuple[str, str]] | None
) -> None:
    changes = changes_since_last_decision(events)
    told = None
    if changes is not None:
        told = {code: (old.value, new.value) for code, (old, new) in changes.figures.items()}
    assert told == expected


def test_a_correction_is_told_since_the_approved_figures_were_given_back() -> None:
    changes = changes_since_last_decision(
        [
            *FIRST,
            event(FilingAct.APPROVE, 3, by="office", actuals=({"a": ""}, {"a": "1"})),
            event(FilingAct.CORRECT, 4, by="office", state=("APPROVED", "RETURNED")),
            typed(5, "a", "1", "1", note="口径更正"),
            event(FilingAct.SAVE, 6, problems_text=("", "口径有误。")),
        ]
    )
    assert changes is not None
    assert (changes.act, changes.at) == ("退回更正", at(4))
    assert changes.figures == {"a": (Stated("1"), Stated("1", "口径更正"))}
    assert changes.texts == {"problems_text": ("", "口径有误。")}


def test_no_change_is_falsy() -> None:
    changes = changes_since_last_decision([*FIRST, sent_back(3), submitted(5)])
    assert changes is not None
    assert not changes
