"""Filling a return: what is typed is read as it was meant, all of it is saved or nothing, nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Actual, AuditEvent, Entry, Period, Plan, QuarterlyReturn
from indicators.services import filing
from indicators.services.filing import (
    AlreadyDoneError,
    FilingError,
    StaleReturnError,
    Typed,
    UnreadableError,
)
from tests.indicators.filing_steps import at, filled, opened, period_of, saved, submitted
from tests.people import account, unit
from towns.choices import Role


@pytest.fixture
def period(zhongshan: Plan, office: User) -> Period:
    return opened(zhongshan, office, closes_on=date(2015, 7, 31))


def save(period: Period, by: User, version: int = 0, **typed: str) -> QuarterlyReturn:
    """Save figures in 小榄镇's return; keywords are codes with underscores."""
    figures = {code.replace("_", "-"): Typed(text) for code, text in typed.items()}
    return filing.save_return(period, unit=unit("xiaolan"), version=version, figures=figures, by=by, at=at(8))


def values(filed: QuarterlyReturn) -> dict[str, Decimal | None]:
    return dict(filed.entries.values_list("indicator__code", "value"))


def test_figures_are_read_as_the_clerk_writes_them(period: Period, xiaolan: User) -> None:
    filed = save(
        period,
        xiaolan,
        upgraded_firms="350（220）",
        industrial_investment="1,417",
        upgrade_investment="１３０",
        rd_institution_share="1.35%",
        motor_efficiency="—",
    )
    assert values(filed) == {
        "upgraded-firms": Decimal(350),
        "upgraded-firms-large": Decimal(220),
        "industrial-investment": Decimal(1417),
        "upgrade-investment": Decimal(130),
        "rd-institution-share": Decimal("1.35"),
    }


def test_every_cell_that_cannot_be_read_is_named_and_nothing_is_saved(period: Period, xiaolan: User) -> None:
    with pytest.raises(UnreadableError) as refusal:
        save(period, xiaolan, industrial_investment="1e5", upgraded_firms="三百五十", robot_firms="12")
    assert sorted(refusal.value.faults) == ["industrial-investment", "upgraded-firms"]
    assert "科学记数法" in refusal.value.faults["industrial-investment"]
    assert not QuarterlyReturn.objects.exists()


def test_brackets_that_contradict_the_parts_own_row_are_refused(period: Period, xiaolan: User) -> None:
    with pytest.raises(UnreadableError) as refusal:
        save(period, xiaolan, upgraded_firms="350（220）", upgraded_firms_large="210")
    assert refusal.value.faults == {
        "upgraded-firms-large": "总数括号里的其中数是 220，这一行填的是 210，请改成一致。"
    }


def test_brackets_replace_the_part_that_was_saved_before(period: Period, xiaolan: User) -> None:
    first = save(period, xiaolan, upgraded_firms="300（200）")
    second = save(period, xiaolan, first.version, upgraded_firms="350（220）", upgraded_firms_large="200")
    assert values(second) == {"upgraded-firms": Decimal(350), "upgraded-firms-large": Decimal(220)}


def test_brackets_behind_an_indicator_without_a_part_are_refused(period: Period, xiaolan: User) -> None:
    with pytest.raises(UnreadableError) as refusal:
        save(period, xiaolan, robot_firms="80（20）")
    assert list(refusal.value.faults) == ["robot-firms"]


def test_a_note_that_is_too_long_is_refused_with_its_length(period: Period, xiaolan: User) -> None:
    figures = {"robot-firms": Typed("1", "长" * 401)}
    with pytest.raises(UnreadableError) as refusal:
        filing.save_return(period, unit=unit("xiaolan"), version=0, figures=figures, by=xiaolan, at=at(8))
    assert refusal.value.faults == {"robot-firms": "说明最多 400 字，现有 401 字，请缩短。"}


def test_an_indicator_of_another_unit_is_refused(period: Period, xiaolan: User) -> None:
    with pytest.raises(FilingError, match="不填报这些指标：industrial-value-added"):
        save(period, xiaolan, industrial_value_added="1417")


def test_rows_that_are_not_sent_stay_as_they_are(period: Period, xiaolan: User) -> None:
    first = save(period, xiaolan, industrial_investment="9.1")
    second = save(period, xiaolan, first.version, robot_firms="3")
    assert values(second) == {"industrial-investment": Decimal("9.1"), "robot-firms": Decimal(3)}


def test_a_stale_copy_is_refused_with_both_values(period: Period, xiaolan: User) -> None:
    colleague = account("xiaolan_2", Role.TOWN, full_name="小榄同事", unit_code="xiaolan")
    first = save(period, xiaolan, industrial_investment="9.1", robot_firms="3")
    save(period, colleague, first.version, industrial_investment="9.8")
    with pytest.raises(StaleReturnError) as refusal:
        save(period, xiaolan, first.version, industrial_investment="９.2", robot_firms="3")
    (conflict,) = refusal.value.conflicts
    assert (conflict.label, conflict.typed, conflict.saved) == ("工业投资", "９.2", "9.8")
    assert values(QuarterlyReturn.objects.get())["industrial-investment"] == Decimal("9.8")


def test_two_people_who_begin_the_same_return_do_not_overwrite_each_other(
    period: Period, xiaolan: User
) -> None:
    colleague = account("xiaolan_2", Role.TOWN, unit_code="xiaolan")
    save(period, colleague, industrial_investment="9.8")
    with pytest.raises(StaleReturnError):
        save(period, xiaolan, industrial_investment="9.1")


def test_a_save_sent_twice_has_one_effect(period: Period, xiaolan: User) -> None:
    first = save(period, xiaolan, industrial_investment="9.1")
    again = save(period, xiaolan, 0, industrial_investment="9.1")
    assert again.version == first.version
    assert AuditEvent.objects.filter(act="保存季报").count() == 1


def test_the_trail_keeps_old_and_new_of_what_changed(period: Period, xiaolan: User) -> None:
    first = save(period, xiaolan, industrial_investment="9.10", robot_firms="3")
    save(period, xiaolan, first.version, industrial_investment="9.8", robot_firms="3")
    event = AuditEvent.objects.filter(act="保存季报").last()
    assert event is not None
    assert (event.object_key, event.actor_name) == ("2015Q2/xiaolan", "xiaolan")
    assert event.old == {"figures": {"industrial-investment": {"value": "9.1", "note": ""}}}
    assert event.new == {"figures": {"industrial-investment": {"value": "9.8", "note": ""}}}


def test_everybody_who_wrote_is_remembered_once(period: Period, xiaolan: User) -> None:
    colleague = account("xiaolan_2", Role.TOWN, unit_code="xiaolan")
    first = save(period, xiaolan, industrial_investment="9.1")
    second = save(period, colleague, first.version, industrial_investment="9.2")
    third = save(period, xiaolan, second.version, industrial_investment="9.3")
    town = third.unit.pk
    third.refresh_from_db()
    assert third.editor_units == {xiaolan.pk: town, colleague.pk: town}


def test_a_quarter_that_is_not_open_takes_nothing(zhongshan: Plan, xiaolan: User) -> None:
    with pytest.raises(FilingError, match="本季填报尚未开始"):
        save(period_of(zhongshan), xiaolan, industrial_investment="9.1")
    assert not QuarterlyReturn.objects.exists()


def test_after_closing_nothing_is_taken_and_what_was_typed_is_handed_back(
    period: Period, xiaolan: User
) -> None:
    with pytest.raises(FilingError, match="本季填报已关闭") as refusal:
        filing.save_return(
            period,
            unit=unit("xiaolan"),
            version=0,
            figures={"robot-firms": Typed("3")},
            by=xiaolan,
            at=at(1, 8),
        )
    assert [(conflict.code, conflict.typed) for conflict in refusal.value.conflicts] == [("robot-firms", "3")]


def test_the_closing_day_itself_still_counts_in_zhongshans_time(period: Period, xiaolan: User) -> None:
    late = at(31, hour=23)
    filed = filing.save_return(
        period, unit=unit("xiaolan"), version=0, figures={"robot-firms": Typed("3")}, by=xiaolan, at=late
    )
    assert values(filed) == {"robot-firms": Decimal(3)}


def test_a_submitted_return_takes_no_more_figures(period: Period, xiaolan: User) -> None:
    filed = submitted(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    with pytest.raises(AlreadyDoneError, match=r"已由何小榄于7月8日10:00提交") as refusal:
        save(period, xiaolan, filed.version, robot_firms="4")
    (conflict,) = refusal.value.conflicts
    assert (conflict.typed, conflict.saved) == ("4", "3；说明：已核对")
    assert Entry.objects.get(indicator__code="robot-firms").value == Decimal(3)


def test_nobody_fills_in_another_units_return(
    period: Period, guzhen: User, clerk: User, leader: User
) -> None:
    for person in (guzhen, clerk, leader):
        with pytest.raises(PermissionDenied):
            save(period, person, robot_firms="3")


def test_a_unit_files_nothing_in_another_citys_quarter(period: Period, linhai: Plan) -> None:
    guest = account("linhai_town", Role.TOWN, unit_code="dongqu", city="linhaiwan")
    with pytest.raises(PermissionDenied):
        filing.save_return(
            period,
            unit=guest.membership.unit,
            version=0,
            figures={"industrial-investment": Typed("9.8")},
            by=guest,
            at=at(8),
        )
    assert not QuarterlyReturn.objects.exists()


def test_what_the_office_fills_in_is_marked_until_the_unit_saves_there(
    period: Period, office: User, xiaolan: User
) -> None:
    filled_in = save(period, office, robot_firms="3")
    assert filled_in.filled_for_unit
    own = save(period, xiaolan, filled_in.version, robot_firms="4")
    assert not own.filled_for_unit


def test_the_office_does_not_change_what_a_unit_has_submitted(
    period: Period, office: User, xiaolan: User
) -> None:
    filed = submitted(period, "xiaolan", xiaolan, {"robot-firms": "3"})
    back = filing.send_back_return(filed, version=filed.version, reason="请核对", by=office, at=at(9))
    with pytest.raises(FilingError, match="只能由本单位修改"):
        save(period, office, back.version, robot_firms="30")


def test_a_unit_that_leads_no_indicator_files_text(period: Period) -> None:
    clerk = account("fazhi", Role.DEPARTMENT, unit_code="fazhi")
    draft = saved(period, "fazhi", clerk)
    assert (draft.progress_text, draft.entries.count()) == ("按计划推进。", 0)


def test_the_office_adds_nothing_to_a_draft_that_the_unit_has_begun(
    period: Period, office: User, xiaolan: User
) -> None:
    filled_in = save(period, office, robot_firms="3")
    again = save(period, office, filled_in.version, robot_firms="4")
    own = save(period, xiaolan, again.version, industrial_investment="9.8")
    with pytest.raises(FilingError, match="只能由本单位修改"):
        save(period, office, own.version, robot_firms="30")
    xiaolan.membership.delete()
    with pytest.raises(FilingError, match="只能由本单位修改"):
        save(period, office, own.version, robot_firms="30")


def test_the_office_changes_nothing_that_the_unit_submitted_and_took_back(
    period: Period, office: User, xiaolan: User
) -> None:
    filled_in = saved(period, "xiaolan", office, {"robot-firms": "3"})
    filed = filing.submit_return(filled_in, version=filled_in.version, by=xiaolan, at=at(8))
    draft = filing.withdraw_return(filed, version=filed.version, by=xiaolan, at=at(8))
    with pytest.raises(FilingError, match="只能由本单位修改"):
        save(period, office, draft.version, robot_firms="30")


def statements(act: Callable[[], object]) -> list[str]:
    """What the act asks of the database, without the marks of its transaction."""
    with CaptureQueriesContext(connection) as asked:
        act()
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return [query["sql"] for query in asked if not query["sql"].startswith(marks)]


def test_saving_a_whole_return_costs_six_statements(period: Period, xiaolan: User) -> None:
    whole = filled(period, "xiaolan", {"industrial-investment": "14.51"})
    texts = {"progress_text": "按计划推进。"}
    town = unit("xiaolan")

    def save_whole(version: int) -> None:
        filing.save_return(
            period, unit=town, version=version, figures=whole, texts=texts, by=xiaolan, at=at(8)
        )

    assert len(statements(lambda: save_whole(filing.NOT_BEGUN))) == 6
    whole["industrial-investment"] = Typed("14.52")
    assert len(statements(lambda: save_whole(1))) == 6


def test_a_draft_keeps_what_can_be_read_and_names_what_cannot(period: Period, xiaolan: User) -> None:
    typed = {"industrial-investment": Typed("9.1"), "upgrade-investment": Typed("1e5", "待核")}
    saved = filing.save_draft(
        period, unit=unit("xiaolan"), version=0, figures=typed, texts={}, by=xiaolan, at=at(8)
    )
    assert values(saved.filed) == {"industrial-investment": Decimal("9.1")}
    assert list(saved.faults) == ["upgrade-investment"]


def test_a_save_sent_again_has_one_effect(period: Period, xiaolan: User) -> None:
    """The answer was lost on its way: the browser sends the same again, though a later save came between."""

    def send(version: int, text: str, key: str) -> filing.SavedDraft:
        figures = {"industrial-investment": Typed(text)}
        return filing.save_draft(
            period, unit=unit("xiaolan"), version=version, figures=figures, key=key, by=xiaolan, at=at(8)
        )

    send(0, "9.1", "first")
    send(1, "9.2", "second")
    again = send(0, "9.1", "first")
    assert (again.filed.version, values(again.filed)) == (2, {"industrial-investment": Decimal("9.2")})
    assert AuditEvent.objects.filter(act="保存季报").count() == 2
    with pytest.raises(StaleReturnError):
        send(0, "9.1", "third")


def test_a_sending_that_comes_again_names_the_same_faults_and_the_version_it_made(
    period: Period, xiaolan: User
) -> None:
    typed = {"industrial-investment": Typed("9.1"), "upgrade-investment": Typed("1e5")}

    def send() -> filing.SavedDraft:
        return filing.save_draft(
            period, unit=unit("xiaolan"), version=0, figures=typed, key="first", by=xiaolan, at=at(8)
        )

    send()
    save(period, xiaolan, 1, robot_firms="3")
    again = send()
    assert list(again.faults) == ["upgrade-investment"]
    assert (again.made, again.version, again.filed.version) == (1, 1, 2)


def test_a_sending_that_comes_again_after_the_return_came_back_submits_nothing(
    period: Period, xiaolan: User, office: User
) -> None:
    whole = filled(period, "xiaolan", {"industrial-investment": "14.51"})

    def send(key: str) -> filing.SavedDraft:
        return filing.save_draft(
            period, unit=unit("xiaolan"), version=0, figures=whole, key=key, by=xiaolan, at=at(8)
        )

    first = send("first")
    waiting = filing.submit_return(first.filed, version=first.made, by=xiaolan, at=at(8))
    filing.send_back_return(waiting, version=waiting.version, reason="请核对。", by=office, at=at(9))
    for key in ("first", "drawn anew"):
        again = send(key)
        with pytest.raises(StaleReturnError):
            filing.submit_return(again.filed, version=again.made, by=xiaolan, at=at(10))


def test_what_the_office_types_over_an_import_is_not_the_imports(
    period: Period, xiaolan: User, office: User, second_office: User
) -> None:
    given = {"industrial-investment": filing.Published(Decimal("14.51"), "统计月报")}
    filed = filing.file_published(period, unit=unit("xiaolan"), figures=given, by=office, at=at(8))
    back = filing.withdraw_return(filed, version=filed.version, by=xiaolan, at=at(9))
    whole = filled(period, "xiaolan", {"upgrade-investment": "3.2"})
    del whole["industrial-investment"]
    typed = filing.save_return(
        period, unit=unit("xiaolan"), version=back.version, figures=whole, by=office, at=at(10)
    )
    filing.approve_return(typed, version=typed.version, by=second_office, at=at(11))
    sources = dict(Actual.objects.values_list("indicator__code", "source"))
    assert sources == {
        "industrial-investment": "统计月报",
        "upgrade-investment": "小榄镇2015年第二季度季报（联席会议办公室代填）",
    }
