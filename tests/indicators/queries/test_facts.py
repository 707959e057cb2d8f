"""The facts a page is computed from: narrowed to what a quarter is measured against, nothing of it is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import User

from indicators.domain.periods import Quarter
from indicators.models import Indicator, Plan
from indicators.queries.facts import load_facts
from tests.reports.results import record

AT = Quarter(2016, 2)
EARLIER = ("2015Q1", "2015Q2", "2015Q3", "2015Q4", "2016Q1", "2016Q2", "2016Q3")


@pytest.fixture
def two_years(zhongshan: Plan) -> Plan:
    for number, code in enumerate(EARLIER, start=1):
        record(
            zhongshan,
            code,
            {
                ("industrial-investment", "xiaolan"): f"{number}",
                ("hightech-share", "zhongshan"): f"17.{number}",
            },
        )
    return zhongshan


def test_narrowed_to_a_quarter_the_progress_is_the_same(two_years: Plan, leader: User) -> None:
    whole = load_facts(two_years, leader)
    narrowed = load_facts(two_years, leader, at=AT)
    judged = 0
    for indicator in whole.indicators:
        for area in (whole.city, *whole.towns):
            for quarter in (AT, AT.previous):
                known = narrowed.facts_of(indicator, area, quarter)
                wanted = whole.facts_of(indicator, area, quarter)
                if quarter != AT:  # only the quarter asked for is compared with the year before
                    wanted = replace(wanted, last_year=known.last_year)
                assert known == wanted
                judged += known.actual is not None
    assert judged == 4


def test_what_a_quarter_is_not_measured_against_is_left_out(two_years: Plan, leader: User) -> None:
    facts = load_facts(two_years, leader, at=AT)
    quarters = {(year, quarter) for _, _, year, quarter in facts.actuals}
    assert quarters == {(2015, 2), (2015, 4), (2016, 1), (2016, 2), (2016, 3)}
    assert {year for _, _, year in facts.targets} <= {2015, 2016}


def test_the_ratio_alone_is_that_of_the_whole_progress(two_years: Plan, leader: User) -> None:
    facts = load_facts(two_years, leader)
    for code, area in (("industrial-investment", facts.towns[4]), ("hightech-share", facts.city)):
        indicator = Indicator.objects.get(plan=two_years, code=code)
        assert facts.ratio(indicator, area, AT) == facts.progress(indicator, area, AT).ratio
