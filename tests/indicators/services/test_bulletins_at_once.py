"""发布通报 while others act: the same number once, and no bulletin of figures that an approval has moved meanwhile."""

from __future__ import annotations

from functools import partial

import pytest
from django.contrib.auth.models import User

from indicators.models import Bulletin, BulletinFile, Period, Plan
from indicators.services import filing
from indicators.services.audit import verify_chains
from indicators.services.bulletins import publish_bulletin
from tests.indicators.filing_steps import approved, at, opened, submitted
from tests.indicators.services.filing.together import at_once, kinds_of
from tests.indicators.services.test_bulletins import EDITIONS, IMPRINT
from tests.scenes import published

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quarter(zhongshan: Plan, office: User, second_office: User, clerk: User) -> Period:
    period = opened(zhongshan, office)
    approved(period, "jingxin", clerk, second_office, {"industrial-investment": "132.40"})
    published(period, by=office)
    return period


def publishing(period: Period, by: User) -> partial[Bulletin]:
    seen = Plan.objects.get(pk=period.plan_id).revision
    return partial(
        publish_bulletin,
        period,
        imprint=IMPRINT,
        editions=EDITIONS,
        revision=seen,
        by=by,
        at=at(28, hour=15),
    )


def test_of_the_same_bulletin_sent_at_once_one_is_published(
    quarter: Period, office: User, second_office: User
) -> None:
    answers = at_once([publishing(quarter, person) for person in (office, second_office, office)])
    assert kinds_of(answers) == ["AlreadyDoneError", "AlreadyDoneError", "Bulletin"]
    assert (Bulletin.objects.count(), BulletinFile.objects.count()) == (1, 2)
    assert list(verify_chains()) == []


def test_an_approval_at_the_same_moment_is_in_the_frozen_figures_or_stops_the_bulletin(
    quarter: Period, office: User, second_office: User, xiaolan: User
) -> None:
    """Either the figures were frozen before it, and it stands in the list of what has changed, or nothing is."""
    filed = submitted(quarter, "xiaolan", xiaolan, {"industrial-investment": "14.51"})
    approve = partial(
        filing.approve_return, filed, version=filed.version, by=second_office, at=at(28, hour=15)
    )
    kinds = kinds_of(at_once([publishing(quarter, office), approve]))
    assert kinds in (["Bulletin", "QuarterlyReturn"], ["FilingError", "QuarterlyReturn"])
    for bulletin in Bulletin.objects.all():
        assert bulletin.figures["figures"]["xiaolan/industrial-investment"][0] is None
