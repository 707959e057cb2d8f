"""2015Q2 with its books closed, and what 小榄镇 corrects in it afterwards."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from indicators.models import Period, Plan
from indicators.services import filing
from tests.indicators.filing_steps import approved, at, opened, submitted
from tests.scenes import published


@pytest.fixture
def closed_quarter(
    zhongshan: Plan, office: User, second_office: User, xiaolan: User, guzhen: User, clerk: User
) -> Period:
    """2015Q2, published: 小榄镇 14.51 of 24.60 (expected 12.30), 古镇镇 3.01, the city 132.40."""
    period = opened(zhongshan, office)
    approved(period, "xiaolan", xiaolan, office, {"industrial-investment": "14.51"})
    approved(period, "guzhen", guzhen, office, {"industrial-investment": "3.01"})
    approved(period, "jingxin", clerk, second_office, {"industrial-investment": "132.40"})
    published(period, by=office)
    return period


def correct(period: Period, xiaolan: User, office: User, value: str = "11.50") -> None:
    """小榄镇's figure is given back and another is approved, after whatever is published by today's clock."""
    filed = period.returns.get(unit__code="xiaolan")
    filing.send_back_return(filed, version=filed.version, reason="漏报一户", by=office, at=at(29))
    again = submitted(period, "xiaolan", xiaolan, {"industrial-investment": value}, when=at(30))
    filing.approve_return(again, version=again.version, by=office, at=at(31, year=2099, hour=9))
