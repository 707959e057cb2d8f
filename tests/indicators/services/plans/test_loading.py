"""Loading a plan: what stands in the database afterwards, the second load, another city's plan beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from indicators.models import (
    Alias,
    AuditEvent,
    Baseline,
    Category,
    Indicator,
    KeyTask,
    KeyTaskUnit,
    Milestone,
    Period,
    Plan,
    PlanNote,
    Target,
)
from indicators.services.audit import verify_chains
from indicators.services.plans import LoadedPlan, load_plan
from indicators.workbooks.plans import read_plan
from tests.plan_copies import PlanCopy
from tests.plan_fixtures import LOADED_AT
from tests.plans.tables import LINHAI, LINHAI_WORKBOOK, ZHONGSHAN
from towns.choices import UnitKind
from towns.models import Area, Unit

STORED = (
    *(Area, Unit, Plan, Category, Indicator, Alias, Baseline, Target),
    *(PlanNote, KeyTask, KeyTaskUnit, Milestone, Period),
)


def load(path: Path, **more: Any) -> LoadedPlan:
    return load_plan(read_plan(path), **{"by": None, "at": LOADED_AT} | more)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in STORED}


@pytest.fixture
def copy(tmp_path: Path) -> PlanCopy:
    return PlanCopy(ZHONGSHAN, tmp_path)


def test_the_whole_plan_of_zhongshan_is_stored(zhongshan: Plan) -> None:
    assert counts() == {
        "Area": 25,  # the city and 24 towns
        "Unit": 41,  # 17 departments and 24 town governments
        "Plan": 1,
        "Category": 8,
        "Indicator": 35,  # 19 + 1 of 附件1, 15 of the text
        "Alias": 58,
        "Baseline": 13,
        "Target": 351,  # 87 of the city, 264 of the towns
        "PlanNote": 27,
        "KeyTask": 34,  # 21 + 13
        "KeyTaskUnit": 121,
        "Milestone": 7,
        "Period": 12,
    }
    assert zhongshan.revision == 1
    assert (zhongshan.city.name, zhongshan.yellow_from, zhongshan.years) == (
        "中山市",
        Decimal("0.9"),
        range(2015, 2018),
    )


def test_figures_are_stored_exactly_with_their_printed_text(zhongshan: Plan) -> None:
    intensity = Target.objects.get(indicator__code="rd-intensity", area__code="zhongshan", year=2016)
    assert (str(intensity.value), intensity.printed, intensity.clause) == ("1.3500", "1.35", "附件1")
    assert intensity.document == zhongshan.document
    assert not intensity.is_amended
    part = Target.objects.get(indicator__code="upgraded-firms-large", area__code="zhongshan", year=2015)
    assert (part.value, part.printed) == (220, "350（220）")
    assert part.indicator.part_of == Indicator.objects.get(code="upgraded-firms")


def test_a_dash_is_a_target_without_a_value(zhongshan: Plan) -> None:
    dash = Target.objects.get(indicator__code="circular-parks", area__code="zhongshan", year=2016)
    assert (dash.value, dash.printed) == (None, "-")


def test_an_indicator_is_tied_to_its_category_leader_and_container(zhongshan: Plan) -> None:
    equipment = Indicator.objects.get(code="equipment-investment")
    assert equipment.category.name == "加快先进装备制造产业发展"
    assert (equipment.lead_unit.name, equipment.within.code) == (
        "市经济和信息化局",
        "industrial-investment",
    )
    assert equipment.part_of is None
    assert [unit.name for unit in Unit.objects.filter(is_office=True)] == ["市经济和信息化局"]


def test_every_quarter_is_due_after_the_plans_days_and_none_is_open(zhongshan: Plan) -> None:
    # 15 days after 31 March, 30 June, 30 September and 31 December.
    assert list(zhongshan.periods.filter(year=2016).values_list("number", "opens_on", "due_on")) == [
        (1, None, date(2016, 4, 15)),
        (2, None, date(2016, 7, 15)),
        (3, None, date(2016, 10, 15)),
        (4, None, date(2017, 1, 15)),
    ]


def test_a_second_load_changes_nothing_and_says_so(zhongshan: Plan) -> None:
    events = AuditEvent.objects.count()
    loaded = load(ZHONGSHAN)
    assert (loaded.changed_rows, loaded.added_rows, loaded.updated_rows) == (0, 0, 0)
    assert loaded.summary == "计划“zhongshan-2015-2017”没有变化：0 行。"
    zhongshan.refresh_from_db()
    assert zhongshan.revision == 1
    assert AuditEvent.objects.count() == events


def test_areas_and_units_that_people_already_have_accounts_in_are_taken_over(office: User) -> None:
    unit = office.membership.unit
    loaded = load(ZHONGSHAN)
    assert Unit.objects.get(city_code="zhongshan", code="jingxin") == unit
    # 733 rows in all; the city and the office's department were there before.
    assert (loaded.added_rows, loaded.updated_rows) == (731, 0)


def test_changed_words_are_updated_and_leave_a_trail(zhongshan: Plan, copy: PlanCopy) -> None:
    copy.change("indicators", {"code": "clean-audits"}, scope="按省清洁生产办的名单", lead_unit="jingxin")
    loaded = load(copy.path)
    assert (loaded.added_rows, loaded.updated_rows) == (0, 1)
    changed = Indicator.objects.get(code="clean-audits")
    assert (changed.scope, changed.lead_unit.code) == ("按省清洁生产办的名单", "jingxin")
    zhongshan.refresh_from_db()
    assert zhongshan.revision == 2
    event = AuditEvent.objects.latest("sequence")
    assert (event.act, event.object_key, event.actor_name) == ("载入计划", zhongshan.code, "命令行")
    assert event.old == {"indicators": {"clean-audits": {"scope": "", "lead_unit": "huanbao"}}}
    assert event.new["indicators"] == {
        "clean-audits": {"scope": "按省清洁生产办的名单", "lead_unit": "jingxin"}
    }
    assert list(verify_chains()) == []


def test_a_changed_column_of_each_table_is_stored(zhongshan: Plan, copy: PlanCopy) -> None:
    copy.change("plan", {"code": "zhongshan-2015-2017"}, yellow_from="0.85")
    copy.change("areas", {"code": "huoju"}, name="火炬高技术产业开发区")
    copy.change("units", {"code": "fazhi"}, is_office="", short_name="法制")
    copy.change("categories", {"code": "quality"}, is_campaign="yes")
    copy.change("aliases", {"alias": "规模以上工业增加值（亿元）"}, clause="附件1第1行")
    copy.change("baselines", {"indicator": "rd-intensity"}, value="1.26")
    copy.change("targets", {"indicator": "patents"}, value="11.20")
    copy.change("notes", {"code": "huoju-heading"}, area="zhongshan")
    copy.change("tasks", {"code": "large-firm-innovation"}, all_towns="")
    copy.change("task_units", {"task": "large-firm-innovation", "unit": "keji"}, role="LEAD")
    copy.change("milestones", {"code": "smart-base-2017"}, lead_unit="")
    loaded = load(copy.path)
    assert {change.table.name: change.changed for change in loaded.changes if change.changed} == {
        "plan": 1,
        "areas": 1,
        "units": 1,
        "categories": 1,
        "aliases": 1,
        "baselines": 1,
        "targets": 1,
        "notes": 1,
        "tasks": 1,
        "task_units": 1,
        "milestones": 1,
    }
    assert load(copy.path).changed_rows == 0
    assert Milestone.objects.get(code="smart-base-2017").lead_unit is None
    assert PlanNote.objects.get(code="huoju-heading").area.is_city


def test_indicators_may_exchange_their_names(zhongshan: Plan, copy: PlanCopy) -> None:
    copy.change("indicators", {"code": "patents"}, name="清洁生产审核户数")
    load(copy.path)
    copy.change("indicators", {"code": "patents"}, name="节能环保产业总产值")
    copy.change("indicators", {"code": "green-output"}, name="清洁生产审核户数")
    loaded = load(copy.path)
    assert loaded.updated_rows == 2
    assert Indicator.objects.get(code="patents").name == "节能环保产业总产值"
    assert Indicator.objects.get(code="green-output").name == "清洁生产审核户数"


def test_rows_that_a_later_load_does_not_have_are_left_and_named(zhongshan: Plan, copy: PlanCopy) -> None:
    copy.remove("milestones", {"code": "smart-base-2017"})
    copy.remove("aliases", {"alias": "规模以上工业增加值（亿元）"})
    copy.remove("targets", {"indicator": "patents", "year": "2017"})
    before = counts()
    loaded = load(copy.path)
    assert loaded.changed_rows == 0
    assert loaded.left == [
        ("别名", ["规模以上工业增加值（亿元）"]),
        ("年度目标", ["patents/zhongshan/2017"]),
        ("里程碑", ["smart-base-2017"]),
    ]
    assert counts() == before


def test_periods_keep_the_dates_that_the_office_gave_them(zhongshan: Plan, copy: PlanCopy) -> None:
    zhongshan.periods.filter(year=2015, number=1).update(opens_on=date(2015, 4, 1), due_on=date(2015, 4, 20))
    copy.change("plan", {"code": "zhongshan-2015-2017"}, filing_due_days="20", last_year="2018")
    loaded = load(copy.path)
    assert loaded.periods_added == 4
    first = zhongshan.periods.get(year=2015, number=1)
    assert (first.opens_on, first.due_on) == (date(2015, 4, 1), date(2015, 4, 20))
    assert zhongshan.periods.get(year=2015, number=2).due_on == date(2015, 7, 15)
    assert zhongshan.periods.get(year=2018, number=1).due_on == date(2018, 4, 20)


def test_a_dry_run_counts_the_same_and_writes_nothing(db: None) -> None:
    rehearsed = load(ZHONGSHAN, dry_run=True)
    assert set(counts().values()) == {0}
    assert AuditEvent.objects.count() == 0
    done = load(ZHONGSHAN)
    assert (rehearsed.changed_rows, rehearsed.contents, rehearsed.disagreements) == (
        done.changed_rows,
        done.contents,
        done.disagreements,
    )
    assert rehearsed.summary == (
        "计划“zhongshan-2015-2017”试运行，未写入：将变更 733 行（新增 733 行，修改 0 行）。"
    )


def test_another_citys_plan_stands_beside_it_with_a_town_code_in_common(
    zhongshan: Plan, linhai: Plan
) -> None:
    assert {area.city_code: area.name for area in Area.objects.filter(code="dongqu")} == {
        "zhongshan": "东区",
        "linhaiwan": "东区",
    }
    targets = Target.objects.filter(indicator__code="industrial-investment", area__code="dongqu")
    assert {target.indicator.plan.code: target.value for target in targets} == {
        "zhongshan-2015-2017": Decimal("4.5"),
        "linhai-2021-2025": Decimal("18.25"),
    }
    assert set(Unit.objects.filter(code="keji").values_list("city_code", "name")) == {
        ("zhongshan", "市科技局"),
        ("linhaiwan", "市科学技术局"),
    }
    assert Period.objects.filter(plan=linhai).count() == 20
    assert linhai.periods.get(year=2021, number=1).due_on == date(2021, 4, 10)
    assert load(ZHONGSHAN).changed_rows == 0
    assert load(ZHONGSHAN).left == []


def test_the_small_plan_holds_what_no_other_does(linhai: Plan) -> None:
    output = Indicator.objects.get(plan=linhai, code="industrial-output")
    assert output.pace_curve == (Decimal("0.1"), Decimal("0.3"), Decimal("0.6"), Decimal(1))
    energy = Target.objects.get(indicator__code="energy-intensity", year=2023)
    assert (str(energy.value), energy.indicator.direction) == ("0.4165", "LOWER")
    assert {unit.kind for unit in Unit.objects.filter(area__code="linhaiwan")} == {UnitKind.DEPARTMENT}


def test_a_workbook_loads_as_the_folder_does(linhai: Plan) -> None:
    loaded = load(LINHAI_WORKBOOK)
    assert loaded.changed_rows == 0
    assert loaded.left == []
    assert loaded.contents == load(LINHAI).contents


def test_zhongshans_plan_as_a_workbook_is_the_same_plan(zhongshan: Plan, copy: PlanCopy) -> None:
    loaded = load(copy.as_workbook())
    assert loaded.changed_rows == 0
    assert loaded.left == []
    assert len(loaded.disagreements) == 14


def test_a_towns_new_name_is_news_to_the_pages_of_the_citys_other_plans(
    zhongshan: Plan, copy: PlanCopy
) -> None:
    copy.change("plan", {"code": "zhongshan-2015-2017"}, code="zhongshan-next", first_year="2015")
    load(copy.path)
    zhongshan.refresh_from_db()
    assert zhongshan.revision == 1
    copy.change("areas", {"code": "huoju"}, name="火炬高技术产业开发区")
    load(copy.path)
    zhongshan.refresh_from_db()
    assert zhongshan.revision == 2
    assert Plan.objects.get(code="zhongshan-next").revision == 2


def test_only_the_citys_own_office_loads(
    office: User, clerk: User, outsider: User, admin_account: User
) -> None:
    for person in (clerk, outsider, admin_account):
        with pytest.raises(PermissionDenied, match="只有联席会议办公室可以载入计划"):
            load(ZHONGSHAN, by=person)
    with pytest.raises(PermissionDenied, match="只能载入本市的计划"):
        load(LINHAI, by=office)
    assert not Plan.objects.exists()
    load(ZHONGSHAN, by=office)
    assert AuditEvent.objects.get().actor == office


ALLOCATED = [
    *("industrial-output", "industrial-investment", "upgrade-investment", "digital-firms"),
    *("digital-firms-small", "innovation-platforms", "waste-water"),
]


def with_towns(copy: PlanCopy, number: int) -> PlanCopy:
    """The small plan with so many more towns, each with its unit and its seven targets."""
    codes = [f"zhen-{index}" for index in range(number)]
    areas = [
        {"code": code, "name": f"第{index}镇", "order": str(7 + index), "tile_column": "", "tile_row": ""}
        for index, code in enumerate(codes)
    ]
    units = [
        {"code": code, "name": f"第{index}镇", "area": code, "order": str(11 + index)}
        for index, code in enumerate(codes)
    ]
    copy.add_many("areas", {"code": "yunling"}, areas)
    copy.add_many("units", {"code": "yunling"}, units)
    for indicator in ALLOCATED:
        like = {"indicator": indicator, "area": "yunling"}
        copy.add_many("targets", like, [{"area": code} for code in codes])
    return copy


def test_forty_times_the_towns_do_not_take_forty_times_the_queries(
    db: None, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    grown = with_towns(PlanCopy(LINHAI, tmp_path), 234).path
    with django_assert_max_num_queries(120):
        loaded = load(grown)
    assert Area.objects.towns().count() == 240
    assert Target.objects.count() == 46 + 240 * 7
    # 161 rows of the small plan, and nine more for each new town: itself, its unit, seven targets.
    assert loaded.added_rows == 161 + 234 * 9
    with django_assert_max_num_queries(40):
        assert load(grown).changed_rows == 0
