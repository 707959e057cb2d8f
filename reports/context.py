"""What the frame around a page shows: the reader, the places they may go, the plan and the quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from indicators.models import Period, Plan
from indicators.queries.filing.todo import Todo
from indicators.queries.reading import Reading
from towns.access import (
    can_manage_accounts,
    can_read_audit,
    can_read_figures,
    can_read_returns,
    can_run_office,
    membership_of,
)

if TYPE_CHECKING:
    from towns.access import Person

PAGE_STATE = ("light", "unit", "sort", "map", "band", "compare", "indicator")
"""What pages are narrowed, ordered or set to by their address, and mean in every quarter alike."""


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place to go. `count` is how much waits for the reader there, `late` how much of it is past due, in words.

    Both are empty for nothing; `counted` says to a screen reader what the number counts.
    """

    label: str
    href: str
    active: bool
    count: str = ""
    counted: str = ""
    late: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """`query` is what links carry so that plan and quarter stay ("?period=2015Q2").

    `hidden` is what the form of the quarters carries: the plan, and what this page has been set to.
    """

    user_name: str
    role_label: str
    nav: tuple[NavItem, ...]
    plan: Plan | None
    plans: tuple[Plan, ...]
    period: Period | None
    periods: tuple[Period, ...]
    query: str
    hidden: tuple[tuple[str, str], ...]
    demonstration: bool


def reader_name(request: HttpRequest) -> str:
    """What the frame calls the reader; a page that is drawn to be kept for others too has a mark in its place."""
    return getattr(request, "reader_mark", "") or request.user.get_full_name() or request.user.get_username()


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor; runs no query: the view has resolved the reading before."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    reading: Reading | None = getattr(request, "reading", None)
    kept = reading.query if reading else {}
    query = f"?{urlencode(kept)}" if kept else ""
    membership = membership_of(user)
    plan = reading.plan if reading else None
    return {
        "shell": Shell(
            user_name=reader_name(request),
            role_label=membership.get_role_display() if membership else "",
            nav=_nav(user, request.path, query, reading.todo(timezone.localdate()) if reading else Todo()),
            plan=plan,
            plans=reading.plans if reading else (),
            period=reading.period if reading else None,
            periods=reading.periods if reading else (),
            query=query,
            hidden=_hidden(request, kept),
            demonstration=bool(plan and plan.demonstration),
        )
    }


def _hidden(request: HttpRequest, kept: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    plan = [(name, value) for name, value in kept.items() if name != "period"]
    state = [(name, value) for name in PAGE_STATE for value in request.GET.getlist(name) if value]
    return (*plan, *state)


def _nav(user: Person, path: str, query: str, todo: Todo) -> tuple[NavItem, ...]:
    places = [
        ("总览", "city", can_read_figures(user)),
        ("指标", "indicators", can_read_figures(user)),
        ("镇区", "towns", can_read_figures(user)),
        ("季报", "returns", can_read_returns(user)),
        ("审核", "review", can_run_office(user)),
        ("报表", "reports", can_read_figures(user)),
        ("计划", "plan", can_read_figures(user)),
        ("审计", "audit", can_read_audit(user)),
        ("账号管理", "admin:index", can_manage_accounts(user)),
    ]
    shown = [(label, reverse(name)) for label, name, allowed in places if allowed]
    matching = [href for _, href in shown if path == href or (href != "/" and path.startswith(href))]
    here = max(matching, key=len, default="")
    counts = {reverse("returns"): _to_file(todo), reverse("review"): _to_review(todo)}
    return tuple(
        NavItem(
            label,
            href + ("" if href.startswith("/admin") else query),
            href == here,
            *counts.get(href, ()),
        )
        for label, href in shown
    )


def _to_file(todo: Todo) -> tuple[str, ...]:
    late = f"逾期 {todo.overdue}" if todo.overdue else ""
    return (str(todo.to_file), "份待填报", late) if todo.to_file else ()


def _to_review(todo: Todo) -> tuple[str, ...]:
    return (str(todo.to_review), "份待审核") if todo.to_review else ()
