"""Published figures from outside: every fault named, nothing half-imported, a second person decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.choices import ReturnState
from indicators.models import Actual, Alias, AuditEvent, Entry, Period, Plan, QuarterlyReturn
from indicators.services.filing import approve_return
from indicators.services.results.check import ResultRow, check_results
from indicators.services.results.importing import (
    Imported,
    ImportRefusedError,
    bootstrap_results,
    import_results,
)
from tests.people import account
from towns.choices import Role

pytestmark = pytest.mark.django_db

NOW = datetime(2015, 8, 3, 2, 0, tzinfo=UTC)
NEWS = "中山日报 2015-07-28"
VALUE_ADDED = ResultRow("第 2 行", "2015Q2", "规模以上工业增加值", "中山市", "647.78", "亿元", NEWS)
EQUIPMENT = ResultRow("第 3 行", "2015Q2", "装备制造业工业增加值", "中山市", "199.58", "亿元", NEWS)
SHARE = ResultRow(
    "第 4 行", "2015Q2", "高技术制造业增加值占规模以上工业增加值比重", "中山市", "17.68", "%", NEWS
)
ROWS = [VALUE_ADDED, EQUIPMENT, SHARE]


@pytest.fixture
def seconded(db: None) -> User:
    """An officer whom 市发展改革局 sent: not of the units that lead the figures."""
    return account("seconded", Role.OFFICE, unit_code="fagai")


def test_figures_become_submitted_returns_with_their_source(zhongshan: Plan, office: User) -> None:
    done = import_results(zhongshan, rows=ROWS, by=office, at=NOW)
    assert done == Imported(figures=3, returns=2, unchanged=0)
    entries = Entry.objects.filter(value__isnull=False).values_list("indicator__code", "value", "source")
    assert set(entries) == {
        ("industrial-value-added", Decimal("647.78"), NEWS),
        ("equipment-value-added", Decimal("199.58"), NEWS),
        ("hightech-share", Decimal("17.68"), NEWS),
    }
    assert set(QuarterlyReturn.objects.values_list("state", flat=True)) == {ReturnState.SUBMITTED}
    assert not Actual.objects.exists()


def test_all_returns_are_held_before_the_trail_is(zhongshan: Plan, office: User) -> None:
    """Somebody who saves in one of them waits for the import, and never the import for them (PostgreSQL)."""
    with CaptureQueriesContext(connection) as statements:
        import_results(zhongshan, rows=ROWS, by=office, at=NOW)
    begun, told = (
        [
            at
            for at, statement in enumerate(statements)
            if statement["sql"].startswith(f'INSERT INTO "indicators_{table}"')
        ]
        for table in ("quarterlyreturn", "auditevent")
    )
    assert len(told) == 2
    assert statements[begun[0]]["sql"].count("DRAFT") == 2
    assert begun[0] < told[0]


def test_who_imported_may_not_approve_and_a_second_person_may(
    zhongshan: Plan, office: User, seconded: User
) -> None:
    import_results(zhongshan, rows=[SHARE], by=office, at=NOW)
    filed = QuarterlyReturn.objects.get()
    with pytest.raises(PermissionDenied):
        approve_return(filed, version=filed.version, by=office, at=NOW)
    approve_return(filed, version=filed.version, by=seconded, at=NOW)
    assert Actual.objects.values_list("value", "source").get() == (Decimal("17.68"), NEWS)


def test_the_bootstrap_approves_in_the_same_act_while_nothing_is_published(
    zhongshan: Plan, office: User
) -> None:
    bootstrap_results(zhongshan, rows=ROWS, by=office, at=NOW)
    assert Actual.objects.count() == 3
    assert AuditEvent.objects.filter(act__startswith="初始").exists()
    Period.objects.filter(plan=zhongshan, year=2015, number=1).update(published_at=NOW, published_by=office)
    with pytest.raises(ImportRefusedError) as refusal:
        bootstrap_results(zhongshan, rows=[replace(SHARE, period="2015Q3")], by=office, at=NOW)
    assert "已有定稿的季度" in refusal.value.faults[0]
    assert Actual.objects.count() == 3


def test_the_bootstrap_approves_what_waits_from_an_import_of_the_same_file(
    zhongshan: Plan, office: User
) -> None:
    import_results(zhongshan, rows=ROWS, by=office, at=NOW)
    assert bootstrap_results(zhongshan, rows=ROWS, by=office, at=NOW) == Imported(3, 2, unchanged=0)
    assert set(QuarterlyReturn.objects.values_list("state", flat=True)) == {ReturnState.APPROVED}
    assert set(Actual.objects.values_list("source", flat=True)) == {NEWS}
    assert bootstrap_results(zhongshan, rows=ROWS, by=office, at=NOW) == Imported(0, 0, unchanged=3)


def test_another_plans_published_quarter_ends_the_bootstrap_too(
    zhongshan: Plan, linhai: Plan, office: User
) -> None:
    Period.objects.filter(plan=linhai, number=1).update(published_at=NOW, published_by=office)
    with pytest.raises(ImportRefusedError) as refusal:
        bootstrap_results(zhongshan, rows=ROWS, by=office, at=NOW)
    assert len(refusal.value.faults) == 1
    assert not QuarterlyReturn.objects.exists()


def test_where_two_indicators_share_a_name_the_stronger_name_has_it(zhongshan: Plan, office: User) -> None:
    share = zhongshan.indicators.get(code="hightech-share")
    other = zhongshan.indicators.get(code="equipment-value-added")

    def found(name: str) -> str:
        results, faults = check_results(zhongshan, [replace(SHARE, indicator=name, unit="")])
        assert faults == []
        return results[0].indicator.code

    # Earlier or later in the plan: neither takes the other's stronger name.
    for strong, weak in ((share, other), (other, share)):
        zhongshan.indicators.filter(pk=weak.pk).update(short_name=strong.code)
        assert found(strong.code) == strong.code
        zhongshan.indicators.filter(pk=weak.pk).update(short_name=strong.name)
        assert found(strong.name) == strong.code
        Alias.objects.create(plan=zhongshan, indicator=strong, alias=f"俗称{strong.pk}")
        zhongshan.indicators.filter(pk=weak.pk).update(short_name=f"俗称{strong.pk}")
        assert found(f"俗称{strong.pk}") == strong.code


def test_a_second_import_of_the_same_file_changes_nothing(zhongshan: Plan, office: User) -> None:
    import_results(zhongshan, rows=ROWS, by=office, at=NOW)
    events = AuditEvent.objects.count()
    assert import_results(zhongshan, rows=ROWS, by=office, at=NOW) == Imported(0, 0, unchanged=3)
    assert AuditEvent.objects.count() == events


def test_a_dry_run_checks_and_writes_nothing(zhongshan: Plan, office: User) -> None:
    events = AuditEvent.objects.count()
    assert import_results(zhongshan, rows=ROWS, by=office, at=NOW, dry_run=True).figures == 3
    assert (QuarterlyReturn.objects.count(), AuditEvent.objects.count()) == (0, events)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"period": "2018Q1"}, "“2018Q1”不是本计划的报送期"),
        ({"indicator": "工业总产值"}, "没有名称、别名或代码为“工业总产值”的指标"),
        ({"area": "珠海市"}, "没有名称或代码为“珠海市”的地区"),
        ({"unit": "万元"}, "的单位是亿元，不是“万元”"),
        ({"value": "6e2"}, "6e2"),
        ({"value": ""}, "“value”一栏是空的"),
        ({"value": "647.785"}, "最多 2 位小数"),
        ({"value": "-1"}, "不能小于零"),
        ({"source": " "}, "“source”一栏是空的"),
        ({"source": "源" * 401}, "“source”一栏最多 400 字，现有 401 字"),
        ({"area": "小榄镇"}, "没有分解到镇区"),
        ({"indicator": "rd-intensity", "unit": "%", "value": "1.2"}, "每年报送，2015年第二季度不报"),
    ],
)
def test_a_faulty_row_is_named_with_its_place(
    zhongshan: Plan, office: User, changed: dict[str, str], sentence: str
) -> None:
    with pytest.raises(ImportRefusedError) as refusal:
        import_results(zhongshan, rows=[replace(VALUE_ADDED, **changed), SHARE], by=office, at=NOW)
    assert len(refusal.value.faults) == 1
    assert refusal.value.faults[0].startswith("第 2 行：")
    assert sentence in refusal.value.faults[0]
    assert not QuarterlyReturn.objects.exists()


def test_all_faults_are_named_at_once_and_repeated_rows_too(zhongshan: Plan, office: User) -> None:
    rows = [VALUE_ADDED, replace(VALUE_ADDED, place="第 3 行"), replace(SHARE, value="一百")]
    with pytest.raises(ImportRefusedError) as refusal:
        import_results(zhongshan, rows=rows, by=office, at=NOW)
    assert [fault.split("：")[0] for fault in refusal.value.faults] == ["第 3 行", "第 4 行"]


@pytest.mark.parametrize("name", ["industrial-value-added", "规上工业增加值", "规模以上工业增加值（亿元）"])
def test_an_indicator_is_found_by_code_short_name_and_alias(zhongshan: Plan, office: User, name: str) -> None:
    import_results(zhongshan, rows=[replace(VALUE_ADDED, indicator=name)], by=office, at=NOW)
    assert Entry.objects.get(value__isnull=False).indicator.code == "industrial-value-added"


def test_a_draft_that_a_unit_has_begun_is_never_overwritten(zhongshan: Plan, office: User) -> None:
    unit = zhongshan.indicators.get(code="hightech-share").lead_unit
    period = zhongshan.periods.get(year=2015, number=2)
    draft = QuarterlyReturn.objects.create(period=period, unit=unit)
    Entry.objects.create(
        quarterly_return=draft,
        indicator=zhongshan.indicators.get(code="hightech-share"),
        value=Decimal("17.5"),
    )
    with pytest.raises(ImportRefusedError) as refusal:
        import_results(zhongshan, rows=ROWS, by=office, at=NOW)
    assert len(refusal.value.faults) == 1
    assert unit.name in refusal.value.faults[0]
    assert Entry.objects.get().value == Decimal("17.5")
    assert QuarterlyReturn.objects.count() == 1


def test_only_the_office_of_the_plans_city_imports(zhongshan: Plan, clerk: User, linhai: Plan) -> None:
    elsewhere = account(
        "elsewhere", Role.OFFICE, unit_code=linhai.city.units.get(is_office=True).code, city="linhaiwan"
    )
    for person in (clerk, elsewhere):
        with pytest.raises(PermissionDenied):
            import_results(zhongshan, rows=ROWS, by=person, at=NOW)
