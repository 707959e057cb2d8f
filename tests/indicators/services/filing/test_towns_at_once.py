"""代填 of all towns while the towns save their own: nobody waits for ever, and each return is one person's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection

from indicators.models import Entry, Period, Plan, QuarterlyReturn
from indicators.queries.filing.comparisons import Figure
from indicators.services import filing
from indicators.services.filing import NOT_BEGUN, TownDraft, TownsRefusedError, Typed
from tests.indicators.filing_steps import at, opened
from tests.people import account
from towns.choices import Role, UnitKind
from towns.models import Unit

INVESTMENT = "industrial-investment"


def fill_in(period: Period, units: list[Unit], officer: User) -> str:
    """The office's sheet for all towns: every one of them 3.5."""
    drafts = [TownDraft(unit, NOT_BEGUN, {INVESTMENT: Figure(Decimal("3.5"))}) for unit in units]
    try:
        filing.fill_in_towns(period, drafts, key=uuid4().hex, by=officer, at=at(8))
    except TownsRefusedError:
        return "refused"
    finally:
        connection.close()
    return "saved"


def save_own(period: Period, clerk: User) -> str:
    try:
        filing.save_return(
            period,
            unit=clerk.membership.unit,
            version=NOT_BEGUN,
            figures={INVESTMENT: Typed("14.51")},
            by=clerk,
            at=at(8),
        )
    except filing.StaleReturnError:
        return "stale"
    finally:
        connection.close()
    return "saved"


@pytest.mark.django_db(transaction=True)
def test_the_office_and_the_towns_save_at_the_same_time(zhongshan: Plan, office: User) -> None:
    period = opened(zhongshan, office)
    units = list(Unit.objects.select_related("area").filter(kind=UnitKind.TOWN).order_by("order"))
    clerks = [account(unit.code, Role.TOWN, unit_code=unit.code) for unit in units[::3]]
    with ThreadPoolExecutor(max_workers=4) as pool:
        own = [pool.submit(save_own, period, clerk) for clerk in clerks[:4]]
        office_says = pool.submit(fill_in, period, units, office)
        own += [pool.submit(save_own, period, clerk) for clerk in clerks[4:]]
        said = [future.result(timeout=60) for future in own]
        whole = office_says.result(timeout=60)

    values = dict(Entry.objects.values_list("quarterly_return__unit__code", "value"))
    of_the_towns = {
        clerk.username: Decimal("14.51") for clerk, done in zip(clerks, said, strict=True) if done == "saved"
    }
    of_the_office = {unit.code: Decimal("3.5") for unit in units} if whole == "saved" else {}
    assert values == {**of_the_towns, **of_the_office}
    # All or none: one town's own save first, and the office has saved nowhere.
    assert not (of_the_towns and of_the_office)
    assert {filed.version for filed in QuarterlyReturn.objects.all()} == {1}
