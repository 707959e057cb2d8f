"""What a chart has drawn, read back out of the browser: the domain's figures at their places, nothing for none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from indicators.domain.periods import Quarter
from indicators.models import Indicator, Plan
from indicators.queries.facts import PlanFacts, load_facts
from towns.models import Area

pytestmark = [pytest.mark.browser, pytest.mark.once]

SignIn = Callable[[str], Page]
Drawn = Mapping[str, Mapping[str, float]]

HALF_YEAR = Quarter(2016, 2)
FLOW_SPANS, LEVEL_SPANS = ("1-3月", "1-6月", "1-9月", "1-12月"), ("3月末", "6月末", "9月末", "12月末")

# Out of Plotly's own points, not of the data it was given: {trace: {category: value}}, without the gaps.
READ = """(chart) => {
  const { calcdata, _fullLayout: layout } = chart.querySelector("[data-chart-plot]");
  const lies = layout.yaxis.type === "category";
  const categories = (lies ? layout.yaxis : layout.xaxis)._categories;
  const told = (point) => {
    const [place, value] = "s" in point ? [point.p, point.s] : lies ? [point.y, point.x] : [point.x, point.y];
    return [categories[place], value];
  };
  return Object.fromEntries(calcdata.map((points) => [
    points[0].trace.name,
    Object.fromEntries(points.map(told).filter(([, value]) => Number.isFinite(value))),
  ]));
}"""


@pytest.fixture(scope="module")
def facts(demonstration: Plan) -> PlanFacts:
    return load_facts(demonstration, None)


def read(page: Page, key: str) -> Drawn:
    chart = page.locator(f"#chart-{key}")
    chart.scroll_into_view_if_needed()
    expect(chart).to_have_attribute("data-drawn", "true")
    return chart.evaluate(READ)


def named(facts: PlanFacts, code: str) -> Indicator:
    return next(row for row in facts.indicators if row.code == code)


def rounded(figures: Iterable[tuple[str, object]], decimals: int) -> dict[str, float]:
    """The figures that there are, as they are shown; a reason is none."""
    places = Decimal(1).scaleb(-decimals)
    return {
        name: float(figure.quantize(places, ROUND_HALF_UP))
        for name, figure in figures
        if isinstance(figure, Decimal)
    }


def year_so_far(facts: PlanFacts, indicator: Indicator, area: Area) -> Drawn:
    quarters = [Quarter(2016, number) for number in (1, 2, 3, 4)]
    shown = [quarter for quarter in quarters if quarter <= HALF_YEAR]
    before = [Quarter(2015, quarter.number) for quarter in quarters]
    expected = {quarter: facts.progress(indicator, area, quarter).expected for quarter in quarters}
    decimals, spans = indicator.decimals, FLOW_SPANS if indicator.kind == "FLOW" else LEVEL_SPANS
    return {
        "2015年": rounded(
            zip(spans, (facts.actual(indicator, area, one) for one in before), strict=True), decimals
        ),
        "2016年": rounded(
            zip(spans, (facts.actual(indicator, area, one) for one in shown), strict=False), decimals
        ),
        "序时应达": rounded(zip(spans, (expected[one] for one in quarters), strict=True), decimals),
    }


@pytest.mark.parametrize("code", ["industrial-investment", "smart-leaders"])
def test_an_indicators_charts(live_server: LiveServer, sign_in: SignIn, facts: PlanFacts, code: str) -> None:
    page, indicator, decimals = sign_in("leader"), named(facts, code), named(facts, code).decimals
    page.goto(f"{live_server}/indicators/{code}/?period={HALF_YEAR}")
    assert read(page, "quarters") == year_so_far(facts, indicator, facts.city)

    progress = {town.short_name: facts.progress(indicator, town, HALF_YEAR) for town in facts.towns}
    assert read(page, "towns") == {
        "实绩": rounded(((name, one.actual) for name, one in progress.items()), decimals),
        "序时应达": rounded(((name, one.expected) for name, one in progress.items()), decimals),
        "年度目标": rounded(((name, one.target) for name, one in progress.items()), decimals),
    }

    years = read(page, "years")
    reached = {"2015年": Quarter(2015, 4), "2016年": HALF_YEAR}
    actuals = {year: facts.actual(indicator, facts.city, at) for year, at in reached.items()}
    baseline = facts.baselines.get((indicator.pk, facts.city.pk))
    assert years["实绩"] == rounded([("2014年", baseline), *actuals.items()], decimals)
    targets = (
        (f"{year}年", facts.targets.get((indicator.pk, facts.city.pk, year))) for year in facts.plan.years
    )
    assert years["年度目标"] == rounded(targets, decimals)
    foreseen = [values for name, values in years.items() if name.startswith("预计全年")]
    projection = facts.progress(indicator, facts.city, HALF_YEAR).projection
    # A level's projection is the level itself, which is drawn already.
    assert foreseen == ([rounded([("2016年", projection)], decimals)] if indicator.kind == "FLOW" else [])


@pytest.mark.parametrize("place", ["zhongshan", "xiaolan"])
def test_completion_against_the_pace(
    live_server: LiveServer, sign_in: SignIn, facts: PlanFacts, place: str
) -> None:
    page = sign_in("leader")
    page.goto(f"{live_server}{'/' if place == 'zhongshan' else '/towns/xiaolan/'}?period={HALF_YEAR}")
    area = next(area for area in (facts.city, *facts.towns) if area.code == place)
    flows = [
        row
        for row in (facts.indicators if area.is_city else facts.allocated())
        if row.listing == "ANNEX"
        and row.kind == "FLOW"
        and row.direction == "HIGHER"
        and row.part_of_id is None
    ]
    judged = {row.short_name: facts.progress(row, area, HALF_YEAR) for row in flows}
    drawn = read(page, "pace")
    completion = rounded(
        ((name, one.completion * 100) for name, one in judged.items() if isinstance(one.completion, Decimal)),
        1,
    )
    assert len(drawn["完成率"]) >= 6
    assert drawn["完成率"] == completion
    assert set(drawn["序时进度"].values()) == {50.0}


def test_a_towns_year(live_server: LiveServer, sign_in: SignIn, facts: PlanFacts) -> None:
    page = sign_in("xiaolan")
    page.goto(f"{live_server}/towns/xiaolan/?period={HALF_YEAR}&indicator=industrial-investment")
    xiaolan = next(town for town in facts.towns if town.code == "xiaolan")
    assert read(page, "trend") == year_so_far(facts, named(facts, "industrial-investment"), xiaolan)
