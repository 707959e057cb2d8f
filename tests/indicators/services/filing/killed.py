"""Run as a process of its own, to be killed: it acts on the tests' database and says how far it has come.

    python -m tests.indicators.services.filing.killed ACT RETURN VERSION USER [STATEMENT]

With STATEMENT it stops for good before the first one of its transaction that begins so, and says "stopped". Without,
it saves one version after the other and says each that it has.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from itertools import count
from typing import Any

import django


def act(name: str, return_id: int, version: int, username: str) -> None:
    from django.contrib.auth.models import User

    from indicators.models import QuarterlyReturn
    from indicators.services import filing
    from indicators.services.filing import Typed
    from tests.indicators.filing_steps import at

    by = User.objects.get(username=username)
    filed = QuarterlyReturn.objects.select_related("period__plan__city", "unit").get(pk=return_id)
    if name == "approve":
        filing.approve_return(filed, version=version, by=by, at=at(9))
        return
    for number in count(version):
        saved = filing.save_return(
            filed.period,
            unit=filed.unit,
            version=number,
            figures={"robot-firms": Typed(str(number)), "industrial-investment": Typed(f"{number}.5")},
            by=by,
            at=at(8),
        )
        say(str(saved.version))


def stopping_before(statement: str) -> Callable[..., Any]:
    """Lets all statements through but the one."""

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(statement):
            say("stopped")
            threading.Event().wait()
        return execute(sql, params, many, context)

    return wrapper


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(name: str, return_id: str, version: str, username: str, statement: str = "") -> None:
    django.setup()
    from django.db import connection

    if not statement:
        act(name, int(return_id), int(version), username)
        return
    with connection.execute_wrapper(stopping_before(statement)):
        act(name, int(return_id), int(version), username)


if __name__ == "__main__":
    main(*sys.argv[1:])
