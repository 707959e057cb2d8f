"""Loads the demonstration in one transaction: accounts, stand-in targets, published quarters, an open one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from indicators.domain.periods import Quarter
from indicators.models import Indicator, Period, Plan, QuarterlyReturn, Target
from indicators.queries.facts import PlanFacts, load_facts
from indicators.services.audit import Act, record
from indicators.services.demonstration.city_figures import city_paths
from indicators.services.demonstration.correction import play_correction
from indicators.services.demonstration.people import cast_names, create_cast
from indicators.services.demonstration.story import Script, play_open, play_published
from indicators.services.demonstration.targets import stand_in_targets
from indicators.services.demonstration.town_figures import town_paths
from indicators.services.filing.acts import bump
from indicators.services.results.check import ResultRow, check_results
from towns.models import Unit

PUBLISHED_QUARTERS = 6


class DemonstrationRefusedError(ValueError):
    """Demonstration figures are never mixed with filed ones; the message is a Chinese sentence."""


Issue = Callable[[Period, User, datetime], None]
"""Publishes a quarter's bulletin, by whom and when: what it looks like is not this app's to know."""


def _issue_none(period: Period, by: User, at: datetime) -> None:
    """A demonstration without a bulletin."""


def load_demonstration(
    plan: Plan, *, published: Iterable[ResultRow], at: datetime, issue: Issue = _issue_none
) -> bool:
    """Fill a plan that holds nothing yet with demonstration data; False when it is there already.

    `published` are rows of really published figures, which keep their places and sources; those of other cities and
    of quarters that the demonstration does not reach are left out. The last quarter but one gets its bulletin by
    `issue`, and a correction after it.
    Raises DemonstrationRefusedError on a database that holds anything real: returns, opened periods, amended targets,
    accounts.
    """
    if plan.demonstration:
        return False
    with transaction.atomic():
        if real := _real_facts():
            raise DemonstrationRefusedError(
                f"数据库里已有真实的{'、'.join(real)}，不能载入演示数据；请另用一个空的数据库。"
            )
        Plan.objects.filter(pk=plan.pk).update(demonstration=True)
        periods = list(
            Period.objects.filter(plan=plan).select_related("plan__city").order_by("year", "number")
        )
        played, following = periods[:PUBLISHED_QUARTERS], periods[PUBLISHED_QUARTERS:]
        for year in sorted({period.year for period in periods[: PUBLISHED_QUARTERS + 1]}):
            Target.objects.bulk_create(stand_in_targets(load_facts(plan, None), year))
        script = _script(plan, periods[: PUBLISHED_QUARTERS + 1], published, at)
        for period in played:
            play_published(script, period, is_last=period == played[-1])
            if period in played[-2:-1]:
                _tell_and_correct(script, period, issue)
        if following:
            play_open(script, following[0], today=timezone.localdate(at))
        record(
            plan.code,
            Act("载入演示数据", "计划", plan.code, {}, {}),
            by=None,
            at=at,
            city_code=plan.city.city_code,
        )
        bump(plan)
    return True


def _tell_and_correct(script: Script, period: Period, issue: Issue) -> None:
    period.refresh_from_db(fields=["published_at"])
    closed_at = period.published_at
    if closed_at is not None:
        issue(period, script.cast.office, closed_at + timedelta(days=1))
        play_correction(script, period, at=closed_at + timedelta(days=6))


def _real_facts() -> list[str]:
    """What people have entered, in Chinese words; the demonstration of another plan is not of it."""
    facts = {
        "季报表": QuarterlyReturn.objects.exclude(period__plan__demonstration=True),
        "报送期": Period.objects.filter(opens_on__isnull=False).exclude(plan__demonstration=True),
        "目标调整": Target.objects.filter(is_amended=True).exclude(indicator__plan__demonstration=True),
        "账号": User.objects.exclude(username__in=cast_names()),
    }
    return [name for name, found in facts.items() if found.exists()]


def _script(plan: Plan, periods: list[Period], published: Iterable[ResultRow], at: datetime) -> Script:
    facts = load_facts(plan, None)
    quarters = tuple(period.quarter for period in periods)
    # Rows that do not fit this plan are another city's, or of quarters that it does not have.
    known, _ = check_results(plan, published)
    placed = {(row.indicator.pk, row.unit.area_id, row.period.quarter): row for row in known}
    values = {key: row.value for key, row in placed.items()}
    return Script(
        plan=plan,
        cast=create_cast(plan, at=at),
        units=tuple(Unit.objects.of_city(plan.city).select_related("area").order_by("order")),
        indicators=tuple(Indicator.objects.of(plan).order_by("order")),
        figures=_figures(facts, quarters, values),
        sources={key: row.source for key, row in placed.items()},
    )


def _figures(
    facts: PlanFacts, quarters: tuple[Quarter, ...], published: Mapping[tuple[int, int, Quarter], Decimal]
) -> dict[tuple[int, int, Quarter], Decimal]:
    city = city_paths(facts, quarters, published)
    figures = {
        (pk, facts.city.pk, quarter): value for pk, path in city.items() for quarter, value in path.items()
    }
    for pk, by_town in town_paths(facts, city).items():
        for town, path in by_town.items():
            figures |= {(pk, town, quarter): value for quarter, value in path.items()}
    return figures
