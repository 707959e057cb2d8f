"""What the command `figures` gives, as cells of our workbooks hold it."""

from __future__ import annotations

from indicators.domain.measures import Result
from indicators.models import Plan
from indicators.workbooks import styles
from reports.figures import known
from reports.pages import figure_list
from reports.pages.figure_list import FigureRow
from tests.reports.results import reading
from towns.models import Area

DASH = "—"


def figures_of(plan: Plan, user: object, quarter: str, area: str) -> dict[str, FigureRow]:
    """{"工业投资（亿元）": its figures}, of the city every row of the plan, of a town its allocation."""
    place = Area.objects.of_city(plan.city).get(code=area)
    return {f"{row.name}（{row.unit}）": row for row in figure_list.build(reading(user, quarter), place)}


def cell(value: Result | None) -> object:
    """A figure as a cell gives it back, with sixteen digits; a dash for one that is not there."""
    figure = known(value) if value is not None else None
    return DASH if figure is None else float(f"{float(figure):.16g}")


def lead_cell(row: FigureRow) -> object:
    """In percentage points for a FLOW."""
    lead = known(row.progress.lead)
    return cell(lead * 100 if lead is not None and row.measure.is_flow else lead)


def ratio_cell(row: FigureRow) -> object:
    """None is judged without a target above zero."""
    return DASH if row.progress.unjudged else cell(row.progress.ratio)


def status_cell(row: FigureRow) -> str:
    progress = row.progress
    if progress.unjudged:
        return str(progress.unjudged.label)
    return f"{styles.SHAPES[progress.light]} {progress.light.label}"
