"""The facts of a plan that a page computes from: targets, baselines and actuals in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Case, Q, Value, When

from indicators.choices import ReturnState
from indicators.domain.measures import Facts, Measure, Result, base_value
from indicators.domain.periods import Quarter
from indicators.domain.progress import Progress, measure_progress, progress_ratio
from indicators.models import Actual, Baseline, Entry, Indicator, Plan, QuarterlyReturn, Target
from towns.access import can_read_every_town
from towns.models import Area

if TYPE_CHECKING:
    from towns.access import Person

TARGET, STAND_IN, BASELINE = "target", "stand-in", "baseline"
ACTUAL, IN_CORRECTION, SUBMITTED, FOR_RANKS = "actual", "in correction", "submitted", "for ranks"


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """All that the domain needs to know of a plan, as this reader may see it.

    Shapes: `targets` {(indicator id, area id, year): value or None for a printed "-"};
    `baselines` {(indicator id, area id): value of the year before the plan};
    `actuals` {(indicator id, area id, year, quarter number): approved cumulative value}.
    `stand_ins` are the keys of targets that only demonstrate, in place of ones not yet allocated; `in_correction`
    those of actuals that still stand while the return they came from has been given back and is not approved again.
    `submitted` are those among `actuals` that nobody has approved yet, with the approved value each stands in front of
    or None; there are none unless they were asked for. `for_ranks` are all towns' approved actuals, whoever reads,
    where they were asked for: queries/league.py makes public ranks and scores of them, and nobody else reads them.
    A key that is absent is a figure that does not exist, or not for this reader. Units are the indicators' own.
    """

    plan: Plan
    indicators: tuple[Indicator, ...]
    city: Area
    towns: tuple[Area, ...]
    targets: Mapping[tuple[int, int, int], Decimal | None]
    baselines: Mapping[tuple[int, int], Decimal]
    actuals: Mapping[tuple[int, int, int, int], Decimal]
    measures: Mapping[int, Measure] = field(default_factory=dict)
    stand_ins: Set[tuple[int, int, int]] = frozenset()
    in_correction: Set[tuple[int, int, int, int]] = frozenset()
    submitted: Mapping[tuple[int, int, int, int], Decimal | None] = field(default_factory=dict)
    for_ranks: Mapping[tuple[int, int, int, int], Decimal] | None = field(default=None, repr=False)
    _progress: dict[tuple[int, int, Quarter], Progress] = field(default_factory=dict, init=False, repr=False)

    def target(self, indicator: Indicator, area: Area, year: int) -> Decimal | None:
        return self.targets.get((indicator.pk, area.pk, year))

    def actual(self, indicator: Indicator, area: Area, quarter: Quarter) -> Decimal | None:
        return self.actuals.get((indicator.pk, area.pk, quarter.year, quarter.number))

    def is_in_correction(self, indicator: Indicator, area: Area, quarter: Quarter) -> bool:
        return (indicator.pk, area.pk, quarter.year, quarter.number) in self.in_correction

    def is_submitted(self, indicator: Indicator, area: Area, quarter: Quarter) -> bool:
        """Whether this actual is only submitted, and may still be sent back."""
        return (indicator.pk, area.pk, quarter.year, quarter.number) in self.submitted

    def approved(self) -> PlanFacts:
        """The same without what is only submitted: for ranks, which are public."""
        if not self.submitted:
            return self
        actuals = {key: value for key, value in self.actuals.items() if key not in self.submitted}
        stood = {key: value for key, value in self.submitted.items() if value is not None}
        return replace(self, actuals=actuals | stood, submitted={})

    def base(self, indicator: Indicator, area: Area, year: int) -> Decimal | None:
        """The value that the year starts from (domain.md section 4: b)."""
        return self.facts_of(indicator, area, Quarter(year, 4)).base

    def facts_of(self, indicator: Indicator, area: Area, quarter: Quarter) -> Facts:
        # A page asks for hundreds: by id, which costs a tenth of pk.
        of, at, year, number = indicator.id, area.id, quarter.year, quarter.number
        actuals, targets = self.actuals, self.targets
        last_year_total = actuals.get((of, at, year - 1, 4))
        return Facts(
            target=targets.get((of, at, year)),
            actual=actuals.get((of, at, year, number)),
            base=base_value(
                self.measures[of].kind,
                actual_last_year_end=last_year_total,
                target_last_year=targets.get((of, at, year - 1)),
                baseline=self.baselines.get((of, at)),
            ),
            last_year=actuals.get((of, at, year - 1, number)),
            last_year_total=last_year_total,
        )

    def ratio(self, indicator: Indicator, area: Area, quarter: Quarter) -> Result:
        """The progress ratio alone, for those who ask of hundreds of towns and show few."""
        facts = self.facts_of(indicator, area, quarter)
        return progress_ratio(self.measures[indicator.pk], quarter.number, facts)

    def progress(self, indicator: Indicator, area: Area, quarter: Quarter) -> Progress:
        """The indicator's progress in an area at a quarter, by the plan's own threshold of the yellow light.

        Measured once: a page's board, map and sentences ask for the same towns again.
        """
        key = (indicator.id, area.id, quarter)
        if key not in self._progress:
            self._progress[key] = self._judged(indicator, quarter, self.facts_of(indicator, area, quarter))
        return self._progress[key]

    def progress_at(
        self, indicator: Indicator, area: Area, quarter: Quarter, value: Decimal | None
    ) -> Progress:
        """The progress there would be if this value were the quarter's actual."""
        return self._judged(
            indicator, quarter, replace(self.facts_of(indicator, area, quarter), actual=value)
        )

    def _judged(self, indicator: Indicator, quarter: Quarter, facts: Facts) -> Progress:
        return measure_progress(
            self.measures[indicator.pk], quarter.number, facts, yellow_from=self.plan.yellow_from
        )

    def allocated(self) -> tuple[Indicator, ...]:
        """The columns of 附件2 in its order, its part among them."""
        columns = [indicator for indicator in self.indicators if indicator.allocation_order is not None]
        return tuple(sorted(columns, key=lambda indicator: indicator.allocation_order or 0))


def load_facts(
    plan: Plan,
    user: Person | None,
    *,
    years: Iterable[int] | None = None,
    at: Quarter | None = None,
    areas: Iterable[Area] | None = None,
    indicators: Iterable[Indicator] | None = None,
    with_submitted: bool = False,
    for_ranks: bool = False,
) -> PlanFacts:
    """Three queries: indicators, areas, facts. Narrowed to years, areas or indicators where the page needs no more.

    `at` narrows to this quarter's year and to what it is measured against: last year's targets, the actuals of the
    same quarter and of the fourth.
    `user` None means a command on the server, which reads all. Baselines come whatever the years. `with_submitted`
    puts what waits for approval in front of the approved figures, as far as the user may read those returns.
    `for_ranks` reads all towns' figures along for somebody who may not see them, so that ranks cost no query more.
    """
    everything = tuple(Indicator.objects.of(plan).select_related("category", "lead_unit").order_by("order"))
    every_area = tuple(Area.objects.of_city(plan.city))
    city = next(area for area in every_area if area.is_city)
    for_ranks = for_ranks and user is not None and not can_read_every_town(user)
    rows = _fact_rows(
        plan,
        user,
        years=years if at is None else (at.year - 1, at.year),
        at=at,
        areas=areas,
        indicators=indicators,
        with_submitted=with_submitted,
        for_ranks=for_ranks,
    )
    targets: dict[tuple[int, int, int], Decimal | None] = {}
    baselines: dict[tuple[int, int], Decimal] = {}
    actuals: dict[tuple[int, int, int, int], Decimal] = {}
    stand_ins: set[tuple[int, int, int]] = set()
    in_correction: set[tuple[int, int, int, int]] = set()
    waiting: dict[tuple[int, int, int, int], Decimal] = {}
    ranked: dict[tuple[int, int, int, int], Decimal] = {}
    for table, indicator_id, area_id, year, quarter, value in rows:
        if table in (ACTUAL, IN_CORRECTION):
            actuals[indicator_id, area_id, year, quarter] = value
            if table == IN_CORRECTION:
                in_correction.add((indicator_id, area_id, year, quarter))
        elif table == SUBMITTED:
            waiting[indicator_id, area_id, year, quarter] = value
        elif table == FOR_RANKS:
            ranked[indicator_id, area_id, year, quarter] = value
        elif table == BASELINE:
            baselines[indicator_id, area_id] = value
        else:
            targets[indicator_id, area_id, year] = value
            if table == STAND_IN:
                stand_ins.add((indicator_id, area_id, year))
    return PlanFacts(
        plan=plan,
        indicators=everything,
        city=city,
        towns=tuple(area for area in every_area if not area.is_city),
        targets=targets,
        baselines=baselines,
        actuals=actuals | waiting,
        measures={indicator.pk: indicator.measure for indicator in everything},
        stand_ins=stand_ins,
        in_correction=in_correction - waiting.keys(),
        submitted={key: actuals.get(key) for key in waiting},
        for_ranks=ranked if for_ranks else None,
    )


def with_every_actual(facts: PlanFacts, *, years: Iterable[int]) -> PlanFacts:
    """The same facts with every town's actuals of these years, whoever reads: for scores and ranks alone."""
    if facts.for_ranks is not None:
        return replace(facts, actuals=facts.for_ranks)
    rows = Actual.objects.of(facts.plan).filter(year__in=sorted(set(years))).order_by()
    columns = ("indicator_id", "area_id", "year", "quarter", "value")
    return replace(facts, actuals={row[:4]: row[4] for row in rows.values_list(*columns)})


def _fact_rows(
    plan: Plan,
    user: Person | None,
    *,
    years: Iterable[int] | None,
    at: Quarter | None,
    areas: Iterable[Area] | None,
    indicators: Iterable[Indicator] | None,
    with_submitted: bool,
    for_ranks: bool,
) -> Iterable[tuple[str, int, int, int, int, Decimal]]:
    """Targets, baselines and the actuals that exist for the reader, as one UNION ALL."""
    targets = Target.objects.filter(indicator__plan=plan)
    baselines = Baseline.objects.filter(indicator__plan=plan, year=plan.base_year)
    actuals = everybodys = Actual.objects.of(plan)
    returns = QuarterlyReturn.objects.waiting().filter(period__plan=plan)
    if user is not None:
        actuals, returns = actuals.visible_to(user), returns.visible_to(user)
    waiting = Entry.objects.filter(quarterly_return__in=returns, value__isnull=False)
    if years is not None:
        wanted = sorted(set(years))
        targets, actuals = targets.filter(year__in=wanted), actuals.filter(year__in=wanted)
        everybodys = everybodys.filter(year__in=wanted)
        waiting = waiting.filter(quarterly_return__period__year__in=wanted)
    if at is not None:
        measured = Q(year=at.year) | Q(quarter__in={at.number, 4})
        actuals, everybodys = actuals.filter(measured), everybodys.filter(measured)
    if areas is not None:
        ids = [area.pk for area in areas]
        targets, baselines = targets.filter(area__in=ids), baselines.filter(area__in=ids)
        actuals, waiting = actuals.filter(area__in=ids), waiting.filter(quarterly_return__unit__area__in=ids)
    if indicators is not None:
        chosen = [indicator.pk for indicator in indicators]
        targets, baselines = targets.filter(indicator__in=chosen), baselines.filter(indicator__in=chosen)
        actuals, waiting = actuals.filter(indicator__in=chosen), waiting.filter(indicator__in=chosen)
    columns = ("table", "indicator_id", "area_id", "year", "at_quarter", "value")
    kind_of_actual = Case(
        When(filed_in__state=ReturnState.APPROVED, then=Value(ACTUAL)), default=Value(IN_CORRECTION)
    )
    kind_of_target = Case(When(demonstration=True, then=Value(STAND_IN)), default=Value(TARGET))
    selects = [
        rows.order_by().annotate(table=table, at_quarter=Value(0)).values_list(*columns)
        for table, rows in ((kind_of_target, targets), (Value(BASELINE), baselines))
    ]
    selects.append(
        actuals.order_by()
        .annotate(table=kind_of_actual)
        .values_list("table", "indicator_id", "area_id", "year", "quarter", "value")
    )
    if with_submitted:
        of = ("unit__area_id", "period__year", "period__number")
        columns = ("table", "indicator_id", *(f"quarterly_return__{name}" for name in of), "value")
        selects.append(waiting.order_by().annotate(table=Value(SUBMITTED)).values_list(*columns))
    if for_ranks:
        columns = ("table", "indicator_id", "area_id", "year", "quarter", "value")
        selects.append(everybodys.order_by().annotate(table=Value(FOR_RANKS)).values_list(*columns))
    return selects[0].union(*selects[1:], all=True)
