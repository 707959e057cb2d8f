"""Where demonstration data is refused, and that it knows no city."""

from __future__ import annotations

import pytest

from indicators.models import Actual, Plan, QuarterlyReturn
from indicators.services.demonstration.loading import (
    PUBLISHED_QUARTERS,
    DemonstrationRefusedError,
    load_demonstration,
)
from tests.indicators.services.test_demonstration import NOW, PUBLISHED


@pytest.mark.django_db
def test_it_is_refused_where_a_real_return_was_begun(zhongshan: Plan) -> None:
    period = zhongshan.periods.first()
    unit = zhongshan.city.units.first()
    QuarterlyReturn.objects.create(period=period, unit=unit)
    with pytest.raises(DemonstrationRefusedError, match="已有真实的季报表"):
        load_demonstration(zhongshan, published=[], at=NOW)
    zhongshan.refresh_from_db()
    assert not zhongshan.demonstration
    assert not Actual.objects.exists()


@pytest.mark.django_db
def test_another_citys_plan_is_demonstrated_by_the_same_code(linhai: Plan) -> None:
    assert load_demonstration(linhai, published=PUBLISHED, at=NOW)
    assert linhai.periods.filter(published_at__isnull=False).count() == PUBLISHED_QUARTERS
    assert not Actual.objects.exclude(source="演示数据").exists()
