"""A town's official at every address they can reach: nothing of another town's figures, nor anything made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from indicators.choices import FilingAct, ObjectKind
from indicators.domain.numbers import format_figure, format_percent
from indicators.models import Actual, Entry, Indicator, Period, Plan, QuarterlyReturn, Target
from indicators.services.audit import Act, record
from indicators.services.filing.acts import bump
from tests.access.crawl import crawl, text_of
from tests.people import account, unit
from tests.plan_fixtures import load
from tests.plans.tables import ZHONGSHAN
from tests.scenes import SHANGHAI, approved, opened, published, rolled_back, submitted
from towns.choices import Role, UnitKind
from towns.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]

OWN_FIGURES = ({"industrial-investment": "7.01"}, {"industrial-investment": "14.51"})
PUBLISHED, PROVISIONAL, WAITING = ("2015Q1", "2015Q2"), "2015Q3", "2015Q4"
# The latest published quarter, whose pages tell of the one before it too, and one that is not published.
SEEDS = [f"/?period={code}" for code in (PUBLISHED[-1], PROVISIONAL)]
SEEDS += [f"/towns/?compare=guzhen,xiaolan&period={code}" for code in (PUBLISHED[-1], PROVISIONAL)]
# A form leads there: the map by one indicator.
SEEDS += [f"/?map=industrial-investment&period={code}" for code in (PUBLISHED[-1], PROVISIONAL)]
# And another: the board by a light, a department, an order.
SEEDS += [f"/?light=red&unit=jingxin&sort=lead&period={code}" for code in (PUBLISHED[-1], PROVISIONAL)]
IN_ALL_QUARTERS = "/industrial-investment/"
QUARTERS = (*PUBLISHED, PROVISIONAL, WAITING)
QUARTER = re.compile(r"(?<=period=)[0-9]{4}Q[1-4]")
INDICATOR = re.compile(r"/indicators/(?P<code>[a-z0-9-]+)(/|\.xlsx)")
WORKBOOKS = [f"/reports/annex{number}.xlsx?period={code}" for number in (1, 2) for code in PUBLISHED]

TYPED_AT = datetime(2015, 4, 30, 10, tzinfo=SHANGHAI)

# {(town, indicator, quarter): figure}
Planted = Mapping[tuple[str, str, str], Decimal]


@pytest.fixture(scope="module")
def plan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Plan]:
    """小榄镇 has filed; of the other towns there is what each test plants."""
    with rolled_back(django_db_blocker):
        plan = load(ZHONGSHAN)
        office = account("office", Role.OFFICE, unit_code="jingxin")
        xiaolan = account("xiaolan", Role.TOWN, unit_code="xiaolan")
        for code, figures in zip(PUBLISHED, OWN_FIGURES, strict=True):
            period = opened(plan, code, by=office)
            approved(period, xiaolan, figures, by=office)
            published(period, by=office)
        approved(opened(plan, PROVISIONAL, by=office), xiaolan, OWN_FIGURES[1], by=office)
        submitted(opened(plan, WAITING, by=office), xiaolan, OWN_FIGURES[1])
        account("leader", Role.LEADER)
        account("auditor", Role.AUDITOR)
        yield plan


@pytest.fixture(scope="module")
def planted(plan: Plan) -> Planted:
    return plant(plan, times=1)


@pytest.fixture(scope="module")
def read_by_official(plan: Plan, planted: Planted) -> Mapping[str, str]:
    """All that 小榄镇's official reads wherever links lead, {address: text}."""
    of_towns = set(Indicator.objects.of(plan).allocated().values_list("code", flat=True))

    def follows(address: str) -> bool:
        """Pages in all quarters; files, cells and indicators, of which there are many alike, in two; but one in all."""
        quarter, indicator = QUARTER.search(address), INDICATOR.match(address)
        if quarter is None or address in WORKBOOKS:
            return True
        if indicator is not None and indicator["code"] not in of_towns:
            return False
        many = indicator is not None or address.startswith(("/reports/", "/cells/"))
        told_in = (PUBLISHED[-1], PROVISIONAL) if many and IN_ALL_QUARTERS not in address else QUARTERS
        return quarter[0] in told_in

    seen = crawl(reader("xiaolan"), [*SEEDS, *WORKBOOKS], follows)
    return {address: text_of(answer) for address, answer in seen.items()}


def plant(plan: Plan, *, times: int) -> Planted:
    """Give every other town figures that stand nowhere else, far above all targets, so that all score the utmost.

    Approved in three quarters, submitted and not yet approved in the fourth; `times` makes other figures, the same
    ranks and scores.
    """
    figures: dict[tuple[str, str, str], Decimal] = {}
    indicators = list(Indicator.objects.of(plan).allocated())
    others = Unit.objects.filter(city_code="zhongshan", kind=UnitKind.TOWN).exclude(code="xiaolan")
    periods = {period.code: period for period in plan.periods.filter(year=2015)}
    for town in others.select_related("area"):
        for quarter, period in periods.items():
            given = {
                row: Decimal(f"{40 + town.order}{row.order:02}{period.number}") * times
                + Decimal(37) / 10**row.decimals
                for row in indicators
            }
            _file(town, period, given, approve=quarter != WAITING)
            figures |= {(town.code, row.code, quarter): value for row, value in given.items()}
    bump(plan)
    return figures


def _file(town: Unit, period: Period, figures: Mapping[Indicator, Decimal], *, approve: bool) -> None:
    state = "APPROVED" if approve else "SUBMITTED"
    filed, _ = QuarterlyReturn.objects.update_or_create(period=period, unit=town, defaults={"state": state})
    filed.entries.all().delete()
    Entry.objects.bulk_create(
        Entry(quarterly_return=filed, indicator=row, value=value) for row, value in figures.items()
    )
    typed = {row.code: {"value": f"{value.normalize():f}", "note": ""} for row, value in figures.items()}
    act = Act(FilingAct.SAVE, ObjectKind.RETURN, f"{period.code}/{town.code}", {}, {"figures": typed})
    record(period.plan.code, act, by=None, at=TYPED_AT, city_code=town.city_code)
    if approve:
        Actual.objects.filter(filed_in=filed).delete()
        Actual.objects.bulk_create(
            Actual(
                indicator=row,
                area=town.area,
                year=period.year,
                quarter=period.number,
                value=value,
                source="小镇台账",
                filed_in=filed,
                approved_at="2015-05-01T10:00+08:00",
            )
            for row, value in figures.items()
        )


def spellings(plan: Plan, planted: Planted) -> dict[str, tuple[str, str, str]]:
    """What would betray a planted figure, {text: whose it is}: the figure, and what it is of its target."""
    decimals = dict(Indicator.objects.of(plan).values_list("code", "decimals"))
    targets = {
        (target.area.code, target.indicator.code): target.value
        for target in Target.objects.filter(indicator__plan=plan, year=2015).select_related(
            "area", "indicator"
        )
    }
    texts: dict[str, tuple[str, str, str]] = {}
    for (town, code, quarter), value in planted.items():
        ways = {f"{value:f}", f"{value.normalize():f}", format_figure(value, decimals[code])}
        if target := targets.get((town, code)):
            ways |= {format_percent(value / target).rstrip("%"), format_figure(value / target * 100, 1)}
        texts |= dict.fromkeys(ways, (town, code, quarter))
    return texts


def betrayed(text: str, telling: Mapping[str, tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Whose figures stand in a text, as numbers of their own."""
    return {telling[number] for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text) if number in telling}


def reader(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name), backend="towns.backends.MembershipBackend")
    return client


def test_no_figure_of_another_town_reaches_a_towns_official(
    plan: Plan, planted: Planted, read_by_official: Mapping[str, str]
) -> None:
    telling = spellings(plan, planted)
    assert {address.partition("?")[0] for address in read_by_official} >= {
        "/", "/indicators/", "/indicators/robot-firms/", "/indicators/robot-firms.xlsx", "/towns/", "/towns/xiaolan/",
        "/plan/", "/reports/", "/reports/annex1.xlsx", "/reports/annex2.xlsx", "/reports/details.xlsx",
        "/reports/details.csv", "/reports/board.xlsx", "/reports/quarterly.xlsx", "/reports/ranking.xlsx",
        "/reports/filing.xlsx", "/reports/statement.xlsx", "/reports/bulletin.docx", "/reports/half-year.docx",
        "/returns/", "/returns/2015Q4/xiaolan/",
    }  # fmt: skip
    found = {address: betrayed(text, telling) for address, text in read_by_official.items()}
    assert {address: whose for address, whose in found.items() if whose} == {}


def test_the_same_search_finds_every_figure_that_a_leader_may_see(plan: Plan, planted: Planted) -> None:
    """The control: what the search above looks for does stand on pages and in files, in these very spellings."""
    telling = spellings(plan, planted)
    towns = sorted({town for town, _, _ in planted})
    client = reader("leader")
    on_pages = [f"/towns/{town}/?period={code}" for town in towns for code in PUBLISHED]
    for addresses, quarters in ((on_pages, set(PUBLISHED)), (WORKBOOKS, set(PUBLISHED))):
        found = set.union(*(betrayed(text_of(client.get(address)), telling) for address in addresses))
        assert found == {key for key in planted if key[2] in quarters}


def test_the_same_search_finds_what_the_auditor_reads_of_a_towns_history(
    plan: Plan, planted: Planted
) -> None:
    """In the trail, and on the return itself: both hold what was typed, in these very spellings."""
    telling = spellings(plan, planted)
    auditor = reader("auditor")
    typed = {key for key in planted if key[0] == "guzhen"}
    assert betrayed(text_of(auditor.get("/audit/?unit=guzhen")), telling) == typed
    history = text_of(auditor.get(f"/returns/{WAITING}/guzhen/")).partition('id="history"')[2]
    assert betrayed(history, telling) == {key for key in typed if key[2] == WAITING}


def test_other_towns_figures_do_not_change_a_letter_of_what_a_towns_official_reads(
    plan: Plan, read_by_official: Mapping[str, str]
) -> None:
    """Figures twice as high, the same ranks and scores: whatever is made of them would differ somewhere."""
    plant(plan, times=2)
    official = reader("xiaolan")
    after = {address: text_of(official.get(address)) for address in read_by_official}
    assert [address for address, text in read_by_official.items() if text != after[address]] == []


def test_a_leader_does_see_the_difference(plan: Plan, planted: Planted) -> None:
    leader = reader("leader")
    before = text_of(leader.get(SEEDS[0]))
    plant(plan, times=2)
    assert text_of(leader.get(SEEDS[0])) != before
    assert unit("guzhen").name in before
