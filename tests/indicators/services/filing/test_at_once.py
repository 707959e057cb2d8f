"""People who act on one return at the same moment: one act takes effect, the others are told; nothing is half done."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from indicators.models import Actual, AuditEvent, Entry, Period, Plan, QuarterlyReturn
from indicators.queries.filing.comparisons import Figure
from indicators.services import filing
from indicators.services.audit import verify_chains
from indicators.services.filing import (
    AlreadyDoneError,
    FilingError,
    SavedDraft,
    StaleReturnError,
    TownDraft,
    TownsRefusedError,
    Typed,
)
from indicators.services.filing.acts import hold
from indicators.services.results.check import ResultRow
from indicators.services.results.importing import ImportRefusedError, import_results
from tests.evidence_files import PDF
from tests.indicators.filing_steps import at, opened, saved, submitted
from tests.indicators.services.filing.together import at_once, kinds_of
from tests.people import account, unit
from towns.choices import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office)


@pytest.fixture
def colleagues(period: Period) -> list[User]:
    """Five people of 小榄镇."""
    return [account(f"xiaolan_{n}", Role.TOWN, unit_code="xiaolan") for n in range(1, 6)]


def typed(number: int) -> dict[str, Typed]:
    return {"robot-firms": Typed(str(number)), "industrial-investment": Typed(f"{number}.5")}


def each_saves(period: Period, people: list[User], version: int) -> list[object]:
    """Everybody saves figures of their own, the first 1 and 1.5, over the same version."""
    town = unit("xiaolan")
    save = partial(filing.save_return, period, unit=town, version=version, at=at(8))
    return at_once(
        [partial(save, figures=typed(number), by=person) for number, person in enumerate(people, start=1)]
    )


def events(act: str) -> int:
    return AuditEvent.objects.filter(act=act, object_key="2015Q2/xiaolan").count()


def figures() -> dict[str, str]:
    rows = Entry.objects.filter(value__isnull=False).values_list("indicator__code", "value")
    return {code: f"{value.normalize():f}" for code, value in rows}


@pytest.mark.parametrize("has_begun", [False, True], ids=["the first save", "a later save"])
def test_of_saves_at_once_one_wins_and_the_others_see_both_values(
    period: Period, colleagues: list[User], xiaolan: User, has_begun: bool
) -> None:
    version = saved(period, "xiaolan", xiaolan).version if has_begun else filing.NOT_BEGUN
    answers = each_saves(period, colleagues, version)
    assert kinds_of(answers) == ["QuarterlyReturn"] + ["StaleReturnError"] * 4
    (winner,) = [number for number, answer in enumerate(answers, 1) if isinstance(answer, QuarterlyReturn)]
    assert figures() == {"robot-firms": str(winner), "industrial-investment": f"{winner}.5"}
    for number, answer in enumerate(answers, 1):
        if isinstance(answer, StaleReturnError):
            both = {conflict.code: (conflict.typed, conflict.saved) for conflict in answer.conflicts}
            assert both["robot-firms"] == (str(number), str(winner))
            assert both["industrial-investment"] == (f"{number}.5", f"{winner}.5")
            assert answer.version == version + 1
    assert QuarterlyReturn.objects.get().version == version + 1
    assert events("保存季报") == 1 + has_begun
    assert list(verify_chains()) == []


def test_the_same_save_arriving_several_times_at_once_has_one_effect(period: Period, xiaolan: User) -> None:
    """The browser gave up waiting and sent it again, while the first was still on its way."""
    send = partial(
        filing.save_draft,
        period,
        unit=unit("xiaolan"),
        version=filing.NOT_BEGUN,
        figures=typed(3),
        key="one-sending",
        by=xiaolan,
        at=at(8),
    )
    answers = at_once([send] * 4)
    assert kinds_of(answers) == ["SavedDraft"] * 4
    assert {answer.filed.version for answer in answers if isinstance(answer, SavedDraft)} == {1}
    assert events("保存季报") == 1


def test_a_save_and_a_submission_at_once_leave_the_one_or_the_other(
    period: Period, xiaolan: User, colleagues: list[User]
) -> None:
    """Either the colleague's figure came first, and what was to be submitted is no longer it; or it came too late."""
    draft = saved(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    save = partial(
        filing.save_return,
        period,
        unit=unit("xiaolan"),
        version=draft.version,
        figures={"robot-firms": Typed("4", "已核对")},
        by=colleagues[0],
        at=at(8),
    )
    answers = at_once(
        [save, partial(filing.submit_return, draft, version=draft.version, by=xiaolan, at=at(8))]
    )
    now = QuarterlyReturn.objects.get()
    if now.state == "SUBMITTED":
        assert isinstance(answers[0], AlreadyDoneError)
        assert [(row.typed, row.saved) for row in answers[0].conflicts] == [
            ("4；说明：已核对", "3；说明：已核对")
        ]
        assert figures()["robot-firms"] == "3"
    else:
        assert isinstance(answers[1], StaleReturnError)
        assert (now.state, figures()["robot-firms"]) == ("DRAFT", "4")
    assert now.version == draft.version + 1
    assert list(verify_chains()) == []


def test_a_return_submitted_several_times_at_once_is_submitted_once(period: Period, xiaolan: User) -> None:
    draft = saved(period, "xiaolan", xiaolan)
    submit = partial(filing.submit_return, draft, version=draft.version, by=xiaolan, at=at(8))
    assert kinds_of(at_once([submit] * 4)) == ["AlreadyDoneError"] * 3 + ["QuarterlyReturn"]
    assert events("提交季报") == 1


def test_one_who_approves_and_one_who_sends_back_make_one_decision(
    period: Period, xiaolan: User, office: User, second_office: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    version = filed.version
    answers = at_once(
        [
            partial(filing.approve_return, filed, version=version, by=office, at=at(9)),
            partial(
                filing.send_back_return, filed, version=version, reason="请核对", by=second_office, at=at(9)
            ),
        ]
    )
    now = QuarterlyReturn.objects.get()
    # Who sends back what was just approved would begin a correction, of a version that they have not seen.
    told = StaleReturnError if now.state == "APPROVED" else AlreadyDoneError
    assert sum(isinstance(answer, QuarterlyReturn) for answer in answers) == 1
    assert sum(isinstance(answer, told) for answer in answers) == 1
    assert Actual.objects.count() == (1 if now.state == "APPROVED" else 0)
    assert events("审定季报") + events("退回季报") == 1
    assert list(verify_chains()) == []


def test_a_unit_that_takes_back_and_an_officer_who_begins_to_review_do_not_cross(
    period: Period, xiaolan: User, office: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan)
    at_once(
        [
            partial(filing.withdraw_return, filed, version=filed.version, by=xiaolan, at=at(9)),
            partial(filing.begin_review, filed, by=office, at=at(9)),
        ]
    )
    now = QuarterlyReturn.objects.get()
    assert (now.state, now.review_begun_by) in [("DRAFT", None), ("SUBMITTED", office)]
    assert events("撤回季报") + events("开始审核") == 1


def test_units_that_file_and_an_office_that_publishes_at_once_all_get_there(
    period: Period, office: User, second_office: User
) -> None:
    """Different returns, a quarter's dates and its publication want the same plan and the same trail: nobody fails."""
    codes = ["xiaolan", "guzhen", "shaxi", "nanlang", "dachong", "minzhong"]
    people = {code: account(code, Role.TOWN, unit_code=code) for code in codes}
    waiting = [submitted(period, code, people[code], {"robot-firms": "3"}) for code in codes[:3]]
    begin = [partial(saved, period, code, people[code], {"robot-firms": "4"}) for code in codes[3:]]
    approve = [
        partial(filing.approve_return, row, version=row.version, by=office, at=at(9)) for row in waiting
    ]
    reopen = partial(
        filing.reopen_return, period, unit=unit("banfu"), until=at(30).date(), by=office, at=at(9)
    )
    texts = {"robot-firms": "部门数尚未报送"}
    publish = partial(filing.publish_period, period, explanations=texts, by=second_office, at=at(9))
    answers = at_once([*begin, *approve, reopen, publish])
    assert kinds_of(answers) == ["Period"] + ["QuarterlyReturn"] * 7
    assert Actual.objects.count() == 3
    assert list(verify_chains()) == []


def test_a_first_save_and_an_act_on_its_quarter_do_not_wait_for_each_other(
    period: Period, xiaolan: User, office: User
) -> None:
    """PostgreSQL looks at commit whether the new return's quarter is there, when the save has the trail by then."""
    has_saved = threading.Event()

    def begin() -> QuarterlyReturn:
        with transaction.atomic():
            begun = saved(period, "xiaolan", xiaolan)
            has_saved.set()
            # The other has the quarter by now, and waits for the trail.
            time.sleep(0.5)
            return begun

    def move_the_dates() -> Period:
        has_saved.wait()
        return filing.open_period(
            period, opens_on=date(2015, 7, 1), due_on=date(2015, 7, 20), by=office, at=at(8)
        )

    assert kinds_of(at_once([begin, move_the_dates])) == ["Period", "QuarterlyReturn"]


def bound_by_dates(name: str, period: Period, xiaolan: User, office: User) -> Callable[[], object]:
    """小榄镇's return as far as this act can take it on."""
    town, now = unit("xiaolan"), at(20)
    if name in ("withdraw", "send back"):
        filed = submitted(period, "xiaolan", xiaolan)
        if name == "withdraw":
            return partial(filing.withdraw_return, filed, version=filed.version, by=xiaolan, at=now)
        return partial(
            filing.send_back_return, filed, version=filed.version, reason="请核对", by=office, at=now
        )
    draft = saved(period, "xiaolan", xiaolan)
    add = partial(filing.add_evidence, period, unit=town, name="合同.pdf", data=PDF, by=xiaolan)
    if name == "submit":
        return partial(filing.submit_return, draft, version=draft.version, by=xiaolan, at=now)
    if name == "save":
        typed = {"robot-firms": Typed("4", "已核对")}
        return partial(
            filing.save_return, period, unit=town, version=draft.version, figures=typed, by=xiaolan, at=now
        )
    if name == "add a file":
        return partial(add, at=now)
    return partial(filing.remove_evidence, add(at=at(8)).evidence, by=xiaolan, at=now)


@pytest.mark.parametrize("name", ["save", "submit", "withdraw", "send back", "add a file", "remove a file"])
def test_who_waited_for_the_return_while_its_quarter_was_closed_comes_too_late(
    period: Period, xiaolan: User, office: User, name: str
) -> None:
    act = bound_by_dates(name, period, xiaolan, office)
    version, holds = QuarterlyReturn.objects.get().version, threading.Event()

    def close() -> None:
        with transaction.atomic():
            hold(QuarterlyReturn.objects.get())
            holds.set()
            # The other has asked for the return by now, and waits for it.
            time.sleep(0.5)
            filing.close_period(period, by=office, at=at(20))

    def wait_and_act() -> object:
        holds.wait()
        return act()

    _, answer = at_once([close, wait_and_act])
    assert isinstance(answer, FilingError)
    assert "本季填报已关闭" in str(answer)
    assert QuarterlyReturn.objects.get().version == version


def test_a_quarter_filled_in_and_an_import_of_old_and_new_returns_do_not_wait_for_each_other(
    zhongshan: Plan, period: Period, office: User, second_office: User
) -> None:
    """Both want one return that is there and one that is not, and both wait for somebody who holds the first."""
    units = sorted((unit("xiaolan"), unit("guzhen")), key=lambda town: town.pk)
    filing.reopen_return(period, unit=units[0], until=at(30).date(), by=office, at=at(2))
    drafts = [TownDraft(town, filing.NOT_BEGUN, {"robot-firms": Figure(Decimal(9), "")}) for town in units]
    rows = [
        ResultRow(f"第 {number} 行", "2015Q2", "机器换人企业", town.name, "9", "家", "统计月报")
        for number, town in enumerate(units, start=2)
    ]
    holds = threading.Event()

    def be_first() -> None:
        with transaction.atomic():
            hold(QuarterlyReturn.objects.get())
            holds.set()
            time.sleep(1.5)

    def import_them() -> object:
        holds.wait()
        return import_results(zhongshan, rows=rows, by=second_office, at=at(8))

    def fill_in() -> object:
        holds.wait()
        # Behind the import in the row of those who wait.
        time.sleep(0.5)
        return filing.fill_in_towns(period, drafts, key="preview", by=office, at=at(8))

    imported, filled_in = at_once([be_first, import_them, fill_in])[1:]
    # Whoever came second is told, and has changed nothing.
    came = (type(imported).__name__, type(filled_in).__name__)
    assert came in {("Imported", "TownsRefusedError"), ("ImportRefusedError", "list")}, (imported, filled_in)
    if isinstance(imported, ImportRefusedError):
        assert all("已有草稿" in fault for fault in imported.faults)
    states = set(QuarterlyReturn.objects.values_list("state", flat=True))
    assert states == {"SUBMITTED" if came[0] == "Imported" else "DRAFT"}
    assert list(verify_chains()) == []


def test_a_quarter_filled_in_while_its_towns_save_stops_nobody(period: Period, office: User) -> None:
    """The office came first, and each town is told of its figures; or a town came first, and nothing is filled in."""
    codes = ["xiaolan", "guzhen", "shaxi", "nanlang"]
    people = {code: account(code, Role.TOWN, unit_code=code) for code in codes}
    drafts = [
        TownDraft(unit(code), filing.NOT_BEGUN, {"robot-firms": Figure(Decimal(9), "")}) for code in codes
    ]
    fill_in = partial(filing.fill_in_towns, period, drafts, key="preview", by=office, at=at(8))
    own = [
        partial(
            filing.save_return,
            period,
            unit=unit(code),
            version=filing.NOT_BEGUN,
            figures=typed(4),
            by=people[code],
            at=at(8),
        )
        for code in codes
    ]
    answers = at_once([*own, fill_in])
    filled_in = isinstance(answers[-1], list)
    assert isinstance(answers[-1], list | TownsRefusedError)
    assert kinds_of(answers[:-1]) == ["StaleReturnError" if filled_in else "QuarterlyReturn"] * 4
    values = Entry.objects.filter(indicator__code="robot-firms").values_list("value", flat=True)
    assert list(values) == [Decimal(9 if filled_in else 4)] * 4
    assert list(verify_chains()) == []
